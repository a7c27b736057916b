/* The date of the exam, and the reader's answers as a file: to save, to join on another device, to forget. */
(function () {
  "use strict";
  var revise = globalThis.revise;
  var make = revise.make, due = revise.due;

  function Exam(store) {
    var exam = this, label = make("label", "revise-date", "Exam on ");
    this.store = store;
    this.input = label.appendChild(make("input", ""));
    this.input.type = "date";
    this.says = make("p", "revise-note");
    this.says.setAttribute("aria-live", "polite");
    this.element = make("div", "revise-exam");
    this.element.append(label, this.says);
    this.input.addEventListener("change", function () {
      exam.store.setExam(exam.input.value, Date.now());
    });
  }

  Exam.prototype.show = function (begin, now) {
    var date = this.store.log.exam.date, left = revise.plan.daysLeft(date, now);
    if (document.activeElement !== this.input) { this.input.value = date; }
    this.says.textContent = !date ? "With a date, no card waits beyond the day before the exam."
      : left < 0 ? "The exam is past: cards wait as long as they can be remembered."
      : left === 0 ? "The exam is today."
      : due.counted(left, "day") + " left. No card waits beyond the day before the exam" +
        (begin.fresh ? ", and " + begin.daily + " new cards a day bring all of them in." : ".");
  };

  function Keep(store, site) {
    var keep = this;
    this.store = store;
    this.site = site;
    this.file = make("input", "");
    this.file.type = "file";
    this.file.accept = ".json,application/json";
    this.file.hidden = true;
    this.file.addEventListener("change", function () { keep.open(); });
    this.status = make("p", "revise-note");
    this.status.setAttribute("role", "status");
    this.row = make("div", "revise-row");
    this.element = make("div", "revise-keep");
    this.element.append(this.row, this.file, this.status);
    this.offer();
  }

  Keep.prototype.offer = function () {
    var keep = this;
    this.row.replaceChildren(
      revise.button("", "Save my answers as a file", function () { keep.save(); }),
      revise.button("", "Join a file", function () { keep.file.click(); }),
      revise.button("", "Forget all answers", function () { keep.ask(); })
    );
  };

  Keep.prototype.ask = function () {
    var keep = this, count = revise.log.count(this.store.log);
    this.row.replaceChildren(
      revise.button("", "Keep them", function () { keep.offer(); keep.row.lastChild.focus(); }),
      revise.button("", "Forget " + due.counted(count, "answer"), function () {
        keep.store.forget();
        keep.offer();
        keep.row.firstChild.focus();
        keep.status.textContent = "Forgotten: " + due.counted(count, "answer") + ".";
      })
    );
    this.row.firstChild.focus();
  };

  Keep.prototype.save = function () {
    this.store.refresh();
    var text = revise.log.write(this.store.log), link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    var at = new Date();
    var day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    });
    link.download = "revise-" + this.site + "-" + day.join("-") + ".json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    this.status.textContent = "Saved: " + due.counted(revise.log.count(this.store.log), "answer") + ", as " +
      link.download + ".";
  };

  Keep.prototype.open = function () {
    var keep = this, file = this.file.files[0], reader = new FileReader();
    if (!file) { return; }
    reader.addEventListener("error", function () { keep.status.textContent = "The file could not be read."; });
    reader.addEventListener("load", function () { keep.join(file.name, reader.result); });
    reader.readAsText(file);
    this.file.value = ""; // so that the same file can be chosen again
  };

  Keep.prototype.join = function (name, text) {
    try {
      var came = this.store.join(text);
      this.status.textContent = "Joined " + name + ": " + due.counted(came, "new answer") + ", " +
        due.counted(revise.log.count(this.store.log), "answer") + " in all.";
    } catch (error) {
      if (!(error instanceof revise.log.Unreadable)) { throw error; }
      this.status.textContent = "Nothing was joined from " + name + ": " + error.message + ".";
    }
  };

  revise.Exam = Exam;
  revise.Keep = Keep;
})();
