/* Draw a digit, and the network that the notes have trained reads it: what each layer makes of it,
   ten probabilities, and which pixels spoke for the answer.  A cell hands over `net`, the weights,
   and `examples` and what was `meant` by each; what the cell has drawn is for print and readers without this. */
(function () {
  "use strict";

  if (!window.customElements || customElements.get("digit-reader")) return;

  const { Network, Pad, image, make } = window.Digit;
  const LAYERS = [
    ["image", "input", 1, 8],
    ["relu 1", "convolution", 8, 8],
    ["pool 1", "max pooling", 8, 4],
    ["relu 2", "convolution", 16, 4],
    ["pool 2", "max pooling", 16, 2],
  ];
  const CHANGES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

  const percent = (share) => `${Math.round(100 * share)} %`;
  const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const canvases = (count, side) => Array.from({ length: count }, () => make("canvas", { width: side, height: side }));

  /* Fill the pixels of a canvas: as strong as the values from -1 to 1, in a colour for each sign. */
  function fill(canvas, values, above, below) {
    const context = canvas.getContext("2d"), side = canvas.width;
    context.clearRect(0, 0, side, side);
    values.forEach((value, at) => {
      context.fillStyle = value < 0 ? below : above;
      context.globalAlpha = Math.abs(value);
      context.fillRect(at % side, Math.floor(at / side), 1, 1);
    });
  }

  class Reader extends HTMLElement {
    connectedCallback() {
      if (this.pad) return; // moved
      const { net, examples, meant } = Worked.arrays(this);
      this.network = new Network(Object.fromEntries(Object.entries(net).map(([name, part]) => [name, part.data])));
      this.examples = Array.from(meant.data, (label, at) => ({
        label, image: Array.from(examples.data.slice(64 * at, 64 * at + 64), (ink) => ink / 16),
      }));
      this.pad = new Pad((ended) => this.drawn(ended));
      this.prepend(this.build());
      this.classList.add("digit-ready");
      this.next();
      const again = () => this.paint();
      new MutationObserver(again).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
      CHANGES.forEach((query) => window.matchMedia(query).addEventListener("change", again));
    }

    build() {
      const button = (name, act) => {
        const made = make("button", { type: "button" }, name);
        made.addEventListener("click", act);
        return made;
      };
      this.named = make("span", { class: "digit-named" });
      this.sure = make("span", { class: "digit-sure" });
      this.meant = make("span", { class: "digit-meant" });
      this.status = make("p", { class: "worked-status", role: "status" });
      this.bars = Array.from({ length: 10 }, (_, digit) => make("li", {}, make("span", {}, String(digit)),
        make("span", { class: "digit-bar", "aria-hidden": "true" }, make("i", {})), make("span", {})));
      this.looked = make("canvas", { width: 8, height: 8, role: "img" });
      this.layers = LAYERS.map(([, , count, side]) => canvases(count, side));
      const layers = LAYERS.map(([, name, count, side], at) => {
        const size = count > 1 ? `${count} maps, ${side} × ${side}` : `${side} × ${side} pixels`;
        return make("figure", { class: "digit-layer" },
          make("div", { class: "digit-maps", role: "img", "aria-label": `${name}: ${size}` }, ...this.layers[at]),
          make("figcaption", {}, make("b", {}, name), " ", make("span", {}, size)));
      });
      return make("div", { class: "digit-live" },
        make("div", { class: "digit-draw" }, this.pad.element,
          make("p", { class: "digit-buttons" }, button("Clear", () => this.pad.clear()),
            button("Another example", () => { this.next(); this.say(); }))),
        make("div", { class: "digit-answer" },
          make("p", { class: "digit-says", "aria-hidden": "true" }, this.named, this.sure, this.meant),
          make("ul", { class: "digit-bars", "aria-label": "Probability of each digit" }, ...this.bars)),
        make("figure", { class: "digit-looked" }, this.looked,
          make("figcaption", {}, make("b", {}, "what it looked at"), " ",
            make("span", { class: "digit-for" }, "for"), " ", make("span", { class: "digit-against" }, "against"))),
        make("div", { class: "digit-layers" }, ...layers), this.status);
    }

    /* Put the next example on the pad. */
    next() {
      this.at = this.at === undefined ? 0 : (this.at + 1) % this.examples.length;
      this.example = this.examples[this.at];
      this.pad.take(this.example.image);
      this.read(this.example.image);
    }

    drawn(ended) {
      this.example = undefined;
      this.read(image(this.pad.strokes));
      if (ended) this.say();
    }

    /* Let the network read 64 numbers from 0 to 1, and show what it makes of them. */
    read(pixels) {
      const a = this.reading = this.network.forward(pixels);
      this.blank = !pixels.some((ink) => ink > 0);
      const slopes = this.network.gradient(a, a.answer);
      a.share = slopes.map((slope, at) => slope * a.image[at]); // gradient × input
      this.named.textContent = this.blank ? "?" : a.answer;
      this.sure.textContent = this.blank ? "" : percent(a.probabilities[a.answer]);
      this.meant.textContent = this.example ? `written as ${this.example.label}` : this.blank ? "draw a digit" : "";
      this.bars.forEach((bar, digit) => {
        const share = this.blank ? 0 : a.probabilities[digit];
        bar.classList.toggle("digit-most", !this.blank && digit === a.answer);
        bar.children[1].firstChild.style.width = `${100 * share}%`;
        bar.children[2].textContent = percent(share);
      });
      this.paint();
      return a;
    }

    paint() {
      const a = this.reading;
      const colour = (canvas) => getComputedStyle(canvas).color;
      fill(this.pad.picture, this.example ? this.example.image : [], colour(this.pad.picture));
      LAYERS.forEach(([name, , , side], at) => {
        const most = name === "image" ? 1 : largest(a[name]), ink = colour(this.layers[at][0]);
        this.layers[at].forEach((canvas, map) => {
          const values = a[name].slice(map * side * side, (map + 1) * side * side);
          fill(canvas, this.blank ? [] : values.map((value) => value / most), ink);
        });
      });
      const most = largest(a.share), below = getComputedStyle(this).getPropertyValue("--fig-neg");
      fill(this.looked, this.blank ? [] : a.share.map((part) => part / most), colour(this.looked), below);
      this.looked.setAttribute("aria-label", this.blank ? "nothing drawn" : `Pixels that spoke for ${a.answer}, and against it`);
    }

    /* Tell a screen reader, once a stroke has ended. */
    say() {
      const { answer, probabilities } = this.reading;
      this.status.textContent = this.blank ? "The pad is empty." : `reads ${answer}, ${percent(probabilities[answer])}`;
    }
  }

  customElements.define("digit-reader", Reader);
})();
