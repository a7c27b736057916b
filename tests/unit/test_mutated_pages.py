"""Pages that nobody would write: nothing raises, nothing hangs, and no text is lost.

The pages are mutated from the notes and from the golden cases, by a generator with a fixed seed:
every run tests the same ten thousand.
"""

import gc
import random
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.utils import meta

from worked.builds.lookup import look_up, make_job
from worked.cache.fingerprints import Fingerprints
from worked.cache.store import Store
from worked.cli.check import check_page
from worked.html.cell import PageContext
from worked.html.extension import WorkedExtension
from worked.page.front_matter import body_start
from worked.page.model import Page
from worked.page.parser import parse
from worked.page.placeholders import MARK, weave
from worked.page.references import number_labels
from worked.protocol.messages import pack_job, receive_message, unpack_job
from worked.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/builds/cases/*.md")])
TEXTS: Final = [path.read_text("utf-8") for path in SOURCES]
NAME: Final = "docs/page.md"
PAGES: Final = 10_000
BATCHES: Final = 20
LONGEST: Final = 40
"""lines of a page that is cut from a longer one"""

LINES: Final = (
    *("```", "~~~", "````", "```text", "```python {.run}", "~~~ python {.run}", "> ```"),
    *("    ```python {.run}", "- ```python {.run}", "```py {.run}", "---", "...", "<!--", "-->"),
    *("", " ", "\t", "    ", "> ", "- a", "1. a", "    - a", "> - > a", '!!! slip "a"', "# a"),
    *("```text {.expect}", "~~~ text {.expect rtol=1e-3}", "    ```text {.expect}"),
    *('=== "a"', "??? card an-id", "[^1]: a", ":   a", "title: a", "a: `{python} x`", "| a | b |"),
    *("`{python} x`", "    `{python} x`", "`{python} x:.2f` `", "\\`{python} x`", "$`{python} x`$"),
    *("``` `{python} x` ```", "`{python} x", "`{python} [::`", "<pre>", "</pre>", "{{ a }}"),
)
PIECES: Final = (
    *("`", "``", "```", "~~~", "\\", "\t", "\r", "\x00", "\x02", "\x03", "\x0b", "\x0c", "\x1b"),
    *("\x7f", "\x85", "\xa0", "\u2028", "\u200f", "\ud800", "\udcff", "\ufeff", "𝐱", "<!--", "-->"),
    *(
        "{python}",
        "`{python} x`",
        "{.run}",
        ":",
        "#|",
        "    ",
        ">",
        "- ",
        "&",
        "<b",
        "\x02worked:0\x03",
    ),
)
YAML: Final = (
    *(
        "",
        "true",
        "no",
        "~",
        "1",
        "1.5e3",
        ".nan",
        "1:1",
        "'",
        '"',
        '"\\0"',
        '"\\ud800"',
        "[",
        "{a: b",
    ),
    *(
        "[a, [b]]",
        "- a",
        "!!int a",
        "!!bool a",
        "!!set {a}",
        "!!timestamp a",
        "!x a",
        "&a [*a]",
        "<<: 1",
    ),
    *(
        "2020-99-99",
        "|",
        ">",
        "? a",
        "%YAML 9",
        "@",
        "a # b",
        "a: b",
        "\t",
        "\x00",
        "../a",
        "/a",
        "a\\b",
    ),
    *("data.txt", "fig-a", "Fig", "ValueError", "a" * 300, "[" * 50, "1" * 5000, "`{python} x`"),
)
OPTIONS: Final = (
    *("label", "fig-cap", "tbl-cap", "fig-alt", "echo", "code-fold", "output", "raises", "timeout"),
    *("files", "ecko", "", "a b", "é"),
)


def mutated(generator: random.Random) -> str:
    """Make a page: a part of one that exists, with up to eight things done to it."""
    rows = generator.choice(TEXTS).split("\n")
    if len(rows) > LONGEST and generator.random() < 0.97:
        start = generator.randrange(len(rows)) if generator.random() < 0.8 else 0
        rows = rows[start : start + generator.randint(1, LONGEST)]
    for _ in range(generator.randint(1, 8)):
        rows = generator.choice(MUTATIONS)(rows or [""], generator)
    return "\n".join(rows)


def dropped(rows: list[str], generator: random.Random) -> list[str]:
    at = generator.randrange(len(rows))
    return rows[:at] + rows[at + generator.randint(1, 3) :]


def doubled(rows: list[str], generator: random.Random) -> list[str]:
    at = generator.randrange(len(rows))
    part = rows[at : at + generator.randint(1, 6)]
    return rows[:at] + part * generator.randint(2, 4) + rows[at:]


def swapped(rows: list[str], generator: random.Random) -> list[str]:
    one, two = generator.randrange(len(rows)), generator.randrange(len(rows))
    rows = rows[:]
    rows[one], rows[two] = rows[two], rows[one]
    return rows


def inserted(rows: list[str], generator: random.Random) -> list[str]:
    at = generator.randint(0, len(rows))
    return [*rows[:at], generator.choice(LINES), *rows[at:]]


def topped(rows: list[str], generator: random.Random) -> list[str]:
    """Put something that may be front matter at the top."""
    tops = (
        "---",
        "title: a",
        "- a",
        "a: [",
        "...",
        "",
        "Note: b",
        "    c",
        "text",
        "x: 2020-99-99",
    )
    return [generator.choice(tops) for _ in range(generator.randint(1, 4))] + rows


def moved(rows: list[str], generator: random.Random) -> list[str]:
    """Put a part into a list or a quotation, or indent it by anything."""
    at, size = generator.randrange(len(rows)), generator.randint(1, 8)
    lead = generator.choice(["> ", ">", "    ", "  ", "\t", "      ", "- ", " "])
    part = [lead + row for row in rows[at : at + size]]
    return rows[:at] + part + rows[at + size :]


def spoilt(rows: list[str], generator: random.Random) -> list[str]:
    """Put something into a line, once or very often."""
    at = generator.randrange(len(rows))
    column = generator.randint(0, len(rows[at]))
    often = 3000 if generator.random() < 0.02 else generator.randint(1, 3)
    row = rows[at][:column] + generator.choice(PIECES) * often + rows[at][column:]
    return [*rows[:at], row, *rows[at + 1 :]]


def cut(rows: list[str], generator: random.Random) -> list[str]:
    text = "\n".join(rows)
    return text[: generator.randint(0, len(text))].split("\n")


def ended(rows: list[str], generator: random.Random) -> list[str]:
    """Give all lines, or some, another end."""
    often = generator.choice([1, 0.3])
    return [row + "\r" if generator.random() < often else row for row in rows]


def optioned(rows: list[str], generator: random.Random) -> list[str]:
    """Put options of any kind into the cells."""
    out = []
    for row in rows:
        out.append(row)
        if "{.run}" in row:
            lead = row[: len(row) - len(row.lstrip(" \t>"))]
            for _ in range(generator.randint(0, 3)):
                name, value = generator.choice(OPTIONS), generator.choice(YAML)
                out.append(f"{lead}#| {name}: {value}")
                if generator.random() < 0.2:
                    out.append(f"{lead}#|   {generator.choice(YAML)}")
    return out


MUTATIONS: Final = (
    *(dropped, doubled, swapped, inserted, inserted, inserted, topped, moved, moved),
    *(spoilt, spoilt, cut, ended, optioned, optioned, optioned),
)


# --- what holds for every page


def spans_are_in_order(page: Page) -> None:
    parts = (*page.cells, *page.values, *page.expectations)
    spans = sorted((part.start, part.end) for part in parts)
    assert all(0 <= start < end <= len(page.text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for parts in (page.cells, page.values, page.expectations):
        starts = [part.start for part in parts]
        assert starts == sorted(starts)


def no_text_is_lost(page: Page) -> None:
    """Weave with tokens that no page holds, and take them out again: the text is the file's."""
    woven = weave(page, {}, lambda value, text: "\x02value\x03")
    assert woven.count("\n") == page.text.count("\n")
    parts = sorted([*page.cells, *page.values, *page.expectations], key=lambda part: part.start)
    at = read = 0
    for part in parts:
        gap = page.text[at : part.start]
        assert woven.startswith(gap, read)
        read += len(gap)
        rest = woven[read:]
        at = part.end
        if part in page.values:
            assert rest.startswith("\x02value\x03")
            read += len("\x02value\x03")
            continue
        lines = page.text.count("\n", part.start, part.end) + 1
        stands = rest.split("\n", lines)[:lines]
        if part in page.cells:
            assert MARK.search(stands[1])
            stands[1] = MARK.sub("", stands[1], 1)
        assert all(row.strip(" \t>") == "" for row in stands)
        read += len("\n".join(rest.split("\n", lines)[:lines]))
    assert woven[read:] == page.text[at:]


def the_planner_takes_it(page: Page, root: Path, store: Store) -> None:
    known = look_up(
        page, "base", settings=Settings(root=root), store=store, fingerprints=Fingerprints(())
    )
    assert len(known.steps) == len(known.keys) == len(known.cells) == len(known.values)
    planned = make_job(page, known, Settings(root=root))
    data = pack_job(planned)
    reader = iter((data[:4], data[4:]))
    message = receive_message(lambda size: next(reader))
    assert message is not None
    assert unpack_job(message) == planned


def problems_have_places(page: Page, root: Path) -> None:
    last = page.text.count("\n") + 1
    for problem in check_page(page, root):
        assert 1 <= problem.line <= last + 1, problem


class Converter:
    """Python-Markdown up to and with our preprocessor, as MkDocs calls it."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.context: PageContext | None = None
        self.md = Markdown(
            extensions=[
                WorkedExtension(
                    lambda text: self.context, lambda problem: self.problems.append(problem.message)
                )
            ]
        )
        processors = list(self.md.preprocessors)
        self.first = processors[: processors.index(self.md.preprocessors["worked"])]
        self.ours = self.md.preprocessors["worked"]

    def takes(self, page: Page) -> None:
        """Text comes through as it is; no cell and no value is taken for another plugin's."""
        self.problems.clear()
        self.md.reset()
        known = look_up(
            page,
            "",
            settings=Settings(root=ROOT),
            store=Store(ROOT / "none"),
            fingerprints=Fingerprints(()),
        )
        self.context = PageContext(known.result(0, ()))
        rows = meta.get_data(page.text)[0].split("\n")
        for processor in self.first:
            rows = processor.run(rows)
        out = self.ours.run(rows)
        assert len(out) == len(rows)
        alone = number_labels([(page, 0)], whole=False)
        unknown = {problem.message for problem in alone.problems(page)}
        if unknown.issuperset(self.problems):  # a link without its label is still a link
            self.problems.clear()
        if self.problems:
            # only where the converter takes its own characters out of the text
            assert re.search("[\x02\x03]", page.text), self.problems
            assert out == rows
            return
        here = parse("\n".join(["", *rows]), NAME)
        assert len(here.cells) == len(page.cells)
        assert len(here.values) == len(page.values)
        no_text_is_lost(here)
        woven = weave(here, {}, lambda value, text: "\x02value\x03")
        stands = r"\x02wzxhzdk:\d+\x03|\\text\{\?\}"  # the second in a formula
        assert re.sub(stands, "\x02value\x03", "\n".join(["", *out])) == woven


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


def holds(text: str, converter: Converter, store: Store) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as files are read
    page = parse(text, NAME)
    assert page.text == text
    assert text[body_start(text) :] == meta.get_data(text)[0]
    spans_are_in_order(page)
    no_text_is_lost(page)
    problems_have_places(page, ROOT / "docs")
    the_planner_takes_it(page, ROOT / "docs", store)
    converter.takes(page)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_pages_break_nothing(batch: int, converter: Converter, store: Store) -> None:
    for number in range(batch, PAGES, BATCHES):
        text = mutated(random.Random(number))
        try:
            holds(text, converter, store)
        except BaseException as error:
            error.add_note(f"page {number}:\n{text!r}")
            raise


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
                page,
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
