"""Run the cells of one page in one namespace, and say what each shows.

Runs in the child process of one page, whose pipe is `send`.
"""

import ast
import contextlib
import errno
import io
import linecache
import signal
import socket
import sys
import tokenize
import traceback
import types
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np

from worked import limits
from worked.hints import magic_hint
from worked.protocol.dependencies import dump_dependencies
from worked.protocol.messages import Job, Task, ValueTask
from worked.protocol.outputs import (
    CellResult,
    CellWarning,
    Drawing,
    ExpectedError,
    Frames,
    Leaf,
    Text,
    dump_result,
    leaves,
)
from worked.protocol.sweeps import frame_title
from worked.worker.capture import OutputCapture, TooMuchError, install_capture
from worked.worker.codec import ExportError, decode_export, encode_exports
from worked.worker.display import value_text
from worked.worker.formula import value_tex
from worked.worker.importer import install_modules
from worked.worker.sweep import NamespaceSnapshot
from worked.worker.tracker import install_tracker
from worked.worker.values import ChangedError, NamespaceGuard, may_change

Send = Callable[[dict[str, Any]], None]


_RULES: Final = {
    errno.EACCES: "; a cell reads what its `files:` names, and writes in its own folder only",
    errno.EPERM: (
        "; cells have no network, start no processes, signal no others, make no links, and change "
        "no owners, modes or times of files"
    ),
    errno.EFBIG: f"; a cell's file can have {limits.MAX_FILE_SIZE >> 20} MiB",
    errno.EMFILE: f"; the cells of a page can have {limits.MAX_OPEN_FILES} files open at once",
}


class _Failed(Exception):  # noqa: N818 - not an error of ours: the page's, already sent
    """The page cannot go on; its problem has been sent."""


def run_page(job: Job, send: Send, leave: Callable[[], NoReturn]) -> None:
    """Run every task of a page and send one message for each thing that is known.

    Args:
        job: the page.
        send: takes `begin`, `cell`, `values`, `problem` and at last `end`.
        leave: ends this process at once; called where a cell does not come back.
    """
    notes = install_tracker(job.packages)
    install_modules(job.modules, decode_export)
    install_capture()
    _fill_linecache(job)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    for number, task in enumerate(job.tasks):
        send({"frame": "begin", "step": number})
        with _alarm(job.name, task, send, leave):
            texts: list[str] = []
            try:
                if task.frames:
                    result, texts = _sweep(job, task, main.__dict__, send, leave)
                else:
                    result = _cell(job, task, main.__dict__, send)
            except _Failed:
                break
            if task.show:
                used = dump_dependencies(notes.dependencies())
                send(
                    {"frame": "cell", "step": number, "result": dump_result(result), "needs": used}
                )
            if task.exports:
                try:
                    coded = encode_exports(task.exports, main.__dict__)
                except ExportError as error:
                    send(problem_message([task.export_line], "export", str(error)))
                    break
                used = dump_dependencies(notes.dependencies())
                send({"frame": "export", "step": number, "values": coded, "needs": used})
            if task.values or task.framed:
                texts += _values(job.name, task.values, main.__dict__, send)
                used = dump_dependencies(notes.dependencies())
                send({"frame": "values", "step": number, "texts": texts, "needs": used})
    send({"frame": "end"})


def _fill_linecache(job: Job) -> None:
    """Give tracebacks and `inspect.getsource` the page's own lines."""
    lines: dict[int, str] = {}
    for task in job.tasks:
        lines |= {task.line + n: row for n, row in enumerate(task.code.split("\n"))}
    text = [lines.get(number, "") + "\n" for number in range(1, max(lines, default=0) + 1)]
    linecache.cache[job.name] = (sum(map(len, text)), None, text, job.name)


@contextlib.contextmanager
def _alarm(name: str, task: Task, send: Send, leave: Callable[[], NoReturn]) -> Any:
    """End the process when the task takes too long, saying in which line it was."""
    if not hasattr(signal, "setitimer"):  # on Windows: the build watches the clock alone
        yield
        return
    with _bell(name, task, send, leave):
        signal.setitimer(signal.ITIMER_REAL, task.timeout)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _bell(name: str, task: Task, send: Send, leave: Callable[[], NoReturn]) -> Any:
    """Say what becomes of the task when its alarm rings."""

    def ring(_: int, frame: types.FrameType | None) -> None:
        lines = []
        while frame is not None:
            if frame.f_code.co_filename == name:
                lines.append(frame.f_lineno)
            frame = frame.f_back
        said = f"still running after {task.timeout:g} s"
        send(problem_message(lines or [task.line], "timeout", said))
        leave()

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


