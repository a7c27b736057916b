/* The cards of a page as one place at its end.  The boxes are the cards still: they stand below as a list,
   and where they stood, on paper. */
(function () {
  "use strict";
  var revise = globalThis.revise;
  var make = revise.make, due = revise.due;

  /* A copy to be shown beside its original: no two elements of a page may have one id. */
  function copy(nodes, className) {
    var box = make("div", className);
    nodes.forEach(function (node) { box.append(node.cloneNode(true)); });
    box.querySelectorAll(".headerlink").forEach(function (link) { link.remove(); });
    var ids = [];
    box.querySelectorAll("[id]").forEach(function (one) { ids.push(one.id); });
    box.querySelectorAll("*").forEach(function (one) {
      Array.from(one.attributes).forEach(function (attribute) {
        ids.forEach(function (id) {
          if (attribute.value === id && attribute.name === "id" || attribute.value === "#" + id) {
            attribute.value = attribute.value.replace(id, "revise-" + id);
          } else if (attribute.value.indexOf("url(#" + id + ")") >= 0) {
            attribute.value = attribute.value.split("url(#" + id + ")").join("url(#revise-" + id + ")");
          }
        });
      });
    });
    return box;
  }

  function cardOf(box) {
    return {
      id: box.id.slice("card-".length),
      question: copy(Array.from(box.querySelector("summary").childNodes), "revise-question"),
      answer: copy(Array.from(box.children).slice(1), "revise-answer")
    };
  }

  /* Whether boxes follow each other with nothing between. */
  function isRun(boxes) {
    return boxes.every(function (box, n) { return n === 0 || box.previousElementSibling === boxes[n - 1]; });
  }

  class ReviseArea extends HTMLElement {
    connectedCallback() {
      var boxes = Array.from(document.querySelectorAll('details.card[id^="card-"]'));
      if (this.store || !boxes.length) { return; }
      this.boxes = boxes;
      this.store = revise.store(this.dataset.site || "site");
      this.classList.add("revise");
      this.setAttribute("role", "region");
      this.setAttribute("aria-label", "Cards of this page");
      if (isRun(boxes)) { this.fold(boxes); }
      this.trouble = this.appendChild(make("p", "revise-trouble"));
      this.trouble.setAttribute("role", "alert");
      this.body = this.appendChild(make("div", "revise-body"));
      this.hidden = false;
      this.store.listeners.push(() => this.warn());
      this.warn();
      this.begin(this.due());
    }

    /* Stand where the boxes stood, and keep them below as a list to unfold. */
    fold(boxes) {
      var list = this.list = make("details", "revise-list");
      list.append(make("summary", "", "All " + boxes.length + " cards of this page"));
      boxes[0].before(this, list);
      list.append.apply(list, boxes);
      var open = () => {
        var box = boxes.find((one) => location.hash === "#" + encodeURI(one.id));
        if (box) { list.open = box.open = true; box.scrollIntoView(); }
      };
      open();
      window.addEventListener("hashchange", open);
      var was = false;
      window.addEventListener("beforeprint", () => { was = list.open; list.open = true; });
      window.addEventListener("afterprint", () => { list.open = was; });
    }

    warn() {
      this.trouble.textContent = this.store.trouble;
    }

    states() {
      return this.boxes.map((box) => this.store.state(box.id.slice("card-".length)));
    }

    due() {
      var now = Date.now(), exam = this.store.log.exam.date;
      var states = this.states();
      return this.boxes.filter((_, n) => !states[n] || due.waitsUntil(states[n], exam, now) <= now);
    }

    begin(boxes) {
      if (!boxes.length) {
        this.body.replaceChildren(this.rest("The cards of this page rest."));
        return null;
      }
      var session = new revise.Session(this.store, boxes.map(cardOf), () => this.rest("Done."));
      this.body.replaceChildren(session.element);
      return session;
    }

    /* Nothing to do: say when there is. */
    rest(why) {
      var now = Date.now(), exam = this.store.log.exam.date;
      var first = Math.min.apply(null, this.states().filter(Boolean)
        .map((state) => due.waitsUntil(state, exam, now)));
      var end = make("div", "revise-end");
      end.append(make("p", "revise-done", why + " The first comes back " + due.until(first, now) + "."));
      var more = make("p", "revise-more");
      more.append(revise.button("revise-plain", "Go through them now", () => {
        this.begin(this.boxes).stage.focus({ preventScroll: true });
      }));
      if (this.dataset.desk) {
        var link = make("a", "", "Revise all pages");
        link.href = this.dataset.desk;
        more.append(link);
      }
      end.append(more);
      return end;
    }
  }

  customElements.define("revise-area", ReviseArea);
})();
