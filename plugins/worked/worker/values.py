"""Evaluate the values of prose, and see that they change nothing that cells below them will see.

Names, NumPy arrays and built-in containers are compared; what an object of any other class keeps to
itself cannot be.
"""

import ast
import operator
import warnings
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from worked import limits
from worked.protocol.messages import ValueTask
from worked.protocol.values import ValuesResult, ValueWarning
from worked.worker.capture import OutputCapture
from worked.worker.display import NoValueError, value_text
from worked.worker.failures import Send, printed_part, problem_message, said_by
from worked.worker.formula import value_tex
from worked.worker.streams import catch_up, showing_on

_CONTAINERS: Final = (list, dict, set, bytearray, deque)
_HARMLESS: Final = (
    *(ast.Expression, ast.Name, ast.Constant, ast.Attribute, ast.Tuple, ast.List, ast.Slice),
    *(ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.JoinedStr),
    *(ast.FormattedValue, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)
"""What changes no array and no built-in container, so that nothing has to be compared."""
_LOOKED_UP: Final = (np.ndarray, list, tuple, dict, str)
"""What a look-up does not change; it does change a `defaultdict`."""


class ChangedError(ValueError):
    """A value that changes something."""


def may_change(expression: str, namespace: Mapping[str, Any]) -> bool:
    """Whether evaluating could change an array or a container, or bind a name."""
    for node in ast.walk(ast.parse(expression, mode="eval")):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            if type(namespace.get(node.value.id)) not in _LOOKED_UP:
                return True
        elif not isinstance(node, _HARMLESS):
            return True
    return False


class NamespaceGuard:
    """What a namespace holds at one moment."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._bound = dict(namespace)
        self._held = {
            id(part): (name, part, _content(part)) for name, part in _reachable(namespace)
        }

    def compare(self, seen: Mapping[str, Any]) -> None:
        """Look again.

        Args:
            seen: the names as the value's own code left them.

        Raises:
            ChangedError: names what is not as it was.
        """
        for names in (seen, self._namespace):
            for name in {*self._bound, *names} - {"__builtins__", "__warningregistry__"}:
                if self._bound.get(name, self) is not names.get(name, self):
                    raise ChangedError(f"a value binds no names, and this one binds {name!r}")
        for name, part, content in self._held.values():
            if not _same(content, _content(part)):
                kind = "array" if isinstance(part, np.ndarray) else type(part).__name__
                said = f"a value changes nothing, and this one changes the {kind} in {name!r}"
                raise ChangedError(said)


def _reachable(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give every array and container that names lead to, each once."""
    seen: set[int] = set()
    waiting = [(name, value) for name, value in namespace.items() if name != "__builtins__"]
    while waiting:
        name, value = waiting.pop()
        if not isinstance(value, (*_CONTAINERS, tuple, frozenset, np.ndarray)) or id(value) in seen:
            continue
        seen.add(id(value))
        if not isinstance(value, tuple | frozenset):
            yield name, value
        if isinstance(value, bytearray) or (
            isinstance(value, np.ndarray) and not value.dtype.hasobject
        ):
            continue
        inner = value.ravel().tolist() if isinstance(value, np.ndarray) else value
        waiting += [(name, item) for item in inner]
        if isinstance(value, dict):
            waiting += [(name, item) for item in dict.values(value)]


def _content(part: Any) -> Any:
    """Note what is directly in an array or a container; holds it, so that no id is used again."""
    if isinstance(part, np.ndarray):
        if part.dtype.hasobject:
            return part.ravel().tolist()
        data = np.asarray(part).tobytes()
        masked = np.ma.getmaskarray(part).tobytes() if isinstance(part, np.ma.MaskedArray) else b""
        return (part.shape, str(part.dtype), blake2b(data).digest(), masked)
    if isinstance(part, bytearray):
        return bytes(part)
    if isinstance(part, dict):
        return [item for pair in dict.items(part) for item in pair]
    return list(part)


def _same(before: Any, now: Any) -> bool:
    if not isinstance(before, list):
        return bool(before == now)
    return len(before) == len(now) and all(map(operator.is_, before, now))


def evaluate_values(
    name: str, wanted: Sequence[ValueTask], namespace: dict[str, Any], send: Send
) -> ValuesResult:
    """Evaluate values in the namespace as it is, and send a problem for each that fails."""
    texts: list[str] = []
    notices: list[ValueWarning] = []
    watch: NamespaceGuard | None = None
    for number, (expression, spec, line, tex) in enumerate(wanted):
        screen = OutputCapture(is_wanted=False)
        text = ""
        with warnings.catch_warnings(record=True) as caught, showing_on(screen):
            warnings.simplefilter("default")
            try:
                code = compile("\n" * (line - 1) + expression, name, "eval", dont_inherit=True)
                careful = may_change(expression, namespace)
                if careful and watch is None:
                    watch = NamespaceGuard(namespace)
                seen = dict(namespace)  # a copy, to notice what `(x := 1)` binds
                value = eval(code, seen)  # noqa: S307
                catch_up()
                try:
                    text = value_tex(value, spec) if tex else value_text(value, spec)
                    if len(text) > limits.MAX_VALUE:
                        said = f"{len(text):,} characters; a value has at most {limits.MAX_VALUE:,}"
                        raise NoValueError(said)
                finally:
                    if careful and watch is not None:
                        watch.compare(seen)
            except BaseException as error:
                kind = "value" if isinstance(error, ChangedError | NoValueError) else ""
                said = f"{said_by(error)} (in the value `{expression}`)"
                said += printed_part(screen.printed())
                send(problem_message([line], kind or type(error).__name__, said))
                watch = None
            else:
                notices += [
                    ValueWarning(number, notice.category.__name__, said_by(notice.message))
                    for notice in caught
                ]
                if printed := screen.printed():
                    said = f"the value `{expression}` prints this, which nobody sees: {printed!r}"
                    notices.append(ValueWarning(number, "print", said[: limits.MAX_LOGGED_LINE]))
        texts.append(text)
    return ValuesResult(tuple(texts), tuple(notices))
