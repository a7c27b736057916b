"""The same notes give the same bytes, wherever and by whomever they are built."""

import re

import pytest

from far_builders import build, builders, differing

PAGES = {
    "index.md": """# Everything that could differ

```python {.run}
import locale, random, time

import numpy as np

print({"a", "b", "c", "d", "e"}, hash("text"))
print(random.random(), np.random.rand())
print(time.tzname, time.localtime(0).tm_hour, locale.setlocale(locale.LC_ALL))
```

```python {.run}
#| label: fig-all
#| fig-alt: Lines and a legend.
from matplotlib.figure import Figure

figure = Figure()
axes = figure.subplots()
for name in {"x", "y", "z"}:
    axes.plot(np.random.rand(3), label=name)
axes.legend()
axes.fill_between([0, 1], [1, 2], hatch="//")
figure
```

The value `{python} np.random.rand()`.
""",
    "deep/other.md": "```python {.run}\nimport numpy as np\n\nnp.random.rand(2)\n```\n",
    "third.md": "# Third\n\n```python {.run}\nset('letters')\n```\n",
}


@pytest.fixture(scope="module")
def themed(config):
    return config.replace("plugins:", "plugins:\n  - search").replace(
        "{name: null, custom_dir: theme}", "mkdocs"
    )


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two who build, far from each other."""
    return builders(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def first(make_once, themed, two):
    """Build a site for the first time: its folder and its files."""
    root = make_once(PAGES, themed).root
    return root, build(root, two[0])


def test_a_small_site_has_the_same_bytes_everywhere(first, two, make, themed):
    several = themed.replace("workers: 1", "workers: 2")
    others = make(PAGES, several, folder="some/other/folder")
    assert differing(first[1], build(others.root, two[1])) == []
    assert "index.html" in first[1]


def test_a_build_from_kept_results_has_the_bytes_of_the_first(first, two):
    root, files = first
    assert differing(files, build(root, two[1])) == []


def test_the_order_of_pages_and_what_else_runs_change_no_page(first, two, make, themed):
    part = {"third.md": PAGES["third.md"], "index.md": PAGES["index.md"]}
    second = build(make(part, themed).root, two[1])
    for name in ("index.html", "third.html"):
        assert _content(first[1][name]) == _content(second[name])


def _content(page):
    """Give a page without the menu, which names the other pages."""
    return re.search(rb'role="main".*?<footer', page, re.S)[0]
