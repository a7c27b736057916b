/* The theme's script gives code its buttons after the page has loaded.  Here they get names that
   differ. */
(function () {
  "use strict";

  var blocks = 0;

  function mend(article) {
    article.querySelectorAll(".md-code__nav:not([aria-label])").forEach(function (buttons) {
      blocks += 1;
      buttons.setAttribute("aria-label", "Block of code " + blocks);
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
