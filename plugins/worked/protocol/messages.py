"""What the build and its worker processes say to each other, and its one form in bytes.

A message is JSON after its length in four bytes.  Nothing is ever unpickled: the far end of the
pipe runs code that nobody trusts.
"""

import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from worked import limits
from worked.protocol.sweeps import NO_SWEEP, Sweep

NOTES_PACKAGE: Final = "notes"
"""The package whose modules are the pages: `notes.convolution.output_size`."""

PIPE_CLOSED: Final = 74
"""Exit status of a page's process that cannot send any more; EX_IOERR of sysexits.h."""

_HEAD: Final = struct.Struct(">I")
_TEXTS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


ValueTask = tuple[str, str, int, bool]
"""A value: expression, format spec, line, whether as TeX."""


class MessageError(ValueError):
    """Bytes that are no message."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of a cell that change what it gives.

    A worker is told these and no others, and the key of a cell holds every field: an option that
    changes what runs cannot be missing in the key.
    """

    output: bool = True
    """False where what the cell shows is dropped."""
    raises: str = ""
    """The exception that the cell must raise, by name; empty for none."""
    sweep: Sweep = NO_SWEEP
    arrays: tuple[str, ...] = ()
    """Names whose values, as they stand after the cell, go to the element around what it shows."""
    seed: str = ""
    """The kind and the id of a cell that runs once for each variant; empty for any other."""

    def parts(self) -> list[str]:
        """Write every option down, as Python does: 1, 1.0 and True are three values."""
        return [f"{each.name}={getattr(self, each.name)!r}" for each in fields(self)]


AS_IT_IS: Final = RunOptions()
"""Of a cell that asks for nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step of a page: a cell, or no code in its place, and the values after it."""

    code: str
    line: int
    """Line of the page on which `code` begins."""
    show: bool
    """False where what the cell shows is already known: it runs, but nothing is drawn."""
    options: RunOptions
    timeout: float
    """seconds"""
    values: tuple[ValueTask, ...]
    exports: tuple[str, ...] = ()
    """Names whose values other pages may import; empty where they are already known."""
    export_line: int = 1
    """Line of the page that exports them."""
    framed: tuple[ValueTask, ...] = ()
    """Values to be taken in each frame."""
    arrays_line: int = 1
    """Line of the page that names the arrays."""
    variants: int = 0
    """How often a cell with a seed runs."""


@dataclass(frozen=True, slots=True)
class Module:
    """What of another page the cells may import."""

    name: str
    page: str
    source: str
    """Each statement on the line that it has in the page."""
    names: tuple[str, ...]
    """What the page exports of it."""
    values: Mapping[str, Any]
    """Those of the names that are no source, as `worked.worker.codec` writes them."""


@dataclass(frozen=True, slots=True)
class Job:
    """A page to run, with all that its cells may see."""

    name: str
    tasks: tuple[Task, ...]
    packages: tuple[tuple[str, str], ...]
    """(name, folder) of the site's own packages that cells may import."""
    files: tuple[tuple[str, str], ...]
    """(path in the cell's folder, path of the file) of the data that cells may read."""
    scratch: str
    """An empty folder: the cells' working directory."""
    modules: tuple[Module, ...] = ()
    timeout: float = limits.DEFAULT_PAGE_TIMEOUT
    """seconds for all tasks together"""


def pack_job(job: Job) -> bytes:
    """Turn a job into one message."""
    return pack_message(asdict(job))


def unpack_job(data: Any) -> Job:
    """Read `pack_job`'s JSON back; only the build writes jobs, so types are taken on trust."""
    tasks = tuple(
        Task(
            **{
                **task,
                "values": tuple(tuple(value) for value in task["values"]),
                "exports": tuple(task["exports"]),
                "options": _unpack_options(task["options"]),
                "framed": tuple(tuple(value) for value in task["framed"]),
            }
        )
        for task in data["tasks"]
    )
    modules = tuple(
        Module(**{**module, "names": tuple(module["names"])}) for module in data["modules"]
    )
    pairs = {key: tuple(tuple(pair) for pair in data[key]) for key in ("packages", "files")}
    return Job(**{**data, "tasks": tasks, "modules": modules, **pairs})


def _unpack_options(data: Any) -> RunOptions:
    parameters = data["sweep"]["parameters"]
    sweep = Sweep(tuple((name, tuple(values)) for name, values in parameters))
    return RunOptions(**{**data, "sweep": sweep, "arrays": tuple(data["arrays"])})


def pack_message(message: dict[str, Any]) -> bytes:
    """Turn JSON values into one message.

    Raises:
        MessageError: when it is longer than `MAX_MESSAGE`.
    """
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "backslashreplace"
    )
    if len(body) > limits.MAX_MESSAGE:
        raise MessageError(
            f"{len(body)} bytes in one message; at most {limits.MAX_MESSAGE} can be sent"
        )
    return _HEAD.pack(len(body)) + body


class Unpacker:
    """Cuts a stream of bytes into messages as it comes in."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._cost = 0

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Take in bytes and give, one by one, the messages that they complete.

        Raises:
            MessageError: an impossible length, a body that is not a JSON object, or more in all
                than the build has memory for.
        """
        self._held += data
        while len(self._held) >= _HEAD.size:
            (size,) = _HEAD.unpack_from(self._held)
            if size > limits.MAX_MESSAGE:
                raise MessageError(f"a message of {size} bytes")
            end = _HEAD.size + size
            if len(self._held) < end:
                break
            body = bytes(self._held[_HEAD.size : end])
            del self._held[:end]
            self._cost += memory_cost(body)
            if self._cost > limits.MAX_HELD:
                raise MessageError(f"what takes more than {limits.MAX_HELD} bytes of memory")
            yield _object(body)


def memory_cost(body: bytes) -> int:
    """Estimate from above what JSON takes in memory once it is read: bytes.

    A text takes four bytes a letter where one of its letters needs them; each list and object takes
    tens of bytes, and so may whatever stands before a comma.
    """
    width = 1 if body.isascii() and b"\\u" not in body else 4
    items = 1 + sum(map(body.count, (b"[", b"{", b",", b":")))
    if items * limits.ITEM_COST > limits.MAX_HELD // 16:  # texts may hold many of these signs
        items = 1 + sum(map(_TEXTS.sub(b"", body).count, (b"[", b"{", b",", b":")))
    return len(body) * width + items * limits.ITEM_COST


def receive_message(read: Callable[[int], bytes]) -> dict[str, Any] | None:
    """Read exactly one message by `read(size)`; None when the stream has ended before it."""
    head = read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    if size > limits.MAX_MESSAGE:
        raise MessageError(f"a message of {size} bytes")
    body = read(size)
    return _object(body) if len(body) == size else None


def _object(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MessageError("a message that is not JSON") from error
    if not isinstance(message, dict):
        raise MessageError("a message that is not a JSON object")
    return message


def begun_step(message: dict[str, Any]) -> int:
    """Give the step that a message says has begun; -1 where it says nothing of the kind."""
    number = message.get("step")
    return number if message.get("frame") == "begin" and isinstance(number, int) else -1
