"""Objects behind a URL, by fsspec; nothing else here knows of it, and nothing loads it unasked."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from fsspec import get_filesystem_class
from fsspec.core import url_to_fs

from worked.cache.loop_thread import LoopThread
from worked.cache.objects import OBJECT, Answers, StoredObject, in_threads, said
from worked.cache.packs import MOST_PACKED
from worked.cache.protocols import WEB, protocol, shown
from worked.errors import ConfigError

_AT_ONCE: Final = 64
"""Requests that are under way at the same time."""
_OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    name: {"config_kwargs": {"max_pool_connections": _AT_ONCE, "retries": {"max_attempts": 1}}}
    for name in ("s3", "s3a")
}
_CHANGED: Final = ("LastModified", "last_modified", "mtime", "updated", "created")
"""Under which of these a file system says when an object was written."""

_Coming = Callable[[str], Awaitable[bytes | None]]
_Waiting = Callable[[str], bytes | None]


class RemoteObjects:
    """The objects below a URL of a bucket, of a server, or of what else fsspec knows."""

    def __init__(self, url: str) -> None:
        """Load what the URL needs; nothing is asked yet.

        Raises:
            ConfigError: fsspec does not know such URLs, or lacks something.
        """
        options = dict(_OPTIONS.get(protocol(url), {}))
        self._loop: LoopThread | None = None
        try:
            if get_filesystem_class(protocol(url)).async_impl:
                self._loop = LoopThread()
                options["loop"] = self._loop.loop
            self._files, root = url_to_fs(url, skip_instance_cache=True, **options)
        except (ImportError, ValueError, TypeError) as error:
            self.close()
            raise ConfigError(f"store: {shown(url)}: {said(error)}") from error
        self._root = root.rstrip("/")
        self._is_sized = protocol(url) in WEB  # a web server may pass over a range

    def fetch(self, names: Iterable[str], seconds: float) -> Answers:
        """See `Objects.fetch`."""
        return self._each(self._read, self._read_waiting, names, seconds)

    async def _read(self, name: str) -> bytes | None:
        place = self._place(name)
        try:
            if self._is_sized:
                size = (await self._files._info(place)).get("size")
                if not isinstance(size, int) or not 0 < size <= MOST_PACKED:
                    return None
            content = await self._files._cat_file(place, start=0, end=MOST_PACKED + 1)
        except FileNotFoundError:
            return None
        except Exception as error:
            if _is_empty(error):
                return None
            raise
        return bytes(content) if len(content) <= MOST_PACKED else None

    def _read_waiting(self, name: str) -> bytes | None:
        with contextlib.suppress(FileNotFoundError), self._files.open(self._place(name)) as stream:
            content = bytes(stream.read(MOST_PACKED + 1))
            return content if len(content) <= MOST_PACKED else None
        return None

    def send(self, contents: Mapping[str, bytes], seconds: float) -> Answers:
        """See `Objects.send`."""

        async def write(name: str) -> bytes:
            await self._files._pipe_file(self._place(name), contents[name])
            return b""

        def write_waiting(name: str) -> bytes:
            self._files.pipe_file(self._place(name), contents[name])
            return b""

        return self._each(write, write_waiting, contents, seconds)

    def listing(self, seconds: float) -> list[StoredObject]:
        """See `Objects.listing`."""
        found: list[dict[str, Any]] = []

        async def look(root: str) -> None:
            with contextlib.suppress(FileNotFoundError):  # nothing was ever written
                found.extend(await self._files._ls(root, detail=True))

        def look_waiting(root: str) -> None:
            with contextlib.suppress(FileNotFoundError):
                found.extend(self._files.ls(root, detail=True))

        answers = self._each(look, look_waiting, [self._root], seconds)
        if answers.failure:
            raise OSError(answers.failure)
        named = [(str(one.get("name", "")).rpartition("/")[2], one) for one in found]
        return [
            StoredObject(name, int(one.get("size") or 0), _changed(one))
            for name, one in named
            if OBJECT.fullmatch(name)
        ]

    def delete(self, names: Iterable[str], seconds: float) -> Answers:
        """See `Objects.delete`."""

        async def remove(name: str) -> bytes:
            with contextlib.suppress(FileNotFoundError):
                await self._files._rm_file(self._place(name))
            return b""

        def remove_waiting(name: str) -> bytes:
            with contextlib.suppress(FileNotFoundError):
                self._files.rm_file(self._place(name))
            return b""

        return self._each(remove, remove_waiting, names, seconds)

    def close(self) -> None:
        """See `Objects.close`."""
        if self._loop:
            self._loop.close(self._end_session)
            self._loop = None

    async def _end_session(self) -> None:
        for name in ("_s3", "_session"):
            session = getattr(getattr(self, "_files", None), name, None)
            if session is not None:
                await session.__aexit__(None, None, None)

    def _place(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _each(
        self, act: _Coming, act_waiting: _Waiting, names: Iterable[str], seconds: float
    ) -> Answers:
        """Do something for each name at the same time, in the way that this file system knows."""
        if self._loop is None:
            return in_threads(act_waiting, names, seconds)
        gathered = self._loop.run(_gather(act, list(names), seconds), seconds + 2)
        return gathered or Answers({}, f"no answer within {seconds:.0f} s")


async def _gather(act: _Coming, names: list[str], seconds: float) -> Answers:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(name: str) -> bytes | None:
        async with gate:
            return await act(name)

    tasks = {asyncio.ensure_future(one(name)): name for name in names}
    if not tasks:
        return Answers({}, "")
    try:
        ended, late = await asyncio.wait(
            tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION
        )
    finally:
        for task in tasks:
            task.cancel()
    if late:
        await asyncio.wait(late, timeout=1)  # until they have let go of their connections
    failures = [said(error) for task in ended if (error := task.exception())]
    done = {
        tasks[task]: content
        for task in ended
        if task.exception() is None and (content := task.result()) is not None
    }
    silent = f"no answer within {seconds:.0f} s" if late else ""
    return Answers(done, failures[0] if failures else silent)


def _is_empty(error: Exception) -> bool:
    """Whether a server said that an object has not a single byte to give."""
    return "InvalidRange" in str(error.__cause__ or error) or getattr(error, "status", 0) == 416


def _changed(about: Mapping[str, Any]) -> float:
    value = next((about[key] for key in _CHANGED if about.get(key)), 0.0)
    with contextlib.suppress(ValueError):
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.timestamp()
    return float(value) if isinstance(value, int | float) else 0.0
