"""Pages that nobody would write, mutated from the notes and from the golden cases."""

import random
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

from markdown import Markdown
from mkdocs.utils import meta

from worked.builds.job import make_job
from worked.builds.lookup import look_up
from worked.cache.fingerprints import Fingerprints
from worked.cache.store import Store
from worked.cli.check import check_page
from worked.errors import Problem
from worked.html.context import PageContext
from worked.html.extension import WorkedExtension
from worked.page.bounds import excess
from worked.page.front_matter import body_start, refused_front_matter
from worked.page.parser import Page, parse
from worked.page.placeholders import MARK, weave
from worked.page.references import number_labels
from worked.protocol.messages import pack_job, receive_message, unpack_job
from worked.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/builds/cases/*.md")])
TEXTS: Final = [path.read_text("utf-8") for path in SOURCES]
NAME: Final = "docs/page.md"
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


def mutated(number: int) -> str:
    """Make a page: a part of one that exists, with up to eight things done to it."""
    generator = random.Random(number)
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
    assert [one.step for one in known.steps] == list(page.steps)
    planned = make_job(known, Settings(root=root))
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
        self.md = Markdown(extensions=[WorkedExtension(self)])
        processors = list(self.md.preprocessors)
        self.first = processors[: processors.index(self.md.preprocessors["worked"])]
        self.ours = self.md.preprocessors["worked"]

    def context_for(self, text: str) -> PageContext | None:
        return self.context

    def report(self, problem: Problem) -> None:
        self.problems.append(problem.message)

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
        if excess(page.text):  # nothing of it is converted
            assert out == []
            return
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


def holds(text: str, converter: Converter, store: Store) -> None:
    """Assert all that holds for every page."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as files are read
    page = parse(text, NAME)
    assert page.text == text
    if refused_front_matter(text):  # neither is it read
        assert page.problems
        return
    assert text[body_start(text) :] == meta.get_data(text)[0]
    spans_are_in_order(page)
    no_text_is_lost(page)
    problems_have_places(page, ROOT / "docs")
    the_planner_takes_it(page, ROOT / "docs", store)
    converter.takes(page)


def all_hold(numbers: Iterable[int], converter: Converter, store: Store) -> None:
    """Assert it of the mutated pages with these numbers; a failure names the page's."""
    for number in numbers:
        text = mutated(number)
        try:
            holds(text, converter, store)
        except BaseException as error:
            error.add_note(f"page {number}:\n{text!r}")
            raise
