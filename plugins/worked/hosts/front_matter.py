"""What a page says of itself at its top, before a theme obeys it or prints it as HTML."""

from collections.abc import Iterator, MutableMapping
from typing import Any, Final

from mkdocs.theme import Theme

from worked.errors import Problem
from worked.hosts.strangers import is_strange
from worked.page import Page

_FORMS: Final[dict[str, tuple[tuple[type, ...], str]]] = {
    "hide": ((list, str), "a list"),
    "icon": ((str,), "a text"),
    "search": ((dict,), "a map"),
    "template": ((str,), "a text"),
}
"""What MkDocs and its themes take on trust; anything else ends the build in a traceback."""
_FILES: Final = {"icon": ".icons/{}.svg", "template": "{}"}
"""What names a file of the theme, and that file."""
_SIGNS: Final = frozenset('<>"')


def front_matter_problems(
    page: Page, meta: MutableMapping[str, Any], theme: Theme
) -> Iterator[Problem]:
    """Find what a theme cannot read, and what of a stranger's it would print as HTML.

    Args:
        page: whose it is.
        meta: as MkDocs has read it; what cannot be read is taken out, for a preview to go on.
        theme: the site's.
    """
    for name in meta.keys() & _FORMS.keys():
        if said := _unread(name, meta[name], theme):
            del meta[name]
            yield _problem(page, name, said)
    for name, value in meta.items() if is_strange() else ():
        if any(_SIGNS & set(text) for text in _texts([name, value])):
            said = "a stranger's front matter may hold no `<`, `>` or `\"`: themes print it as HTML"
            yield _problem(page, str(name), said)


def _unread(name: str, value: object, theme: Theme) -> str:
    """Say why a theme cannot read a value; empty where it can."""
    kinds, form = _FORMS[name]
    if not isinstance(value, kinds):
        return f"this is {form}"
    if name not in _FILES:
        return ""
    loader = theme.get_env().loader
    files = loader.list_templates() if loader else []
    known = _FILES[name].format(value) in files
    return "" if known else f"the theme has no {name} {str(value)[:80]!r}"


def _problem(page: Page, name: str, said: str) -> Problem:
    rows = page.text[: page.body].split("\n")
    line = next((n for n, row in enumerate(rows, 1) if row.startswith(name)), 1)
    return Problem(page.name, line, "front matter", f"{name[:40]}: {said}")


def _texts(value: object) -> Iterator[str]:
    """Give all texts in what YAML gave, which no alias has made larger than fits."""
    held, seen = [value], set[int]()
    while held:
        one = held.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list | tuple | set) and id(one) not in seen:
            seen.add(id(one))
            held += [*one, *one.values()] if isinstance(one, dict) else [*one]
