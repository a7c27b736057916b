// A page whose scripts do not run.
properties["there is nothing to press that needs a script"] = () => faulty(
  all("button, .worked-controls, .md-code__nav, .md-search"), (node) => seen(node) && has(node) && "does nothing");

properties["a live element leaves its still"] = () => faulty(
  all(".worked-element"), (node) => !(all("figure", node).length // or its still is words
    ? all("figure :is(svg, table, img)", node).some((still) => seen(still) && has(still))
    : node.innerText.trim().length > 20) && "shows nothing");

properties["words, drawings and the menu are there"] = () => [
  ...(article && article.innerText.length > 200 ? [] : ["the page is empty"]),
  ...faulty(all("article svg[role=img]").filter((node) => !node.closest("details:not([open])")), (node) => !has(node) && "is not drawn"),
];
