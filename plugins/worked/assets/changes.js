// Lay two drawings over each other: swipe between them, or show one and then the other; and walk
// from change to change.
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

// Walk from one change to the next; the button keeps the focus, so that Enter goes on.
const all = [...document.querySelectorAll(".changes-one")];
if (all.length > 1) {
  const walk = Object.assign(document.createElement("nav"), { className: "changes-walk" });
  walk.setAttribute("aria-label", "Changes");
  const said = Object.assign(document.createElement("output"), { textContent: `${all.length} changes` });
  let at = -1;
  const go = (step) => {
    all[at]?.classList.remove("changes-here");
    at = at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length;
    all[at].classList.add("changes-here");
    all[at].scrollIntoView({ block: "start" });
    const head = all[at].querySelector("h3").textContent;
    said.textContent = `${at + 1} of ${all.length}: ${head}`;
  };
  const button = (text, label, step) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => go(step));
    return made;
  };
  walk.append(button("←", "Previous change", -1), said, button("→", "Next change", 1));
  document.body.append(walk);
}
