/* The square to draw a digit on: with a finger, a pen or a mouse, or cell by cell with the keyboard. */
(function () {
  "use strict";

  const CELLS = 8;
  const NEAR = 0.012; // points closer than this, in sides of the square, are one
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const SVG = "http://www.w3.org/2000/svg";

  /* Make an element: {attribute: value}, text, or elements in it. */
  function make(name, attributes, ...inside) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach((pair) => element.setAttribute(...pair));
    element.append(...inside);
    return element;
  }

  const within = (value, most) => Math.min(most, Math.max(0, value));
  const place = ([x, y]) => CELLS * within(Math.floor(y * CELLS), CELLS - 1) + within(Math.floor(x * CELLS), CELLS - 1);

  class Pad {
    /* told(ended): called while a stroke grows, and once when it has ended. */
    constructor(told) {
      this.told = told;
      this.strokes = [];
      this.picture = make("canvas", { width: CELLS, height: CELLS, "aria-hidden": "true" });
      const lines = document.createElementNS(SVG, "svg");
      lines.setAttribute("viewBox", "0 0 1 1");
      lines.setAttribute("aria-hidden", "true");
      this.lines = lines.appendChild(document.createElementNS(SVG, "path"));
      this.cells = Array.from({ length: CELLS * CELLS }, () =>
        make("div", { class: "digit-cell", role: "gridcell", tabindex: "-1" }));
      const rows = Array.from({ length: CELLS }, (_, r) =>
        make("div", { class: "digit-line", role: "row" }, ...this.cells.slice(CELLS * r, CELLS * r + CELLS)));
      const grid = make("div", { class: "digit-grid", role: "grid", "aria-label": "Pad, cell by cell: space paints" }, ...rows);
      this.hint = make("span", { class: "digit-hint", "aria-hidden": "true" }, "draw here");
      this.element = make("div", { class: "digit-pad" }, this.picture, lines, grid, this.hint);
      this.cells[0].tabIndex = 0;
      this.listen(grid);
    }

    listen(grid) {
      const on = (kind, answer) => grid.addEventListener(kind, answer);
      on("pointerdown", (event) => this.begin(event, grid));
      on("pointermove", (event) => this.draw(event));
      on("pointerup", (event) => this.end(event));
      on("pointercancel", (event) => this.end(event));
      on("keydown", (event) => this.press(event));
      on("click", (event) => { // of a screen reader; of a finger, it is a stroke already
        if (!event.detail) this.toggle(this.cells.indexOf(event.target));
      });
    }

    point(event) {
      const box = this.element.getBoundingClientRect();
      return [within((event.clientX - box.left) / box.width, 1), within((event.clientY - box.top) / box.height, 1)];
    }

    begin(event, grid) {
      if (event.button || this.pen !== undefined) return;
      this.pen = event.pointerId;
      grid.setPointerCapture(this.pen);
      this.strokes.push([this.point(event)]);
      this.show(false);
    }

    draw(event) {
      if (event.pointerId !== this.pen) return;
      const stroke = this.strokes[this.strokes.length - 1];
      const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      (moves.length ? moves : [event]).map((move) => this.point(move)).forEach((to) => {
        const last = stroke[stroke.length - 1];
        if (Math.hypot(to[0] - last[0], to[1] - last[1]) > NEAR) stroke.push(to);
      });
      this.show(false);
    }

    end(event) {
      if (event.pointerId !== this.pen) return;
      this.pen = undefined;
      this.show(true);
    }

    press(event) {
      const at = this.cells.indexOf(event.target), step = STEPS[event.key];
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === " " || event.key === "Enter") {
        event.preventDefault(); // the page stays where it is
        this.toggle(at);
      } else if (step) {
        event.preventDefault();
        const row = within(Math.floor(at / CELLS) + step[0], CELLS - 1);
        const to = CELLS * row + within((at % CELLS) + step[1], CELLS - 1);
        this.cells[at].tabIndex = -1;
        this.cells[to].tabIndex = 0;
        this.cells[to].focus();
      }
    }

    /* Paint a cell, or wipe what is drawn in it. */
    toggle(at) {
      const before = this.strokes.flat().length;
      this.strokes = this.strokes.flatMap((stroke) => stroke.reduce((parts, point) => {
        if (place(point) === at) return [...parts, []];
        parts[parts.length - 1].push(point);
        return parts;
      }, [[]])).filter((stroke) => stroke.length);
      if (this.strokes.flat().length === before) {
        this.strokes.push([[(at % CELLS + 0.5) / CELLS, (Math.floor(at / CELLS) + 0.5) / CELLS]]);
      }
      this.show(true);
    }

    clear() {
      this.strokes = [];
      this.show(true);
    }

    show(ended) {
      this.trace();
      if (ended) this.name((at) => this.strokes.flat().some((point) => place(point) === at));
      this.told(ended);
    }

    trace() {
      this.lines.setAttribute("d", this.strokes.map((stroke) =>
        `M${stroke.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}h0`).join(""));
      this.hint.hidden = this.strokes.length > 0;
    }

    /* Put a picture of 8 × 8 in the place of what is drawn. */
    take(pixels) {
      this.strokes = [];
      this.trace();
      this.name((at) => pixels[at] > 0.5);
    }

    /* Say of each cell whether there is ink in it. */
    name(inked) {
      this.cells.forEach((cell, at) => {
        const ink = inked(at) ? "ink" : "empty";
        cell.setAttribute("aria-label", `row ${Math.floor(at / CELLS) + 1}, column ${(at % CELLS) + 1}: ${ink}`);
      });
    }
  }

  window.Digit = Object.assign(window.Digit || {}, { Pad, make });
})();
