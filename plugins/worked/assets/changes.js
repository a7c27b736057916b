// Lay two drawings over each other: swipe between them, or show one and then the other.
"use strict";

const scheme = matchMedia("(prefers-color-scheme: dark)");
function follow() {
  document.documentElement.dataset.mdColorScheme = scheme.matches ? "slate" : "default";
}
scheme.addEventListener("change", follow);
follow();

class ChangesPair extends HTMLElement {
  connectedCallback() {
    const bar = document.createElement("fieldset");
    bar.className = "changes-bar";
    const name = `changes-${[...document.querySelectorAll("changes-pair")].indexOf(this)}`;
    for (const [way, said] of [["side", "side by side"], ["swipe", "swipe"], ["blink", "one, then the other"]]) {
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), {
        type: "radio", name, value: way, checked: way === "side",
      });
      radio.addEventListener("change", () => this.show(way));
      label.append(radio, ` ${said}`);
      bar.append(label);
    }
    this.slide = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 100, value: 50, hidden: true });
    this.slide.setAttribute("aria-label", "How much of the drawing before is shown");
    this.slide.addEventListener("input", () => this.style.setProperty("--changes-at", `${this.slide.value}%`));
    this.flip = Object.assign(document.createElement("button"), { type: "button", hidden: true, textContent: "Show after" });
    this.flip.addEventListener("click", () => {
      const after = this.classList.toggle("changes-new");
      this.flip.textContent = after ? "Show before" : "Show after";
    });
    bar.append(this.slide, this.flip);
    this.prepend(bar);
  }

  show(way) {
    this.classList.remove("changes-swipe", "changes-blink", "changes-new");
    this.classList.toggle("changes-over", way !== "side");
    if (way !== "side") this.classList.add(`changes-${way}`);
    this.slide.hidden = way !== "swipe";
    this.flip.hidden = way !== "blink";
    this.flip.textContent = "Show after";
  }
}
customElements.define("changes-pair", ChangesPair);
