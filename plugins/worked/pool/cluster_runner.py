"""Run pages on a Dask cluster; what runs on a worker that is lost runs once more elsewhere."""

import uuid
from concurrent.futures import CancelledError

from distributed import Client, Future

from worked.errors import WorkerError
from worked.pool import answers, cluster_limits, facts
from worked.pool.answers import Answer
from worked.pool.cluster import Cluster
from worked.pool.cluster_member import Member
from worked.pool.cluster_worker import keep_parts, run_order
from worked.pool.runner import Outcome, RunnerLostError
from worked.pool.shipping import Parcel, UnreadableError
from worked.protocol.messages import Job
from worked.protocol.reading import MalformedError


class _MemberLostError(Exception):
    """A worker is gone, and with it what it ran."""


class ClusterRunner:
    """Gives pages to the workers of a cluster; used by one thread at a time."""

    def __init__(self, cluster: Cluster) -> None:
        """Take what is shared by all runners of a build."""
        self._cluster = cluster

    def run(self, job: Job) -> Outcome:
        """Run one page; see `Runner.run`.

        Raises:
            WorkerError: the scheduler is gone, no worker is left, or this page has lost too many.
        """
        try:
            parcel = self._cluster.shipper.pack(job)
        except UnreadableError as error:  # as the page's own process would say
            message = {"frame": "unreadable", "file": error.name, "why": str(error)}
            return Outcome((message,))
        lost: list[str] = []
        while len(lost) < cluster_limits.MAX_LOST:
            with self._cluster.seat() as member:
                try:
                    answer = self._answer(member, parcel)
                except _MemberLostError as error:
                    self._cluster.check()
                    self._cluster.lose(member, str(error))
                    lost.append(f"{member.address}: {member.gone}")
                    continue
                if why := answer.unable or self._differs(answer):
                    self._cluster.refuse(member, why)
                    continue
            if answer.lost:
                raise RunnerLostError(answer.lost, answer.outcome)
            return answer.outcome
        said = "".join(f"\n  {one}" for one in lost)
        raise WorkerError(f"{job.name}: every worker that ran it was lost:{said}")

    def close(self) -> None:
        """Do nothing: what it uses is the cluster's."""

    def _answer(self, member: Member, parcel: Parcel) -> Answer:
        client = self._cluster.client
        assert client is not None  # noqa: S101 - there is a worker
        try:
            with member.lock:
                missing = {
                    digest: part
                    for digest, part in parcel.parts.items()
                    if digest not in member.kept
                }
                if missing:
                    _deliver(client, member, missing)
            future = client.submit(
                run_order,
                member.crew,
                parcel.order,
                key=f"worked-page-{uuid.uuid4().hex}",
                workers=[member.address],
                allow_other_workers=False,
            )
            try:
                answer = answers.read_answer(self._awaited(future, member))
            finally:
                future.release()  # a task that nobody wants any more is cancelled
        except MalformedError as error:
            return Answer(member.crew, unable=f"it answered {error}")
        if answer.crew != member.crew:
            raise _MemberLostError("it has begun anew")
        return answer

    def _awaited(self, future: Future[bytes], member: Member) -> object:
        """Wait for a result, as long as the worker, the scheduler and the build are there."""
        patience = cluster_limits.LOOK
        while True:
            self._cluster.check()
            if member.gone:
                raise _MemberLostError(member.gone)
            is_coming = future.status == "finished"
            try:
                return future.result(patience if is_coming else cluster_limits.LOOK)
            except TimeoutError as error:
                if future.status == "error":
                    raise _MemberLostError(f"its task ended by {error!r}") from error
                if is_coming:  # each time it is sent from the beginning, and it may be large
                    patience = min(2 * patience, cluster_limits.DELIVERY)
            except CancelledError as error:  # as where the scheduler is gone
                if self._cluster.client and self._cluster.client.status != "running":
                    self._cluster.fail("the Dask scheduler is gone; what has run is kept")
                raise _MemberLostError("its task was cancelled") from error
            except Exception as error:
                if "deserializ" in str(error).lower():  # it needs the code of a task's function
                    said = f"the Dask scheduler cannot read tasks ({error})"
                    self._cluster.fail(f"{said}: install this plugin there as well")
                raise _MemberLostError(f"{type(error).__name__}: {error}") from error

    def _differs(self, answer: Answer) -> str:
        """Say which of the libraries that a page has used are others there."""
        modules = facts.loaded_modules(answer.outcome)
        here = facts.used_versions(modules, self._cluster.installed)
        return "; ".join(facts.differing_facts(here, answer.used))


def _deliver(client: Client, member: Member, parts: dict[str, bytes]) -> None:
    """Send a worker what it does not have.

    Raises:
        _MemberLostError: it does not take it.
    """
    try:
        client.run(
            keep_parts,
            member.crew,
            parts,
            workers=[member.address],
            callback_timeout=cluster_limits.DELIVERY,
        )
    except Exception as error:  # whatever the other side's code raises
        raise _MemberLostError(f"{type(error).__name__}: {error}") from error
    member.kept |= parts.keys()
