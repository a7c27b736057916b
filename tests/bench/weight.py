"""Write what pages of the built site weigh into `docs/about/weight.csv`: `make weight`."""

import csv
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from first_view import KINDS, first_view, pages  # noqa: E402

RESULT = ROOT / "docs/about/weight.csv"
HOME = "index.html"


def chosen(weights: dict[str, dict[str, int]]) -> list[str]:
    """Name the home page, the page in the middle and the heaviest."""
    by_weight = sorted(weights, key=lambda page: sum(weights[page].values()))
    middle = statistics.median_low(sum(one.values()) for one in weights.values())
    median = next(page for page in by_weight if sum(weights[page].values()) == middle)
    return list(dict.fromkeys([HOME, median, by_weight[-1]]))


def main() -> None:
    """Weigh the site that `make site` has built."""
    site = ROOT / "site"
    weights = {page: first_view(site, page) for page in pages(site)}
    if not weights:
        raise SystemExit(f"{site} is not built: make site")
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["page", *KINDS])
        for page in chosen(weights):
            writer.writerow([page, *weights[page].values()])
    print(RESULT.read_text("utf-8"), end="")


if __name__ == "__main__":
    main()
