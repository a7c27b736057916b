/* One card at a time: a question, one tap to see the answer, one tap to say whether you knew it.

   What was forgotten comes back before the session is done.  All cards lie over each other in one place,
   so the place is as high as the highest of them and the buttons below it never move. */
(function () {
  "use strict";
  var revise = globalThis.revise, make = revise.make;

  var RESERVED = 400; // cards that keep the place; the longest of them
  var KEYS = { " ": "reveal", "1": "forgot", "2": "knew" };

  /* cards: [{id, question, answer}], both nodes; done: says what to show at the end. */
  function Session(store, cards, done) {
    this.store = store;
    this.queue = cards.slice();
    this.total = cards.length;
    this.done = done;
    this.slips = []; // the cards that were forgotten, in their order
    this.before = null;
    this.faces = new Map();
    this.element = make("div", "revise-session");
    this.build();
    this.lay(cards);
    this.show();
  }

  Session.prototype.build = function () {
    var session = this, head = make("div", "revise-head");
    this.left = head.appendChild(make("p", "revise-left"));
    this.back = head.appendChild(
      revise.button("revise-plain", "Take back", function () { session.takeBack(); }));
    this.stage = make("div", "revise-stage");
    this.stage.tabIndex = -1;
    this.stage.setAttribute("role", "group");
    this.buttons = make("div", "revise-buttons");
    this.reveal = this.button("reveal", "Show the answer", "space");
    this.forgot = this.button("forgot", "Forgot", "1");
    this.knew = this.button("knew", "Knew it", "2");
    this.said = make("p", "revise-said");
    this.said.setAttribute("role", "status");
    this.element.append(head, this.stage, this.buttons, this.said);
    this.element.addEventListener("keydown", function (event) { session.press(event); });
  };

  Session.prototype.button = function (does, name, key) {
    var session = this, button = revise.button("revise-" + does, name, function (event) {
      // the second half of a double click that was meant to reveal is no grade
      if (does === "reveal" || event.detail < 2) { session.act(does); }
    });
    button.append(make("kbd", "revise-key", key));
    button.lastChild.setAttribute("aria-hidden", "true");
    return this.buttons.appendChild(button);
  };

  Session.prototype.lay = function (cards) {
    function length(card) { return card.question.textContent.length + card.answer.textContent.length; }
    var longest = cards.slice().sort(function (a, b) { return length(b) - length(a); });
    longest.slice(0, RESERVED).forEach(this.face, this);
  };

  Session.prototype.face = function (card) {
    if (!this.faces.has(card)) {
      var face = make("div", "revise-face");
      face.append(card.question, card.answer);
      this.faces.set(card, this.stage.appendChild(face));
    }
    return this.faces.get(card);
  };

  /* Show the next card, or end. */
  Session.prototype.show = function () {
    var card = this.card = this.queue[0];
    if (this.shown) { this.shown.classList.remove("revise-now", "revise-open"); }
    this.back.disabled = !this.before;
    if (!card) { this.finish(this.done(this)); return; }
    if (this.end) { this.end.remove(); }
    this.element.classList.remove("revise-finished");
    this.shown = this.face(card);
    this.shown.classList.add("revise-now");
    this.left.textContent = this.queue.length === 1 ? "The last card"
      : this.queue.length + " cards left";
    this.stage.setAttribute("aria-label", this.left.textContent);
    this.element.style.setProperty("--revise-part", 1 - this.queue.length / this.total);
    this.turn(false);
    this.clock = new revise.Clock();
  };

  /* Leave the place as high as it was, with other words in it: what stands below does not jump. */
  Session.prototype.finish = function (end) {
    this.end = this.stage.appendChild(end);
    this.element.classList.add("revise-finished");
    this.element.style.setProperty("--revise-part", 1);
    this.left.textContent = revise.due.counted(this.total, "card") + ", " +
      (new Set(this.slips).size || "none") + " forgotten";
    this.said.textContent = end.firstChild.textContent;
  };

  Session.prototype.turn = function (open) {
    this.isOpen = open;
    this.shown.classList.toggle("revise-open", open);
    this.reveal.hidden = open;
    this.forgot.hidden = this.knew.hidden = !open;
    this.said.textContent = (open ? "Answer: " + this.card.answer.textContent
      : "Question: " + this.card.question.textContent).trim();
  };

  Session.prototype.act = function (does) {
    if (!this.card || this.isOpen === (does === "reveal")) { return; }
    if (does === "reveal") { this.turn(true); } else { this.grade(does === "knew"); }
    this.stage.focus({ preventScroll: true }); // the button that had the focus is gone
  };

  Session.prototype.grade = function (knew) {
    var card = this.queue.shift(), grade = knew ? revise.scheduler.GOOD : revise.scheduler.AGAIN;
    var time = this.store.add(card.id, grade, Date.now(), this.clock.elapsed());
    this.before = { card: card, knew: knew, time: time };
    if (!knew) {
      this.queue.push(card);
      this.slips.push(card);
    }
    this.show();
  };

  Session.prototype.takeBack = function () {
    var last = this.before;
    if (!last) { return; }
    this.before = null;
    if (!last.knew) {
      this.queue.pop();
      this.slips.pop();
    }
    this.queue.unshift(last.card);
    this.store.remove(last.card.id, last.time);
    this.show();
    this.stage.focus({ preventScroll: true });
  };

  Session.prototype.press = function (event) {
    var does = KEYS[event.key];
    var onControl = event.target.closest("a, button, summary, input");
    if (!does || event.altKey || event.ctrlKey || event.metaKey || event.repeat) { return; }
    if (event.key === " " && onControl) { return; } // it presses the button that has the focus
    event.preventDefault(); // the page stays where it is
    this.act(does);
  };

  revise.Session = Session;
})();
