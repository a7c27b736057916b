"""A thread with an event loop of its own, of which nothing is left once it is closed."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

_ENDING: Final = 2.0
"""seconds for the end of connections"""
_T = TypeVar("_T")


class LoopThread:
    """Runs what would wait for a network; fsspec's own such thread stays until the program ends."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._work, name="worked-network", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def run(self, coming: Coroutine[Any, Any, _T], seconds: float) -> _T | None:
        """Wait for a result, for so long at most; None where there is none by then."""
        future = asyncio.run_coroutine_threadsafe(coming, self.loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            return None
        finally:
            future.cancel()

    def close(self, end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """End everything.

        Args:
            end: closes the connections.
        """
        self.run(self._end(end), 2 * _ENDING + 1)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(_ENDING)
        if not self._thread.is_alive():
            self.loop.close()

    async def _end(self, end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        own = asyncio.current_task()
        for task in asyncio.all_tasks(self.loop):
            if task is not own:
                task.cancel()
        for last in (end(), self.loop.shutdown_default_executor()):  # the latter looks up names
            try:
                await asyncio.wait_for(last, _ENDING)
            except Exception:  # noqa: S112 - nobody waits for how a connection ends
                continue
