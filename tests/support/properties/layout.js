// What is wide, and what is small.
const BOXES = "article :is(div, span, table, pre, code, p, ul, figure, math):not(svg *, pre span)";
const scrolls = (node) => /auto|scroll/.test(style(node).overflowX);
const wide = (node) => node.scrollWidth > node.clientWidth + 1 && scrolls(node);
const scrollers = once(() => all(BOXES).filter((node) => wide(node) && node.checkVisibility()));
// how blocks of code say so depends on how far they are scrolled
const isCode = (node) => node.closest("pre");

properties["a page is no wider than its window"] = () => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const inside = (node) => node && node !== document.body && (style(node).overflowX !== "visible" || inside(node.parentElement));
  const beyond = all("body *").filter((node) => box(node).right > most && seen(node) && !inside(node.parentElement));
  return [`${named(beyond[0] || article)} makes it ${document.documentElement.scrollWidth} of ${most}`];
};

properties["what scrolls says so"] = () => faulty(scrollers(), (node) => {
  const { backgroundImage, maskImage } = style(node);
  return backgroundImage === "none" && maskImage === "none" && !isCode(node) && "has no cue";
});

properties["what scrolls stands in one box"] = () => {
  const boxes = scrollers();
  return faulty(boxes, (node) => boxes.some((other) => other !== node && other.contains(node)) && "scrolls twice");
};

properties["what scrolls has a name and takes the focus"] = () => faulty(scrollers(), (node) =>
  !isCode(node) && !(node.tabIndex === 0 && node.getAttribute("role") && node.ariaLabel) && "does not");

properties["no table and no formula is cut off"] = () => faulty(all("article :is(table, math)"), (node) => {
  if (!seen(node)) return "";
  const room = node.closest(".worked-scroll, .texmath-block, .texmath-wide");
  if (!room && box(node).right > innerWidth) return "is cut off";
  const two = room && room.parentElement.closest('article *:is([tabindex="0"])');
  return two && scrolls(two) && scrolls(room) && "stands in two boxes";
});

properties["the edge of code fades where it goes on, and nowhere else"] = () => {
  const lines = "pre > code, .worked-scroll, .worked-result pre";
  // of a pixel that is rounded, opinions differ
  const clear = (node) => node.scrollWidth !== node.clientWidth + 1 && seen(node);
  return faulty(all(lines).filter((node) => clear(node) && style(node).overflowX !== "visible"), (node) => {
    const is = node.scrollWidth > node.clientWidth + 1;
    const marks = [node.classList.contains("worked-wide"), style(node).maskImage !== "none", node.tabIndex === 0];
    return marks.some((mark) => mark !== is) && `${is ? "goes on" : "ends"}; marked, fades, takes the focus: ${marks}`;
  });
};

properties["every formula is drawn"] = () => faulty(
  all("article math").filter(seen), (node) => (box(node).width < 2 || box(node).height < 4) && "has no size");

properties["every column has a heading"] = () => faulty(all("article th"), (node) => !node.textContent && "is empty");

// of WCAG 2.2, 2.5.8: links between words are left out, and what is small may stand apart
const TARGETS = "a[href], button, input, select, textarea, summary, label, [role=button], [role=tab], [role=slider]";
properties["what is pressed is large enough, or stands apart"] = () => {
  const target = (node) => node.closest("label") && node.localName === "input" ? node.closest("label") : node;
  const between = (node) => {
    const text = style(node).display === "inline" && !node.closest("nav") && node.closest("p, li, dd, td, th, figcaption");
    return text && text.textContent.trim() !== node.textContent.trim();
  };
  const nodes = [...new Set(all(TARGETS).map(target))].filter((node) => seen(node) && has(node) &&
    !node.disabled && style(node).pointerEvents !== "none" && !between(node));
  const places = nodes.map((node) => [node, box(node)]);
  const middle = (one) => [one.x + one.width / 2, one.y + one.height / 2];
  return places.flatMap(([node, one]) => {
    if (Math.min(one.width, one.height) >= 23.9) return [];
    const [x, y] = middle(one);
    const near = places.find(([other, two]) => other !== node && !other.contains(node) && !node.contains(other) && (
      Math.hypot(x - Math.max(two.left, Math.min(x, two.right)), y - Math.max(two.top, Math.min(y, two.bottom))) < 11.9 ||
      (Math.min(two.width, two.height) < 23.9 && Math.hypot(x - middle(two)[0], y - middle(two)[1]) < 23.9)));
    return near ? [`${named(node)} is ${Math.round(one.width)} × ${Math.round(one.height)}, near ${named(near[0])}`] : [];
  });
};
