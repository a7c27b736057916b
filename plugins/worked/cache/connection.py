"""One build's connection to a shared store: bounded in time, and given up at the first failure."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from worked.cache.objects import Answers, Objects
from worked.cache.place import SharedPlace

READING: Final = 10.0
"""seconds that a build waits in all for what it reads"""
MOST_HELD: Final = 2**30
"""bytes of packs that a build holds; what is more is not read, and runs or is there"""
_AT_A_TIME: Final = 256
"""objects, after which what has come is counted"""


class Connection:
    """Asks the place as long as it answers; whoever uses it gets nothing else, and no error."""

    def __init__(self, place: SharedPlace, say: Callable[[str], None]) -> None:
        """Take a place.

        Args:
            place: of the shared store.
            say: is told, once, why the build goes on without it.
        """
        self._place = place
        self._say = say
        self._objects: Objects | None = None
        self._reading = READING
        self.is_away = False

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Read objects while the build waits for them: name -> content of those that are there.

        Raises:
            ConfigError: what the place needs is not installed.
        """
        left, found, size = deque(names), dict[str, bytes](), 0
        while left and not self.is_away and size < MOST_HELD:
            some = [left.popleft() for _ in range(min(_AT_A_TIME, len(left)))]
            began = time.monotonic()
            came = self.look(some, self._reading)
            found |= came
            size += sum(map(len, came.values()))
            self._reading -= time.monotonic() - began
            if self._reading <= 0:
                self._give_up(f"no more than {READING:.0f} s of waiting for it")
        return found

    def look(self, names: Iterable[str], seconds: float) -> dict[str, bytes]:
        """Read objects while nobody waits."""
        return self._asked(lambda objects: objects.fetch(names, seconds))

    def write(self, contents: Mapping[str, bytes], seconds: float) -> set[str]:
        """Write objects; the result is the names of those that are there now."""
        return set(self._asked(lambda objects: objects.send(contents, seconds)))

    def close(self) -> None:
        """End the connections; the next question makes new ones."""
        if self._objects:
            self._objects.close()
            self._objects = None
        self._reading, self.is_away = READING, False

    def _asked(self, ask: Callable[[Objects], Answers]) -> dict[str, bytes]:
        if self.is_away:
            return {}
        self._objects = self._objects or self._place.objects()
        answers = ask(self._objects)
        if answers.failure:
            self._give_up(answers.failure)
        return answers.done

    def _give_up(self, why: str) -> None:
        if not self.is_away:
            self.is_away = True
            self._say(
                f"this build goes on without the shared store {self._place.name}: {why}; what is "
                "kept on this machine serves, and what is new goes there with a later build"
            )
