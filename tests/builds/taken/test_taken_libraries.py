"""Pages as authors of other courses write them, each with a library, built confined."""

import importlib.util
import re
from pathlib import Path
from typing import Final

import pytest

PAGES: Final = Path(__file__).with_name("pages")
SHOWN: Final = {
    "asyncio": ["done 2\ndone 1\ndone 0", "[0, 1, 4]", "from a task", "TimeoutError"],
    "logging": ["INFO first", "WARNING second", "own: third: division by zero", "own: fourth"],
    "networkx": [
        "Graph named 'Petersen Graph' with 10 nodes and 15 edges",
        "Ten nodes.",
        "Figure 1.",
    ],
    "pandas": ["<th>score</th>", "background-color: yellow", "RangeIndex: 3 entries", "0.875"],
    "pillow": ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,"],
    "seaborn": ["Two histograms.", "Points in two colours.", "A map of four numbers."],
    "sklearn": ["Pipeline(steps=[(", "{'logisticregression__C': 1.0}", "two by two counts"],
    "sympy": ["[-sqrt(2), sqrt(2)]", "A parabola.", "<math"],
    "tqdm": ["adding: 20/20\n190", "5 of 5", "a line\na line\na line\n3 of 3 done"],
}
"""A page -> what its reader sees."""
NEEDED: Final = {"pillow": ["PIL", "IPython"], "seaborn": ["seaborn", "pandas"]}
"""What it imports, where that has another name."""


SLOW: Final = ("seaborn", "sklearn", "sympy")
"""What takes seconds to import."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.nightly] if name in SLOW else [])
        for name in sorted(SHOWN)
    ],
)
def test_a_page_with_a_library_comes_out_whole(name, make, config):
    for library in NEEDED.get(name, [name]):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    config = config.replace("plugins:", "plugins:\n  - texmath")
    config = config.replace("workers: 1", "workers: 1, confine: isolated")
    site = make({"index.md": (PAGES / f"{name}.md").read_text("utf-8")}, config)
    built = site.build()
    assert built.good, built.log
    assert "WARNING" not in built.log
    html = site.article("index.html").replace("&#x27;", "'")
    text = re.sub(r"<span[^>]*>|</span>| +$", "", html, flags=re.MULTILINE)
    assert [part for part in SHOWN[name] if part not in html and part not in text] == []


def test_every_page_is_built():
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted(SHOWN)
