/* <revise-paper>: makes a paper from a number, the same everywhere, and marks it. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (customElements.get("revise-paper")) return;

  const { list, load, make, put } = papers.parts;
  const Sheet = papers.Sheet;
  const { addressOf, draw, planOf } = papers.drawing;
  const LEVELS = { 1: "easy", 2: "mixed", 3: "hard" };

  class RevisePaper extends HTMLElement {
    connectedCallback() {
      if (this.plan || !globalThis.reviseQuestions) return; // moved, or a site without questions
      this.index = globalThis.reviseQuestions;
      this.replaceChildren(); // what it says without scripts
      this.plan = new papers.Plan(this, this.index.topics, (plan) => this.begin(plan));
      this.status = make(this, "p", "status", { role: "status" });
      this.paper = make(this, "section", "whole", { "aria-label": "Paper", hidden: "" });
      this.follow = () => {
        const plan = planOf(location.hash);
        if (plan) this.begin(plan, plan.print);
      };
      addEventListener("hashchange", this.follow);
      addEventListener("afterprint", () => delete document.documentElement.dataset.revisePrint);
      this.follow();
    }

    /* Set a paper up; `print` is that of the questions from which a shared one was made. */
    async begin(plan, print = "") {
      this.plan.plan = plan;
      const drawn = draw(this.index.questions, plan);
      const address = addressOf(plan, this.index.print);
      if (location.hash !== address) history.replaceState(null, "", address);
      try {
        const variants = await Promise.all(
          drawn.map(async ([question, number]) => (await load(question.id))[number]));
        this.status.textContent = drawn.length ? "" : "No question fits: choose more topics.";
        this.show(plan, drawn.map(([question], at) => ({ question, variant: variants[at], number: at + 1 })));
      } catch (error) {
        this.status.textContent = `The paper is not complete: ${error.message}.`;
        return;
      }
      if (print && print !== this.index.print) {
        this.status.textContent = "The questions have changed since this paper was shared, "
          + "so it may be another paper now.";
      }
    }

    show(plan, rows) {
      this.clock?.stop();
      const { paper } = this;
      paper.hidden = !rows.length;
      paper.replaceChildren();
      const minutes = rows.reduce((sum, row) => sum + row.question.minutes, 0);
      make(paper, "p", "head", { tabindex: -1 }, `Paper ${plan.seed}: ${rows.length} questions, ${minutes} minutes`);
      this.clock = new papers.Clock(paper, minutes);
      const asked = make(paper, "ol", "asked");
      rows.forEach((row) => { row.sheet = new Sheet(make(asked, "li"), row.variant); });
      const end = make(paper, "div", "row");
      const mark = make(end, "button", "button", { type: "button" }, "Mark the paper");
      this.print(end, "Print the paper", "paper");
      this.print(end, "Print its solutions", "solutions");
      const summary = make(paper, "div", "summary");
      this.key(paper, rows);
      make(paper, "p", "foot", {}, `Paper ${plan.seed}, ${plan.minutes} minutes, ${LEVELS[plan.level]}, `
        + `of questions ${this.index.print}`);
      mark.addEventListener("click", () => this.mark(rows, summary, mark));
      paper.querySelector(".revise-paper-head").focus({ preventScroll: true });
    }

    mark(rows, summary, button) {
      this.clock.stop();
      button.remove();
      const write = () => papers.marks(summary, rows, this.index.topics);
      rows.forEach((row) => {
        row.share = row.sheet.mark((share) => {
          row.share = share;
          write();
        });
      });
      write();
      summary.querySelector(".revise-paper-total").focus();
    }

    /* The solutions, which are seen in print only. */
    key(paper, rows) {
      const key = make(paper, "ol", "key");
      rows.forEach(({ variant }) => {
        const item = make(key, "li");
        put(make(item, "p"), "strong", "", variant.said);
        if (variant.marking) list(item, "ul", variant.marking);
        if (variant.steps) list(item, "ol", variant.steps);
      });
    }

    print(row, name, what) {
      make(row, "button", "button", { type: "button" }, name).addEventListener("click", () => {
        document.documentElement.dataset.revisePrint = what;
        globalThis.print();
      });
    }
  }

  customElements.define("revise-paper", RevisePaper);
})();
