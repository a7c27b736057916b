"""Where a worker process begins: `python -m worked.worker FD PARENT`, or `- PARENT WALLS…`.

It binds itself to the build, which may be killed at any moment, before it imports anything that
takes time.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence

from worked.sandbox import Confinement, die_with_parent


def start_worker(number: str, parent: int, walls: Sequence[str]) -> None:
    """Be a worker.

    Args:
        number: the file descriptor of the socket to the build; `-` to run one page only, from
            standard input to standard output.
        parent: the build's process; this one ends with it.
        walls: the confinement of that one page.
    """
    die_with_parent(parent)
    gc.disable()  # until all is imported and frozen: little of it is garbage
    from worked.worker.fonts import place_font_list

    if not place_font_list():  # or a drawing depends on what is installed
        os.environ["MPL_IGNORE_SYSTEM_FONTS"] = "1"  # with the list it would only slow look-ups
    from worked.worker import server

    if number == "-":
        server.serve_once(parent, Confinement.parse(walls))
    server.serve(int(number))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ProcessLookupError):  # the build has gone
        start_worker(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
