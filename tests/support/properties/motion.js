// What moves.
const ms = (times) => Math.max(...times.split(",").map((time) => parseFloat(time) * (/\dms/.test(time) ? 1 : 1000)));

properties["nothing moves by itself"] = () => document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime > 5000)
  .map((one) => `${named(one.effect.target)} moves for ${one.effect.getComputedTiming().endTime} ms`);

properties["nothing moves for a reader who wants calm"] = () => [
  ...document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().activeDuration > 10)
    .map((one) => `${named(one.effect.target)} moves`),
  ...faulty(all("html, body *:not(svg *, math *, pre *)"), (node) => {
    for (const part of [null, "::before", "::after"]) {
      const look = style(node, part);
      if (part && look.content === "none") continue;
      if (look.animationName !== "none" && ms(look.animationDuration) > 10) return `${part || ""} is animated`;
      if (look.transitionProperty !== "none" && ms(look.transitionDuration) > 10) return `${part || ""} changes slowly`;
    }
    return style(node).scrollBehavior === "smooth" && "scrolls slowly";
  }),
];
