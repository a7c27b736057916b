"""Work on a page that may be any page: it ends with a word about that page, or it is done."""

from collections.abc import Callable
from typing import TypeVar

from mkdocs.exceptions import Abort

from worked import limits
from worked.deadline import CpuLimitError, cpu_limit
from worked.errors import WorkedError

_Result = TypeVar("_Result")


def bounded_work(page: str, work: Callable[[], _Result]) -> _Result:
    """Do a piece of work.

    Raises:
        Abort: it cannot be done, takes too long, or goes too deep.
    """
    try:
        with cpu_limit(limits.MAX_CONVERSION):
            return work()
    except CpuLimitError as error:
        why = f"takes more than {limits.MAX_CONVERSION:g} s"
        raise Abort(f"worked: {page}: finishing the page {why}: take a part of it out") from error
    except (RecursionError, MemoryError) as error:
        said = "the page holds what is nested too deeply: take a part of it out"
        raise Abort(f"worked: {page}: {said}") from error
    except (WorkedError, OSError) as error:
        raise Abort(f"worked: {error}") from error
