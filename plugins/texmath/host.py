"""Who looks after the pages: a site, or nobody."""

from dataclasses import dataclass, field
from typing import Protocol

from texmath.problems import FormulasError, Problem


class Host(Protocol):
    """Who knows the site: where a page comes from, and when its MathML may be put in."""

    def place(self) -> tuple[str, int]:
        """Name the page's file, and how many of its lines the host has cut from the top."""
        ...

    def keep(self, key: str, mathml: str) -> None:
        """Keep a formula until the page is finished (`placeholder.splice`)."""
        ...

    def report(self, problem: Problem) -> None:
        """Take note of a bad formula; the page then shows a box in its place."""
        ...

    def finish(self) -> None:
        """Hear that all formulas of the page have been read.  May raise."""
        ...


@dataclass(slots=True)
class Standalone:
    """The host of a page that nobody else looks after: Markdown alone, or Zensical."""

    formulas: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self) -> tuple[str, int]:
        """Know no file and no front matter."""
        return "<markdown>", 0

    def keep(self, key: str, mathml: str) -> None:
        """Keep a formula for the postprocessor."""
        self.formulas[key] = mathml

    def report(self, problem: Problem) -> None:
        """Keep a problem, to be raised with the page's others."""
        self.problems.append(problem)

    def finish(self) -> None:
        """Raise the page's problems together."""
        problems, self.problems = self.problems, []
        if problems:
            raise FormulasError(problems)
