"""A style sheet as a list of rules: made small, and left without the rules that no page can use."""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(
    r"""(?P<kept>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"""|(?P<note>/\*.*?\*/)|(?P<space>\s*(?P<sign>[{};,>])\s*|\s+)""",
    re.S,
)
EDGE: Final = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'{};])*([{};]|\Z)""", re.S)
BRACE: Final = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'{}])*([{}]|\Z)""", re.S)
ADDRESS: Final = re.compile(r"""url\((?P<quote>["']?)(?!data:|https?:|#)(?P<to>[^"')]+)""")
CLASS: Final = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NEGATED: Final = re.compile(r":not\([^()]*\)")
VARIABLE: Final = re.compile(
    r"""(?<=[{;])(--md-[\w-]+):(?:"[^"]*"|'[^']*'|[^"';{}])*(?:;|(?=\}))"""
)
USED: Final = re.compile(r"(--md-[\w-]+)(?![\w-]*:)")
NESTING: Final = ("@media", "@supports", "@layer", "@container")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, or a group of rules under a condition, or a statement."""

    head: str
    body: str | None = None
    """what stands between the braces; a statement has none"""

    def __str__(self) -> str:
        return self.head if self.body is None else f"{self.head}{{{self.body}}}"


def rules(css: str) -> Iterator[Rule]:
    """Read the rules of a small style sheet (`small`), one level deep."""
    at = 0
    while at < len(css) and (found := EDGE.match(css, at)) and found[1]:
        head, start = css[at : found.start(1)], found.end()
        if found[1] != "{":
            if head:
                yield Rule(f"{head};")
            at = start
            continue
        depth, at = 1, start
        while depth and (brace := BRACE.match(css, at)) and brace[1]:
            depth += 1 if brace[1] == "{" else -1
            at = brace.end()
        yield Rule(head, css[start : at - 1])


def small(css: str) -> str:
    """Drop comments and spaces that mean nothing."""

    def shorter(found: re.Match[str]) -> str:
        if found["kept"]:
            return found["kept"]
        return "" if found["note"] else found["sign"] or " "

    without_notes = re.sub(TOKEN, lambda f: "" if f["note"] else f[0], css)
    return re.sub(r";(?=\})", "", TOKEN.sub(shorter, without_notes)).strip()


def moved(css: str, folder: str) -> str:
    """Let relative addresses lead from another place: `folder` is the way from there."""
    return ADDRESS.sub(lambda f: f"url({f['quote']}{folder}/{f['to']}", css)


def selectors(head: str) -> list[str]:
    """Take a list of selectors apart, at the commas outside of brackets."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append(head[start:at])
            start = at + 1
    return [*found, head[start:]]


def usable(css: str, names: Container[str], never: re.Pattern[str]) -> str:
    """Keep the rules whose classes are all known, and no selector that matches `never`."""

    def can_match(selector: str) -> bool:
        bare = NEGATED.sub("", selector)
        return not never.search(bare) and all(name in names for name in CLASS.findall(bare))

    return selected(css, can_match)


def selected(css: str, can_match: Callable[[str], bool]) -> str:
    """Keep the rules with a selector that can match something, and of their selectors those."""
    kept = []
    for rule in rules(css):
        if rule.head.startswith(NESTING) and rule.body:
            if inside := selected(rule.body, can_match):
                kept.append(Rule(rule.head, inside))
        elif rule.head.startswith("@"):
            kept.append(rule)
        elif some := [one for one in selectors(rule.head) if can_match(one)]:
            kept.append(Rule(",".join(some), rule.body))
    return "".join(map(str, kept))


def without_unused_variables(css: str, mentioned: str) -> str:
    """Drop the theme's variables that neither a rule nor `mentioned` names; pages name no such."""
    elsewhere, before = set(USED.findall(mentioned)), ""
    while before != css:
        before, used = css, elsewhere.union(USED.findall(css))
        css = VARIABLE.sub(lambda f, used=used: f[0] if f[1] in used else "", css)
    return css


def followed(css: str, *, light: str, dark: str, device: str) -> str:
    """Give a page that has no scheme yet the device's: selectors of one stand for it too.

    `light` and `dark` are the attributes of the two schemes, `device` that of such a page.
    """
    written = []
    for rule in rules(css):
        if rule.head.startswith(NESTING) and rule.body:
            body = followed(rule.body, light=light, dark=dark, device=device)
            written.append(Rule(rule.head, body))
            continue
        those = selectors(rule.head)
        as_light = [one.replace(light, device) for one in those if light in one]
        as_dark = [one.replace(dark, device) for one in those if dark in one]
        written.append(Rule(",".join([*those, *as_light]), rule.body))
        if as_dark and not as_light:
            inside = str(Rule(",".join(as_dark), rule.body))
            written.append(Rule("@media (prefers-color-scheme:dark)", inside))
    return "".join(map(str, written))
