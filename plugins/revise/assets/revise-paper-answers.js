/* What a reader types as a number, and whether it is right or a known mistake. */
(function () {
  "use strict";
  const { papers } = globalThis.revise;

  if (papers.answers) return;

  const MINUS = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
  const VULGAR = /[\u00bc-\u00be\u2150-\u215e]/g;
  const RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
  const TIMES = /(?:[x\u00d7*\u00b7\u22c5]10(?:\^|\*\*)?|e)(?=\(?[+-]?\d)/gi;
  const POWER = /^([+-]?)10(?:\^|\*\*)/; // 10^-3 without anything before it
  const THOUSANDS = /^[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;
  const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
  const EXACT = 1e-9; // of the answer: what two ways of computing it may differ by

  // "1,234" is a thousand or a bit more than one: both are read
  function decimals(text) {
    const [mantissa, power] = text.split(/(?=e)/i);
    const dots = mantissa.split(".").length - 1;
    const commas = mantissa.split(",").length - 1;
    const found = [];
    if (THOUSANDS.test(mantissa)) found.push(mantissa.replace(/[.,]/g, ""));
    if (dots && commas) {
      const decimal = mantissa.lastIndexOf(".") > mantissa.lastIndexOf(",") ? "." : ",";
      const other = decimal === "." ? /,/g : /\./g;
      found.push(mantissa.replace(other, "").replace(decimal, "."));
    } else if (dots + commas < 2) {
      found.push(mantissa.replace(",", "."));
    }
    return found
      .map((one) => one + (power || ""))
      .filter((one) => PLAIN.test(one))
      .map(Number);
  }

  function clean(text, unit) {
    let plain = String(text).replace(VULGAR, " $&").normalize("NFKC").replace(/\u2044/g, "/");
    plain = plain.replace(MINUS, "-").trim();
    if (unit && plain.toLowerCase().endsWith(unit.toLowerCase()))
      plain = plain.slice(0, -unit.length).trim();
    return plain;
  }

  /* Every number that a text can mean; none where it means none. */
  function readings(text, unit = "") {
    const raised = String(text).replace(/10[\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+/g,
      (part) => `10^${[...part.slice(2)].map((sign) => sign === "\u207b" ? "-"
        : sign === "\u207a" ? "" : RAISED.indexOf(sign)).join("")}`);
    const plain = clean(raised, unit);
    const mixed = /^(-?)(\d+)\s+(\d+)\s*\/\s*(\d+)$/.exec(plain);
    if (mixed) {
      const [, sign, whole, over, under] = mixed;
      return Number(under) ? [(sign ? -1 : 1) * (Number(whole) + over / under)] : [];
    }
    if (plain.endsWith("%")) return readings(plain.slice(0, -1)).map((one) => one / 100);
    const close = plain.replace(/[\s'\u2019_]/g, "").replace(POWER, "$11e").replace(TIMES, "e");
    const [over, under, ...more] = close.replace(/[()]/g, "").split("/");
    if (more.length) return [];
    if (under === undefined) return decimals(over);
    return decimals(over).flatMap((a) => decimals(under).filter(Boolean).map((b) => a / b));
  }

  function near(given, wanted, variant) {
    const room = Math.max(
      variant.tolerance || 0,
      (variant.relative || 0) * Math.abs(wanted),
      EXACT * Math.max(1, Math.abs(wanted)),
    );
    return Math.abs(given - wanted) <= room;
  }

  const flat = (answer) => [answer].flat(2);

  /* Whether texts, one for each number of the answer, say it. */
  function says(texts, answer, variant) {
    const wanted = flat(answer);
    return wanted.every((number, at) =>
      readings(texts[at] || "", variant.unit).some((one) => near(one, number, variant)));
  }

  const isRead = (texts, variant) => texts.every((text) => readings(text, variant.unit).length);

  /* What became of an answer: {right, mistake}, the mistake as the variant names it. */
  function judge(given, variant) {
    const matches = variant.form === "choice"
      ? (answer) => given === answer
      : (answer) => says(given, answer, variant);
    const right = matches(variant.answer);
    return { right, mistake: right ? null : (variant.mistakes || []).find((one) => matches(one[1])) };
  }

  papers.answers = { isRead, judge, readings };
})();
