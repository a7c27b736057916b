"""Where a worker process begins: `python -m worked.worker FD PARENT WALLS…`.

It binds itself to the build, which may be killed at any moment, before it imports anything that
takes time.
"""

import contextlib
import sys

from worked.sandbox import Confinement, die_with_parent


def start_worker(number: str, parent: int, confinement: Confinement) -> None:
    """Be a worker.

    Args:
        number: the file descriptor of the socket to the build; `-` to run one page only, from
            standard input to standard output.
        parent: the build's process; this one ends with it.
        confinement: of the pages' processes.
    """
    die_with_parent(parent)
    from worked.worker import server

    if number == "-":
        server.serve_once(parent, confinement)
    server.serve(int(number), confinement)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ProcessLookupError):  # the build has gone
        start_worker(sys.argv[1], int(sys.argv[2]), Confinement.parse(sys.argv[3:]))
