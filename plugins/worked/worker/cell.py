"""Run one cell, and give what it shows."""

import ast
import functools
import io
import tokenize
import warnings
from collections.abc import Callable
from types import CodeType
from typing import Any

from worked.protocol.messages import Job, Task
from worked.protocol.outputs import (
    CellResult,
    CellWarning,
    ExpectedError,
)
from worked.protocol.terminal import settle
from worked.worker.arrays import ArraysError, encode_arrays
from worked.worker.background import take_failure
from worked.worker.capture import OutputCapture
from worked.worker.failures import Send, failure_message, problem_message, said_by
from worked.worker.notices import concerning
from worked.worker.streams import catch_up, showing_on


class CellFailedError(Exception):
    """The page cannot go on; its problem has been sent."""


def run_cell(
    job: Job,
    task: Task,
    namespace: dict[str, Any],
    send: Send,
    take: Callable[[object], None] | None = None,
) -> CellResult:
    """Run a cell.

    Args:
        job: the page.
        task: the cell.
        namespace: in which it runs.
        send: is told what is wrong with it.
        take: is handed the value of its last expression.

    Raises:
        CellFailedError: it did not run to its end, or shows what nobody can; `send` knows.
    """
    name = job.name
    seen = OutputCapture(is_wanted=task.options.output, is_known=not task.show)
    failed: BaseException | None = None
    line = task.line
    with warnings.catch_warnings(record=True) as caught, showing_on(seen):
        warnings.simplefilter("default")
        try:
            last = _execute(name, task, namespace)
            failed = take_failure()
        except BaseException as error:  # of whatever class: the build must hear of it
            failed, last = error, None
        try:
            catch_up()
            if failed is None and take:
                take(last)
            if failed is None or _is_expected(failed, task.options.raises):
                seen.end(last)
        except BaseException as error:  # what cannot be drawn, or a `__repr__` that raises
            failed, line = error, _last_line(task)
    if failed is not None and not _is_expected(failed, task.options.raises):
        send(failure_message(failed, job, line, raises=task.options.raises, printed=seen.printed()))
        raise CellFailedError
    if task.options.raises and failed is None:
        send(
            problem_message([task.line], "raises", f"the cell did not raise {task.options.raises}")
        )
        raise CellFailedError
    outputs = seen.outputs() if task.options.output else ()
    if failed is not None and task.options.output:
        outputs += (ExpectedError(type(failed).__name__, settle(said_by(failed))),)
    notices = tuple(
        CellWarning(
            line=_offset(warning.lineno, task) if warning.filename == name else 0,
            kind=warning.category.__name__,
            message=said_by(warning.message),
        )
        for warning in concerning(caught)
    )
    arrays = _handed(task, namespace, send) if task.show else {}
    return CellResult(outputs, notices, arrays)


def _handed(task: Task, namespace: dict[str, Any], send: Send) -> dict[str, Any]:
    """Give what goes to the element around what the cell shows."""
    try:
        return encode_arrays(task.options.arrays, namespace)
    except ArraysError as error:
        send(problem_message([task.arrays_line], "arrays", str(error)))
        raise CellFailedError from error


def _execute(name: str, task: Task, namespace: dict[str, Any]) -> object:
    """Run a cell; the result is its last expression, unless a semicolon ends it."""
    body, last = _compiled(name, task.code, task.line)
    exec(body, namespace)  # noqa: S102
    value = eval(last, namespace) if last else None  # noqa: S307
    return None if value is None or _ends_silently(task.code) else value


@functools.lru_cache(maxsize=1)  # a cell may run many times in a row
def _compiled(name: str, code: str, line: int) -> tuple[CodeType, CodeType | None]:
    """Compile a cell: all but its last expression, and that."""
    source = "\n" * (line - 1) + code  # so that every line number is the page's
    tree = compile(source, name, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)  # noqa: S101 - what `exec` mode gives
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return compile(tree, name, "exec", dont_inherit=True), None
    body = compile(ast.Module(tree.body[:-1], []), name, "exec", dont_inherit=True)
    return body, compile(ast.Expression(last.value), name, "eval", dont_inherit=True)


def _last_line(task: Task) -> int:
    """Give the line of the page on which a cell's last statement begins."""
    body = ast.parse(task.code).body
    return task.line + body[-1].lineno - 1 if body else task.line


def _offset(line: int, task: Task) -> int:
    """Count a line of the page from the cell's first; 0 for a line of another cell."""
    offset = line - task.line
    return offset if 0 <= offset <= task.code.count("\n") else 0


@functools.lru_cache(maxsize=1)
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
