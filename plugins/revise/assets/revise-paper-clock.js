/* The time that is left of a paper; a reader may hide it, and nothing happens at its end. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (papers.Clock) return;

  const { make } = papers.parts;
  const two = (number) => String(number).padStart(2, "0");

  class Clock {
    constructor(parent, minutes) {
      this.end = Date.now() + minutes * 60_000;
      this.box = make(parent, "p", "clock");
      this.face = make(this.box, "span", "time", { role: "timer" });
      this.button = make(this.box, "button", "button", { type: "button", "aria-pressed": "false" }, "Hide the clock");
      this.button.addEventListener("click", () => {
        this.face.hidden = !this.face.hidden;
        this.button.setAttribute("aria-pressed", this.face.hidden);
      });
      this.ticking = setInterval(() => this.tick(), 1000);
      this.tick();
    }

    tick() {
      if (!this.box.isConnected) return this.stop();
      const left = Math.round((this.end - Date.now()) / 1000);
      const size = Math.abs(left);
      const time = `${Math.floor(size / 60)}:${two(size % 60)}`;
      this.face.textContent = left >= 0 ? `${time} left` : `${time} over time`;
      return undefined;
    }

    stop() {
      clearInterval(this.ticking);
    }
  }

  papers.Clock = Clock;
})();
