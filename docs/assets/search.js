/* The theme asks for the search's index, by far the largest file of the site, as soon as a page opens.
   Over HTTP, let it wait, and the search's worker with it, until somebody turns to the search.  From a
   folder the theme itself waits. */
(function () {
  "use strict";
  if (location.protocol === "file:") return;

  var INDEX = /\/search\/search_index\.json$/;
  var QUERY = new URL("query.js", document.currentScript.src);
  var waiting = [];
  var used = false;
  var ready = false;

  // what reads questions comes first, then the index
  function use() {
    if (used) return;
    used = true;
    var script = document.createElement("script");
    script.src = QUERY;
    script.onload = script.onerror = function () {
      ready = true;
      waiting.splice(0).forEach(function (go) { go(); });
    };
    document.head.append(script);
  }

  var open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url) {
    if (!ready && INDEX.test(url)) {
      var request = this;
      this.send = function () { waiting.push(function () { XMLHttpRequest.prototype.send.call(request); }); };
    }
    return open.apply(this, arguments);
  };

  // nothing is posted to the worker before the index is there
  var Native = window.Worker;
  window.Worker = function (url) {
    var target = new EventTarget();
    var worker = null;
    function start() {
      worker = new Native(url);
      if (window.siteQuery) window.siteQuery(worker);
      worker.addEventListener("message", function (event) {
        target.dispatchEvent(new MessageEvent("message", { data: event.data }));
      });
    }
    target.postMessage = function (data) {
      if (!worker) start();
      worker.postMessage(data);
    };
    return target;
  };

  // a link that brings words to search for, or to mark
  if (/[?&][qh]=/.test(location.search)) use();

  var TURNS = "[data-md-component=search], [for=__search]";
  ["focusin", "pointerover", "pointerdown", "change"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var at = event.target;
      if (at.closest && (at.closest(TURNS) || at.id === "__search")) use();
    });
  });
})();
