/* The theme's script wraps tables and gives code its buttons after the page has loaded.  Here what it
   adds becomes reachable by keyboard and gets names that differ. */
(function () {
  "use strict";

  var blocks = 0;

  function mend(article) {
    article.querySelectorAll(".md-code__nav:not([aria-label])").forEach(function (buttons) {
      blocks += 1;
      buttons.setAttribute("aria-label", "Block of code " + blocks);
    });
    article.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])").forEach(function (table) {
      table.setAttribute("role", "group");
      table.setAttribute("aria-label", "Table");
      table.tabIndex = 0;
    });
  }

  document.querySelectorAll("article").forEach(function (article) {
    new MutationObserver(function () { mend(article); }).observe(article, {
      childList: true,
      subtree: true,
    });
    mend(article);
  });
})();
