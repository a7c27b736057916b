// Drawings, and the words in them.
// an element of the page's own stands in place of its still
const drawings = once(() => all("svg[role=img]").filter((svg) => !svg.closest(".worked-element") || seen(svg)));
const texts = once(() => new Map(drawings().map((svg) => [svg, words(svg)])));

function words(svg) {
  const scale = box(svg).width / svg.viewBox.baseVal.width;
  return all("text", svg).map((text) => {
    const { left, right, top, bottom, width, height } = box(text);
    const size = parseFloat(style(text).fontSize) * scale;
    // of a turned text, the box lies on its side
    return { says: text.textContent, size, left, right, top, bottom, half: Math.min(size, width, height) * 0.3 };
  });
}

properties["drawings are whole and have a name"] = () => faulty(drawings(), (svg) => {
  const { left, right, width, height } = box(svg);
  if (width <= 40 || height <= 20) return `is ${width} × ${height}`;
  if (!svg.closest(".worked-scroll") && (left < 0 || right > innerWidth)) return "is cut off";
  return !svg.querySelector("title")?.textContent && "has no name";
});

properties["words in drawings have 11 pixels"] = () => faulty(drawings(), (svg) => {
  const small = texts().get(svg).find((one) => one.size < 11);
  return small && `says “${small.says}” in ${small.size.toFixed(1)} px`;
});

properties["words in drawings are whole and keep apart"] = () => faulty(drawings(), (svg) => {
  const { left, right, top, bottom } = box(svg);
  const own = texts().get(svg);
  const cut = own.find((one) => one.left < left - 1 || one.right > right + 1 ||
    one.top + one.half < top || one.bottom - one.half > bottom);
  if (cut) return `cuts “${cut.says}” off`;
  for (const [n, one] of own.entries())
    for (const other of own.slice(0, n))
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > one.half + other.half)
        return `writes “${one.says}” over “${other.says}”`;
  return "";
});

properties["a sweep shows one frame"] = () => faulty(all("worked-sweep"), (sweep) => {
  const shown = all(".worked-frame", sweep).filter((frame) => style(frame).visibility === "visible" && box(frame).height > 20);
  return shown.length !== 1 && `shows ${shown.length}`;
});

properties["all frames of a sweep are there, with their names"] = () => faulty(
  all("worked-sweep .worked-frame"), (frame) => {
    const parts = [frame, frame.querySelector(".worked-frame-title"), frame.querySelector("svg[role=img], table, pre, .worked-html")];
    return parts.some((part) => !part || !seen(part) || !has(part)) && "is not";
  });
