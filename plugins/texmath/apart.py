"""Convert in a process of its own what could take the converter for ever.

Its search for the bracket that closes another takes twice the time for each that nothing closes:
`((((…` of 40 takes hours, in native code that no signal ends.
"""

import contextlib
import os
import re
import signal
import warnings
from collections.abc import Callable
from typing import Final

BRACKETS: Final = 12
"""opening brackets of a formula that is converted at once: 2¹² steps take a millisecond"""
SECONDS: Final = 1
"""processor time of the process for one formula; it takes 0.03 ms as a rule"""

_BRACKET: Final = re.compile(
    r"(?P<open>\\(?:l[a-zA-Z]*|ulcorner|pmod|\{)|[(\[⌈⌊⌜⌞⎰❲⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼])"
    r"|\\(?:r[a-zA-Z]*|urcorner|lrcorner|\})|[)\]⌉⌋⌝⌟⎱❳⟆⟧⟩⟫⟭⟯⦄⦆⦈⦊⦌⦎⦐⦒⦔⦖⦘⧙⧛⧽]|\\.",
    re.DOTALL,
)
_LETTERS: Final = re.compile(
    r"\\(?:l(?:ambda|eft|eq|eqslant|e|n|g|og|im|imits|dots|and|or|not|t|l|esssim|ongrightarrow)"
    r"|r(?:ight|ho|m|e))(?![a-zA-Z])"
)


class LostError(RuntimeError):
    """The process has ended without a result."""


def open_brackets(tex: str) -> tuple[int, int]:
    """Count the opening brackets of a formula, and those of them that nothing seems to close.

    A command that begins as the names of brackets do is one, unless it is known as something else.
    """
    count = depth = 0
    for found in _BRACKET.finditer(tex):
        if found[0] == r"\\" or _LETTERS.match(tex, found.start()):
            continue
        if found["open"]:
            count, depth = count + 1, depth + 1
        elif found[0][0] != "\\" or found[0][1:2] in ("r", "u", "}"):
            depth = max(0, depth - 1)
    return count, depth


def converted_apart(work: Callable[[], str]) -> str:
    """Do a piece of work in a child, which has `SECONDS` of processor time.

    Raises:
        LostError: it has ended without a result.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():  # other threads may run: the child only converts and writes
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work(work, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as stream:
            result = stream.read()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not result.endswith(b"\0"):
        raise LostError
    return result[:-1].decode()


def _work(work: Callable[[], str], writer: int) -> None:
    """Be the child."""
    try:
        import resource  # not on Windows, where nothing forks

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        data = memoryview(work().encode() + b"\0")
        while data:
            data = data[os.write(writer, data) :]
    finally:
        os._exit(0)
