/* What the `title` of a term, an abbreviation or a button says shows where it is pointed at or has the
   focus, at once and in letters of a size to read; Escape takes it away, and it stays for a pointer that
   goes there.  One listener does for all: the theme's own tips, each with its own, hold up a long page
   on a phone for half a second. */
(function () {
  "use strict";

  var GAP = 6, LINGER = 150, shown = null, timer = 0;
  var tip = document.createElement("div");
  tip.id = "site-tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");

  function hide() {
    if (shown) {
      shown.title = tip.textContent;
      shown.removeAttribute("aria-describedby");
    }
    shown = null;
    tip.hidden = true;
  }

  function show(host) {
    hide();
    tip.textContent = host.title;
    host.removeAttribute("title"); // the browser would show it too, later and smaller
    host.setAttribute("aria-describedby", tip.id);
    document.body.append(tip);
    tip.hidden = false;
    shown = host;
    // above or below all of a link, and at its beginning where it goes on in the next line
    var whole = host.getBoundingClientRect(), at = host.getClientRects()[0];
    var left = at.left + (at.width - tip.offsetWidth) / 2, width = document.documentElement.clientWidth;
    var below = whole.bottom + GAP + tip.offsetHeight < innerHeight;
    tip.style.left = scrollX + Math.max(GAP, Math.min(left, width - tip.offsetWidth - GAP)) + "px";
    tip.style.top = scrollY + (below ? whole.bottom + GAP : whole.top - GAP - tip.offsetHeight) + "px";
  }

  function turnTo(target) {
    var host = target.closest("article [title]:not([title=''])");
    clearTimeout(timer);
    if (host && host.getClientRects().length) show(host);
    else if (shown && !shown.contains(target) && !tip.contains(target)) timer = setTimeout(hide, LINGER);
  }

  document.addEventListener("pointerover", function (event) {
    var holds = shown && shown === document.activeElement;
    if (event.pointerType !== "touch" && !holds) turnTo(event.target);
  });
  document.addEventListener("focusin", function (event) { turnTo(event.target); });
  document.addEventListener("focusout", function (event) { if (event.target === shown) hide(); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });

  addEventListener("load", function () {
    document.querySelectorAll("article abbr[title]").forEach(function (short) { short.tabIndex = 0; });
  });
})();
