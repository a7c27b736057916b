/* On a narrow window, menu and search open by labels that no key reaches.  Here they become buttons: by
   Enter and Space, with their state said, and Escape closes the menu.  What opens takes the focus, and
   gives it back when it closes.  Also, on a touch screen, the first tap on a term shows its meaning,
   and the second follows the link. */
(function () {
  "use strict";

  /* The theme's script, which comes next, adds a second meta `color-scheme`.  The first one counts, and
     yet browsers style the whole page anew, twice. */
  var head = document.head, add = head.appendChild;
  head.appendChild = function (node) {
    return node.name === "color-scheme" ? node : add.call(head, node);
  };

  var BEHIND = ".md-header, .md-content, .md-sidebar--secondary, .md-footer, .md-top, [data-md-component=skip]";
  var drawer = document.getElementById("__drawer");
  var search = document.getElementById("__search");
  if (!drawer || !search) return;

  /* Put a button in the place of a label, with the same looks. */
  function become(box, name, controlled) {
    var label = document.querySelector(".md-header__button[for=" + box.id + "]");
    var button = document.createElement("button");
    button.type = "button";
    button.className = label.className + " site-opens site-opens-" + name.toLowerCase();
    button.setAttribute("aria-label", name);
    button.setAttribute("aria-controls", controlled.id);
    button.append.apply(button, label.childNodes);
    button.addEventListener("click", function () { box.click(); });
    label.replaceWith(button);
    return button;
  }

  function onChange(box, button, change) {
    function tell() { button.setAttribute("aria-expanded", String(box.checked)); }
    box.addEventListener("change", function () {
      tell();
      change(box.checked);
    });
    tell();
  }

  var menu = document.querySelector(".md-sidebar--primary");
  menu.id = "site-menu";
  var opener = become(drawer, "Menu", menu);
  var closer = menu.querySelector(".md-nav__title").appendChild(document.createElement("button"));
  closer.type = "button";
  closer.className = "site-close";
  closer.textContent = "\u00d7";
  closer.setAttribute("aria-label", "Close the menu");
  closer.addEventListener("click", function () { drawer.click(); });
  onChange(drawer, opener, function (open) {
    document.querySelectorAll(BEHIND).forEach(function (part) { part.inert = open; });
    if (open) (menu.querySelector("[aria-current]") || menu.querySelector("a")).focus();
    else opener.focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && drawer.checked) drawer.click();
  });
  // a window that has become wide shows the menu beside the text
  matchMedia("(min-width: 76.25em)").addEventListener("change", function () {
    if (drawer.checked) drawer.click();
  });

  var found = document.querySelector(".md-search");
  found.id = "site-search";
  var finder = become(search, "Search", found);
  onChange(search, finder, function (open) {
    var here = document.activeElement;
    if (open) found.querySelector("input").focus();
    else if (here === document.body || found.contains(here)) finder.focus();
  });

  var TERM = 'article a[href*="glossary.html#"]';
  var touched = false, shown = null;
  document.addEventListener("pointerdown", function (event) {
    touched = event.pointerType === "touch";
  });
  document.addEventListener("click", function (event) {
    var term = event.target.closest && event.target.closest(TERM);
    if (touched && term && term !== shown) {
      event.preventDefault();
      term.focus();
    }
    shown = touched ? term : null;
  });
})();
