/* The cards of the whole site: what is due, by chapter, and a session over what the reader chooses. */
(function () {
  "use strict";
  var revise = globalThis.revise;
  var make = revise.make, due = revise.due, plan = revise.plan;
  var ROOT = new URL("../", document.currentScript.src); // of the site
  var DAY = revise.scheduler.DAY;

  function filled(className, html) {
    var box = make("div", className);
    box.innerHTML = html;
    return box;
  }

  function about(minutes) {
    return minutes < 1 ? "less than a minute" : "about " + Math.round(minutes) + " min";
  }

  class ReviseDesk extends HTMLElement {
    connectedCallback() {
      var parent = this.parentElement;
      if (parent.localName === "p") { parent.replaceWith(this); } // which holds no tables
      this.deck = globalThis.reviseCards;
      if (this.store || !this.deck || this.deck.version !== 1) { return; }
      var site = this.dataset.site || "site", show = () => this.show();
      this.store = revise.store(site);
      this.classList.add("revise");
      this.trouble = make("p", "revise-trouble");
      this.trouble.setAttribute("role", "alert");
      this.build(site);
      this.replaceChildren(this.trouble, this.overview, this.place);
      this.store.listeners.push(show);
      document.addEventListener("visibilitychange", show);
      show();
    }

    build(site) {
      this.sum = make("p", "revise-sum");
      this.sum.tabIndex = -1;
      this.chapters = new revise.Chapters(() => this.show());
      this.exam = new revise.Exam(this.store);
      this.starts = ["due", "begin", "tonight"].map((what) =>
        revise.button("revise-start", "", () => this.begin(what)));
      this.note = make("p", "revise-note");
      var row = make("div", "revise-row");
      row.append(...this.starts);
      this.overview = make("div", "revise-overview");
      this.overview.append(this.sum, row, this.note, this.chapters.element, this.exam.element,
        new revise.Keep(this.store, site).element);
      this.place = make("div", "revise-place revise-body");
      this.place.hidden = true;
    }

    /* Say anew what there is to do. */
    show() {
      var now = Date.now(), log = this.store.log, found = plan.survey(this.deck, log, now);
      this.trouble.textContent = this.store.trouble;
      if (!this.place.hidden) { return; }
      this.chapters.show(plan.progress(found, now));
      var chosen = found.filter((one) => this.chapters.isChosen(one.chapter));
      var begin = plan.begin(chosen, log.exam.date, now), pace = plan.pace(log);
      this.offers = { due: plan.dueNow(chosen, now), begin: begin.cards, tonight: plan.tonight(chosen) };
      this.exam.show(begin, now);
      this.sum.textContent = this.sentence(chosen, now);
      var names = {
        due: (count) => "Revise " + due.counted(count, "due card"),
        begin: (count) => "Begin " + due.counted(count, "new card"),
        tonight: (count) => "Tonight: all " + count + " once, worst first"
      };
      Object.keys(names).forEach((what, n) => {
        var count = this.offers[what].length, button = this.starts[n];
        button.replaceChildren(names[what](count), make("span", "revise-minutes", about(plan.minutes(count, pace))));
        button.hidden = count === 0;
      });
      this.note.textContent = pace.measured
        ? "Times from your last " + pace.measured + " answers: " + Math.round(pace.seconds) +
          " s each, and " + Math.round(100 * pace.forgotten) + " % of them forgotten and shown again."
        : "Times are a guess, " + Math.round(60 * plan.minutes(1, pace)) +
          " s a card, until some of your own answers are measured.";
      this.wake(chosen, now);
    }

    sentence(chosen, now) {
      var count = this.offers.due.length;
      var waiting = chosen.filter((one) => one.waits !== null && one.waits > now);
      if (!chosen.length) { return "No chapter is chosen."; }
      if (count) { return due.counted(count, "card") + (count === 1 ? " is due." : " are due."); }
      if (!waiting.length) { return "You have seen none of these cards yet."; }
      return "Nothing is due. The next card comes back " +
        due.until(Math.min(...waiting.map((one) => one.waits)), now) + ".";
    }

    /* A card that was begun comes back within minutes: say so then. */
    wake(chosen, now) {
      var next = Math.min(...chosen.map((one) => one.waits).filter((waits) => waits > now));
      clearTimeout(this.timer);
      if (next - now < DAY) { this.timer = setTimeout(() => this.show(), next - now + 1000); }
    }

    card(one) {
      var page = this.deck.pages[one.card.page], link = make("a", "", page.title);
      var from = make("p", "revise-from", "From ");
      link.href = new URL(page.url + "#card-" + one.card.id, ROOT).href;
      from.append(link);
      var answer = filled("revise-answer", one.card.answer);
      answer.append(from);
      return { id: one.card.id, question: filled("revise-question", one.card.question), answer: answer };
    }

    begin(what) {
      var session = new revise.Session(this.store, this.offers[what].map(this.card, this), () => this.end());
      session.back.before(revise.button("revise-plain", "Stop", () => this.stop()));
      this.overview.hidden = true;
      this.place.hidden = false;
      this.place.replaceChildren(session.element);
      this.place.scrollIntoView({ block: "nearest" });
      session.stage.focus({ preventScroll: true });
    }

    end() {
      var end = make("div", "revise-end");
      end.append(make("p", "revise-done", "Done."),
        revise.button("revise-plain", "Back to the chapters", () => this.stop()));
      return end;
    }

    stop() {
      this.place.hidden = true;
      this.overview.hidden = false;
      this.show();
      this.sum.focus();
    }
  }

  customElements.define("revise-desk", ReviseDesk);
})();
