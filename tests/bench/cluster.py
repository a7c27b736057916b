"""`make bench-cluster`: 200 pages in two processes of this machine, and on two Dask workers of it.

Both take turns, and what counts is the ratio: the workers are here, so that the way there and back
is all that a cluster costs.
"""

import argparse
import os
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from run import ENVIRONMENT, Measured, build
from systems import System, systems

from dask_clusters import dask_cluster

WORKERS = 2


def measure(system: System, folder: Path, address: str, runs: int) -> list[list[Measured]]:
    """Build cold at home and on the cluster, in turn."""
    found: list[list[Measured]] = [[], []]
    for number in range(runs):
        for place in (0, 1) if number % 2 else (1, 0):
            system.cool(folder)
            os.environ["WORKED_WORKERS"] = address if place else str(WORKERS)
            found[place].append(build(system, folder))
            print(f"{('at home', 'cluster')[place]}: {found[place][-1].seconds:.2f} s", flush=True)
    return found


def main() -> None:
    """Print the seconds of each build, the medians, and the ratio of each pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    system = replace(systems(ENVIRONMENT / "bin")["worked"], name="cluster")
    with tempfile.TemporaryDirectory() as scratch, dask_cluster(Path(scratch, "dask")) as cluster:
        for _ in range(WORKERS):
            cluster.worker()
        folder = Path(scratch, "site")
        system.prepare(folder, chosen.pages)
        here, there = measure(system, folder, cluster.address, chosen.runs)
    ratios = [far.seconds / near.seconds for near, far in zip(here, there, strict=True)]
    for name, several in (("at home", here), ("on the cluster", there)):
        middle = statistics.median(one.seconds for one in several)
        print(f"{name}: median {middle:.2f} s of {len(several)} builds of {chosen.pages} pages")
    said = " ".join(f"{ratio:.3f}" for ratio in sorted(ratios))
    print(f"cluster / home: median {statistics.median(ratios):.3f} ({said})")


if __name__ == "__main__":
    main()
