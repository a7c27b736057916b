/* One question as a reader meets it: its text, fields for the answer, and what becomes of it. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (papers.Sheet) return;

  const { isRead, judge } = papers.answers;
  const { list, make, put } = papers.parts;
  let count = 0;

  class Sheet {
    constructor(parent, variant) {
      this.variant = variant;
      this.box = make(parent, "div", "sheet");
      this.text = put(this.box, "div", "text", variant.text);
      this.text.id = `revise-paper-text-${++count}`;
      this.fields = this[variant.form](make(this.box, "div", "fields"));
      this.said = make(this.box, "div", "said", { hidden: "" });
    }

    input(parent, label) {
      return make(parent, "input", "number", {
        type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
        "aria-label": label, "aria-describedby": this.text.id,
      });
    }

    number(box) {
      make(box, "span", "label", { "aria-hidden": "true" }, "Answer ");
      const { unit } = this.variant;
      const field = this.input(box, unit ? `Answer in ${unit}` : "Answer");
      if (unit) make(box, "span", "unit", { "aria-hidden": "true" }, ` ${unit}`);
      this.room(box);
      return [field];
    }

    room(box) {
      const { tolerance, relative } = this.variant;
      if (!(tolerance || relative)) return;
      const room = tolerance || `${Number((relative * 100).toPrecision(3))}\u202f%`;
      make(box, "span", "room", {}, ` to within ${room}`);
    }

    list(box) {
      return this.matrix(box, [this.variant.answer]);
    }

    matrix(box, rows = this.variant.answer) {
      const grid = make(box, "div", "grid", { role: "group", "aria-label": "Answer" });
      grid.style.setProperty("--revise-paper-columns", rows[0].length);
      this.room(box);
      return rows.flatMap((row, down) => row.map((_, across) => {
        const place = rows.length > 1 ? `row ${down + 1}, column ${across + 1}` : `number ${across + 1}`;
        return this.input(grid, place);
      }));
    }

    choice(box) {
      const set = make(box, "fieldset", "choices", { "aria-describedby": this.text.id });
      make(set, "legend", "", {}, "Choose one");
      return this.variant.choices.map((choice, at) => {
        const label = make(set, "label", "choice");
        const radio = make(label, "input", "", { type: "radio", name: `revise-paper-${count}`, value: at });
        put(label, "span", "", choice);
        return radio;
      });
    }

    words(box) {
      return [make(box, "textarea", "words", {
        rows: 3, "aria-label": "Answer in a sentence or two", "aria-describedby": this.text.id,
      })];
    }

    get given() {
      if (this.variant.form === "choice") return this.fields.findIndex((field) => field.checked);
      return this.fields.map((field) => field.value);
    }

    get isEmpty() {
      const { given } = this;
      return Array.isArray(given) ? !given.some((text) => text.trim()) : given < 0;
    }

    /* Show what becomes of the answer; gives the share of it that is right, from 0 to 1. */
    mark(changed = () => {}) {
      const { variant, said } = this;
      said.replaceChildren();
      said.hidden = false;
      this.fields.forEach((field) => { field[field.type === "radio" ? "disabled" : "readOnly"] = true; });
      if (variant.form === "words") return this.markWords(changed);
      const { right, mistake } = judge(this.given, variant);
      said.dataset.right = right;
      const head = make(said, "p", "verdict", {}, right ? "Right: " : this.isEmpty ? "No answer. It is " : "Not right. It is ");
      put(head, "strong", "", variant.said);
      if (mistake) {
        const why = make(said, "p", "mistake", {}, "Your answer comes from a known mistake: ");
        put(why, "em", "", mistake[0]);
      } else if (!right && !this.isEmpty && variant.form !== "choice" && !isRead(this.given, variant)) {
        make(said, "p", "mistake", {}, "Not all that you typed could be read as a number.");
      }
      if (variant.steps) list(said, "ol", variant.steps);
      return right ? 1 : 0;
    }

    markWords(changed) {
      const { variant, said } = this;
      put(make(said, "p", "verdict", {}, "A good answer: "), "span", "", variant.said);
      const set = make(said, "fieldset", "marking");
      make(set, "legend", "", {}, "Mark it yourself: did you say this?");
      const boxes = variant.marking.map((point) => {
        const label = make(set, "label", "choice");
        const box = make(label, "input", "", { type: "checkbox" });
        put(label, "span", "", point);
        return box;
      });
      set.addEventListener("change", () => {
        changed(boxes.filter((box) => box.checked).length / boxes.length);
      });
      if (variant.steps) list(said, "ol", variant.steps);
      return 0;
    }
  }

  papers.Sheet = Sheet;
})();
