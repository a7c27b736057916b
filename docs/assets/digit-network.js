/* The network that the notes train, as JavaScript: what every layer gives, and the gradient of a
   score at the pixels.  A stack of maps is one flat array, in the order channel, row, column. */
(function () {
  "use strict";

  /* Go through all products of a 3 × 3 convolution with a ring of zeros: visit(to, from, weight). */
  function products(filters, channels, n, visit) {
    for (let f = 0; f < filters; f += 1)
      for (let c = 0; c < channels; c += 1)
        for (let tap = 0; tap < 9; tap += 1) {
          const down = Math.floor(tap / 3) - 1, across = (tap % 3) - 1;
          const weight = (f * channels + c) * 9 + tap;
          for (let r = Math.max(0, -down); r < Math.min(n, n - down); r += 1)
            for (let s = Math.max(0, -across); s < Math.min(n, n - across); s += 1)
              visit((f * n + r) * n + s, (c * n + r + down) * n + s + across, weight);
        }
  }

  function convolve(x, n, w, b) {
    const y = Float64Array.from({ length: b.length * n * n }, (_, at) => b[Math.floor(at / n / n)]);
    products(b.length, x.length / n / n, n, (to, from, weight) => { y[to] += x[from] * w[weight]; });
    return y;
  }

  function backToMaps(d, n, w, channels) {
    const dx = new Float64Array(channels * n * n);
    products(d.length / n / n, channels, n, (to, from, weight) => { dx[from] += d[to] * w[weight]; });
    return dx;
  }

  /* The place of the largest number of each 2 × 2 window; of equal ones, the first. */
  function winners(x, n) {
    return Int32Array.from({ length: x.length / 4 }, (_, at) => {
      const corner = 2 * (Math.floor(at / (n / 2)) * n + (at % (n / 2)));
      return [corner + 1, corner + n, corner + n + 1].reduce((a, b) => (x[b] > x[a] ? b : a), corner);
    });
  }

  const sum = (length, term) => {
    let total = 0;
    for (let at = 0; at < length; at += 1) total += term(at);
    return total;
  };

  class Network {
    /* net: {w1, b1, w2, b2, w3, b3}, numbers of the shapes (8, 1, 3, 3), (16, 8, 3, 3), (10, 64). */
    constructor(net) {
      this.net = net;
    }

    /* What every layer gives for an image of 64 numbers from 0 to 1, by its name in the notes. */
    forward(image) {
      const { w3, b3 } = this.net;
      const a = { image: Float64Array.from(image), won: [] };
      let x = a.image;
      [1, 2].forEach((i) => {
        const n = 16 / 2 ** i;
        a[`conv ${i}`] = convolve(x, n, this.net[`w${i}`], this.net[`b${i}`]);
        a[`relu ${i}`] = a[`conv ${i}`].map((z) => Math.max(z, 0));
        a.won[i] = winners(a[`relu ${i}`], n);
        x = a[`pool ${i}`] = Float64Array.from(a.won[i], (at) => a[`relu ${i}`][at]);
      });
      a.scores = Float64Array.from(b3, (b, k) => b + sum(64, (at) => w3[64 * k + at] * x[at]));
      const largest = Math.max(...a.scores), powers = a.scores.map((s) => Math.exp(s - largest));
      const total = sum(10, (k) => powers[k]);
      a.probabilities = powers.map((p) => p / total);
      a.answer = a.probabilities.indexOf(Math.max(...a.probabilities));
      return a;
    }

    /* How fast a digit's score rises with each pixel of the image that a = forward(image) has read. */
    gradient(a, digit) {
      let d = Float64Array.from({ length: 64 }, (_, at) => this.net.w3[64 * digit + at]);
      [2, 1].forEach((i) => {
        const z = a[`conv ${i}`], back = new Float64Array(z.length);
        a.won[i].forEach((at, to) => { back[at] = z[at] > 0 ? d[to] : 0; });
        d = backToMaps(back, 16 / 2 ** i, this.net[`w${i}`], i === 2 ? 8 : 1);
      });
      return d;
    }
  }

  window.Digit = Object.assign(window.Digit || {}, { Network });
})();
