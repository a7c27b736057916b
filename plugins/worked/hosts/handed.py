"""What cells of a kind have handed on, for the plugin of that kind: a door to a build."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from worked.hosts.code import code_digest
from worked.hosts.mkdocs_plugin import WorkedPlugin

__all__ = ["HandedOn", "Recall", "code_digest", "handed_on", "recall_of"]

Recall = Callable[[tuple[str, ...], Callable[[], str]], str]
"""Gives the text that an earlier build has made of the same texts, or has it made and keeps it."""


@dataclass(frozen=True, slots=True)
class HandedOn:
    """One cell of a kind, and the data of its variants."""

    uri: str
    """The page's file, below the folder of the notes."""
    name: str
    """The page, as errors name it."""
    line: int
    """On which the option of the kind stands."""
    told: Mapping[str, object]
    """The options of the kind."""
    variants: tuple[Mapping[str, Any], ...]


def handed_on(plugin: object, kind: str) -> Iterator[HandedOn]:
    """Give the cells of a kind that have run, page by page; waits for them.

    Args:
        plugin: `worked` of a running build; of anything else there are none.
        kind: its name.
    """
    run = plugin.run if isinstance(plugin, WorkedPlugin) else None
    for uri, page in sorted(run.pages.items()) if run else ():
        cells = [cell for cell in page.cells if cell.options.kind]
        if run is None or not cells:
            continue
        results = run.build.result(page.name).cells
        for cell in cells:
            got = results[cell.index]
            told = dict(cell.options.told)
            if got is not None and got.variants and kind in told:
                yield HandedOn(uri, page.name, cell.option_line(kind), told, got.variants)


def recall_of(plugin: object) -> Recall:
    """Give what keeps texts from one build to the next."""
    if isinstance(plugin, WorkedPlugin) and plugin.run:
        return plugin.run.store.recall
    return lambda source, make: make()
