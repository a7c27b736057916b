"""Where a page runs, whatever it is that runs it: what a pool expects, and what comes back.

A process of this machine is one way; a machine elsewhere would be another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from worked.errors import WorkerError
from worked.protocol.messages import Job


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back from one page."""

    messages: tuple[dict[str, Any], ...] = ()
    """As the page's process sent them, unchecked."""
    ending: str = ""
    """Empty when the page came to its end; else how its process died."""
    step: int = 0
    """The last step that began."""
    took: Mapping[int, float] = field(default_factory=dict)
    """Step -> seconds that its cell took by the clock of the build; where it gave a result."""


NO_OUTCOME: Final = Outcome()


class RunnerLostError(WorkerError):
    """The runner itself, not the page, is gone; `outcome` is what had come back until then."""

    def __init__(self, message: str, outcome: Outcome = NO_OUTCOME) -> None:
        super().__init__(message)
        self.outcome = outcome


class Runner(Protocol):
    """Runs one page after another; used by one thread at a time."""

    def run(self, job: Job) -> Outcome:
        """Run one page, with its cells closed in and its limits held.

        Args:
            job: its `scratch` is replaced by an empty folder, which is removed afterwards.

        Raises:
            RunnerLostError: it can run no other page; whoever holds it lets it go.
        """
        ...

    def close(self) -> None:
        """End; harmless when it has ended."""
        ...


StartRunner = Callable[[Path], Runner]
"""Starts a runner, which may fill a folder with folders for its pages."""


class Slot:
    """One slot of the pool: starts its runner on first use, replaces it after a failure."""

    def __init__(self, start: Callable[[], Runner]) -> None:
        """Start nothing yet."""
        self._start = start
        self._runner: Runner | None = None

    def run(self, job: Job) -> Outcome:
        """Run one page; see `Runner.run`."""
        if self._runner is None:
            self._runner = self._start()
        try:
            return self._runner.run(job)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the runner go; harmless when there is none."""
        if self._runner is not None:
            self._runner.close()
            self._runner = None
