/* Sweeps: one frame is shown, and the reader chooses which.  Without this, and in print, all are. */
(function () {
  "use strict";

  if (!window.customElements || customElements.get("worked-sweep")) return;

  const FEW = 6; // values that fit into a row of radio buttons
  const PACE = 1800; // milliseconds between the frames of a play
  const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
  const ICONS = {
    "Step back": "M16 5v14L6 12z",
    Play: "M7 4v16l13-8z",
    Pause: "M6 5h4v14H6zM14 5h4v14h-4z",
    "Step on": "M8 5v14l10-7z",
  };
  let sweeps = 0;

  function make(parent, tag, attributes, text) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach((pair) => element.setAttribute(...pair));
    element.textContent = text || "";
    parent.append(element);
    return element;
  }

  function sign(button, name) {
    button.setAttribute("aria-label", name);
    button.title = name;
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
  }

  const signed = (value) => value.replace(/^-(?=\d)/, "\u2212");
  function radios(box, way) {
    const set = make(box, "fieldset", { class: "worked-choice" });
    make(set, "legend", {}, way.name);
    const inputs = way.values.map((value, place) => {
      const label = make(set, "label", {});
      const input = make(label, "input", { type: "radio", name: way.id });
      make(label, "span", {}, signed(value));
      input.addEventListener("change", () => way.choose(place));
      return input;
    });
    return () => { inputs[way.place()].checked = true; };
  }

  function slider(box, way) {
    const row = make(box, "div", { class: "worked-choice worked-slide" });
    const last = way.values.length - 1;
    make(row, "label", { for: way.id }, way.name);
    const input = make(row, "input", { type: "range", id: way.id, min: 0, max: last });
    const shown = make(row, "span", { class: "worked-chosen", "aria-hidden": "true" });
    shown.style.minWidth = `${Math.max(...way.values.map((value) => value.length))}ch`;
    input.addEventListener("input", () => way.choose(Number(input.value)));
    return () => {
      const value = way.values[way.place()];
      input.value = way.place();
      input.setAttribute("aria-valuetext", `${value}, ${way.place() + 1} of ${last + 1}`);
      shown.textContent = signed(value);
    };
  }

  class Sweep extends HTMLElement {
    connectedCallback() {
      this.frames = [...this.querySelectorAll(".worked-frame")];
      if (this.status || !this.frames.length) return; // moved, or empty
      const plays = "play" in this.dataset;
      const box = make(this, "div", { class: "worked-controls" });
      let apart = this.frames.length; // frames from one value of a parameter to its next
      this.controls = JSON.parse(this.dataset.parameters).map(([name, values]) => {
        apart /= values.length;
        const [step, id] = [apart, `worked-sweep-${sweeps++}`];
        const place = () => Math.floor(this.at / step) % values.length;
        const choose = (wanted) => this.pick(this.at + (wanted - place()) * step);
        const way = { name, values, place, choose, id };
        return (plays || values.length > FEW ? slider : radios)(box, way);
      });
      if (plays) this.buttons(box);
      this.prepend(box); // now that it is whole
      this.status = make(this, "p", { class: "worked-status", role: "status" });
      const number = this.querySelector(".worked-frame .worked-number");
      this.frames.slice(number ? 1 : this.frames.length).forEach((frame) => {
        const again = number.cloneNode(true);
        again.classList.add("worked-again");
        frame.querySelector("figcaption").prepend(again, " ");
      });
      this.classList.add("worked-ready");
      this.go(0);
      window.addEventListener("hashchange", () => this.follow());
      this.follow();
    }

    buttons(box) {
      const row = make(box, "div", { class: "worked-buttons", role: "group", "aria-label": "Steps" });
      const [back, play, on] = ["Step back", "Play", "Step on"].map((name) => {
        const button = make(row, "button", { type: "button" });
        sign(button, name);
        return button;
      });
      play.classList.add("worked-play");
      back.addEventListener("click", () => this.pick(this.at - 1));
      on.addEventListener("click", () => this.pick(this.at + 1));
      play.addEventListener("click", () => (this.timer ? this.pick(this.at) : this.play()));
      this.controls.push(() => {
        sign(play, this.timer ? "Pause" : "Play");
        back.setAttribute("aria-disabled", this.at === 0);
        on.setAttribute("aria-disabled", this.at === this.frames.length - 1);
      });
    }

    play() {
      const last = this.frames.length - 1;
      const ends = () => CALM.matches || this.at + 1 >= last;
      this.timer = setInterval(() => this[ends() ? "pick" : "go"](this.at + 1), PACE);
      this.go(this.at === last ? 0 : this.at);
    }

    /* Show a frame. */
    go(at) {
      this.at = Math.max(0, Math.min(at, this.frames.length - 1));
      this.frames.forEach((frame, n) => frame.classList.toggle("worked-shown", n === this.at));
      this.controls.forEach((renew) => renew());
    }

    /* Show the frame that the reader has chosen, say it, and put it into the address. */
    pick(at) {
      this.timer = clearInterval(this.timer);
      this.go(at);
      const frame = this.frames[this.at];
      const find = (what) => (frame.querySelector(what) || {}).textContent;
      const said = find("figcaption") || find("svg > title") || find("pre, .worked-html") || "";
      const text = said.replace(find(".worked-number") || "", "").trim();
      this.status.textContent = `${find(".worked-frame-title")}. ${text}`;
      // browsers refuse to change an address that has changed very often: it stays as it is then
      try { if (frame.id) history.replaceState(history.state, "", `#${frame.id}`); } catch {}
    }

    /* Show the frame that the address names. */
    follow() {
      const at = this.frames.findIndex((frame) => frame.id && location.hash === `#${frame.id}`);
      if (at < 0) return;
      this.timer = clearInterval(this.timer);
      this.go(at);
      this.frames[at].scrollIntoView();
    }
  }

  customElements.define("worked-sweep", Sweep);
})();
