"""One page as it is written; nothing runs.

Imports protocol, errors, hints and limits.
"""

from worked.page.bounds import excess
from worked.page.consulted import ConsultedReferences, answers_are_current
from worked.page.element_option import read_element
from worked.page.expectations import Expectation, Tolerance, difference, shown_text
from worked.page.front_matter import refused_front_matter
from worked.page.inline import SAFE_TEX, Link, Value
from worked.page.kinds import Kind, find_kinds
from worked.page.model import Cell, Page, Step
from worked.page.option import KIND, Option
from worked.page.parser import FENCE, parse
from worked.page.placeholders import MARK, RESERVED, fill_caption, squeezed, weave
from worked.page.references import LABEL_WORDS, References, number_labels
from worked.page.result import PageResult

__all__ = [
    "FENCE",
    "KIND",
    "LABEL_WORDS",
    "MARK",
    "RESERVED",
    "SAFE_TEX",
    "Cell",
    "ConsultedReferences",
    "Expectation",
    "Kind",
    "Link",
    "Option",
    "Page",
    "PageResult",
    "References",
    "Step",
    "Tolerance",
    "Value",
    "answers_are_current",
    "difference",
    "excess",
    "fill_caption",
    "find_kinds",
    "number_labels",
    "parse",
    "read_element",
    "refused_front_matter",
    "shown_text",
    "squeezed",
    "weave",
]
