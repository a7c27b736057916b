"""The warm process, its lanes, and the page's process that a lane forks.

The warm process imports NumPy and matplotlib once, and for each worker of the build forks a lane,
which is warm from its first moment.  A lane takes one job after another, with the write end of a
pipe; for each it forks, and says the child's number and how it ended; the child writes to the
pipe.  Cells run in those children only.  Where a fork is not safe, a process runs one page itself.
"""

import errno
import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from worked import limits
from worked.protocol.messages import (
    PIPE_CLOSED,
    Job,
    pack_message,
    receive_message,
    unpack_job,
)
from worked.sandbox import (
    Confinement,
    close_in,
    die_with_parent,
    mount_folder,
    own_mounts,
    prepare,
    supervise_threads,
    unmount_folder,
    watch_threads,
)
from worked.worker.drawing import RC_PARAMS, draw_figure
from worked.worker.failures import broken_rule, problem_message
from worked.worker.run import run_page, seed_generators


def serve(number: int) -> NoReturn:
    """Fork a lane for each socket that comes through the one with file descriptor `number`.

    When that socket closes, no lane stays.
    """
    control = socket.socket(fileno=number)
    me = os.getpid()
    warm_up()
    reader = _Reader(control)
    lanes: set[int] = set()
    try:
        while (message := receive_message(reader.read)) is not None:
            confinement = Confinement.parse(message["walls"])
            far = reader.descriptors.pop(0)
            lane = os.fork()
            if lane == 0:
                control.close()
                _serve_pages(far, parent=me, confinement=confinement)
            os.close(far)
            lanes = {one for one in lanes if os.waitpid(one, os.WNOHANG) == (0, 0)} | {lane}
    finally:
        if os.getpid() == me:
            for lane in lanes:  # the pages' processes end with theirs
                os.kill(lane, signal.SIGKILL)
                os.waitpid(lane, 0)
        leave()


def _serve_pages(number: int, *, parent: int, confinement: Confinement) -> NoReturn:
    """Be a lane: serve jobs from the socket with file descriptor `number` until it closes.

    Args:
        number: of the socket.
        parent: the warm process; this one ends with it.
        confinement: of the pages' processes.
    """
    try:
        os.setsid()
        die_with_parent(parent)
        control = socket.socket(fileno=number)
        me = os.getpid()
        reader = _Reader(control)
        has_mounts = confinement.bounded and own_mounts()
        # a kernel that has Landlock can also let a thread begin that it has reported
        is_asked = confinement.bounded and confinement.mode == "isolated"
        listener = watch_threads() if is_asked else -1
        while (message := receive_message(reader.read)) is not None:
            job = unpack_job(message)
            pipe = reader.descriptors.pop(0)
            is_bounded = has_mounts and mount_folder(job.scratch)
            child = os.fork()
            if child == 0:
                _page(job, pipe, parent=me, confinement=confinement)
            os.close(pipe)
            control.sendall(pack_message({"child": child, "bounded": is_bounded}))
            if listener >= 0:
                supervise_threads(listener, child)
            _, status = os.waitpid(child, 0)
            if is_bounded:
                unmount_folder(job.scratch)
            control.sendall(pack_message({"status": os.waitstatus_to_exitcode(status)}))
    finally:  # also where the build, or the warm process, has gone
        leave()


def serve_once(parent: int, confinement: Confinement) -> NoReturn:
    """Run the one page that stands on standard input, and answer on standard output."""
    warm_up()
    message = receive_message(sys.stdin.buffer.read)
    if message is None:
        leave()
    pipe = os.dup(1)
    job = unpack_job(message)
    if confinement.bounded and own_mounts():
        mount_folder(job.scratch)
    _page(job, pipe, parent=parent, confinement=confinement)


def warm_up() -> None:
    """Do once what every page would do again: import, load fonts, draw, freeze the heap.

    What a first drawing leaves behind (modules, fonts, parsed names and styles, and the bytecode
    that the interpreter has specialised by then) every page inherits by the fork.
    """
    sys.dont_write_bytecode = True
    np.set_printoptions(legacy="1.25")  # scalars print as 0.5, not as np.float64(0.5)
    mpl.rcParams.update(RC_PARAMS)
    plt.switch_backend("module://worked.worker.capture")
    figure, (left, right) = plt.subplots(1, 2)
    figure.colorbar(left.imshow(np.eye(3)), ax=left)
    left.set(title=r"a $\sum_i x^2$", xlabel="x")
    right.plot([1, 2], label="y")
    right.bar([1, 2], [1, 2])
    right.annotate("z", (1, 1))
    right.legend()
    draw_figure(figure)
    plt.close("all")
    seed_generators()  # imports the generators
    prepare()
    del figure, left, right
    gc.freeze()  # what is garbage by now stays: to find it takes a tenth of the start
    # a page of a few figures is done before there is much to collect: looking often costs 3 % of it
    gc.set_threshold(5_000, 10, 10)
    gc.enable()


class _Reader:
    """Reads exact sizes from the socket and keeps the descriptors that come with the bytes."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.descriptors: list[int] = []

    def read(self, size: int) -> bytes:
        held = bytearray()
        while len(held) < size:
            data, descriptors, _, _ = socket.recv_fds(self.control, size - len(held), 1)
            self.descriptors += descriptors
            if not data:
                break
            held += data
        return bytes(held)


def _page(job: Job, pipe: int, *, parent: int, confinement: Confinement) -> NoReturn:
    """Be the child: run the page, and end without any exit handler of the cells' making."""

    def send(message: dict[str, Any]) -> None:
        data = memoryview(pack_message(message))
        try:
            while data:
                data = data[os.write(pipe, data) :]
        except OSError:  # a cell has closed it
            os._exit(PIPE_CLOSED)

    try:
        try:
            _close(job, pipe, parent=parent, confinement=confinement)
        except _DataError as error:
            send({"frame": "unreadable", "file": error.name, "why": str(error)})
            leave()
        except OSError as error:
            line = job.tasks[0].line if job.tasks else 1
            kind = "disk" if error.errno == errno.ENOSPC else "confine"
            send(problem_message([line], kind, f"{error}{broken_rule(error)}"))
            leave()
        run_page(job, send, leave, descriptor=1)
    finally:
        leave()


def _close(job: Job, pipe: int, *, parent: int, confinement: Confinement) -> None:
    """Make this process one that can be trusted with a stranger's code."""
    if os.name == "posix":
        os.setsid()  # so that all it starts can be ended with it
    die_with_parent(parent)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.closerange(3, pipe)
    os.closerange(pipe + 1, limits.MAX_DESCRIPTOR)
    os.chdir(job.scratch)
    with tempfile.TemporaryFile(dir=job.scratch, buffering=0) as printed:  # and not through Python
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
    sys.pycache_prefix = str(Path(job.scratch, "__pycache__"))
    for inside, outside in job.files:
        target = Path(inside)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(outside, target)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            raise _DataError(inside, error.strerror or "it is not a plain file") from error
    close_in(
        confinement,
        read=[*(folder for _, folder in job.packages), mpl.get_configdir()],
        write=[job.scratch],
        seconds=min(job.timeout, sum(task.timeout for task in job.tasks)),
    )
    seed_generators()


class _DataError(Exception):
    """A file that a cell reads, and that has gone or changed its kind since it was hashed."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


def leave() -> NoReturn:
    """End this process at once."""
    os._exit(0)
