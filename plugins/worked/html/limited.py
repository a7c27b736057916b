"""The last bound of a conversion: its time, and how deep it goes, whatever the page holds."""

import logging
from typing import Final

from markdown import Markdown

from worked import limits
from worked.deadline import CpuLimitError, cpu_limit
from worked.errors import NotesError, Problem, WorkedError
from worked.html.context import Conversion, problem_box

_OVERSIGHTS: Final = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a library raises where it has not thought of a text: HTML's parser for `<![a`, say."""

_log = logging.getLogger(__name__)


def limit_conversion(md: Markdown, state: Conversion) -> None:
    """Have a converter end with a problem of its page, and never with a traceback or not at all.

    Python-Markdown has no hook around a whole conversion.
    """
    convert = md.convert

    def limited(source: str) -> str:
        try:
            with cpu_limit(limits.MAX_CONVERSION):
                return convert(source)
        except CpuLimitError:
            why = f"takes Markdown more than {limits.MAX_CONVERSION:g} s"
        except RecursionError:
            why = "is nested too deeply for Markdown"
        except MemoryError:
            why = "takes Markdown more memory than there is"
        except WorkedError:
            raise
        except _OVERSIGHTS as error:
            _log.debug("a text that cannot be converted", exc_info=True)
            said = f"{type(error).__name__}: {str(error)[:200]}"
            why = f"has something in it that Markdown, or an extension of it, cannot read ({said})"
        return _refused(state, f"the text {why}: take a part of it out")

    md.convert = limited  # type: ignore[method-assign]


def _refused(state: Conversion, said: str) -> str:
    """Report what is wrong, and give what the page shows instead of its text.

    Raises:
        NotesError: nobody knows the page.
    """
    if state.context is None:
        raise NotesError(said)
    page = state.context.result.page
    problem = Problem(page.name, 1, "markdown", said)
    state.host.report(problem)
    return problem_box(problem, page.text) if state.context.show_problems else ""
