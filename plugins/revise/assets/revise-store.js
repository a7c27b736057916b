/* Keep the log of reviews in this browser, and say so where it does not stay.

   Another window may write at any time: each change reads first, changes one thing and writes. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};

  var SAID = {
    closed: "This browser keeps nothing for this site (a private window, or storage is off): " +
      "your answers count until you close the page.",
    full: "This browser’s storage is full: what you answer from now on counts until you close the page.",
    newer: "A newer version of this site has kept your answers here: they stay as they are, and what " +
      "you answer now counts until you close the page.",
    broken: "What this browser had kept could not be read and was put aside: you begin anew."
  };

  function Store(site) {
    this.key = "revise:1:" + site;
    this.log = revise.log.empty();
    this.trouble = "";
    this.kept = true;
    this.listeners = [];
    this.refresh();
    var store = this;
    window.addEventListener("storage", function (event) {
      if (event.key === store.key || event.key === null) {
        store.refresh();
        store.tell();
      }
    });
  }

  Store.prototype.fail = function (why) {
    this.trouble = SAID[why];
    this.kept = this.kept && why === "broken";
  };

  /* Read what is kept.  What this page could not keep stays, too. */
  Store.prototype.refresh = function () {
    if (!this.kept) { return; }
    var text = null;
    try {
      text = window.localStorage.getItem(this.key);
    } catch (error) {
      this.fail("closed");
      return;
    }
    try {
      this.log = text === null ? revise.log.empty() : revise.log.read(text);
    } catch (error) {
      if (!(error instanceof revise.log.Unreadable)) { throw error; }
      if (error.newer) { this.fail("newer"); } else { this.putAside(text); }
    }
  };

  Store.prototype.putAside = function (text) {
    this.fail("broken");
    this.write(this.key + ":unread", text);
    this.save();
  };

  Store.prototype.write = function (key, text) {
    try {
      window.localStorage.setItem(key, text);
    } catch (error) {
      this.fail(/quota/i.test(error.name) ? "full" : "closed");
    }
  };

  Store.prototype.save = function () {
    if (this.kept) { this.write(this.key, revise.log.write(this.log)); }
    this.tell();
  };

  Store.prototype.tell = function () {
    this.listeners.forEach(function (listener) { listener(); });
  };

  /* Note an answer; the value is its time, by which it is known. */
  Store.prototype.add = function (card, grade, now, milliseconds) {
    this.refresh();
    var before = (this.log.cards[card] || []).slice(-1)[0];
    var time = before && before[0] === now ? now + 1 : now;
    revise.log.add(this.log, card, [time, grade, Math.min(Math.round(milliseconds), revise.log.LONGEST)]);
    this.save();
    return time;
  };

  Store.prototype.remove = function (card, time) {
    this.refresh();
    revise.log.remove(this.log, card, time);
    this.save();
  };

  Store.prototype.setExam = function (date, now) {
    this.refresh();
    this.log.exam = { date: date, at: now };
    this.save();
  };

  /* Join the log of another device; the value counts the reviews that came. */
  Store.prototype.join = function (text) {
    var other = revise.log.read(text);
    this.refresh();
    var before = revise.log.count(this.log);
    this.log = revise.log.merged(this.log, other);
    this.save();
    return revise.log.count(this.log) - before;
  };

  Store.prototype.forget = function () {
    this.log = revise.log.empty();
    this.save();
  };

  Store.prototype.state = function (card) {
    return revise.scheduler.replay(this.log.cards[card] || []);
  };

  var stores = {};

  /* The store of a site: one for all elements of a page. */
  revise.store = function (site) {
    stores[site] = stores[site] || new Store(site);
    return stores[site];
  };
})();
