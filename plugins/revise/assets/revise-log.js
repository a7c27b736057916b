/* What a reader answered: a log of reviews that two devices can join without losing one.

   The log is {card: [[time, grade, milliseconds], …]}, each list in the order of time.  All else
   (states, due dates, estimates) is computed from it. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};

  var VERSION = 1;
  var CARD = /^[\w.:-]{1,200}$/;
  var MOST = 200000; // reviews that a file may hold
  var LONGEST = 60000; // an answer that takes longer was an interruption

  function Unreadable(reason, newer) {
    this.message = reason;
    this.newer = newer === true;
  }
  Unreadable.prototype = Object.create(Error.prototype);

  function empty() { return { version: VERSION, exam: { date: "", at: 0 }, cards: Object.create(null) }; }

  function isTime(value) { return Number.isInteger(value) && value > 0 && value < 8e15; }

  function checkedReview(card, one) {
    var good = Array.isArray(one) && isTime(one[0]) && [1, 2, 3, 4].indexOf(one[1]) >= 0 &&
      Number.isInteger(one[2]) && one[2] >= 0;
    if (!good) { throw new Unreadable("a review of “" + card + "” is no [time, grade, milliseconds]"); }
    return [one[0], one[1], Math.min(one[2], LONGEST)];
  }

  /* Of two reviews of one card at one time, which is one review, the same is kept on every device. */
  function sorted(reviews) {
    var all = reviews.slice().sort(function (a, b) { return a[0] - b[0] || a[1] - b[1] || b[2] - a[2]; });
    return all.filter(function (one, n) { return n === 0 || one[0] !== all[n - 1][0]; });
  }

  function exam(value) {
    var good = value && typeof value === "object" && (value.at === 0 || isTime(value.at)) &&
      (value.date === "" || /^\d{4}-\d\d-\d\d$/.test(value.date) && !isNaN(Date.parse(value.date)));
    if (value !== undefined && !good) { throw new Unreadable("the date of the exam is none"); }
    return value ? { date: value.date, at: value.at } : empty().exam;
  }

  /* Read a log from text that somebody may have changed. */
  function read(text) {
    var data, log = empty(), count = 0;
    try { data = JSON.parse(text); } catch (error) { throw new Unreadable("it is not JSON"); }
    if (!data || typeof data !== "object" || !Number.isInteger(data.version) || data.version < 1) {
      throw new Unreadable("it is no log of reviews");
    }
    if (data.version > VERSION) {
      throw new Unreadable("a newer version of this site has written it", true);
    }
    if (!data.cards || typeof data.cards !== "object" || Array.isArray(data.cards)) {
      throw new Unreadable("it has no cards");
    }
    log.exam = exam(data.exam);
    Object.keys(data.cards).forEach(function (card) {
      var reviews = data.cards[card];
      if (!CARD.test(card)) { throw new Unreadable("“" + card.slice(0, 40) + "” is no card"); }
      if (!Array.isArray(reviews)) { throw new Unreadable("“" + card + "” has no list of reviews"); }
      count += reviews.length;
      if (count > MOST) { throw new Unreadable("it has more than " + MOST + " reviews"); }
      log.cards[card] = sorted(reviews.map(function (one) { return checkedReview(card, one); }));
    });
    return log;
  }

  /* The reviews of both, each once; of two exam dates, the one chosen last. */
  function merged(one, other) {
    var log = empty();
    Object.keys(one.cards).concat(Object.keys(other.cards)).forEach(function (card) {
      log.cards[card] = log.cards[card] ||
        sorted((one.cards[card] || []).concat(other.cards[card] || []));
    });
    var later = one.exam.at - other.exam.at || (one.exam.date < other.exam.date ? -1 : 1);
    log.exam = later < 0 ? other.exam : one.exam;
    return log;
  }

  function all(log) {
    var found = [];
    Object.keys(log.cards).forEach(function (card) {
      log.cards[card].forEach(function (one) { found.push(one); });
    });
    return found;
  }

  revise.log = {
    LONGEST: LONGEST, Unreadable: Unreadable, empty: empty, read: read, merged: merged, all: all,
    write: function (log) {
      var cards = Object.create(null);
      Object.keys(log.cards).sort().forEach(function (card) {
        if (log.cards[card].length) { cards[card] = log.cards[card]; }
      });
      return JSON.stringify({ version: log.version, exam: log.exam, cards: cards });
    },
    count: function (log) { return all(log).length; },
    add: function (log, card, review) {
      log.cards[card] = sorted((log.cards[card] || []).concat([review]));
    },
    remove: function (log, card, time) {
      log.cards[card] = (log.cards[card] || []).filter(function (one) { return one[0] !== time; });
    }
  };
})();
