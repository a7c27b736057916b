/* The chapters as a table: which of them to revise, and how far a reader is in each. */
(function () {
  "use strict";
  var revise = globalThis.revise;
  var make = revise.make;

  var COLUMNS = ["Cards", "Due", "Seen", "Known"];

  function heading(name, text, scope) {
    var cell = make(name, "", text);
    cell.scope = scope;
    return cell;
  }

  /* change: what to do when a chapter is chosen or left out. */
  function Chapters(change) {
    this.change = change;
    this.rows = new Map();
    this.element = make("table", "revise-chapters");
    this.element.append(make("caption", "", "Chapters, and how far you are"));
    var head = this.element.createTHead().insertRow();
    head.append.apply(head, ["Chapter"].concat(COLUMNS).map(function (name) {
      return heading("th", name, "col");
    }));
    this.body = this.element.createTBody();
    this.foot = this.row(this.element.createTFoot(), make("span", "", "Chosen"));
  }

  Chapters.prototype.row = function (section, label) {
    var row = section.insertRow(), name = row.appendChild(heading("th", "", "row"));
    name.append(label);
    return COLUMNS.map(function () { return row.insertCell(); });
  };

  Chapters.prototype.chapter = function (title) {
    var label = make("label", "revise-choice"), box = make("input", "");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", this.change);
    label.append(box, make("span", "", title));
    var cells = this.row(this.body, label);
    var bar = make("span", "revise-bar");
    bar.setAttribute("aria-hidden", "true");
    label.parentNode.append(bar);
    return { box: box, cells: cells, bar: bar };
  };

  Chapters.prototype.isChosen = function (title) {
    return !this.rows.has(title) || this.rows.get(title).box.checked;
  };

  Chapters.prototype.show = function (progress) {
    var sum = { cards: 0, due: 0, seen: 0, known: 0 };
    progress.forEach(function (one) {
      if (!this.rows.has(one.title)) { this.rows.set(one.title, this.chapter(one.title)); }
      var row = this.rows.get(one.title);
      fill(row.cells, one);
      row.bar.style.setProperty("--revise-seen", one.seen / one.cards);
      row.bar.style.setProperty("--revise-known", one.known / one.cards);
      if (row.box.checked) {
        Object.keys(sum).forEach(function (key) { sum[key] += one[key]; });
      }
    }, this);
    fill(this.foot, sum);
  };

  function fill(cells, row) {
    [row.cards, row.due, row.seen, Math.round(row.known)].forEach(function (value, n) {
      cells[n].textContent = value;
    });
  }

  revise.Chapters = Chapters;
})();
