/* Browsers refuse a Worker to pages opened from a folder (file://), and the theme's search needs one.
   There, run the worker's script in a hidden frame, which hears and posts messages as a worker does.
   The theme's worker looks for the name IFrameWorker, and then finds its files by its script's address. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function IFrameWorker(url) {
    var target = new EventTarget();
    var frame = document.createElement("iframe");
    var waiting = [];
    var ready = false;
    frame.hidden = true;
    frame.title = "search";
    document.body.appendChild(frame);
    var inside = frame.contentWindow;
    var page = frame.contentDocument;

    function hand(data) {
      inside.dispatchEvent(new MessageEvent("message", { data: data }));
    }

    // what the script posts reaches the page later, as a worker's messages do
    inside.postMessage = function (data) {
      setTimeout(function () {
        target.dispatchEvent(new MessageEvent("message", { data: data }));
      });
    };
    inside.importScripts = function () {
      return Array.from(arguments).reduce(function (before, source) {
        return before.then(function () { return load(source); });
      }, Promise.resolve());
    };

    function load(source) {
      return new Promise(function (resolve, reject) {
        var script = page.createElement("script");
        script.src = source;
        script.onload = resolve;
        script.onerror = function () { reject(new Error("cannot load " + source)); };
        page.head.appendChild(script);
      });
    }

    target.postMessage = function (data) {
      if (ready) hand(data);
      else waiting.push(data);
    };
    target.terminate = function () { frame.remove(); };
    load(String(url)).then(
      function () {
        ready = true;
        waiting.splice(0).forEach(hand);
      },
      function (error) { target.dispatchEvent(new ErrorEvent("error", { error: error })); }
    );
    return target;
  }

  window.IFrameWorker = window.Worker = IFrameWorker;
})();