def _sweep(
    job: Job, task: Task, namespace: dict[str, Any], send: Send, leave: Callable[[], NoReturn]
) -> tuple[CellResult, list[str]]:
    """Run a cell once for each combination; the texts are those of the values in its captions."""
    snapshot = NamespaceSnapshot(namespace)
    frames: list[tuple[Leaf, ...]] = []
    notices: dict[tuple[int, str, str], CellWarning] = {}
    texts: list[str] = []
    for frame in task.frames:

        def tell(message: dict[str, Any], where: str = frame_title(frame)) -> None:
            hint = snapshot.hint(message)
            send({**message, "message": f"{message['message']}{hint} (where {where})"})

        with snapshot.copied(dict(frame)), _bell(job.name, task, tell, leave):
            result = _cell(job, task, namespace, tell)
            frames.append(tuple(leaf for _, leaf in leaves(result.outputs)))
            for notice in result.warnings:
                said = f"{notice.message} (where {frame_title(frame)})"
                key = (notice.line, notice.kind, notice.message)
                notices.setdefault(key, CellWarning(notice.line, notice.kind, said))
            texts += _values(job.name, task.framed, namespace, tell)
    try:
        _fit_together(frames)
    except TooMuchError as error:
        send(problem_message([task.line], type(error).__name__, str(error)))
        raise _Failed from error
    shown = (Frames(tuple(frames)),) if task.show else ()
    return CellResult(shown, tuple(notices.values())), texts


def _fit_together(frames: Sequence[tuple[Leaf, ...]]) -> None:
    """Refuse what would be too much on one page, though each frame fits."""
    everything = [leaf for frame in frames for leaf in frame]
    drawn = sum(len(leaf.svg) for leaf in everything if isinstance(leaf, Drawing))
    if drawn > limits.MAX_SWEEP_DRAWINGS:
        raise TooMuchError(
            f"the drawings of {len(frames)} frames have {drawn:,} characters together; at most "
            f"{limits.MAX_SWEEP_DRAWINGS:,} fit: sweep over fewer values, or draw less in each"
        )
    printed = sum(len(leaf.text) for leaf in everything if isinstance(leaf, Text))
    if printed > limits.MAX_PRINTED:
        raise TooMuchError(
            f"{len(frames)} frames print {printed:,} characters together; at most "
            f"{limits.MAX_PRINTED:,} fit"
        )


def _cell(job: Job, task: Task, namespace: dict[str, Any], send: Send) -> CellResult:
    name = job.name
    seen = OutputCapture(is_wanted=task.show and task.output)
    failed: BaseException | None = None
    line = task.line
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(seen),
        contextlib.redirect_stderr(seen),
    ):
        warnings.simplefilter("default")
        try:
            last = _execute(name, task, namespace)
        except BaseException as error:  # of whatever class: the build must hear of it
            failed, last = error, None
        try:
            if failed is None or _is_expected(failed, task.raises):
                seen.end(last)
        except BaseException as error:  # what cannot be drawn, or a `__repr__` that raises
            failed, line = error, _last_line(task)
    if failed is not None and not _is_expected(failed, task.raises):
        send(_failure(failed, job, line))
        raise _Failed
    if task.raises and failed is None:
        send(problem_message([task.line], "raises", f"the cell did not raise {task.raises}"))
        raise _Failed
    outputs = seen.outputs() if task.output else ()
    if failed is not None and task.output:
        outputs += (ExpectedError(type(failed).__name__, _said(failed)),)
    notices = tuple(
        CellWarning(
            line=_offset(warning.lineno, task) if warning.filename == name else 0,
            kind=warning.category.__name__,
            message=_said(warning.message),
        )
        for warning in caught
    )
    return CellResult(outputs, notices)


