"""Run the cells of one page in one namespace, and say what each shows.

Runs in the child process of one page, whose pipe is `send`.
"""

import linecache
import sys
import types
from collections.abc import Callable
from typing import NoReturn

import numpy as np

from worked.protocol.dependencies import dump_dependencies
from worked.protocol.messages import Job
from worked.protocol.outputs import (
    dump_result,
)
from worked.protocol.values import ValuesResult, dump_values
from worked.worker.alarm import alarm
from worked.worker.background import install_hooks
from worked.worker.capture import install_capture
from worked.worker.cell import CellFailedError, run_cell
from worked.worker.codec import ExportError, decode_export, encode_exports
from worked.worker.failures import Send, problem_message
from worked.worker.importer import install_modules
from worked.worker.streams import install_streams
from worked.worker.sweep import run_sweep
from worked.worker.tracker import install_tracker
from worked.worker.values import evaluate_values
from worked.worker.variants import run_variants


def run_page(
    job: Job, send: Send, leave: Callable[[], NoReturn], *, descriptor: int | None = None
) -> None:
    """Run every task of a page and send one message for each thing that is known.

    Args:
        job: the page.
        send: takes `begin`, `cell`, `values`, `problem` and at last `end`.
        leave: ends this process at once; called where a cell does not come back.
        descriptor: leads to the file to which standard output and standard error lead; None where
            there is none.
    """
    notes = install_tracker(job.packages)
    install_modules(job.modules, decode_export)
    install_capture()
    install_streams(descriptor)
    install_hooks()
    sys.argv[:] = [job.name]
    _fill_linecache(job)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    for number, task in enumerate(job.tasks):
        send({"frame": "begin", "step": number})
        with alarm(job.name, task, send, leave):
            given = ValuesResult()
            try:
                if task.options.sweep.frames:
                    result, given = run_sweep(job, task, main.__dict__, send, leave)
                elif task.options.seed:
                    result = run_variants(job, task, main.__dict__, send)
                else:
                    result = run_cell(job, task, main.__dict__, send)
            except CellFailedError:
                break
            if task.show:
                used = dump_dependencies(notes.dependencies())
                send(
                    {"frame": "cell", "step": number, "result": dump_result(result), "needs": used}
                )
            if task.exports:
                try:
                    coded = encode_exports(task.exports, main.__dict__)
                except ExportError as error:
                    send(problem_message([task.export_line], "export", str(error)))
                    break
                used = dump_dependencies(notes.dependencies())
                send({"frame": "export", "step": number, "values": coded, "needs": used})
            if task.values or task.framed:
                given += evaluate_values(job.name, task.values, main.__dict__, send)
                used = dump_dependencies(notes.dependencies())
                coded = dump_values(given)
                send({"frame": "values", "step": number, "result": coded, "needs": used})
    send({"frame": "end"})


def _fill_linecache(job: Job) -> None:
    """Give tracebacks and `inspect.getsource` the page's own lines."""
    lines: dict[int, str] = {}
    for task in job.tasks:
        lines |= {task.line + n: row for n, row in enumerate(task.code.split("\n"))}
    text = [lines.get(number, "") + "\n" for number in range(1, max(lines, default=0) + 1)]
    linecache.cache[job.name] = (sum(map(len, text)), None, text, job.name)


def seed_generators() -> None:
    """Put every generator that has a global state into the same one: each page starts alike."""
    import random

    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - cells may still use it, and must get the same numbers
