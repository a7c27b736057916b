"""`make bench`: build the same pages with this project and with others, and print a table.

All systems take turns within one run, so that a machine that gets slower is slower for all of them.
"""

import argparse
import csv
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from systems import System, systems

HERE = Path(__file__).parent
ENVIRONMENT = Path(__file__).parents[2] / ".cache" / "bench"
SAME = ("markdown", "matplotlib", "mkdocs", "mkdocs-material", "numpy", "pymdown-extensions")
"""What both environments have in common, in the same versions."""
SHARED = {"OPENBLAS_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "1", "MPLBACKEND": "agg"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One build."""

    seconds: float
    processor: float
    """seconds of processor time, children included: other programs on the machine change it less"""
    largest: int
    """bytes of the largest process, children included"""
    first: int
    """bytes of the process that was started, its children left out; 0 where nothing says so"""


def install(environment: Path) -> Path:
    """Make the environment of the other systems, once; the result is its `bin/`."""
    wanted = HERE / "requirements.txt"
    stamp = environment / "installed"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted.read_text("utf-8"):
        shutil.rmtree(environment, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet"]
        same = [f"{name}=={metadata.version(name)}" for name in SAME]
        subprocess.run([*pip, "-r", wanted, *same], check=True)
        shutil.copyfile(wanted, stamp)
    return environment / "bin"


def build(system: System, folder: Path) -> Measured:
    """Build once.

    Raises:
        SystemExit: the build failed; what it said is shown.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            system.command, cwd=folder, env={**os.environ, **SHARED}, stdout=said, stderr=said
        )
        first = 0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            first = _peak(process.pid) or first
            time.sleep(0.01)
        _, status, usage = ended
        seconds = time.perf_counter() - began
        if status:
            said.seek(0)
            raise SystemExit(f"{system.name} failed:\n{said.read().decode(errors='replace')}")
    processor = usage.ru_utime + usage.ru_stime
    return Measured(seconds, processor, usage.ru_maxrss * 1024, first)


def _peak(process: int) -> int:
    """Read the most memory a process has held so far: bytes; 0 where the system does not say."""
    try:
        said = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+) kB", said)
    return int(found[1]) * 1024 if found else 0


def measure(chosen: list[System], pages: int, runs: int) -> dict[tuple[str, str], list[Measured]]:
    """Build cold, then warm, each system in turn, `runs` times."""
    found: dict[tuple[str, str], list[Measured]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for system in chosen:
            system.prepare(Path(scratch, system.name), pages)
        for _ in range(runs):
            for system in chosen:
                folder = Path(scratch, system.name)
                system.cool(folder)
                for kind in ("cold", "warm") if system.kept else ("cold",):
                    found.setdefault((system.name, kind), []).append(build(system, folder))
    return found


def keep(found: dict[tuple[str, str], list[Measured]], pages: int, path: Path) -> None:
    """Put what was measured into a table of all that was, in place of what stood there for it."""
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as kept:
            read = csv.DictReader(kept)
            rows = {(row["pages"], row["system"], row["build"]): row for row in read}
    for (name, kind), several in found.items():
        rows[str(pages), name, kind] = {
            "pages": str(pages),
            "system": name,
            "build": kind,
            "runs": str(len(several)),
            "seconds": f"{statistics.median(one.seconds for one in several):.2f}",
            "processor": f"{statistics.median(one.processor for one in several):.2f}",
            "largest": f"{max(one.largest for one in several) / 2**20:.0f}",
            "first": f"{max(one.first for one in several) / 2**20:.0f}",
            "cores": str(len(os.sched_getaffinity(0))),
            "python": platform.python_version(),
            "matplotlib": metadata.version("matplotlib"),
        }
    with path.open("w", encoding="utf-8", newline="") as kept:
        columns = list(max(rows.values(), key=len))  # older rows may lack some
        writer = csv.DictWriter(kept, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())


def table(found: dict[tuple[str, str], list[Measured]], pages: int) -> list[str]:
    """Lay out medians, and how many times as long as ours the others take."""
    rows = []
    for (name, kind), several in found.items():
        seconds = statistics.median(one.seconds for one in several)
        processor = statistics.median(one.processor for one in several)
        ours = found["worked", kind]
        faster = statistics.median(one.seconds for one in ours) / seconds
        cheaper = statistics.median(one.processor for one in ours) / processor
        largest, first = (
            max(sizes) / 2**20
            for sizes in zip(*((one.largest, one.first) for one in several), strict=True)
        )
        rows.append(
            f"| {pages} | {name} | {kind} | {seconds:.2f} | {faster:.3f} "
            f"| {processor:.2f} | {cheaper:.3f} | {largest:.0f} | {first:.0f} |"
        )
    return rows


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[20, 200])
    parser.add_argument("--alone", type=int, nargs="*", default=[1000], help="pages, ours only")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--systems", nargs="+", help="all by default")
    parser.add_argument("--keep", type=Path, help="a CSV file that takes what was measured")
    chosen = parser.parse_args()
    known = systems(install(ENVIRONMENT))
    names = chosen.systems or list(known)
    print(
        f"Python {platform.python_version()}, {platform.machine()}, "
        f"{len(os.sched_getaffinity(0))} cores, {chosen.runs} runs in turn, medians\n"
    )
    print(
        "| pages | system | build | seconds | ours / this | processor, s | ours / this "
        "| largest process, MB | first, MB |"
    )
    print(f"|{'---|' * 9}")
    for pages in chosen.pages:
        found = measure([known[name] for name in names], pages, chosen.runs)
        print("\n".join(table(found, pages)), flush=True)
        if chosen.keep:
            keep(found, pages, chosen.keep)
    for pages in chosen.alone:
        found = measure([known["worked"], known["no drawings"]], pages, 1)
        print("\n".join(table(found, pages)), flush=True)
        if chosen.keep:
            keep(found, pages, chosen.keep)


if __name__ == "__main__":
    main()
