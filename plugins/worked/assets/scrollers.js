/* What is wider than its place scrolls: there its edge fades, and the keyboard can reach it. */
(function () {
  "use strict";

  if (!window.ResizeObserver) return;

  const WHERE = ".worked-scroll, .worked-html, .worked-markdown, .worked-result pre, pre > code";

  function renew(box) {
    const room = box.scrollWidth - box.clientWidth;
    const wide = room > 1 && getComputedStyle(box).overflowX !== "visible";
    box.classList.toggle("worked-wide", wide);
    box.classList.toggle("worked-begun", wide && box.scrollLeft > 1);
    box.classList.toggle("worked-ended", wide && box.scrollLeft > room - 2);
    if (wide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }

  const sizes = new ResizeObserver((seen) => seen.forEach((one) => renew(one.target)));
  const find = () => document.querySelectorAll(WHERE).forEach((box) => sizes.observe(box));
  const heard = (event) => event.target.matches?.(".worked-wide") && renew(event.target);
  document.addEventListener("scroll", heard, { capture: true, passive: true });
  if (window.document$) window.document$.subscribe(find); // each page that the theme puts in
  else find();
})();
