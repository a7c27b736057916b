/* What a reader could do now: cards that are due, new ones, all of them tonight, and how long it takes. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};
  var due = revise.due, scheduler = revise.scheduler;

  var MEASURED = 20; // answers from which on a measure is one
  var LATEST = 200;
  var GUESS = { seconds: 12, forgotten: 0.2 };
  var NEW = 10; // cards to begin at once, without an exam

  /* Each card of the deck with what the log says of it. */
  function survey(deck, log, now) {
    return deck.cards.map(function (card, place) {
      var reviews = log.cards[card.id] || [];
      var state = scheduler.replay(reviews);
      return {
        card: card, place: place, chapter: deck.pages[card.page].chapter || "Other pages",
        reviews: reviews, recall: scheduler.recall(state, now),
        waits: state ? due.waitsUntil(state, log.exam.date, now) : null,
        slipped: reviews.length > 0 && reviews[reviews.length - 1][1] === scheduler.AGAIN
      };
    });
  }

  function isNew(one) { return !one.reviews.length; }

  function byRecall(one, other) { return one.recall - other.recall || one.place - other.place; }

  function dueNow(found, now) {
    return found.filter(function (one) { return one.waits !== null && one.waits <= now; }).sort(byRecall);
  }

  /* All once, the worst first: those forgotten last time, those never seen, then by what is left of them. */
  function tonight(found) {
    function rank(one) { return one.slipped ? 0 : isNew(one) ? 1 : 2; }
    return found.slice().sort(function (one, other) {
      return rank(one) - rank(other) || byRecall(one, other);
    });
  }

  /* New cards to begin: with an exam, what is left today of as many as bring all of them in before it. */
  function begin(found, exam, now) {
    var fresh = found.filter(isNew), today = due.midnight(now), left = daysLeft(exam, now);
    var begun = found.filter(function (one) { return !isNew(one) && one.reviews[0][0] >= today; }).length;
    var daily = left > 0 ? Math.ceil((fresh.length + begun) / left) : NEW;
    var count = left > 0 && daily > begun ? daily - begun : daily;
    return { cards: fresh.slice(0, count), daily: daily, fresh: fresh.length };
  }

  /* The days until an exam in which cards can still be met, today among them. */
  function daysLeft(exam, now) {
    return exam ? Math.round((due.dayOf(exam) - due.midnight(now)) / scheduler.DAY) : 0;
  }

  /* What one card takes, with its repetitions, from the reader's own latest answers where there are some. */
  function pace(log) {
    var latest = revise.log.all(log).filter(function (one) { return one[2] > 0; })
      .sort(function (one, other) { return other[0] - one[0]; }).slice(0, LATEST);
    if (latest.length < MEASURED) { return { measured: 0, seconds: GUESS.seconds, forgotten: GUESS.forgotten }; }
    var sum = 0, again = 0;
    latest.forEach(function (one) {
      sum += one[2] / 1000;
      again += one[1] === scheduler.AGAIN ? 1 : 0;
    });
    return { measured: latest.length, seconds: sum / latest.length, forgotten: Math.min(again / latest.length, 0.8) };
  }

  /* Each card is shown once, and once more for each time that it is forgotten. */
  function minutes(count, pace) {
    return count * pace.seconds / (1 - pace.forgotten) / 60;
  }

  /* By chapter: how many cards there are, are due, were seen, and would be recalled now. */
  function progress(found, now) {
    var chapters = [], rows = {};
    found.forEach(function (one) {
      if (!Object.hasOwn(rows, one.chapter)) {
        chapters.push(rows[one.chapter] = { title: one.chapter, cards: 0, due: 0, seen: 0, known: 0 });
      }
      var row = rows[one.chapter];
      row.cards += 1;
      row.due += one.waits !== null && one.waits <= now ? 1 : 0;
      row.seen += isNew(one) ? 0 : 1;
      row.known += one.recall;
    });
    return chapters;
  }

  revise.plan = {
    survey: survey, dueNow: dueNow, tonight: tonight, begin: begin, daysLeft: daysLeft, pace: pace,
    minutes: minutes, progress: progress, isNew: isNew
  };
})();
