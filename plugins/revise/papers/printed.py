"""Papers that stand in the page itself, with their solutions: read and printed without scripts."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from revise.papers.bank import BankQuestion, fingerprint, set_print
from revise.papers.drawing import LENGTHS, LEVELS, Plan, draw_paper

SLOT: Final = re.compile(r"<!-- revise: paper (?P<options>[a-z0-9= ]*)-->")
"""What an author writes where a paper is to stand: `<!-- revise: paper seed=1 minutes=20 -->`."""
_HREF: Final = re.compile(r'(<a\b[^>]*?href=")(?!https?:|mailto:)([^"]*)(")')
_NAMES: Final = {"seed", "minutes", "level", "print"}


class PlanError(ValueError):
    """A paper of a page that cannot be made."""


def read_slot(options: str) -> tuple[Plan, str]:
    """Read what a page says of a paper: the plan, and its fingerprint; empty for none.

    Raises:
        PlanError: an option that there is not, or a value that it does not take.
    """
    given = dict(part.partition("=")[::2] for part in options.split())
    wrong = sorted(set(given) - _NAMES)
    if wrong or "seed" not in given:
        raise PlanError(f"a paper takes {', '.join(sorted(_NAMES))}, and needs `seed`")
    numbers = {name: value for name, value in given.items() if name != "print"}
    if not all(value.isdecimal() and len(value) < 10 for value in numbers.values()):
        raise PlanError("a paper takes whole numbers")
    plan = Plan(int(numbers["seed"]), int(numbers.get("minutes", 45)), int(numbers.get("level", 2)))
    if plan.minutes not in LENGTHS or plan.level not in LEVELS:
        raise PlanError(f"a paper takes {', '.join(map(str, LENGTHS))} minutes and level 1, 2 or 3")
    return plan, given.get("print", "")


def paper_print(questions: Sequence[BankQuestion], plan: Plan) -> str:
    """Give the fingerprint of one paper: it changes when a question of it does, or its choice."""
    return fingerprint(
        *((one.id, number, one.print) for one, number in draw_paper(questions, plan))
    )


def paper_html(questions: Sequence[BankQuestion], plan: Plan, link: Callable[[str], str]) -> str:
    """Write a paper and, after it, its solutions.

    Args:
        questions: of the site.
        plan: the paper's.
        link: from an address below the site's root to the same seen from the page.
    """
    paper = draw_paper(questions, plan)
    if not paper:
        return "<p>There are no questions for this paper.</p>"
    asked = "".join(f"<li>{_asked(one.variants[number])}</li>" for one, number in paper)
    solved = "".join(f"<li>{_solved(one.variants[number])}</li>" for one, number in paper)
    minutes = sum(one.minutes for one, _ in paper)
    marks = f"Paper {plan.seed}, {paper_print(questions, plan)}"
    html = (
        f'<div class="revise-paper-fixed" data-seed="{plan.seed}">'
        f"<p>{len(paper)} questions, {minutes} minutes.</p>"
        f'<ol class="revise-paper-asked">{asked}</ol>'
        f'<details class="revise-paper-solutions"><summary>Solutions of paper {plan.seed}</summary>'
        f"<ol>{solved}</ol></details>"
        f'<p class="revise-paper-foot">{marks} of questions {set_print(questions)}</p></div>'
    )
    return _HREF.sub(lambda found: f"{found[1]}{link(found[2])}{found[3]}", html)


def _asked(variant: Any) -> str:
    choices = "".join(f"<li>{one}</li>" for one in variant.get("choices", ()))
    listed = f'<ul class="revise-paper-choices">{choices}</ul>' if choices else ""
    return f'<div class="revise-paper-text">{variant["text"]}</div>{listed}'


def _solved(variant: Any) -> str:
    return "".join(_solution(variant))


def _solution(variant: Any) -> Iterator[str]:
    yield f"<p><strong>{variant['said']}</strong></p>"
    for name in ("marking", "steps"):
        if some := variant.get(name, ()):
            tag = "ul" if name == "marking" else "ol"
            yield f"<{tag}>{''.join(f'<li>{one}</li>' for one in some)}</{tag}>"
