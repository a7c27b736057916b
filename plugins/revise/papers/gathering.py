"""The questions of a build: from what cells have handed on to a bank, its scripts and papers."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from revise.papers import printed, scripts
from revise.papers.bank import BankQuestion, fingerprint
from revise.papers.typesetting import NOWHERE, QuestionSetter
from revise.questions.kind import DEFAULT_MINUTES, QUESTION
from worked.hosts.handed import HandedOn, handed_on, recall_of

_FORMAT: Final = "3"
"""Changes with the form of what is kept of a question."""


class QuestionBank:
    """The questions of one build, and what is wrong with them."""

    def __init__(self) -> None:
        self.questions: tuple[BankQuestion, ...] = ()
        self.problems: list[str] = []
        self.changed: list[str] = []
        """Papers that are other ones than when somebody wrote their fingerprint down."""

    def gather(self, config: MkDocsConfig, files: Files) -> None:
        """Take what the cells of all pages have handed on."""
        self.problems, self.changed = [], []
        plugins: Mapping[str, Any] = config.plugins
        worked, texmath = plugins.get("worked"), plugins.get("texmath")
        macros = {str(k): v for k, v in texmath.config.macros.items()} if texmath else None
        setter, recall = QuestionSetter(macros), recall_of(worked)
        pages = fingerprint(sorted(file.src_uri + file.url for file in files.documentation_pages()))
        known: dict[str, HandedOn] = {}
        found: list[BankQuestion] = []
        for one in handed_on(worked, QUESTION.name):
            place, name = f"{one.name}:{one.line}: question", str(one.told[QUESTION.name])
            if (before := known.setdefault(name, one)) is not one:
                said = f"{place}: {name!r} is taken by {before.name}:{before.line}"
                self.problems.append(said)
                continue
            try:
                found.append(_banked(one, files, setter, recall, (json.dumps(macros), pages)))
            except ValueError as error:
                self.problems.append(f"{place}: {str(error).strip()}")
        self.questions = tuple(sorted(found, key=lambda one: one.id))

    def scripts(self, cards: Mapping[str, tuple[int, str]]) -> Iterator[tuple[str, str]]:
        """Give the scripts of the site: (path, text)."""
        if self.questions:
            yield scripts.INDEX, scripts.index_script(self.questions, cards)
        for one in self.questions:
            yield scripts.question_path(one), scripts.question_script(one)

    def write(self, site: Path, cards: Mapping[str, tuple[int, str]]) -> None:
        """Write the scripts.

        Args:
            site: the built site.
            cards: a page's address -> how many cards it has, and the id of the first one's element.
        """
        for path, text in self.scripts(cards):
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")

    def fill(self, html: str, page: str, name: str) -> str:
        """Put the papers of a page in.

        Args:
            html: of the page.
            page: its address, from the site's root.
            name: its file, as errors name it.
        """

        def put(found: Any) -> str:
            try:
                plan, known = printed.read_slot(found["options"])
            except printed.PlanError as error:
                self.problems.append(f"{name}: paper: {error}")
                return ""
            now = printed.paper_print(self.questions, plan)
            if known and known != now:
                said = f"paper {plan.seed} is another one now: its print was {known}, and is {now}"
                self.changed.append(f"{name}: {said}")
            return printed.paper_html(self.questions, plan, lambda to: get_relative_url(to, page))

        return printed.SLOT.sub(put, html)


def _banked(
    one: HandedOn, files: Files, setter: QuestionSetter, recall: Any, site: tuple[str, str]
) -> BankQuestion:
    """Take one question in.

    Args:
        site: what the form of each question depends on: macros, and where pages lie.

    Raises:
        ValueError: a formula that is none, or a link that leads nowhere.
    """
    told, name = one.told, str(one.told[QUESTION.name])
    plain = [dict(variant) for variant in one.variants]
    topic, level = str(told["topic"]), int(str(told["level"]))
    minutes = int(str(told.get("minutes", DEFAULT_MINUTES)))

    def locate(to: str) -> str:
        path, mark, anchor = to.partition("#")
        target = normpath(join(dirname(one.uri), path)) if path else one.uri
        file = files.get_file_from_path(target)
        return f"{file.url}{mark}{anchor}" if file else NOWHERE

    def make() -> str:
        return json.dumps(setter.settle(plain, locate), ensure_ascii=False)

    raw = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    page = files.get_file_from_path(one.uri)
    return BankQuestion(
        id=name,
        topic=topic,
        level=level,
        minutes=minutes,
        place=f"{page.url if page else ''}#{QUESTION.name}-{name}",
        variants=tuple(json.loads(recall(("revise", _FORMAT, one.uri, raw, *site), make))),
        print=fingerprint(topic, level, minutes, plain),
    )
