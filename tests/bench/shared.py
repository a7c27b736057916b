"""`make bench-shared`: an unchanged site whose results lie here, in a bucket, in a slow bucket.

The three take turns, so that a machine that gets slower is slower for all of them.
"""

import argparse
import logging
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from run import Measured, build
from systems import systems

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from object_servers import CREDENTIALS, BucketServer, delayed

LATE = 0.05
"""seconds that each request takes longer"""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request
    system = systems(Path())["worked"]
    server = BucketServer()
    os.environ |= CREDENTIALS
    with tempfile.TemporaryDirectory() as scratch, delayed(server.url, LATE) as late:
        folder = Path(scratch)
        system.prepare(folder, chosen.pages)
        os.environ |= {"AWS_ENDPOINT_URL": server.url, "WORKED_STORE": "s3://kept/bench"}
        print(f"cold, and sent: {build(system, folder).seconds:.2f} s", flush=True)
        build(system, folder)
        kept = folder / "kept"
        shutil.copytree(folder / ".cache", kept)
        ways = {"here": "", "shared": server.url, f"{LATE * 1000:.0f} ms later": late}
        took: dict[str, list[Measured]] = {way: [] for way in ways}
        for _ in range(chosen.runs):
            for way, url in ways.items():
                system.cool(folder)
                os.environ.pop("WORKED_STORE", None)
                if url:
                    os.environ |= {"AWS_ENDPOINT_URL": url, "WORKED_STORE": "s3://kept/bench"}
                else:
                    shutil.copytree(kept, folder / ".cache")
                took[way].append(build(system, folder))
    report(took, chosen.pages, server)
    server.close()


def report(took: dict[str, list[Measured]], pages: int, server: BucketServer) -> None:
    """Print medians, and the medians of the ratios within each turn."""
    sizes = [len(one) for one in server.objects().values()]
    print(
        f"{pages} pages, {len(sizes)} objects, {sum(sizes) / 1e6:.1f} MB; load {os.getloadavg()}\n"
    )
    print("| results | seconds | this / here | processor, s | this / here |")
    print("|---|--:|--:|--:|--:|")
    for way, several in took.items():
        columns = []
        for what in ("seconds", "processor"):
            pairs = [
                [getattr(one, what) for one in both]
                for both in zip(several, took["here"], strict=True)
            ]
            middle = statistics.median(one for one, _ in pairs)
            columns += [f"{middle:.2f}", f"{statistics.median(a / b for a, b in pairs):.2f}"]
        print(f"| {way} | {' | '.join(columns)} |")


if __name__ == "__main__":
    main()
