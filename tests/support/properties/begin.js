// What the properties of a page are written with. Each is a function that gives a list of faults.
const properties = {};
const article = document.querySelector("article");
const all = (which, within = document) => [...within.querySelectorAll(which)];
const box = (node) => node.getBoundingClientRect();
const style = (node, part) => getComputedStyle(node, part);
const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const has = (node) => box(node).width > 0 && box(node).height > 0;
const once = (give) => { let given; return () => (given ??= give()); };
const faulty = (nodes, says) => nodes.flatMap((node) => {
  const what = says(node);
  return what ? [`${named(node)} ${what}`] : [];
});

function named(node) {
  const id = node.id ? `#${node.id}` : "";
  const names = typeof node.className === "string" ? node.className.trim().replace(/\s+/g, ".") : "";
  const text = (node.getAttribute("aria-label") || node.textContent).trim().replace(/\s+/g, " ");
  return `<${node.localName}${id}${names && `.${names}`}> “${text.slice(0, 40)}”`;
}

// red, green, blue of 0 to 1, and how much of it there is; a browser may write either
function parts(colour) {
  const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  const most = colour.startsWith("color(") ? 1 : 255;
  return [r / most, g / most, b / most, alpha];
}

const over = ([r, g, b, alpha], below) => [...[r, g, b].map((one, n) => alpha * one + (1 - alpha) * below[n]), 1];

function luminance(colour) {
  const [r, g, b] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(ink, ground) {
  const [one, other] = [luminance(ink), luminance(ground)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
