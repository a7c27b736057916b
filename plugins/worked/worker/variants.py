"""Run a cell once for each variant: each with numbers of its own, from a copy of the namespace.

The cell is given `rng`, a generator whose numbers depend on the cell's id and on the number of the
variant only.  Its last expression says itself as plain data by a method `_variant_`; the page shows
the first variant.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from worked import limits
from worked.protocol.arrays import handed_size
from worked.protocol.messages import Job, Task
from worked.protocol.outputs import CellResult, CellWarning
from worked.protocol.variants import seed_number
from worked.worker.arrays import ArraysError, encode_plain
from worked.worker.cell import CellFailedError, run_cell
from worked.worker.failures import Send, problem_message
from worked.worker.sweep import NamespaceSnapshot

METHOD: Final = "_variant_"
GENERATOR: Final = "rng"
"""The name by which a cell finds its generator."""


def run_variants(job: Job, task: Task, namespace: dict[str, Any], send: Send) -> CellResult:
    """Run a cell with a seed; where what it shows is known, nothing of it has to run."""
    if not task.show:
        return CellResult(())
    snapshot = NamespaceSnapshot(namespace)
    said: list[Mapping[str, Any]] = []
    notices: dict[tuple[int, str, str], CellWarning] = {}
    first = CellResult(())
    total = 0

    def take(value: object) -> None:
        said.append(_data(value, task.options.seed))

    for number in range(task.variants):

        def tell(message: dict[str, Any], where: str = f"(in variant {number})") -> None:
            hint = snapshot.hint(message)
            send({**message, "message": f"{message['message']}{hint} {where}"})

        one = task if number == 0 else replace(task, show=False)
        with snapshot.copied({GENERATOR: generator(task.options.seed, number)}):
            result = run_cell(job, one, namespace, tell, take)
        first = first if number else result
        for notice in result.warnings:
            notices.setdefault((notice.line, notice.kind, notice.message), notice)
        size = handed_size(said[-1])
        total += size
        if size > limits.MAX_VARIANT:
            most = f"more than {limits.size(limits.MAX_VARIANT)}"
            tell(problem_message([task.line], "variant", f"the data of a variant take {most}"))
            raise CellFailedError
    if total > limits.MAX_ALL_VARIANTS:
        most = f"more than {limits.size(limits.MAX_ALL_VARIANTS)}"
        send(problem_message([task.line], "variant", f"the data of all variants take {most}"))
        raise CellFailedError
    return CellResult(first.outputs, tuple(notices.values()), {}, tuple(said))


def generator(seed: str, number: int) -> np.random.Generator:
    """Give the generator of one variant; another for each seed and number."""
    return np.random.default_rng(seed_number(seed, number))


def _data(value: object, seed: str) -> Mapping[str, Any]:
    """Give what an object says of itself.

    Raises:
        ArraysError: it says nothing, or something else than plain data.
    """
    say = getattr(value, METHOD, None)
    if isinstance(value, type) or not callable(say):
        kind = seed.partition(" ")[0]
        ends = "with nothing" if value is None else f"with an object of type {type(value).__name__}"
        raise ArraysError(f"a cell with `{kind}` ends with one, and this ends {ends}")
    data = encode_plain(say())
    if not isinstance(data, dict):
        raise ArraysError("the data of a variant are a dict of names and values")
    return data
