// A page on paper, folded as it was when it was opened.
const SCREEN = `.md-header, .md-sidebar, .md-footer, .md-top, .headerlink, .md-code__nav, .worked-controls,
  details.worked-code, .worked-html details:not(.check), .worked-downloads, .site-next, .site-mend`;
const questions = () => all("article details:is(.card, .check)").filter((node) => node.checkVisibility());

properties["nothing is printed that is only for screens"] = () => faulty(
  all(SCREEN), (node) => node.checkVisibility() && box(node).height && "is printed");

properties["words are black on paper"] = () => faulty(
  all("article p:not([class], .footnote *)").filter(seen), (node) => style(node).color !== "rgb(0, 0, 0)" && `is ${style(node).color}`);

properties["every question is printed, but on a sheet of formulas"] = () =>
  document.querySelector(".site-stacked") ? [] : faulty(
    all("article details:is(.card, .check)"), (node) => !has(node) && "is left out");

properties["every answer is printed, upside down"] = () => faulty(questions(), (card) => {
  const { transform, contentVisibility } = style(card, "::details-content");
  const height = Math.max(...[...card.children].slice(1).map((answer) => box(answer).height));
  if (!(height > 5) || contentVisibility === "hidden") return "has no answer";
  return !transform.startsWith("matrix(-1,") && "gives its answer away";
});

properties["every frame of a sweep is printed"] = () => faulty(
  all(".worked-frame"), (frame) => style(frame).visibility !== "visible" && "is left out");

properties["what is wide is whole on paper"] = () => faulty(
  all("article :is(pre, code, .worked-scroll, .worked)"),
  (node) => node.checkVisibility() && /auto|scroll|hidden|clip/.test(style(node).overflowX) && "hides what is wide");

properties["a cell that shows its code begins no page"] = () => faulty(
  all(":not(.worked) + .worked:has(> div.worked-code)"), (node) => style(node).breakBefore !== "avoid" && "may");
