/* When a card is due for a reader, who has days and an exam, and how long is left until then. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};

  var DAY = revise.scheduler.DAY, LEARNED = revise.scheduler.LEARNED;

  /* The beginning of a day where the reader is, some days later. */
  function midnight(time, later) {
    var at = new Date(time);
    return new Date(at.getFullYear(), at.getMonth(), at.getDate() + (later || 0)).getTime();
  }

  /* "2026-12-15" -> the beginning of that day where the reader is; 0 without a date. */
  function dayOf(date) {
    var parts = date.split("-").map(Number);
    return date ? new Date(parts[0], parts[1] - 1, parts[2]).getTime() : 0;
  }

  /* The time from which on a card is due.  A learned card waits for a day, not for an hour of it; before
     an exam none waits longer than until the day before. */
  function waitsUntil(state, exam, now) {
    if (state.phase !== LEARNED) { return state.due; }
    var due = Math.max(state.last + DAY, midnight(state.due));
    var day = dayOf(exam), eve = day && midnight(day, -1);
    return now < day && state.last < eve ? Math.min(due, eve) : due;
  }

  function counted(number, noun) { return number + " " + noun + (number === 1 ? "" : "s"); }

  /* "in 10 minutes", "tomorrow", "on 3 March". */
  function until(time, now) {
    var minutes = Math.max(1, Math.ceil((time - now) / 60000));
    if (time < midnight(now, 1)) {
      return "in " + (minutes < 60 ? counted(minutes, "minute") : counted(Math.round(minutes / 60), "hour"));
    }
    if (time < midnight(now, 2)) { return "tomorrow"; }
    if (time < midnight(now, 7)) { return "in " + Math.round((midnight(time) - midnight(now)) / DAY) + " days"; }
    var at = new Date(time), far = at.getFullYear() !== new Date(now).getFullYear();
    return "on " + at.toLocaleDateString("en-GB",
      { day: "numeric", month: "long", year: far ? "numeric" : undefined });
  }

  revise.due = { midnight: midnight, dayOf: dayOf, waitsUntil: waitsUntil, counted: counted, until: until };
})();