def _execute(name: str, task: Task, namespace: dict[str, Any]) -> object:
    """Run a cell; the result is its last expression, unless a semicolon ends it."""
    source = "\n" * (task.line - 1) + task.code  # so that every line number is the page's
    tree = compile(source, name, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)  # noqa: S101 - what `exec` mode gives
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        last = None
    body = ast.Module(tree.body[:-1] if last else tree.body, [])
    exec(compile(body, name, "exec", dont_inherit=True), namespace)  # noqa: S102
    if last is None:
        return None
    expression = ast.Expression(last.value)
    value = eval(compile(expression, name, "eval", dont_inherit=True), namespace)  # noqa: S307
    return None if _ends_silently(task.code) else value


def _last_line(task: Task) -> int:
    """Give the line of the page on which a cell's last statement begins."""
    body = ast.parse(task.code).body
    return task.line + body[-1].lineno - 1 if body else task.line


def _offset(line: int, task: Task) -> int:
    """Count a line of the page from the cell's first; 0 for a line of another cell."""
    offset = line - task.line
    return offset if 0 <= offset <= task.code.count("\n") else 0


def _ends_silently(code: str) -> bool:
    tokens = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(code).readline)
        if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER)
    ]
    return bool(tokens) and tokens[-1] == ";"


def _is_expected(error: BaseException, name: str) -> bool:
    """Whether an exception is of the class, or of one below it; `np.linalg.LinAlgError` too."""
    return bool(name) and name.split(".")[-1] in {cls.__name__ for cls in type(error).__mro__}


def _said(error: object) -> str:
    """Give an exception's message, also where its own code cannot."""
    try:
        return str(error)
    except BaseException as fault:
        return f"no message: its __str__ raised {type(fault).__name__}"


def _values(
    name: str, wanted: Sequence[ValueTask], namespace: dict[str, Any], send: Send
) -> list[str]:
    texts = []
    watch: NamespaceGuard | None = None
    for expression, spec, line, tex in wanted:
        try:
            code = compile("\n" * (line - 1) + expression, name, "eval", dont_inherit=True)
            careful = may_change(expression, namespace)
            if careful and watch is None:
                watch = NamespaceGuard(namespace)
            seen = dict(namespace)  # a copy, to notice what `(x := 1)` binds
            value = eval(code, seen)  # noqa: S307
            text = value_tex(value, spec) if tex else value_text(value, spec)
            if careful and watch is not None:
                watch.compare(seen)
        except BaseException as error:
            kind = "value" if isinstance(error, ChangedError) else type(error).__name__
            send(problem_message([line], kind, f"{_said(error)} (in the value `{expression}`)"))
            text, watch = "", None
        texts.append(text)
    return texts


def _failure(error: BaseException, job: Job, line: int) -> dict[str, Any]:
    """Say where on the page an exception came from, the calls that led there included.

    `line` is where it was noticed, for want of a better place.
    """
    kind = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename == job.name and error.lineno:
        said = error.msg + magic_hint(linecache.getline(job.name, error.lineno))
        return problem_message([error.lineno], kind, said)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or line for frame in frames if frame.filename == job.name]
    return problem_message(
        lines[::-1] or [line], kind, f"{_said(error)}{_inside(frames, job)}{_refused(error)}"
    )


def _refused(error: BaseException) -> str:
    """Say which rule of the cells an exception comes from, where it does."""
    if isinstance(error, MemoryError):
        return f"; the cells of a page have {limits.MAX_MEMORY >> 30} GiB of memory"
    if isinstance(error, RuntimeError) and "start new thread" in _said(error):
        return f"; threads share the {limits.MAX_MEMORY >> 30} GiB of memory of their page"
    if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("IPython"):
        return "; `display` needs no import in a cell: take the line out"
    if not isinstance(error, OSError):
        return ""
    if isinstance(getattr(error, "reason", error), socket.gaierror):  # also inside a `URLError`
        return "; cells have no network: put the data below `docs/`, and name it under `files:`"
    return _RULES.get(error.errno or 0, "")


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


def problem_message(lines: list[int], kind: str, message: str) -> dict[str, Any]:
    """Write the message that something is wrong: the line where, then those that led there."""
    called = list(dict.fromkeys(lines[1:]))
    return {
        "frame": "problem",
        "line": lines[0],
        "kind": kind,
        "message": message[:2000],
        "called": called[:8],
    }


def seed_generators() -> None:
    """Put every generator that has a global state into the same one: each page starts alike."""
    import random

    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - cells may still use it, and must get the same numbers
