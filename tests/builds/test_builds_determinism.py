"""The same notes give the same bytes, wherever and by whomever they are built."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTES = ("docs", "figures", "plugins")
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


def builder(folder: Path, *, seed: str, zone: str, language: str) -> dict[str, str]:
    """Give the environment of somebody who builds."""
    places = {name: folder / name.lower() for name in ("HOME", "TMPDIR")}
    for place in places.values():
        place.mkdir(parents=True)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("WORKED")},
        **{name: str(place) for name, place in places.items()},
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": seed,
        "SOURCE_DATE_EPOCH": "1767225600",
        "TZ": zone,
        "LANG": language,
        "LC_ALL": language,
    }


def build(root: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """Build a site: its files."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def builders(tmp_path):
    """Give two who build, far from each other."""
    return (
        builder(tmp_path / "a", seed="1", zone="UTC", language="C.UTF-8"),
        builder(tmp_path / "b" / "deeper", seed="4242", zone="Asia/Kathmandu", language="C"),
    )


def differing(first, second):
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


def test_a_small_site_has_the_same_bytes_everywhere(make, config, builders):
    config = config.replace("plugins:", "plugins:\n  - search").replace(
        "{name: null, custom_dir: theme}", "mkdocs"
    )
    alone = make(PAGES, config, folder="alone")
    several = config.replace("workers: 1", "workers: 2")
    others = make(PAGES, several, folder="some/other/folder")
    first = build(alone.root, builders[0])
    assert differing(first, build(others.root, builders[1])) == []
    assert "index.html" in first


def test_a_build_from_kept_results_has_the_bytes_of_the_first(make, builders):
    site = make(PAGES)
    assert differing(build(site.root, builders[0]), build(site.root, builders[1])) == []


def test_the_order_of_pages_and_what_else_runs_change_no_page(make, builders):
    whole = make(PAGES, folder="whole")
    part = make({"third.md": PAGES["third.md"], "index.md": PAGES["index.md"]}, folder="part")
    first, second = build(whole.root, builders[0]), build(part.root, builders[1])
    for name in ("index.html", "third.html"):
        assert first[name] == second[name]


def test_these_notes_have_the_same_bytes_everywhere(tmp_path, builders):
    built, kept = [], ROOT / ".cache" / "worked"
    for number, environment in enumerate(builders):
        folder = tmp_path / str(number) / "notes"
        for name in NOTES:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        if kept.is_dir() and not number:  # the first shows what another build ran, if there was one
            ignored = shutil.ignore_patterns(".aside-*")
            shutil.copytree(kept, folder / ".cache" / "worked", ignore=ignored)
        built.append(build(folder, environment))
    assert differing(*built) == []
    assert len(built[0]) > 20
