/* Maps on a canvas: what a kernel makes of a picture, in greys or in the two colours of signs. */
(function () {
  "use strict";

  const ALIKE = 0.02; // of a map, the strongest part, which is drawn alike so that the rest shows
  const NINE = Array.from({ length: 9 }, (_, n) => n);

  function make(parent, tag, name, attributes, text) {
    const element = document.createElement(tag);
    if (name) element.className = `site-kernel-${name}`;
    Object.entries(attributes || {}).forEach((pair) => element.setAttribute(...pair));
    element.textContent = text || "";
    parent.append(element);
    return element;
  }

  function view(parent, name, attributes) {
    const box = make(parent, "div", name, attributes);
    return { box, canvas: make(box, "canvas"), mark: make(box, "div", "mark") };
  }

  /* Sum every window of 3 × 3 with the kernel's numbers as they stand. */
  function correlate(data, [height, width], kernel) {
    const shape = [height - 2, width - 2];
    const taps = NINE.map((k) => Math.floor(k / 3) * width + (k % 3));
    const map = Float64Array.from({ length: shape[0] * shape[1] }, (_, n) => {
      const start = Math.floor(n / shape[1]) * width + (n % shape[1]);
      return NINE.reduce((sum, k) => sum + data[start + taps[k]] * kernel[k], 0);
    });
    return { shape, data: map };
  }

  /* As the browser reads it, in whatever form the style sheet has it. */
  function colour(element, name) {
    const brush = document.createElement("canvas").getContext("2d");
    brush.fillStyle = getComputedStyle(element).getPropertyValue(name);
    brush.fillRect(0, 0, 1, 1);
    return brush.getImageData(0, 0, 1, 1).data;
  }

  function dyed(canvas, [height, width], dye) {
    Object.assign(canvas, { width, height });
    const pixels = new ImageData(width, height);
    for (let n = 0; n < width * height; n += 1) pixels.data.set(dye(n), 4 * n);
    canvas.getContext("2d").putImageData(pixels, 0, 0);
  }

  /* Draw from 0, black, to 1, white. */
  function paint(canvas, { shape, data }) {
    dyed(canvas, shape, (n) => [...Array(3).fill(255 * data[n]), 255]);
  }

  /* Draw signs in two colours over nothing; give the size that has the full colour. */
  function paintSigned(canvas, { shape, data }) {
    const sizes = data.map(Math.abs).sort();
    const last = sizes.length - 1;
    const most = sizes[Math.floor((1 - ALIKE) * last)] || sizes[last] || 1;
    const inks = ["--fig-neg", "--fig-pos"].map((name) => [...colour(canvas, name)].slice(0, 3));
    dyed(canvas, shape, (n) => {
      const strength = Math.min(1, Math.abs(data[n]) / most);
      return [...inks[Number(data[n] > 0)], Math.round(255 * strength)];
    });
    return most;
  }

  function outline(mark, row, column, side, [height, width]) {
    const share = (length, whole) => `${(100 * length) / whole}%`;
    mark.style.inset = `${share(row, height)} auto auto ${share(column, width)}`;
    Object.assign(mark.style, { width: share(side, width), height: share(side, height) });
  }

  window.SiteMaps = { NINE, correlate, make, outline, paint, paintSigned, view };
})();
