/* How long a reader looked at a card: the time while the page was to be seen. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};

  revise.Clock = function () {
    this.sum = 0;
    this.since = document.hidden ? 0 : Date.now();
    var clock = this;
    this.listener = function () { clock.turn(!document.hidden); };
    document.addEventListener("visibilitychange", this.listener);
  };

  revise.Clock.prototype.turn = function (on) {
    if (this.since) { this.sum += Date.now() - this.since; }
    this.since = on ? Date.now() : 0;
  };

  /* Stop, and say how many milliseconds it were. */
  revise.Clock.prototype.elapsed = function () {
    document.removeEventListener("visibilitychange", this.listener);
    this.turn(false);
    return Math.max(0, this.sum);
  };
})();
