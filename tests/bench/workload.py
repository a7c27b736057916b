"""Pages of five cells, two that print and three that draw, as each system wants them written."""

from collections.abc import Callable
from pathlib import Path

PRINTS = (
    "import numpy as np\n\n"
    "rng = np.random.default_rng({seed})\n"
    "x = rng.normal(size=(8, 8))  # (H, W)\n"
    "k = rng.normal(size=(3, 3))\n"
    "print(x.shape, round(float(x.mean()), 4))",
    "windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3))\n"
    "y = (windows * k).sum(axis=(2, 3))\n"
    "print(y.round(3))",
)
DRAWS = (
    'fig, ax = plt.subplots(figsize=(4, 3))\nax.imshow(y)\nax.set_title("map {seed}")',
    "fig, axes = plt.subplots(1, 2, figsize=(5, 2.5))\n"
    "for ax, image in zip(axes, (x, np.maximum(x, 0))):\n"
    "    ax.imshow(image)",
    "fig, ax = plt.subplots(figsize=(4, 3))\n"
    "t = np.linspace(-4, 4, 200)\n"
    'ax.plot(t, np.tanh(t * {scale}), label="tanh")\n'
    'ax.plot(t, np.maximum(t, 0), label="ReLU")\n'
    "ax.legend()",
)
PROSE = (
    "A kernel slides over the input, and at each place the products of its numbers with those "
    "under it are added up.  The same few numbers are used everywhere, so a pattern is found "
    "wherever it stands, and there is little to learn."
)


def page(number: int, cell: Callable[[str, bool], str], head: str = "") -> str:
    """Write one page.

    Args:
        number: makes its numbers differ from those of the other pages.
        cell: (code, whether it draws) -> how the system writes a cell.
        head: what the system wants above the page.
    """
    parts = [f"{head}# Page {number}", PROSE]
    codes = [(code, False) for code in PRINTS] + [(code, True) for code in DRAWS]
    for order, (code, draws) in enumerate(codes):
        filled = code.replace("{seed}", str(number)).replace("{scale}", f"{1 + number / 1000:.3f}")
        if order == 0:
            filled = f"import matplotlib.pyplot as plt\n{filled}"
        parts += [f"## Section {order}", PROSE, cell(filled, draws), PROSE]
    return "\n\n".join(parts) + "\n"


_RUN = """
import io
import subprocess
import sys

def run(start, step):
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    for page in PAGES[start::step]:
        names = {}
        for code in page:
            exec(code, names)
            for number in plt.get_fignums():
                plt.figure(number).savefig(io.StringIO(), format="svg")
            plt.close("all")

if len(sys.argv) > 2:
    run(int(sys.argv[2]), int(sys.argv[1]))
else:
    each = [sys.executable, *sys.argv]
    started = [subprocess.Popen([*each, str(n)]) for n in range(int(sys.argv[1]))]
    sys.exit(max(process.wait() for process in started))
"""


def script(path: Path, pages: int) -> None:
    """Write a script that runs the cells of all pages in so many processes as it is told."""
    codes: list[list[str]] = []
    for number in range(pages):
        codes.append([])
        page(number, lambda code, draws: codes[-1].append(code) or "")  # type: ignore[func-returns-value]
    path.write_text(f"PAGES = {codes!r}\n{_RUN}", "utf-8")


def write(folder: Path, pages: int, cell: Callable[[str, bool], str], head: str = "") -> list[str]:
    """Write all pages into a folder; the result is their names without endings."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"page-{number:04d}" for number in range(pages)]
    for number, name in enumerate(names):
        (folder / f"{name}.md").write_text(page(number, cell, head), "utf-8")
    return names
