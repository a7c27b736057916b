/* When a card comes back: FSRS-6 with its default parameters, without fuzz.

   https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm; the tests compare it with the
   Python package `fsrs`.  Times are milliseconds since 1970, intervals of learned cards whole days. */
(function () {
  "use strict";
  var revise = globalThis.revise = globalThis.revise || {};

  var MINUTE = 60000, DAY = 86400000;
  var W = [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542];
  var RETENTION = 0.9, LONGEST = 36500, SMALLEST = 0.001;
  var DECAY = -W[20], FACTOR = Math.pow(0.9, 1 / DECAY) - 1;
  var LEARNING = 1, LEARNED = 2, RELEARNING = 3;
  var STEPS = {};
  STEPS[LEARNING] = [MINUTE, 10 * MINUTE];
  STEPS[RELEARNING] = [10 * MINUTE];
  var AGAIN = 1, HARD = 2, GOOD = 3, EASY = 4;

  function between(low, value, high) { return Math.min(Math.max(value, low), high); }

  function days(from, to) { return Math.floor((to - from) / DAY); }

  /* The probability that a card is recalled now; 0 for one never seen. */
  function recall(state, now) {
    if (!state || !state.stability) { return 0; }
    return Math.pow(1 + FACTOR * Math.max(0, days(state.last, now)) / state.stability, DECAY);
  }

  function firstDifficulty(grade) { return W[4] - Math.exp(W[5] * (grade - 1)) + 1; }

  function difficultyAfter(difficulty, grade) {
    var moved = difficulty - W[6] * (grade - 3) * (10 - difficulty) / 9;
    return between(1, W[7] * firstDifficulty(EASY) + (1 - W[7]) * moved, 10);
  }

  function afterHours(stability, grade) {
    var growth = Math.exp(W[17] * (grade - 3 + W[18])) * Math.pow(stability, -W[19]);
    return stability * (grade === AGAIN ? growth : Math.max(growth, 1));
  }

  function afterForgetting(difficulty, stability, recalled) {
    var long = W[11] * Math.pow(difficulty, -W[12]) * (Math.pow(stability + 1, W[13]) - 1) *
      Math.exp((1 - recalled) * W[14]);
    return Math.min(long, stability / Math.exp(W[17] * W[18]));
  }

  function afterRecall(difficulty, stability, recalled, grade) {
    return stability * (1 + Math.exp(W[8]) * (11 - difficulty) * Math.pow(stability, -W[9]) *
      (Math.exp((1 - recalled) * W[10]) - 1) *
      (grade === HARD ? W[15] : 1) * (grade === EASY ? W[16] : 1));
  }

  function stabilityAfter(state, grade, now) {
    var next;
    if (!state.stability) {
      next = W[grade - 1];
    } else if (days(state.last, now) < 1) {
      next = afterHours(state.stability, grade);
    } else if (grade === AGAIN) {
      next = afterForgetting(state.difficulty, state.stability, recall(state, now));
    } else {
      next = afterRecall(state.difficulty, state.stability, recall(state, now), grade);
    }
    return Math.max(next, SMALLEST);
  }

  /* The days after which a card of this stability is recalled with the wanted probability. */
  function interval(stability) {
    var exact = stability / FACTOR * (Math.pow(RETENTION, 1 / DECAY) - 1);
    return between(1, Math.round(exact), LONGEST) * DAY;
  }

  /* Where a card stands among the steps after a grade, and how long it waits. */
  function step(phase, at, grade, stability) {
    var steps = STEPS[phase];
    if (phase === LEARNED) {
      return grade === AGAIN
        ? { phase: RELEARNING, step: 0, wait: STEPS[RELEARNING][0] }
        : { phase: LEARNED, step: null, wait: interval(stability) };
    }
    if (grade === AGAIN) { return { phase: phase, step: 0, wait: steps[0] }; }
    if (grade === HARD) {
      var wait = at > 0 ? steps[at] : steps.length > 1 ? (steps[0] + steps[1]) / 2 : 1.5 * steps[0];
      return { phase: phase, step: at, wait: wait };
    }
    return grade === GOOD && at + 1 < steps.length
      ? { phase: phase, step: at + 1, wait: steps[at + 1] }
      : { phase: LEARNED, step: null, wait: interval(stability) };
  }

  /* The state of a card after a review; without a state, the card is new. */
  function review(before, grade, now) {
    var state = before || { phase: LEARNING, step: 0, stability: 0, difficulty: 0 };
    var stability = stabilityAfter(state, grade, now);
    var next = step(state.phase, state.step, grade, stability);
    return {
      phase: next.phase, step: next.step, stability: stability, last: now, due: now + next.wait,
      difficulty: state.stability ? difficultyAfter(state.difficulty, grade)
        : between(1, firstDifficulty(grade), 10)
    };
  }

  revise.scheduler = {
    AGAIN: AGAIN, GOOD: GOOD, LEARNED: LEARNED, DAY: DAY, review: review, recall: recall,
    /* The state after a whole history: [[time, grade, …], …], in order. */
    replay: function (reviews) {
      return reviews.reduce(function (state, one) { return review(state, one[1], one[0]); }, null);
    }
  };
})();
