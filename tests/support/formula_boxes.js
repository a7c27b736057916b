// What stands where it should not in the formulas of a page: a list of faults, each a sentence.
() => {
  const faults = [];
  const NEAR = 0.06; // of an em: what rounding moves
  const box = (node) => node.getBoundingClientRect();
  const size = (node) => parseFloat(getComputedStyle(node).fontSize);
  const textBox = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  // the box of a text ends below its baseline by a share of its size that the font gives
  const known = document.querySelector("#baseline");
  const share = (textBox(known.querySelector("mi")).bottom - box(known.querySelector("i")).bottom) /
    size(known.querySelector("mi"));
  const baseline = (token) => textBox(token).bottom - share * size(token);

  const TOKENS = ["mi", "mn", "mtext"];
  const SCRIPTED = ["msub", "msup", "msubsup"];
  const ROWS = ["math", "mrow", "mstyle", "mpadded", "msqrt", "mtd", "menclose"];
  const name = (node) => node.localName;
  const flows = (node) => box(node).width > 0 && name(node) !== "mspace";
  const first = (node) => [...node.children].find(flows);
  // the letter that says where the line of an element is, if a letter does
  function nucleus(node) {
    if (!node) return null;
    if (TOKENS.includes(name(node))) return node.children.length || !node.textContent.trim() ? null : node;
    if (name(node) === "mo") return /^[=+(),]$/.test(node.textContent) && !tall(node) ? node : null;
    if (SCRIPTED.includes(name(node))) return nucleus(node.children[0]);
    if (["mpadded", "mrow"].includes(name(node)) && node.children.length === 1 && !node.hasAttribute("voffset"))
      return nucleus(node.children[0]);
    return null;
  }
  const tall = (mo) => mo.getAttribute("stretchy") !== "false" && /[()]/.test(mo.textContent);
  const said = (node) => `${node.closest("[data-tex]").dataset.tex}: <${name(node)}> ${node.textContent.trim()}`;
  const fault = (node, what) => faults.push(`${said(node)} ${what}`);

  function row(node) {
    const inside = [...node.children].filter(flows);
    const em = size(node);
    inside.slice(1).forEach((part, at) => {
      if (node.style.transform || inside[at].style.transform) return;
      if (box(part).left < box(inside[at]).right - 0.5 * em) fault(part, "stands under what is before it");
    });
    const lines = inside.map(nucleus).filter(Boolean);
    lines.slice(1).forEach((token) => {
      if (Math.abs(baseline(token) - baseline(lines[0])) > NEAR * em) fault(token, "is off the line");
    });
  }

  function scripts(node) {
    const [base, ...others] = node.children;
    const letter = nucleus(base);
    if (!letter || [...letter.textContent].length > 1 && name(letter) !== "mn") return;
    const em = size(letter);
    others.forEach((other, at) => {
      const script = nucleus(first(other) && ROWS.includes(name(other)) ? first(other) : other);
      if (!script) return;
      const up = (baseline(letter) - baseline(script)) / em;
      const below = node.localName !== "msup" && at === 0;
      const most = node.localName === "msup" ? 0.54 : 0.6; // with an index, they keep apart
      if (below ? up > -0.1 || up < -0.34 : up < 0.2 || up > most)
        fault(node, `has a script ${up.toFixed(2)} em above its line`);
    });
    node.querySelectorAll(":scope > [voffset] > mo, :scope > mrow > [voffset] > mo").forEach((prime) => {
      const top = (baseline(letter) - baseline(prime)) / em + 0.7; // where the font ends a prime
      if (top < 0.55 || top > 0.85) fault(node, `has a prime that ends ${top.toFixed(2)} em above its line`);
    });
  }

  function root(node) {
    const inside = [...node.children].filter((part) => box(part).width > 0);
    const over = name(node) === "msqrt" ? inside : inside.slice(0, 1);
    const em = size(node);
    if (over.some((part) => box(part).top < box(node).top + 0.03 * em)) fault(node, "has no room below its line");
    const letter = over.map(nucleus).find(Boolean);
    const low = Math.max(...over.map((part) => box(part).bottom));
    // what the smallest sign is too low for stands under the next one, which is higher by more
    const most = low - box(node).top > 1.3 * em ? low + 0.5 * em : baseline(letter || node) + 0.4 * em;
    if (letter && box(node).bottom > most) fault(node, "hangs below the line");
  }

  function fraction(node) {
    const [above, below] = [...node.children].map(box);
    if (above.bottom > below.top + 0.12 * size(node)) fault(node, "overlaps itself");
  }

  document.querySelectorAll("[data-tex] math").forEach((math) => {
    math.querySelectorAll("*").forEach((node) => {
      if (ROWS.includes(name(node))) row(node);
      if (SCRIPTED.includes(name(node))) scripts(node);
      if (name(node) === "msqrt" || name(node) === "mroot") root(node);
      if (name(node) === "mfrac") fraction(node);
    });
    row(math);
    const line = math.closest("[data-tex]");
    if (box(math).top < box(line).top - 2 || box(math).bottom > box(line).bottom + 2) fault(math, "reaches into other lines");
    const scroller = math.closest(".texmath-block, .texmath-wide");
    if (!scroller && box(math).right > box(line).right + 1) fault(math, "is wider than its column");
    if (scroller && scroller.scrollWidth > scroller.clientWidth + 1) {
      const style = getComputedStyle(scroller);
      if (style.overflowX !== "auto" || style.backgroundImage === "none") fault(math, "scrolls and does not say so");
    }
  });
  // in a column in which no formula has room, their lines end between their pieces only
  document.body.classList.add("narrow");
  document.querySelectorAll("p[data-tex] math").forEach((math) => [math, ...math.querySelectorAll("mrow")].forEach(row));
  return faults;
}
