"""The colours of a site's light scheme, as values: e-readers know no variables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from handbook.book import Look
from handbook.markup import Element, elements
from handbook.stylesheets import Rule

_VARIABLE: Final = re.compile(
    r"var\(\s*(?P<name>--[\w-]+)\s*(?:,\s*(?P<else>(?:[^()]|\([^()]*\))*))?\)"
)
_DEEP: Final = 8
"""So many variables name another one before it is a circle."""
_WHOLE: Final = (":root", "html", "body", "*")


def light_colours(rules: Iterable[Rule], look: Look) -> dict[str, str]:
    """Give the variables that hold for a whole page, on a screen that asks for nothing."""
    wholes = {*_WHOLE, *(f"[{name}={value}]" for name, value in look.light())}
    values: dict[str, str] = {}
    for rule in rules:
        selectors = {re.sub(r"[\"']", "", one).removeprefix("body") for one in rule.selectors}
        if wholes.intersection(selectors) and not any("@media" in one for one in rule.within):
            values.update({name: one for name, one in rule.sets.items() if name[:2] == "--"})
    return values


def resolved(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of variables; `inherit` where there is none."""

    def value(variable: re.Match[str]) -> str:
        return values.get(variable["name"]) or (variable["else"] or "inherit").strip()

    for _ in range(_DEEP):
        if "var(" not in text:
            break
        text = _VARIABLE.sub(value, text)
    return text


def paint(page: Element, values: Mapping[str, str]) -> None:
    """Give what is drawn or set on a page its colours, in place."""
    for element in elements(page):
        for name, text in element.attrib.items():
            if "var(" in text:
                element.set(name, resolved(text, values))
        if "--" in (style := element.get("style") or ""):
            element.set("style", "; ".join(_plain(style)))


def _plain(style: str) -> Iterator[str]:
    """Give what a style sets, but for variables."""
    for one in style.split(";"):
        if one.strip() and not one.strip().startswith("--"):
            yield one.strip()
