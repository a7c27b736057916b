"""A Dask cluster as one build sees it: which workers it may use, and what has become of them."""

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from worked.errors import WorkerError
from worked.pool import answers, cluster_limits, facts
from worked.pool.cluster_member import Member
from worked.pool.shipping import Shipper
from worked.protocol.reading import fields_of, text_of
from worked.versions import InstalledModules

if TYPE_CHECKING:  # loading it takes half a second, which the build has other uses for
    from distributed import Client, Future


class Cluster:
    """The workers that a scheduler has, each looked at before it gets a page."""

    def __init__(self, address: str, mode: str) -> None:
        """Begin to connect, in a thread of its own; whoever calls this holds on to it.

        Args:
            address: of the scheduler, `dask://host:8786` or `tls://host:8786`.
            mode: how cells are confined.
        """
        self.address = address
        self.shipper = Shipper()
        self.installed = InstalledModules()
        self.client: Client | None = None
        self.failure = ""
        """Why nothing runs any more; empty while something may."""
        self.remarks: list[str] = []
        """What became of workers that are not used any more."""
        self.used: set[str] = set()
        """Addresses of all workers that have run a page."""
        self._mode = mode
        self._facts: dict[str, str] = {}
        self._over = threading.Event()
        self._changed = threading.Condition()
        self._holders = 1
        self._members: dict[str, Member] = {}
        self._hiring: dict[str, Future[bytes]] = {}
        self._refused: dict[str, str] = {}
        self._heard: dict[str, tuple[float, float]] = {}
        """Address -> the time of the scheduler's last news of it, and when we saw that first."""
        self._lonely = time.monotonic()
        """Since when there has been no worker."""
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def hold(self) -> None:
        """Need it from now on, as one more thread."""
        with self._changed:
            self._holders += 1

    def release(self) -> None:
        """Need it no more: the last one to say so ends it."""
        with self._changed:
            self._holders -= 1
            if not self._holders:
                self.cut()

    def cut(self) -> None:
        """Let everything go that this build has on the cluster."""
        with self._changed:
            self._over.set()
            self._changed.notify_all()

    def check(self) -> None:
        """Go on only where the cluster does.

        Raises:
            WorkerError: the build has ended, or the scheduler has gone.
        """
        if self._over.is_set():
            raise WorkerError("the build has ended")
        if self.failure:
            raise WorkerError(self.failure)

    @contextlib.contextmanager
    def seat(self) -> Iterator[Member]:
        """Wait for a thread of a worker, and have it.

        Raises:
            WorkerError: there is no worker.
        """
        with self._changed:
            while True:
                self.check()
                free = [one for one in self._members.values() if one.busy < one.threads]
                if free:
                    break
                self._complain()
                self._changed.wait(cluster_limits.LOOK)
            member = min(free, key=lambda one: one.busy / one.threads)
            member.busy += 1
            self.used.add(member.address)
        try:
            yield member
        finally:
            with self._changed:
                member.busy -= 1
                self._changed.notify_all()

    def told(self) -> tuple[int, list[str]]:
        """Say how many workers have run pages, and what became of others, since it was asked."""
        with self._changed:
            told = len(self.used), self.remarks[:]
            self.used.clear()
            self.remarks.clear()
        return told

    def refuse(self, member: Member, why: str) -> None:
        """Give a worker no more pages."""
        with self._changed:
            if not member.gone:
                self._refuse(member.address, why)
                self._drop(member, why)

    def fail(self, why: str) -> None:
        """Run nothing any more."""
        with self._changed:
            self.failure = self.failure or f"{self.address}: {why}"
            self._changed.notify_all()

    def lose(self, member: Member, why: str) -> None:
        """Count a worker as lost; it is looked at anew where it says something again."""
        with self._changed:
            if not member.gone:
                self._drop(member, why)
                self.remarks.append(f"lost {member.address}: {why}")

    def _complain(self) -> None:
        """Say that there is no worker, once none has come for a while."""
        if self._members or time.monotonic() - self._lonely < cluster_limits.PATIENCE:
            return
        refused = {f"refused {address}: {why}" for address, why in self._refused.items()}
        said = "".join(f"\n  {one}" for one in sorted({*self.remarks, *refused}))
        hint = ":" if said else "; start one with `dask worker`"
        raise WorkerError(f"{self.address} has no worker that may run pages{hint}{said}")

    def _watch(self) -> None:
        try:
            self._connect()
            while not (self._over.is_set() or self.failure):
                self._look()
                self._over.wait(cluster_limits.LOOK)
        except WorkerError as error:
            self.fail(str(error))
        except Exception as error:  # whoever waits for a worker must hear of it
            self.fail(f"the Dask scheduler is gone: {error or type(error).__name__}")
        finally:
            self._close()

    def _connect(self) -> None:
        from worked.pool.cluster_client import connect

        self.client = connect(self.address)
        self._facts = facts.own_facts()
        self._lonely = time.monotonic()

    def _look(self) -> None:
        """See which workers there are."""
        client = self.client
        assert client is not None and client.scheduler is not None  # noqa: S101, PT018
        limit = cluster_limits.SILENCE
        there = client.sync(client.scheduler.identity, n_workers=-1, callback_timeout=limit)
        workers: dict[str, Mapping[str, Any]] = there["workers"]
        now = time.monotonic()
        with self._changed:
            for address in self._members.keys() - workers.keys():
                self.lose(self._members[address], "it has closed, or died")
            for known in (self._hiring, self._heard, self._refused):
                for address in known.keys() - workers.keys():
                    del known[address]
            for address, worker in workers.items():
                self._see(client, address, worker, now)
            answered = {address: one for address, one in self._hiring.items() if one.done()}
        for address, hired in answered.items():
            self._admit(address, hired, workers[address]["nthreads"])

    def _see(self, client: "Client", address: str, worker: Mapping[str, Any], now: float) -> None:
        last, at = self._heard.get(address, (0.0, now))
        if worker["last_seen"] != last:
            last, at = worker["last_seen"], now
        self._heard[address] = last, at
        member = self._members.get(address)
        is_silent = now - at > cluster_limits.SILENCE
        if member:
            member.threads = worker["nthreads"] if worker["status"] == "running" else 0
            if is_silent:
                self.lose(member, f"it has said nothing for {cluster_limits.SILENCE:g} s")
        elif is_silent:
            self._hiring.pop(address, None)
        elif address not in self._hiring.keys() | self._refused.keys():
            from worked.pool.cluster_worker import hire

            key = f"worked-hire-{uuid.uuid4().hex}"
            self._hiring[address] = client.submit(
                hire, self._mode, key=key, workers=[address], allow_other_workers=False
            )

    def _admit(self, address: str, hired: "Future[bytes]", threads: int) -> None:
        """Let a worker run pages, if it is as this machine is."""
        crew = ""
        try:
            answer = hired.result(cluster_limits.SILENCE)
            plain = fields_of(answers.plain_json(answer), "crew", "unable", "facts")
            theirs = answers.texts_of(plain["facts"])
            crew, unable = text_of(plain["crew"]), text_of(plain["unable"])
            why = "; ".join(facts.differing_facts(self._facts, theirs)) or unable
        except Exception as error:  # whatever the other side's code raises
            why = f"{type(error).__name__}: {error}"
        with self._changed:
            if self._hiring.pop(address, None) is None:
                return
            if why:
                self._refuse(address, why)
            else:
                self._members[address] = Member(address, crew, hired, threads)
            self._changed.notify_all()

    def _refuse(self, address: str, why: str) -> None:
        self._refused[address] = why
        self.remarks.append(f"refused {address}: {why}")

    def _drop(self, member: Member, why: str) -> None:
        member.gone, member.threads = why, 0
        member.hired.release()  # its crew ends
        self._members.pop(member.address, None)
        if not self._members:
            self._lonely = time.monotonic()
        self._changed.notify_all()

    def _close(self) -> None:
        with self._changed:
            for member in self._members.values():
                member.gone = "the build has ended"
            self._members.clear()
            self._hiring.clear()
            self._changed.notify_all()
        if self.client is not None:
            with contextlib.suppress(OSError, RuntimeError):
                self.client.close(cluster_limits.GOODBYE)
