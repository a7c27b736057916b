/* Try a kernel: nine numbers, a picture, the map at once, and the sum at the pixel pointed at.

   Handed over are `pictures` (name: (H, W) in hundredths of white) and `choices` (name: kernel,
   (3, 3)).  The kernel is not turned, as on the page. */
(function () {
  "use strict";

  if (customElements.get("try-kernel")) return;

  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const OWN = "your own";
  const { NINE, correlate, make, outline, paint, paintSigned, view } = window.SiteMaps;

  const clamp = (value, end) => Math.max(0, Math.min(value, end - 1));
  const plain = (value, digits) => String(Number(value.toFixed(digits))).replace("-", "\u2212");

  function choice(parent, label, names) {
    const box = make(parent, "label", "choice", {}, `${label} `);
    const select = make(box, "select");
    names.forEach((name) => make(select, "option", "", {}, name));
    return select;
  }

  class TryKernel extends HTMLElement {
    connectedCallback() {
      if (this.status) return; // moved
      Object.assign(this, Worked.arrays(this));
      const box = make(this, "div", "box", { role: "group", "aria-label": "Try a kernel" });
      const row = make(box, "div", "choices");
      this.picture = choice(row, "Picture", Object.keys(this.pictures));
      this.known = choice(row, "Kernel", [...Object.keys(this.choices), OWN]);
      this.nine(make(box, "fieldset", "nine"));
      this.input = view(box, "input", { role: "img" });
      this.output = view(box, "output", { role: "application", tabindex: 0 });
      const hint = "Map. The arrow keys move the pixel, with Shift by ten";
      this.output.box.setAttribute("aria-label", hint);
      this.said = make(box, "p", "sum", { "aria-hidden": "true" });
      this.legend = make(box, "p", "legend");
      this.status = make(box, "p", "status", { role: "status" });
      this.picture.addEventListener("change", () => this.load());
      this.known.addEventListener("change", () => this.fill(this.choices[this.known.value]));
      [[this.input, 1], [this.output, 0]].forEach(([{ box: at }, ring]) => {
        ["pointermove", "pointerdown"].forEach((kind) => {
          at.addEventListener(kind, (event) => this.point(event, at, ring));
        });
        at.addEventListener("click", () => this.say());
      });
      this.output.box.addEventListener("keydown", (event) => this.press(event));
      this.output.box.addEventListener("keyup", (event) => STEPS[event.key] && this.say());
      const scheme = { attributeFilter: ["data-md-color-scheme"] };
      new MutationObserver(() => this.draw()).observe(document.body, scheme);
      this.known.value = this.first;
      this.fill(this.choices[this.first]);
      this.load();
    }

    nine(set) {
      make(set, "legend", "", {}, "Kernel");
      this.fields = NINE.map((n) => {
        const name = `row ${Math.floor(n / 3) + 1}, column ${(n % 3) + 1}`;
        const field = make(set, "input", "", { type: "number", step: "any", "aria-label": name });
        field.addEventListener("input", () => this.renew());
        return field;
      });
      this.total = make(set, "span", "total");
      const turn = make(set, "button", "turn", { type: "button" }, "Turn by 180°");
      turn.addEventListener("click", () => this.fill({ data: [...this.kernel].reverse() }));
    }

    /* Show a picture, and the place where its map is strongest. */
    load() {
      const { shape, data } = this.pictures[this.picture.value];
      this.shape = shape;
      this.pixels = Float64Array.from(data, (value) => value / 100);
      const words = `${this.picture.value}, ${shape.join(" by ")} pixels`;
      this.input.box.setAttribute("aria-label", words);
      paint(this.input.canvas, { shape, data: this.pixels });
      this.renew();
      const sizes = this.map.data.map(Math.abs);
      const at = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size)));
      this.show(Math.floor(at / this.map.shape[1]), at % this.map.shape[1]);
    }

    fill(kernel) {
      if (kernel) this.fields.forEach((field, n) => { field.value = kernel.data[n]; });
      if (this.pixels) this.renew();
    }

    renew() {
      this.kernel = this.fields.map((field) => field.valueAsNumber || 0);
      const same = ([, { data }]) => data.every((value, n) => value === this.kernel[n]);
      this.known.value = (Object.entries(this.choices).find(same) || [OWN])[0];
      this.weight = this.kernel.reduce((sum, value) => sum + value, 0);
      this.total.textContent = `sum ${plain(this.weight, 3)}`;
      this.map = correlate(this.pixels, this.shape, this.kernel);
      this.draw();
      if (this.at) this.show(...this.at);
      if (this.at) this.say();
    }

    draw() {
      const isGrey = Math.abs(this.weight - 1) < 1e-6;
      const most = (isGrey ? paint : paintSigned)(this.output.canvas, this.map);
      this.classList.toggle("site-kernel-grey", isGrey);
      const how = isGrey ? "Its numbers sum to 1: greys." : `Full colour from ±${plain(most, 2)} on.`;
      this.legend.textContent = `Cross-correlation: the kernel is not turned. ${how}`;
      ["positive", "negative"].forEach((sign) => make(this.legend, "span", sign, {}, ` ${sign}`));
    }

    show(row, column) {
      const [height, width] = this.map.shape;
      this.at = [clamp(row, height), clamp(column, width)];
      outline(this.input.mark, ...this.at, 3, this.shape);
      outline(this.output.mark, ...this.at, 1, this.map.shape);
      const start = this.at[0] * this.shape[1] + this.at[1];
      const terms = NINE.map((n) => {
        const value = this.pixels[start + Math.floor(n / 3) * this.shape[1] + (n % 3)];
        return `${value.toFixed(2)} · ${plain(this.kernel[n], 4)}`;
      });
      const sum = plain(this.map.data[this.at[0] * width + this.at[1]], 4);
      this.words = `Row ${this.at[0] + 1}, column ${this.at[1] + 1}: ${terms.join(" + ")} = ${sum}`;
      this.said.textContent = "";
      terms.forEach((term, n) => make(this.said, "span", "", {}, n < 8 ? `${term} +` : term));
      make(this.said, "strong", "", {}, `= ${sum}`);
    }

    say() { this.status.textContent = this.words; }

    point(event, box, ring) {
      const { left, top, width, height } = box.firstChild.getBoundingClientRect();
      const shape = ring ? this.shape : this.map.shape;
      const row = Math.floor(((event.clientY - top) / height) * shape[0]);
      this.show(row - ring, Math.floor(((event.clientX - left) / width) * shape[1]) - ring);
    }

    press(event) {
      const step = STEPS[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // the page stays where it is
      const by = event.shiftKey ? 10 : 1;
      this.show(this.at[0] + by * step[0], this.at[1] + by * step[1]);
    }
  }

  customElements.define("try-kernel", TryKernel);
})();
