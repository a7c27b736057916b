/* Elements that the scripts of the review make. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};

  revise.make = function (name, className, text) {
    var element = document.createElement(name);
    element.className = className;
    if (text) { element.textContent = text; }
    return element;
  };

  revise.button = function (className, text, click) {
    var button = revise.make("button", className, text);
    button.type = "button";
    button.addEventListener("click", click);
    return button;
  };
})();
