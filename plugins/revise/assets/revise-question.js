/* <revise-question>: on its own page a question can be asked again, with other numbers. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (customElements.get("revise-question")) return;

  const { load, make } = papers.parts;
  const Sheet = papers.Sheet;

  class ReviseQuestion extends HTMLElement {
    connectedCallback() {
      if (this.row) return; // moved
      this.place = 0;
      this.row = make(this, "p", "again");
      this.button = make(this.row, "button", "button", { type: "button" }, "Answer with other numbers");
      this.status = make(this.row, "span", "status", { role: "status" });
      this.button.addEventListener("click", () => this.ask());
    }

    async ask() {
      const id = this.closest("[id^=question-]").id.replace("question-", "");
      try {
        const variants = await load(id);
        this.place = (this.place + 1) % variants.length;
        this.show(variants[this.place]);
        this.status.textContent = "";
      } catch (error) {
        this.status.textContent = ` ${error.message}.`;
      }
    }

    show(variant) {
      [...this.children].forEach((child) => { child.hidden = child !== this.row; });
      this.box?.remove();
      this.box = make(this, "div", "asked");
      this.insertBefore(this.box, this.row);
      const sheet = new Sheet(this.box, variant);
      const check = make(this.box, "button", "button", { type: "button" }, "Check");
      const enter = (event) => {
        if (event.key === "Enter" && event.target.matches("input")) check.click();
      };
      this.box.addEventListener("keydown", enter);
      check.addEventListener("click", () => {
        sheet.mark();
        check.remove();
        sheet.said.tabIndex = -1;
        sheet.said.focus();
      });
      this.button.textContent = "Other numbers";
      (sheet.fields[0] || check).focus();
    }
  }

  customElements.define("revise-question", ReviseQuestion);
})();
