"""What fails beside a cell: in a thread it started, or where Python cannot raise."""

import sys
import threading
import warnings
from typing import Final

_FAILED: Final[list[BaseException]] = []


def install_hooks() -> None:
    """Have exceptions of threads fail the cell that runs, and those of destructors warn."""
    threading.excepthook = _note_failure
    sys.unraisablehook = _warn


def take_failure() -> BaseException | None:
    """Give the first exception of a thread since the last time; None for none."""
    failed = _FAILED[:1]
    _FAILED.clear()
    return failed[0] if failed else None


def _note_failure(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        _FAILED.append(args.exc_value)


def _warn(args: "sys.UnraisableHookArgs") -> None:
    said = f"{args.err_msg or 'an exception that nobody can catch'}: {args.exc_value!r}"
    warnings.warn(said, RuntimeWarning, stacklevel=2)
