"""Say what went wrong in a cell, and where: the message to the build."""

import errno
import linecache
import socket
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from worked import limits
from worked.hints import magic_hint
from worked.protocol.messages import Job
from worked.protocol.terminal import plain_text, settle

Send = Callable[[dict[str, Any]], None]
"""Sends one message to the build."""

_OURS: Final = str(Path(__file__).parent)
_QUOTED_ROWS: Final = 8
"""last lines of what a failing cell had printed that are quoted"""
_QUOTED: Final = 120
"""characters of one of them"""
_MOST_CAUSES: Final = 8
"""exceptions in a chain, parts of a group and notes that are told"""

_UNNAMED: Final = (
    "; a cell sees the files that its `files:` names, by their path from the folder of the notes: "
    "`#| files: [{}]`"
)
_ELSEWHERE: Final = {
    "__file__": "a cell is not a file: the page's folder is not there while it runs",
    "_": "the last value has no name: give it one",
    "In": "cells are not kept as texts",
    "Out": "the last values have no names: give them some",
    "get_ipython": "cells are Python, not IPython: take the line out",
}
"""Names that notebooks or scripts have, and cells do not."""
_RULES: Final = {
    errno.EACCES: "; a cell reads what its `files:` names, and writes in its own folder only",
    errno.EPERM: (
        "; cells have no network, start no processes, signal no others, make no links, and change "
        "no owners, modes or times of files"
    ),
    errno.EFBIG: f"; a cell's file can have {limits.size(limits.MAX_FILE_SIZE)}",
    errno.ENOSPC: (
        f"; the files of a page can take {limits.size(limits.MAX_DISK)} together, and be "
        f"{limits.MAX_FILES} with its folders"
    ),
    errno.EMFILE: f"; the cells of a page can have {limits.MAX_OPEN_FILES} files open at once",
}


def problem_message(lines: list[int], kind: str, message: str) -> dict[str, Any]:
    """Write the message that something is wrong: the line where, then those that led there."""
    called = list(dict.fromkeys(lines[1:]))
    return {
        "frame": "problem",
        "line": lines[0],
        "kind": kind,
        "message": plain_text(settle(message))[:2000],
        "called": called[:8],
    }


def failure_message(
    error: BaseException, job: Job, line: int, *, raises: str = "", printed: str = ""
) -> dict[str, Any]:
    """Say where on the page an exception came from, what led there, and what had been printed.

    Args:
        error: the exception.
        job: the page.
        line: where it was noticed, for want of a better place.
        raises: the exception that the cell had to raise; empty for none.
        printed: by the cell, until then.
    """
    kind = type(error).__name__
    rest = printed_part(printed)
    if raises:
        rest = f"\n  the cell must raise {raises}, and raised this{rest}"
    if isinstance(error, SyntaxError) and error.filename == job.name and error.lineno:
        said = error.msg + magic_hint(linecache.getline(job.name, error.lineno))
        if "'await' outside" in said:
            said += ": run it by `asyncio.run(…)`"
        return problem_message([error.lineno], kind, f"{said}{rest}")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or line for frame in frames if frame.filename == job.name]
    where = f"{_inside(frames, job)}{broken_rule(error)}"
    led = "".join(f"\n  {row}" for row in _led_there(error, job))
    return problem_message(lines[::-1] or [line], kind, f"{said_by(error)}{where}{led}{rest}")


def printed_part(printed: str) -> str:
    """Quote the end of what had been printed, as the end of a message; nothing for nothing."""
    rows = printed.rstrip().split("\n")
    if rows == [""]:
        return ""
    last = "".join(f"\n    {row[:_QUOTED]}" for row in rows[-_QUOTED_ROWS:])
    return f"\n  printed before:{last}"


def _led_there(error: BaseException, job: Job) -> Iterator[str]:
    """Give an exception's notes, the parts of a group, and its causes, each with its line."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(seen) < _MOST_CAUSES:
        seen.add(id(one))
        yield from map(str, getattr(one, "__notes__", ())[:_MOST_CAUSES])
        if isinstance(one, BaseExceptionGroup):
            for part in one.exceptions[:_MOST_CAUSES]:
                yield f"one of them: {_named(part, job)}"
        if one.__cause__ is not None:
            one = one.__cause__
            yield f"because of {_named(one, job)}"
        else:
            one = None if one.__suppress_context__ else one.__context__
            if one is not None:
                yield f"while this was handled: {_named(one, job)}"


def _named(error: BaseException, job: Job) -> str:
    """Name an exception, what it says, and its line on the page."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == job.name]
    at = f" at {job.name}:{lines[-1]}" if lines else _inside(frames, job)
    return f"{type(error).__name__}: {said_by(error)}{at}"


def said_by(error: object) -> str:
    """Give an exception's message, also where its own code cannot."""
    try:
        return str(error)
    except BaseException as fault:
        return f"no message: its __str__ raised {type(fault).__name__}"


def broken_rule(error: BaseException) -> str:
    """Say which rule of the cells an exception comes from, where it does."""
    if isinstance(error, MemoryError):
        return f"; the cells of a page have {limits.size(limits.MAX_MEMORY)} of memory"
    if isinstance(error, RuntimeError) and "start new thread" in said_by(error):
        return (
            f"; a page can have {limits.MAX_THREADS} threads, which share its "
            f"{limits.size(limits.MAX_MEMORY)} of memory"
        )
    if isinstance(error, EOFError) and said_by(error) == "EOF when reading a line":
        return "; nobody can answer while the site is built: write the answer into the cell"
    if isinstance(error, NameError) and (error.name or "") in _ELSEWHERE:
        return f"; {_ELSEWHERE[error.name or '']}"
    if isinstance(error, SystemExit):
        return "; a page runs to its end: take the call out"
    if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("IPython"):
        return "; `display` needs no import in a cell: take the line out"
    if not isinstance(error, OSError):
        return ""
    if isinstance(getattr(error, "reason", error), socket.gaierror):  # also inside a `URLError`
        return "; cells have no network: put the data below `docs/`, and name it under `files:`"
    name = str(error.filename or "…")
    if isinstance(error, FileNotFoundError) and not Path(name).is_absolute():
        return _UNNAMED.format(name)
    number = error.errno or 0
    if number == errno.EACCES and error.filename is None:  # no file, but a process, say
        number = errno.EPERM
    return f"{_call(error)}{_RULES[number]}" if number in _RULES else ""


def _call(error: BaseException) -> str:
    """Name the function of a library that was refused; nothing where the cell itself was."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    of_library = frame.filename.endswith(".py") and not frame.filename.startswith(_OURS)
    return f" in `{frame.name}` of {Path(frame.filename).name}" if of_library else ""


def _inside(frames: Sequence[traceback.FrameSummary], job: Job) -> str:
    """Name the line of another page or of a package in which an exception was raised, if any."""
    pages = {module.page for module in job.modules}
    for frame in reversed(frames):
        for _name, folder in job.packages:
            if Path(frame.filename).is_relative_to(folder):
                path = Path(frame.filename).relative_to(Path(folder).parent).as_posix()
                return f" (in {path}:{frame.lineno})"
        if frame.filename in pages:
            return f" (in {frame.filename}:{frame.lineno})"
        if frame.filename == job.name:
            break
    return ""
