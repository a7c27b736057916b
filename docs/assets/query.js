/* The theme's search takes a question word by word, as it is typed, and looks for all words that begin so.
   Before it does: drop the words that every question has, write sizes and numbers as the index does,
   and take the nearest word of the index for one that is not in it.
   What holds signs of the search's own ("…", +, -, ~, ^) is left as it is. */
(function () {
  "use strict";
  var SILENT = new Set((
    "a about all am an and any are as at be been between but by called can could did do does doing each else explain for from " +
    "get gets give given had has have he her here him his how however i if in into is it its itself just let like " +
    "many may me might mine more most much must my no nor of off often on only or other our own please rather said " +
    "say says she should show since so some such tell than that the their them then there these they this through tis to " +
    "too us versus vs was we were what whats when where which while who whom whose why will with would yet you your"
  ).split(" "));
  var SIGNS = /["~^]|(?:^|\s)[+-]\S/;
  var ENDINGS = /(?:es|ed|er|ing|ings|al|ly)$/;
  var LETTERS = /^[a-z]{4,}$/;

  function Vocabulary(config, docs) {
    this.separator = new RegExp(config.separator);
    this.docs = docs;
  }

  // reading takes a moment: not before somebody asks
  Vocabulary.prototype.read = function () {
    var times = new Map();
    var separator = this.separator;
    this.docs.forEach(function (entry) {
      Object.keys(entry).forEach(function (field) {
        String(entry[field]).replace(/<[^>]*>/g, " ").toLowerCase().split(separator).forEach(function (word) {
          times.set(word, (times.get(word) || 0) + 1);
        });
      });
    });
    this.times = times;
    this.sorted = Array.from(times.keys()).sort();
    this.docs = null;
  };

  Vocabulary.prototype.begins = function (start) {
    var low = 0;
    var high = this.sorted.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (this.sorted[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low < this.sorted.length && this.sorted[low].startsWith(start);
  };

  // the words to look for: the word, or else its singular, its stem, its two parts, or the nearest word
  Vocabulary.prototype.known = function (word) {
    if (!LETTERS.test(word)) return [word];
    var one = word.replace(/s$/, "");
    if (this.times.has(one)) return [one];
    if (this.begins(word)) return [word];
    var stem = word.replace(ENDINGS, "");
    if (stem !== word && stem.length > 3 && this.begins(stem)) return [stem];
    for (var i = 3; i <= word.length - 3; i++) {
      if (this.times.has(word.slice(0, i)) && this.begins(word.slice(i))) return [word.slice(0, i), word.slice(i)];
    }
    var best = word;
    var most = 0;
    this.times.forEach(function (often, other) {
      if (often > most && LETTERS.test(other) && areNear(word, other)) {
        most = often;
        best = other;
      }
    });
    return [best];
  };

  // one letter more, less or other, or two that changed places
  function areNear(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    var i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    return a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i) || a.slice(i + 1) === b.slice(i + 1) ||
      (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  }

  function asked(query, vocabulary) {
    if (SIGNS.test(query)) return query;
    if (vocabulary.docs) vocabulary.read();
    var whole = (query.match(/\d{1,3}(?:[ ,]\d{3})+(?!\d)/g) || []).map(function (n) { return n.replace(/\D/g, ""); });
    var words = query.toLowerCase().replace(/(\d)\s*[x×*]\s*(?=\d)/g, "$1x").split(vocabulary.separator).filter(Boolean);
    var telling = words.filter(function (word) { return !SILENT.has(word); });
    var terms = [];
    (telling.length ? telling : words).forEach(function (word) {
      terms = terms.concat(vocabulary.known(word));
    });
    // each as a whole word first, which the theme then asks for as a beginning, too
    return terms.concat(whole).map(function (word) { return word + "^10 " + word; }).join(" ");
  }

  // from here on, this worker is asked what `asked` makes of a question
  window.siteQuery = function (worker) {
    var post = worker.postMessage;
    var vocabulary;
    worker.postMessage = function (message) {
      if (message && message.type === 0 && message.data.docs) {
        vocabulary = new Vocabulary(message.data.config, message.data.docs);
      } else if (message && message.type === 2 && vocabulary) {
        message = { type: 2, data: asked(message.data, vocabulary) };
      }
      post.call(worker, message);
    };
    return worker;
  };

  var Plain = window.Worker;
  if (!Plain || location.protocol !== "file:") return; // over HTTP, the worker begins after us
  window.Worker = function (url, options) {
    return window.siteQuery(new Plain(url, options));
  };
})();
