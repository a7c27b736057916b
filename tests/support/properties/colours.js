// Words and signs stand out from their ground.
const ink = (node) => style(node)[node.closest("svg") ? "fill" : "color"];
// on opaque cells of a drawing, black or white by the cell's lightness
const onCell = (node) => node.closest("svg") && /^rgb\((0, 0, 0|255, 255, 255)\)$/.test(ink(node));

// the colours below a node, from the canvas up; none where a picture is below
function ground(node, known) {
  if (!node) return [parts("rgb(255, 255, 255)")].map((white) => matchMedia("(prefers-color-scheme: dark)").matches &&
    style(document.documentElement).colorScheme.includes("dark") ? [0, 0, 0, 1] : white)[0];
  if (!known.has(node)) {
    const [below, look] = [ground(node.parentElement, known), style(node)];
    const own = parts(look.backgroundColor);
    known.set(node, own[3] === 1 ? own : below && look.backgroundImage === "none" ? over(own, below) : null);
  }
  return known.get(node);
}

properties["words stand out from their ground"] = () => {
  const [known, looks] = [new Map(), new Set()];
  const texts = all("body *:not(script, style, title, desc, option, noscript)").filter((node) =>
    [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()));
  return faulty(texts, (node) => {
    const below = ground(node.closest("svg")?.parentElement || node, known);
    const colour = ink(node);
    if (!below || colour === "none" || onCell(node) || node.closest("[aria-disabled=true], :disabled")) return "";
    const { fontSize, fontWeight, opacity } = style(node);
    const look = [colour, below, fontSize, fontWeight, opacity].join();
    if (looks.has(look) || !seen(node) || !has(node)) return "";
    looks.add(look);
    const [r, g, b, alpha] = parts(colour);
    const got = contrast(over([r, g, b, alpha * opacity], below), below);
    const size = parseFloat(fontSize);
    const least = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5;
    return got < least - 0.005 && `has a contrast of ${got.toFixed(2)}`;
  });
};

// signs that are a ground seen through a mask, and what they are drawn with
const signs = once(() => all("body *:not(svg *, math *, code *)").filter((node) => node.checkVisibility()).flatMap((node) =>
  ["::before", "::after"].flatMap((part) => {
    const look = style(node, part);
    const is = look.content !== "none" && look.maskImage && look.maskImage !== "none";
    return is ? [[node, part, look]] : [];
  })));

properties["signs stay where the reader chooses the colours"] = () => signs().flatMap(([node, part, look]) => {
  const canvas = style(document.body).backgroundColor;
  const stays = (look.forcedColorAdjust || "none") === "none" && look.backgroundColor !== canvas;
  return stays ? [] : [`${named(node)} loses its ${part}`];
});

properties["signs stand out from their ground"] = () => {
  const known = new Map();
  return signs().flatMap(([node, part, look]) => {
    const below = ground(node, known);
    if (!below || !seen(node) || !/button|a|summary/.test(node.localName)) return [];
    const [r, g, b, alpha] = parts(look.backgroundColor);
    const got = contrast(over([r, g, b, alpha * look.opacity], below), below);
    return got < 3 ? [`${named(node)}${part} has a contrast of ${got.toFixed(2)}`] : [];
  });
};
