// Where the keyboard goes, and whether it is seen there.
const TAKES = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^="-"])';

// what the key Tab stops at, one after the other; of radio buttons, one of a group
function stops() {
  return all(TAKES).filter((node) => node.tabIndex >= 0 && !node.disabled && !node.closest("[inert]") &&
    node.checkVisibility({ visibilityProperty: true }) && !(node.type === "radio" && !node.checked));
}

// the field of the search is outlined by its form, a choice of scheme by its button
const outlined = (node) => [node, node.closest("form"), node.nextElementSibling].some((one) => {
  const look = one && style(one);
  return look && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1;
});

function hidden(node) {
  node.focus();
  if (document.activeElement !== node) return "takes no focus";
  const shown = node.matches("input.md-option") ? node.nextElementSibling : node;
  if (!seen(shown)) document.getAnimations().forEach((one) => one.finish());
  const [place] = shown.getClientRects();
  if (!place || !place.width || !place.height || !seen(shown)) return "has the focus and is not drawn";
  const [left, top] = [Math.max(place.left, 0), Math.max(place.top, 0)];
  const [right, bottom] = [Math.min(place.right, innerWidth), Math.min(place.bottom, innerHeight)];
  if (right <= left || bottom <= top) return "has the focus and is beside the window";
  if (!outlined(node)) return "has the focus and shows no outline";
  const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const covered = above && above.closest(".md-header, .md-top") && !above.contains(shown) &&
    !above.closest(".md-header, .md-top").contains(shown);
  return covered && `has the focus below ${named(above)}`;
}

// what looks alike: of many links between words, a few are enough
function few(nodes, most) {
  const times = {};
  return nodes.filter((node) => {
    const kind = [node, node.parentElement].map((one) => `${one.localName}.${one.className}`).join();
    times[kind] = (times[kind] || 0) + 1;
    return times[kind] <= most;
  });
}

properties["where the keyboard is can be seen"] = () => {
  const faults = faulty(few(stops(), 2), hidden);
  document.activeElement.blur();
  scrollTo(0, 0);
  return faults;
};

properties["keys go on in the order of reading"] = () => {
  let before = null;
  return faulty(stops(), (node) => {
    if (node.tabIndex > 0) return "jumps the queue";
    if (!article.contains(node) || !has(node)) return "";
    const [one, two] = [before, box(node)];
    before = two;
    return one && two.bottom < one.top + 1 && two.left < one.right && "comes after what stands below it";
  });
};
