"""The same notes give the same bytes, wherever and by whomever they are built."""

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


def test_a_small_site_has_the_same_bytes_everywhere(make, config, tmp_path):
    one, other = builders(tmp_path)
    config = config.replace("plugins:", "plugins:\n  - search").replace(
        "{name: null, custom_dir: theme}", "mkdocs"
    )
    alone = make(PAGES, config, folder="alone")
    several = config.replace("workers: 1", "workers: 2")
    others = make(PAGES, several, folder="some/other/folder")
    first = build(alone.root, one)
    assert differing(first, build(others.root, other)) == []
    assert "index.html" in first


def test_a_build_from_kept_results_has_the_bytes_of_the_first(make, tmp_path):
    one, other = builders(tmp_path)
    site = make(PAGES)
    assert differing(build(site.root, one), build(site.root, other)) == []


def test_the_order_of_pages_and_what_else_runs_change_no_page(make, tmp_path):
    one, other = builders(tmp_path)
    whole = make(PAGES, folder="whole")
    part = make({"third.md": PAGES["third.md"], "index.md": PAGES["index.md"]}, folder="part")
    first, second = build(whole.root, one), build(part.root, other)
    for name in ("index.html", "third.html"):
        assert first[name] == second[name]
