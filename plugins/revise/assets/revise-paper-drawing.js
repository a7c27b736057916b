/* Which questions a paper has: `revise/papers/drawing.py` does the same, number for number.
   The generator is mulberry32 (T. Ettinger, public domain). */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (papers.drawing) return;

  const LENGTHS = [20, 45, 90];
  const LEVELS = { 1: [1, 2], 2: [1, 2, 3], 3: [2, 3] };
  const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  function mulberry(seed) {
    let state = seed >>> 0;
    const draw = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return (t ^ (t >>> 14)) >>> 0;
    };
    const below = (end) => Math.floor((draw() * end) / 2 ** 32);
    const mixed = (items) => {
      const all = [...items];
      for (let last = all.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [all[last], all[other]] = [all[other], all[last]];
      }
      return all;
    };
    return { below, mixed };
  }

  /* Draw a paper: [question, number of its variant], easy ones first; topics take turns. */
  function draw(questions, plan) {
    const chance = mulberry(plan.seed);
    const fit = [...questions]
      .sort((a, b) => byText(a.id, b.id))
      .filter((one) => LEVELS[plan.level].includes(one.level))
      .filter((one) => !plan.topics.length || plan.topics.includes(one.slug));
    const order = chance.mixed([...new Set(fit.map((one) => one.slug))].sort(byText));
    const waiting = new Map(
      order.map((slug) => [slug, chance.mixed(fit.filter((one) => one.slug === slug))]));
    const paper = [];
    let left = plan.minutes;
    let before = -1;
    while (paper.length > before) {
      before = paper.length;
      for (const slug of order) {
        const row = waiting.get(slug);
        const at = row.findIndex((one) => one.minutes <= left);
        if (at < 0) continue;
        const [found] = row.splice(at, 1);
        paper.push([found, chance.below(found.variants)]);
        left -= found.minutes;
      }
    }
    return paper.sort((a, b) => a[0].level - b[0].level);
  }

  /* Read the plan that an address names; null where it names none. */
  function planOf(hash) {
    const said = new URLSearchParams(hash.replace(/^#/, ""));
    const seed = said.get("paper") || "";
    if (!/^\d{1,9}$/.test(seed)) return null;
    const minutes = Number(said.get("minutes") || 45);
    const level = Number(said.get("level") || 2);
    return {
      seed: Number(seed),
      minutes: LENGTHS.includes(minutes) ? minutes : 45,
      level: level in LEVELS ? level : 2,
      topics: (said.get("topics") || "").split(".").filter(Boolean),
      print: said.get("set") || "",
    };
  }

  function addressOf(plan, print) {
    const parts = [`paper=${plan.seed}`];
    if (plan.minutes !== 45) parts.push(`minutes=${plan.minutes}`);
    if (plan.level !== 2) parts.push(`level=${plan.level}`);
    if (plan.topics.length) parts.push(`topics=${plan.topics.join(".")}`);
    if (print) parts.push(`set=${print}`);
    return `#${parts.join("&")}`;
  }

  papers.drawing = { LENGTHS, addressOf, draw, planOf };
})();
