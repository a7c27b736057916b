"""The connection to the scheduler of a Dask cluster."""

from typing import Final

from distributed import Client, Security

from worked.errors import WorkerError
from worked.pool import cluster_limits

_SCHEMES: Final = {"dask": "tcp"}


def connect(address: str) -> Client:
    """Connect to a scheduler; how is for Dask's own configuration to say.

    Raises:
        WorkerError: it does not answer, or wants certificates that nobody has named.
    """
    scheme, _, place = address.partition("://")
    is_secure = Security().get_connection_args("client").get("ssl_context") is not None
    if scheme == "tls" and not is_secure:
        raise WorkerError("Dask's configuration has no certificates under `distributed.comm.tls`")
    limit = cluster_limits.CONNECT
    try:
        place = f"{_SCHEMES.get(scheme, scheme)}://{place}"
        return Client(place, timeout=limit, set_as_default=False, name="worked")
    except (OSError, RuntimeError, ValueError) as error:
        said = f"no Dask scheduler answers within {limit:g} s ({error})"
        hint = "start one with `dask scheduler`, or leave out `workers`"
        raise WorkerError(f"{said}: {hint}") from error
