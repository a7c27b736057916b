"""What a cell's code is in files that run without the plugin: a sweep's is a loop."""

import ast

from worked.protocol.sweeps import Sweep

_STEP = "    "


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
    return "\n".join(row if not row or n in inside else f"{_STEP}{row}" for n, row in rows)


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
