"""What a cell's code is in files that run without the plugin: a sweep's is a loop."""

import ast
import re
from typing import Final

from worked.protocol.sweeps import Sweep
from worked.protocol.variants import seed_number

_STEP = "    "
_QUOTES: Final = re.compile(r"'{3,}|'+\Z")
_FEED: Final = re.compile(r"\A[ \t\f]*\f")
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What ends a line, turns its direction or cannot be stored, for one reader or another."""


def split_futures(code: str) -> tuple[str, str]:
    """Take the `from __future__` imports, which Python wants above all else, out of code.

    Returns:
        They, a row each, and the rest.
    """
    if "__future__" not in code:
        return "", code
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError):
        return "", code
    rows, taken = code.split("\n"), list[str]()
    for node in reversed(body):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            taken.append(ast.unparse(node))
            _cut(rows, node)
    return "\n".join(reversed(taken)), "\n".join(rows)


def _cut(rows: list[str], node: ast.ImportFrom) -> None:
    """Put `pass` in the place of a statement, or nothing where its rows are its own."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = rows[first].encode()[: node.col_offset].decode()
    after = rows[last].encode()[node.end_col_offset :].decode()
    alone = not before.strip() and (not after.strip() or after.lstrip().startswith("#"))
    rows[first : last + 1] = [after.strip() if alone else f"{before}pass{after}"]


def is_code(code: str) -> bool:
    """Whether Python can compile a text, and every other reader of Python reads the same in it."""
    try:
        compile(code, "<cell>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def as_call(code: str) -> str:
    """Write code as one row that runs it, in which nobody reads anything else."""
    return f"exec({code!r})"


def literal(text: str) -> str:
    """Write a text as a Python literal over several lines that can be read.

    `'''` does not occur in formatted code, so that hardly a line differs from its source.
    """
    inner = _HIDDEN.sub(lambda found: _escaped(found[0]), text.replace("\\", r"\\"))
    inner = _QUOTES.sub(lambda found: r"\'" * len(found[0]), inner)
    return f"'''\\\n{inner}'''"


def _escaped(sign: str) -> str:
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def sweep_loop(code: str, sweep: Sweep, *, show: str = "", each: bool = False) -> str:
    """Write a cell's code as a loop over the frames of its sweep.

    What a frame changes the next one finds changed: a file that is to be read keeps no copies.

    Args:
        code: without its options.
        sweep: not empty.
        show: the function that shows a frame's last value; empty where nothing is shown.
        each: whether that value is a tuple, each part of which is shown.
    """
    names = [name for name, _ in sweep.parameters]
    rows = [tuple(value for _, value in frame) for frame in sweep.frames]
    if len(names) == 1:
        head = [f"for {names[0]} in {[row[0] for row in rows]!r}:"]
    else:
        inner = [f"{_STEP}{row!r}," for row in rows]
        head = [f"for {', '.join(names)} in [", *inner, "]:"]
    title = ", ".join(f"{name} = {{{name}}}" for name in names)
    body = indented(with_display(code, show, each=each) if show else code)
    return "\n".join([*head, f'{_STEP}print(f"{title}")', body])


def first_variant(code: str, seed: str) -> str:
    """Write the code of a cell with a seed as it runs for the first of its variants."""
    futures, rest = split_futures(code)
    head = f"import numpy as np\n\nrng = np.random.default_rng({seed_number(seed, 0)})"
    return "\n".join(filter(None, (futures, head, rest)))


def indented(code: str) -> str:
    """Indent code, but for the rows inside of texts: these would hold the spaces.

    Raises:
        SyntaxError, ValueError: the code cannot be read.
    """
    inside: set[int] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno:
            inside.update(range(node.lineno + 1, node.end_lineno + 1))
    rows = enumerate(code.split("\n"), 1)
    # after a form feed Python counts an indentation from 0 again
    return "\n".join(
        row if not row or n in inside else f"{_STEP}{_FEED.sub('', row)}" for n, row in rows
    )


def with_display(code: str, show: str, *, each: bool = False) -> str:
    """Hand the value of the last expression to a function, where it is one that shows something.

    Args:
        code: of a cell.
        show: the function's name.
        each: whether the value is a tuple, each part of which is shown.

    Raises:
        SyntaxError, ValueError: the code cannot be read.
    """
    body = ast.parse(code).body
    if not body or not isinstance(last := body[-1], ast.Expr):
        return code
    value = last.value
    called = value.func if isinstance(value, ast.Call) else None
    if isinstance(called, ast.Name) and called.id in ("print", "display"):
        return code
    rows, text = code.split("\n"), ast.get_source_segment(code, value) or ""
    if isinstance(value, ast.Tuple):
        text = f"({text})"
    if each or isinstance(value, ast.Tuple):
        text = f"*{text}"
    lead = rows[last.lineno - 1].encode()[: last.col_offset].decode()  # after a semicolon, say
    return "\n".join([*rows[: last.lineno - 1], f"{lead}{show}({text})"])
