"""Which extensions of Markdown make the same HTML of the same text, and under which settings."""

import functools
import json
from collections.abc import Iterable
from typing import Any, Final, Protocol

from markdown.util import get_installed_extensions
from mkdocs.config.defaults import MkDocsConfig

from worked.hosts.code import LIBRARIES, code_digest

_READERS: Final = ("pymdownx.b64", "pymdownx.snippets")
"""Of the known extensions, those that read files."""
_KNOWN: Final = ("markdown", "pymdownx")


class Repeatable(Protocol):
    """An extension object that says what its work on the page that is converted depends on."""

    def kept_under(self) -> str:
        """Give what that is, beside its code, the page's text and the configuration of Markdown."""
        ...

    def left(self) -> Any:
        """Give what the last conversion has left elsewhere, as JSON; None to convert each time.

        An extension that leaves nothing but the page's HTML has neither this nor the next.
        """
        ...

    def leave_again(self, left: Any) -> None:
        """Leave what an earlier conversion has left."""
        ...


def pure_parts(
    config: MkDocsConfig, named: Iterable[str], own: tuple[type, ...]
) -> list[str] | None:
    """Write down the extensions of a site with their code and settings.

    Args:
        config: of the site, as it is while a page is converted.
        named: the extensions that the site says are pure.
        own: the classes of the extensions whose code and state are in the key already.

    Returns:
        What goes into a key; None where an extension may make something else of the same text.
    """
    parts: list[str] = []
    for one in config.markdown_extensions:
        if isinstance(one, own):
            continue
        found = _by_name(one, config, set(named)) if isinstance(one, str) else _object(one)
        if not found:
            return None
        parts += found
    return parts


def _by_name(name: str, config: MkDocsConfig, named: set[str]) -> list[str]:
    """Write an extension down that the configuration names; nothing for one that is not known."""
    module, settings = _module(name), described(config.mdx_configs.get(name) or {})
    if settings is None or '"custom_icons"' in settings:  # they are files
        return []
    if name in named or module in named:
        code = code_digest(module)
        return [name, code, settings] if code else []
    is_known = module.partition(".")[0] in _KNOWN and module not in _READERS
    return [name, module, settings] if is_known else []


def _object(one: object) -> list[str]:
    if not callable(getattr(one, "kept_under", None)):
        return []
    code = code_digest(type(one).__module__)
    return [type(one).__qualname__, code, one.kept_under()] if code else []  # type: ignore[attr-defined]


@functools.cache
def _module(name: str) -> str:
    """Find the module of an extension, which may have a short name of its own."""
    found = [entry.value for entry in get_installed_extensions() if entry.name == name]
    return found[0].partition(":")[0] if found else name.partition(":")[0]


def described(settings: object) -> str | None:
    """Write settings so that two that differ differ; None where they hold what cannot be told."""
    try:
        return json.dumps(settings, default=_function)
    except (TypeError, ValueError, RecursionError):
        return None


def _function(value: object) -> list[object]:
    """Write down what is no plain value: a function of a known library, with its arguments.

    Raises:
        TypeError: it is anything else.
    """
    if isinstance(value, functools.partial):
        return ["partial", value.func, list(value.args), value.keywords]
    module, name = getattr(value, "__module__", ""), getattr(value, "__qualname__", "<")
    if not callable(value) or "<" in name or str(module).partition(".")[0] not in LIBRARIES:
        raise TypeError(f"nothing is known of {value!r}")
    return [module, name]
