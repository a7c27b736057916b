"""How long a preview takes from a saved page to the page that a browser can load.

Builds these notes, serves a copy of them, saves a page several times, and asks for
it until the new text comes.
"""

import argparse
import contextlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = (".cache", "docs", "figures", "mkdocs.yml", "plugins")
PAGE = "convolution/correlation"
LONGEST = 600
"""seconds for one answer, where the machine is busy"""


def shown(address: str) -> str:
    """Load the page; while a build runs, the server lets us wait."""
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(f"{address}{PAGE}.html", timeout=LONGEST).read().decode()
    return ""


def measure(address: str, page: Path, runs: int) -> list[float]:
    """Save the page several times: seconds until each new text is shown."""
    text, took = page.read_text("utf-8"), []
    for number in range(runs):
        word = f"Saved {number} times."
        began = time.perf_counter()
        page.write_text(f"{text}\n{word}\n", "utf-8")
        while word not in shown(address):
            time.sleep(0.01)
        took.append(time.perf_counter() - began)
        time.sleep(1)  # as long as nobody saves
    return took


def main() -> None:
    """Serve, save, and print the seconds of each save and their median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--port", type=int, default=8123)
    chosen = parser.parse_args()
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(build, cwd=ROOT, check=True)  # so that the preview begins warm
    with tempfile.TemporaryDirectory() as folder:
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, Path(folder, name))
        address = f"127.0.0.1:{chosen.port}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
        with subprocess.Popen(
            command, cwd=folder, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as server:
            try:
                lines = iter(server.stderr or ())
                next(line for line in lines if re.search(r"Serving on", line))
                page = Path(folder, "docs", f"{PAGE}.md")
                took = measure(f"http://{address}/", page, chosen.runs)
            finally:
                server.terminate()
    print(" ".join(f"{seconds:.2f}" for seconds in took))
    print(f"median {statistics.median(took):.2f} s")


if __name__ == "__main__":
    main()
