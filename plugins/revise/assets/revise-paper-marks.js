/* What a marked paper says at its end: how much of each topic is right, and where to go on. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (papers.marks) return;

  const { ROOT, make } = papers.parts;

  const rounded = (number) => String(Math.round(number * 10) / 10);

  /* The pages that the steps of a question lead to, each once. */
  function pages(sheet, found) {
    for (const link of sheet.said.querySelectorAll("li a[href]")) {
      const address = link.href.split("#")[0];
      if (link.href.startsWith(ROOT.href) && !found.has(address)) found.set(address, link);
    }
    return found;
  }

  function links(cell, rows) {
    const found = new Map();
    rows.filter((row) => row.share < 1).forEach((row) => pages(row.sheet, found));
    [...found.values()].forEach((link, at) => {
      if (at) cell.append(", ");
      make(cell, "a", "", { href: link.href }, link.textContent);
    });
    const wrong = rows.filter((row) => row.share < 1);
    wrong.forEach((row, at) => {
      cell.append(at || found.size ? "; " : "");
      const href = new URL(row.question.place, ROOT).href;
      make(cell, "a", "", { href }, `question ${row.number} again`);
    });
  }

  /* Write the table; `rows` are {number, question, sheet, share}. */
  function reviseMarks(box, rows, topics) {
    const names = new Map(topics.map(({ slug, name }) => [slug, name]));
    const sum = (some) => some.reduce((total, row) => total + row.share, 0);
    box.replaceChildren();
    const head = `${rounded(sum(rows))} of ${rows.length} right`;
    make(box, "p", "total", { tabindex: -1 }, head);
    const scroller = make(box, "div", "scroller");
    const table = make(scroller, "table");
    const top = make(make(table, "thead"), "tr");
    ["Topic", "Right", "Read and try again"].forEach((name) => make(top, "th", "", { scope: "col" }, name));
    const body = make(table, "tbody");
    for (const slug of new Set(rows.map((row) => row.question.slug))) {
      const some = rows.filter((row) => row.question.slug === slug);
      const line = make(body, "tr");
      make(line, "th", "", { scope: "row" }, names.get(slug));
      make(line, "td", "", {}, `${rounded(sum(some))} of ${some.length}`);
      links(make(line, "td"), some);
    }
    const cards = document.querySelector("revise-paper").dataset.cards;
    if (cards) make(make(box, "p"), "a", "", { href: cards }, "The cards of these pages");
  }

  papers.marks = reviseMarks;
})();
