/* What a stack of layers makes of a square input: shapes, parameters, multiply-adds, and what of the
   input a neuron sees.  The rules are those of the notes: sizes are rounded down, every convolution
   has biases, and poolings learn and multiply nothing. */
(function () {
  "use strict";

  const FIELDS = [
    ["k", "kernel", 1],
    ["s", "stride", 1],
    ["p", "padding", 0],
    ["d", "dilation", 1],
    ["c", "channels", 1],
    ["g", "groups", 1],
  ];
  const NEW = {
    convolution: { kind: "convolution", k: 3, s: 1, p: 1, d: 1, c: 64, g: 1 },
    pooling: { kind: "pooling", k: 2, s: 2, p: 0, d: 1 },
  };
  const fieldsOf = (layer) => FIELDS.slice(0, layer.kind === "pooling" ? 4 : 6);

  /* Say in words why a layer cannot be; nothing where it can. */
  function refusal(layer, channels, size) {
    const isWhole = ([at, , least]) => Number.isInteger(layer[at]) && layer[at] >= least;
    const wrong = fieldsOf(layer).find((one) => !isWhole(one));
    if (wrong) return `The ${wrong[1]} is a whole number of at least ${wrong[2]}.`;
    const span = layer.d * (layer.k - 1) + 1;
    const room = size + 2 * layer.p;
    if (span > room) return `A window of ${span} does not fit into ${room} pixels.`;
    if (layer.kind === "pooling") return "";
    const odd = [channels, layer.c].find((count) => count % layer.g);
    return odd ? `${layer.g} groups do not divide ${odd} channels.` : "";
  }

  /* One row for each layer: what comes out of it, or why nothing does. */
  function stackSizes({ size, channels, layers }) {
    let [c, n, sees, jump, why] = [channels, size, 1, 1, ""];
    if (![c, n].every((count) => Number.isInteger(count) && count > 0)) why = "There is no input.";
    return layers.map((layer) => {
      why = why ? "Nothing arrives here." : refusal(layer, c, n);
      if (why) return { why };
      const [held, reads] = [layer.kind === "pooling" ? 0 : 1, c];
      n = Math.floor((n + 2 * layer.p - layer.d * (layer.k - 1) - 1) / layer.s) + 1;
      c = held ? layer.c : c;
      const weights = held * layer.k ** 2 * (reads / layer.g) * c || 0;
      sees += layer.d * (layer.k - 1) * jump;
      jump *= layer.s;
      return { shape: [c, n, n], parameters: weights + held * c, adds: weights * n * n, sees, jump };
    });
  }

  /* Name a layer with what is not as usual about it. */
  function layerName(layer) {
    const parts = [`${layer.kind} ${layer.k} × ${layer.k}`];
    if (layer.s !== 1) parts.push(`stride ${layer.s}`);
    if (layer.p) parts.push(`padding ${layer.p}`);
    if (layer.d !== 1) parts.push(`dilation ${layer.d}`);
    if (layer.kind !== "pooling") parts.push(`${layer.c} channels`);
    if (layer.g > 1) parts.push(`${layer.g} groups`);
    return parts.join(", ");
  }

  /* Whole up to ten millions, then with three digits. */
  function count(number) {
    const unit = [[1e12, "T"], [1e9, "G"], [1e6, "M"]].find(([size]) => number >= size);
    if (number < 1e7 || !unit) return number.toLocaleString("en");
    return `${Number((number / unit[0]).toPrecision(3))}\u00a0${unit[1]}`;
  }

  window.SiteStacks = { NEW, count, fieldsOf, layerName, stackSizes };
})();
