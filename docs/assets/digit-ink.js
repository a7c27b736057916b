/* From strokes to the 8 × 8 pixels that the network knows.
   Its digits were bitmaps of 32 × 32, nearly as high as that, half as wide, with pens made equally
   thick; a pixel counts the ink of 4 × 4 of their points.  So strokes are scaled to that size, and
   the points nearest to them are ink: as many as such a digit has on average. */
(function () {
  "use strict";

  const SIDE = 32;
  const HIGH = 26, WIDE = 15; // of the strokes' middle lines
  const STRETCH = 1.4; // the most that a digit is made wider, or narrower, than it was drawn
  const INK = 300; // points, of 1,024: about as many as such a digit has
  const THICK = 5.5; // points from the middle of a stroke at most
  const UPRIGHT = 0.6; // the part of a slant that is taken out

  /* [from, to] for every piece of the strokes; of a dot, one without length. */
  function pieces(strokes) {
    return strokes.flatMap((stroke) =>
      stroke.length > 1 ? stroke.slice(1).map((to, at) => [stroke[at], to]) : [[stroke[0], stroke[0]]]);
  }

  /* How far the strokes lean: columns to the right for each row down, in the least squares. */
  function slant(strokes) {
    let weight = 0, x = 0, y = 0, xy = 0, yy = 0;
    pieces(strokes).forEach(([a, b]) => {
      const w = Math.hypot(b[0] - a[0], b[1] - a[1]) + 1e-9;
      const across = (a[0] + b[0]) / 2, down = (a[1] + b[1]) / 2;
      weight += w; x += w * across; y += w * down;
      xy += w * across * down; yy += w * down * down;
    });
    const spread = yy - (y * y) / weight;
    return spread > 1e-9 ? (xy - (x * y) / weight) / spread : 0;
  }

  /* Put the strokes, upright, into the middle of the bitmap. */
  function placed(strokes) {
    const lean = UPRIGHT * slant(strokes);
    const upright = strokes.map((stroke) => stroke.map(([x, y]) => [x - lean * y, y]));
    const [left, right, top, bottom] = [0, 1].flatMap((axis) => {
      const all = upright.flat().map((point) => point[axis]);
      return [Math.min(...all), Math.max(...all)];
    });
    const w = Math.max(right - left, 1e-6), h = Math.max(bottom - top, 1e-6);
    const down = Math.min(HIGH / h, (SIDE - 4) / w);
    const across = Math.min((SIDE - 4) / w, STRETCH * down, Math.max(WIDE / w, down / STRETCH));
    return upright.map((stroke) => stroke.map(([x, y]) => [
      SIDE / 2 + (x - (left + right) / 2) * across,
      SIDE / 2 + (y - (top + bottom) / 2) * down,
    ]));
  }

  /* The square of the distance of each point of the bitmap from the nearest stroke. */
  function distances(strokes) {
    const found = new Float64Array(SIDE * SIDE).fill(Infinity);
    pieces(strokes).forEach(([a, b]) => {
      const dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy || 1;
      for (let at = 0; at < found.length; at += 1) {
        const x = (at % SIDE) + 0.5 - a[0], y = Math.floor(at / SIDE) + 0.5 - a[1];
        const along = Math.min(1, Math.max(0, (x * dx + y * dy) / length));
        found[at] = Math.min(found[at], (x - along * dx) ** 2 + (y - along * dy) ** 2);
      }
    });
    return found;
  }

  /* strokes: lists of points [x, y] on a square, y downwards; 64 numbers from 0 to 1. */
  function image(strokes) {
    const pixels = new Float64Array(64);
    if (!strokes.length) return pixels;
    const far = distances(placed(strokes));
    const limit = Math.min(Float64Array.from(far).sort()[INK - 1], THICK * THICK);
    far.forEach((distance, at) => {
      const row = Math.floor(at / SIDE / 4), column = Math.floor((at % SIDE) / 4);
      if (distance <= limit) pixels[8 * row + column] += 1 / 16;
    });
    return pixels;
  }

  window.Digit = Object.assign(window.Digit || {}, { image });
})();
