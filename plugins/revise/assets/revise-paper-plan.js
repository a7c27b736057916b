/* The form by which a reader plans a paper: its number, length, difficulty and topics. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (papers.Plan) return;

  const { make } = papers.parts;
  const { LENGTHS } = papers.drawing;
  const LEVELS = [[1, "easy"], [2, "mixed"], [3, "hard"]];

  function choice(parent, label, options, chosen) {
    const box = make(parent, "label", "choose", {}, `${label} `);
    const select = make(box, "select");
    options.forEach(([value, text]) => make(select, "option", "", { value }, text));
    select.value = chosen;
    return select;
  }

  class Plan {
    constructor(parent, topics, begin) {
      this.form = make(parent, "form", "plan", { "aria-label": "Plan a paper" });
      const row = make(this.form, "div", "row");
      const seed = make(row, "label", "choose", {}, "Paper ");
      this.seed = make(seed, "input", "seed", {
        type: "text", inputmode: "numeric", pattern: "[0-9]{1,9}", required: "", autocomplete: "off",
      });
      this.minutes = choice(row, "Length", LENGTHS.map((one) => [one, `${one} minutes`]), 45);
      this.level = choice(row, "Difficulty", LEVELS, 2);
      const box = make(this.form, "details", "topics");
      make(box, "summary", "", {}, "Topics");
      const set = make(box, "fieldset", "set");
      make(set, "legend", "", {}, "None chosen means all");
      this.topics = topics.map(({ slug, name }) => {
        const label = make(set, "label", "choice");
        const tick = make(label, "input", "", { type: "checkbox", value: slug });
        make(label, "span", "", {}, name);
        return tick;
      });
      const end = make(this.form, "div", "row");
      make(end, "button", "button", { type: "submit" }, "Begin this paper");
      const other = make(end, "button", "button", { type: "button" }, "A new paper");
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        begin(this.plan);
      });
      other.addEventListener("click", () => {
        this.renew();
        begin(this.plan);
      });
      this.renew();
    }

    renew() {
      this.seed.value = 1000 + (crypto.getRandomValues(new Uint32Array(1))[0] % 9000);
    }

    get plan() {
      return {
        seed: Number(this.seed.value),
        minutes: Number(this.minutes.value),
        level: Number(this.level.value),
        topics: this.topics.filter((tick) => tick.checked).map((tick) => tick.value),
      };
    }

    set plan({ seed, minutes, level, topics }) {
      Object.assign(this.seed, { value: seed });
      this.minutes.value = minutes;
      this.level.value = level;
      this.topics.forEach((tick) => { tick.checked = topics.includes(tick.value); });
    }
  }

  papers.Plan = Plan;
})();
