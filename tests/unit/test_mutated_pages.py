"""Pages that nobody would write: nothing raises, nothing hangs, and no text is lost.

Every run tests the same two thousand, mutated by generators with fixed seeds.
"""

import gc
import random
import re
import time
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from mutated_pages import LINES, NAME, PIECES, ROOT, YAML, Converter, all_hold, holds
from worked.builds.job import make_job
from worked.builds.lookup import look_up
from worked.cache.fingerprints import Fingerprints
from worked.cache.store import Store
from worked.cli.check import check_page
from worked.page.parser import parse
from worked.settings import Settings

PAGES: Final = 2_000
BATCHES: Final = 4


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_pages_break_nothing(batch: int, converter: Converter, store: Store) -> None:
    all_hold(range(batch, PAGES, BATCHES), converter, store)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*LINES, *PIECES, *YAML]).map(lambda piece: piece + "\n"), max_size=30)
    | st.lists(st.text(max_size=20), max_size=10)
)
def test_any_text_breaks_nothing(converter: Converter, store: Store, pieces: list[str]) -> None:
    holds("".join(pieces), converter, store)


# --- code by its indentation alone

LEADS: Final = (
    *("- ", "* ", "1. ", "> ", "> - ", "# a ", ":   ", "[^1]: ", "a ", " ", "", "", "", ""),
    *('!!! slip "a"', '??? card a "b"', '=== "t"'),
)
EXTENSIONS: Final = (
    *("admonition", "def_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
)


def stacked(generator: random.Random) -> str:
    """Put values into lists, boxes and quotations, most of them at the wrong indentation."""
    rows: list[str] = []
    for number in range(generator.randint(2, 7)):
        lead = generator.choice(LEADS)
        value = "" if lead[:3] in ("!!!", "???", "===") else f"`{{python}} v{number}`"
        if generator.random() < 0.35:
            rows.append("")
        rows.append("    " * generator.choice([0, 0, 0, 1, 1, 2, 2, 3]) + lead + value)
    return "\n".join(rows)


def test_code_is_told_from_text_as_python_markdown_does() -> None:
    md = Markdown(
        extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}}
    )
    differ = alike = 0
    for number in range(1500):
        text = stacked(random.Random(number))
        blocks = "".join(re.findall("<pre>.*?</pre>", md.reset().convert(text), re.DOTALL))
        for expression in re.findall(r"`\{python\} (v\d)`", text):
            here = all(value.expression != expression for value in parse(text, NAME).values)
            same = here == bool(re.search(rf"\b{expression}\b", blocks))
            alike, differ = alike + same, differ + (not same)
    # what is left are lists and boxes inside paragraphs that go on, which nobody means
    assert differ < alike / 100


# --- work that grows faster than the page

UNITS: Final = {
    "unclosed fences": "```x\n",
    "unclosed cells": "```python {.run}\n\n",
    "fences in fences": "````x\n```x\n",
    "cells": "```python {.run}\n1\n```\n",
    "wrong cells": "```python {.run}\n#| ecko: 1\n=\n```\n",
    "listed cells": "- ```python {.run}\n",
    "quoted fences": "> ```x\n>\n",
    "values": "`{python} x` ",
    "lines of values": "`{python} x`\n",
    "cells and values": "```python {.run}\n1\n```\n`{python} x`\n",
    "spans": "`a` ",
    "escaped ticks": "\\``",
    "pairs of ticks": "`` ``` ",
    "long ticks": "`",
    "long tildes": "~",
    "comments": "<!-- ",
    "ended comments": "<!-- a -->\n\n",
    "ends of comments": "-->\n\n",
    "rules": "---\n",
    "pairs": "a: b\n",
    "quotations": "> ",
    "lines of quotations": "> > a\n",
    "spaces": " ",
    "tabs": "\t",
    "digits": "1",
    "lists": "- ",
    "empty lines": "\n",
    "labels": "```python {.run}\n#| label: a\n```\n",
    "colons": "`{python} [:`\n",
}
INSIDE: Final = {
    "colons of a value": ("`{python} [", ":", "`"),
    "a giant value": ("`{python} x", " + x", "`"),
    "blank options": ("```python {.run}\n", "#|\n", "```\n"),
    "a long option": ("```python {.run}\n#| fig-alt: |\n", "#|   a\n", "```\n"),
    "texts": ("```python {.run}\n#| fig-alt: a\n", "#|\n#|\n", "```\n"),
    "a name of an option": ("```python {.run}\n#| ", "a", ": 1\n```\n"),
    "spaces of an option": ("```python {.run}\n#| a", " ", "\n```\n"),
    "front matter": ("---\n", "a:\n", "b: c\n---\n"),
    "a label": ("```python {.run}\n#| label: a", "-a", "-\n```\n"),
    "a giant cell": ("```python {.run}\n", "x = 1\n", "```\n"),
}
GROWN: Final = 8
START: Final = 0.01
"""seconds of the smaller page: enough to be measured"""


def spent(work: Callable[[], object]) -> float:
    """Measure the processor's time, which other programs do not add to.

    The collector looks at all that other tests have left, whatever the page.
    """
    best = float("inf")
    gc.disable()
    try:
        for _ in range(2):
            before = time.thread_time()
            work()
            best = min(best, time.thread_time() - before)
    finally:
        gc.enable()
    return best


@pytest.mark.parametrize("name", [*UNITS, *INSIDE])
def test_work_grows_with_the_page(name: str, store: Store) -> None:
    head, unit, tail = INSIDE.get(name) or ("", UNITS[name], "")

    def work(often: int) -> Callable[[], object]:
        text = head + unit * often + tail

        def run() -> None:
            page = parse(text, NAME)
            check_page(page, ROOT)
            make_job(
                look_up(
                    page,
                    "",
                    settings=Settings(root=ROOT),
                    store=store,
                    fingerprints=Fingerprints(()),
                ),
                Settings(root=ROOT),
            )

        return run

    often = 50
    while (small := spent(work(often))) < START and often < 100_000:
        often *= 2
    # eight times the page is eight times the work; were it squared, it would be 64 times
    assert spent(work(often * GROWN)) < max(small, START / 4) * GROWN * 4
