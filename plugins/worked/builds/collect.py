"""Check what a page's process sent, keep what is good, and say what is wrong.

A page can lie about itself, never about another: its process only has the pipe of its own page, and
nothing it sends names a page or a key.
"""

from dataclasses import replace
from typing import Any

from worked.builds.cached import CachedPage, KnownStep
from worked.builds.validate import read_exports, read_result, read_values, unsafe
from worked.cache import Fingerprints, Store
from worked.errors import Problem
from worked.page import Page, PageResult
from worked.pool import Outcome
from worked.protocol.dependencies import load_dependencies
from worked.protocol.messages import begun_step
from worked.protocol.outputs import dump_result
from worked.protocol.reading import MalformedError
from worked.protocol.values import dump_values


def collect(
    known: CachedPage, outcome: Outcome, *, store: Store, fingerprints: Fingerprints
) -> PageResult:
    """Check what a page sent, keep what is good, and say what is wrong.

    Raises:
        StoreError: when a result cannot be kept.
    """
    writer = _Writer(known, store, fingerprints)
    reading = _Reading(known, writer, outcome)
    try:
        for message in outcome.messages:
            reading.take(message)
    except MalformedError as error:
        reading.ended(reading.at, f"sent something else: {error}")
    if outcome.ending and not reading.problems:
        reading.ended(outcome.step, outcome.ending)
    whole = replace(known, steps=tuple(reading.steps))
    if whole.stale >= 0 and not reading.problems:  # a cell can write `end` on the pipe as well
        reading.ended(outcome.step, "said it was done before it was")
    if not reading.problems:
        writer.write()
    return whole.result(reading.ran, tuple(reading.problems))


class _Reading:
    """What is known of a page while its messages are read."""

    def __init__(self, known: CachedPage, keep: "_Writer", outcome: Outcome) -> None:
        self.page = known.page
        self.took = outcome.took
        self.steps = list(known.steps)
        self.problems: list[Problem] = []
        self.ran = self.at = 0
        self._keep = keep

    def take(self, message: dict[str, Any]) -> None:
        """Take one message in.

        Raises:
            MalformedError: it is none that a page sends.
        """
        kind = message.get("frame")
        self.at = min(max(self.at, begun_step(message)), len(self.steps))
        if kind == "problem":
            self.problems.append(_problem(self.page, message))
        if kind == "unreadable":
            self.problems.append(_unreadable(self.page, message))
        if kind not in ("cell", "values", "export"):
            return
        number = message.get("step")
        if not isinstance(number, int) or not 0 <= number < len(self.steps):
            raise MalformedError("a step that the page does not have")
        step = self.steps[number]
        if kind == "cell" and step.result is None:
            self.steps[number] = self._cell(step, message, self.took.get(number))
        elif kind == "values" and step.given is None and not self.problems:
            values = read_values(message.get("result"), step.step)
            if values is None:
                raise MalformedError("values that are not texts")
            self._keep(step.values_key, dump_values(values), message)
            self.steps[number] = replace(step, given=values)
        elif kind == "export" and step.exports is None and not self.problems:
            given = read_exports(message.get("values"), step.exported)
            if given is None:
                raise MalformedError("exports of another form")
            self._keep(step.exports_key, given, message)
            self.steps[number] = replace(step, exports=given)

    def _cell(self, step: KnownStep, message: dict[str, Any], took: float | None) -> KnownStep:
        result = read_result(message.get("result"), step.step.cell, step.variants)
        if problem := unsafe(self.page, step.step.cell, result):
            self.problems.append(problem)
            return step
        self._keep(step.cell_key, dump_result(result), message, took)
        self.ran += 1
        return replace(step, result=result, took=took)

    def ended(self, number: int, said: str) -> None:
        """Say why the page came to an early end, at the step that had begun."""
        cell = self.steps[number].step.cell if number < len(self.steps) else None
        kind = "timeout" if said.startswith("still running") else "died"
        self.problems.append(Problem(self.page.name, cell.line if cell else 1, kind, said))


class _Writer:
    """Keeps results together with what they came from, unless that may have changed meanwhile.

    Nothing is written before the page has come to its end without a problem: a value that was
    refused, say, has run all the same, and may have changed what every cell below it gave.
    """

    def __init__(self, known: CachedPage, store: Store, fingerprints: Fingerprints) -> None:
        self._store = store
        self._page = known.page.name
        self._fingerprints = fingerprints
        self._settled = fingerprints.are_older(known.data)
        self._entries: list[tuple[str, dict[str, Any]]] = []

    def __call__(
        self, key: str, kept: object, message: dict[str, Any], took: float | None = None
    ) -> None:
        used = self._fingerprints.of(load_dependencies(message.get("needs")))
        if used is not None and self._settled:
            beside = {} if took is None else {"took": round(took, 3)}
            self._entries.append((key, {"needs": used, "kept": kept, **beside}))

    def write(self) -> None:
        """Keep everything.

        Raises:
            StoreError: it cannot be kept.
        """
        for key, entry in self._entries:
            self._store.put(key, entry, page=self._page)


def _unreadable(page: Page, message: dict[str, Any]) -> Problem:
    """Read that a data file has gone, or is not a plain file any more, since it was hashed."""
    name, why = message.get("file"), message.get("why")
    for cell in page.cells:
        if name in cell.options.files and isinstance(why, str):
            said = f"cannot read {name}: {why[:200]}"
            return Problem(page.name, cell.option_line("files"), "files", said)
    raise MalformedError("a file that the page does not have")


def _problem(page: Page, message: dict[str, Any]) -> Problem:
    """Read what went wrong; a line that the page does not have is its nearest."""
    line, kind, said, called = (message.get(name) for name in ("line", "kind", "message", "called"))
    if not (isinstance(line, int) and isinstance(kind, str) and isinstance(said, str)):
        raise MalformedError("a problem without its place")
    if not isinstance(called, list) or not all(isinstance(number, int) for number in called):
        raise MalformedError("a problem without its calls")
    last = page.text.count("\n") + 1
    near, *calls = (min(max(1, number), last) for number in (line, *called))
    return Problem(page.name, near, kind, said, called=tuple(calls))
