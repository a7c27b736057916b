"""What runs again and what is kept, in builds that follow each other.

Every cell shows the time at which it ran: the time stays where a result was kept.
"""

import os
import re
import shutil
from dataclasses import replace

import pytest

from worked.builds.scheduler import Build, default_workers
from worked.cache.store import Store
from worked.page.parser import parse
from worked.settings import Settings

KERNEL = """---
title: Kernel
---

# A kernel and what follows

```python {.run}
import time

import numpy as np

k = np.array([1, 0, -1])
time.time_ns()
```

The kernel sums to `{python} k.sum()`.

```python {.run}
#| label: fig-kernel
#| fig-cap: The kernel.
#| fig-alt: Three bars.
from matplotlib.figure import Figure

figure = Figure()
figure.subplots().bar(range(3), k)
figure
```

```python {.run}
np.abs(k).sum(), time.time_ns()
```

In all `{python} np.abs(k).sum()`, or `{python} k @ k`.
"""
DATA = """# Data

```python {.run}
#| files: [data/numbers.txt]
import time

numbers = open("data/numbers.txt").read().split()
numbers, time.time_ns()
```

```python {.run}
len(numbers)
```
"""
PACKAGE = """# Package

```python {.run}
import time

from tools.sums import total

total(3), time.time_ns()
```
"""
LIMIT = """# Limit

```python {.run}
#| timeout: 20
import time

time.time_ns()
```
"""
PAGES = {"index.md": KERNEL, "data.md": DATA, "package.md": PACKAGE, "limit.md": LIMIT}
EVERY = {"docs/index.md": 3, "docs/data.md": 2, "docs/package.md": 1, "docs/limit.md": 1}
TIME = re.compile(r"\b\d{19}\b")


@pytest.fixture(scope="module")
def built(make_once, config):
    """Build a site once."""
    site = make_once(PAGES, config.replace("worked: {", "worked: {packages: [tools], "))
    site.put("tools/__init__.py", '"""Tools of the site."""\n')
    site.put("tools/sums.py", "def total(n):\n    return n + 1000\n")
    site.put("tools/unused.py", "x = 1\n")
    site.put("docs/data/numbers.txt", "1 2 3")
    first = site.build()
    assert first.ran == EVERY, first.log
    return site


@pytest.fixture
def site(built, tmp_path):
    """Copy the site with all that was kept: to another folder, which changes nothing."""
    return replace(built, root=shutil.copytree(built.root, tmp_path / "copy"))


def times(site):
    return {name: TIME.findall(site.article(name)) for name in site.published}


def edit(site, name, old, new):
    path = site.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_runs_when_nothing_has_changed(site):
    before = times(site)
    assert site.build().ran == {}
    assert times(site) == before


SPY = """
import json, sys

begun = []
sys.addaudithook(
    lambda event, _: begun.append(event)
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec", "os.system")
    else None
)
from mkdocs.__main__ import cli

try:
    cli(["build", "--quiet"], standalone_mode=False)
finally:
    print(json.dumps([begun, sorted({"numpy", "matplotlib"} & set(sys.modules))]))
"""


def test_a_build_with_nothing_to_run_imports_no_engine_and_starts_no_process(site):
    done = site.run("-c", SPY)
    assert (done.stdout, done.stderr) == ("[[], []]\n", "")


def test_a_build_with_something_to_run_imports_no_engine_itself(site):
    edit(site, "docs/limit.md", "time.time_ns()", "time.time_ns(), 1")
    done = site.run("-c", SPY)
    assert (done.stdout, done.stderr) == ('[["subprocess.Popen"], []]\n', "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A kernel and", "Text that was not there.\n\n# A kernel and"),
        ("title: Kernel", "title: Kernel\ntags: [a]"),
        ("The kernel.", "The same kernel."),
        ("Three bars.", "Three bars, one below 0."),
        ("label: fig-kernel", "label: fig-another-kernel"),
        ("#| label: fig-kernel\n", "#| label: fig-kernel\n#| echo: false\n"),
        ("#| label: fig-kernel\n", "#| label: fig-kernel\n#| code-fold: true\n"),
    ],
    ids=["prose", "front-matter", "caption", "alternative", "label", "echo", "code-fold"],
)
def test_what_no_result_depends_on_is_edited_without_running_anything(old, new, site):
    edit(site, "docs/index.md", old, new)
    before = times(site)
    again = site.build()
    assert (again.ran, again.workers) == ({}, 0)
    assert times(site) == before


def test_an_edited_caption_and_alternative_text_are_in_the_page(site):
    edit(site, "docs/index.md", "The kernel.", "Its caption.")
    edit(site, "docs/index.md", "Three bars.", "Its text.")
    site.build()
    assert "Its caption.</figcaption>" in site.article("index.html")
    assert ">Its text.</title>" in site.article("index.html")


def test_a_cell_may_move_without_running(site):
    text = DATA.replace("# Data", "# Data\n\n- Now in a list:\n").replace("\n```", "\n    ```")
    head, _, code = text.partition("    ```")
    lines = [
        line if line.startswith("    ") or not line else f"    {line}" for line in code.split("\n")
    ]
    site.write({"data.md": f"{head}    ```" + "\n".join(lines)})
    assert site.build().ran == {}
    assert "<li>" in site.article("data.html")


def test_a_page_may_be_renamed_without_running(site):
    shutil.move(site.root / "docs/limit.md", site.root / "docs/renamed.md")
    assert site.build().ran == {}


def test_a_changed_limit_runs_nothing(site):
    edit(site, "docs/limit.md", "timeout: 20", "timeout: 30")
    edit(site, "mkdocs.yml", "worked: {", "worked: {timeout: 40, ")
    assert site.build().ran == {}


def test_an_edited_cell_runs_its_page_only(site):
    before = times(site)
    edit(site, "docs/limit.md", "time.time_ns()", "time.time_ns(), 1")
    assert site.build().ran == {"docs/limit.md": 1}
    changed = {name for name, shown in times(site).items() if shown != before[name]}
    assert changed == {"limit.html"}


def test_an_edited_last_cell_shows_the_cells_above_it_as_they_were_kept(site):
    before = times(site)["index.html"]
    edit(site, "docs/index.md", "np.abs(k).sum(), time", "np.abs(k).max(), time")
    assert site.build().ran == {"docs/index.md": 1}
    after = times(site)["index.html"]
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_changed_kernel_changes_everything_that_follows_from_it(site):
    before = site.article("index.html")
    edit(site, "docs/index.md", "k = np.array([1, 0, -1])", "k = np.array([2, 0, -1])")
    assert site.build().ran == {"docs/index.md": 3}
    after = site.article("index.html")
    assert re.findall(r'worked-value">(.*?)<', before) == ["0", "2", "2"]
    assert re.findall(r'worked-value">(.*?)<', after) == ["1", "3", "5"]
    assert re.search(r"<svg.*?</svg>", before)[0] != re.search(r"<svg.*?</svg>", after)[0]


def test_a_new_value_after_the_last_cell_runs_no_cell_for_what_it_shows(site):
    before = times(site)
    edit(site, "docs/index.md", "In all", "It has `{python} k.size` entries. In all")
    assert site.build().ran == {}
    assert 'It has <span class="worked-value">3</span> entries.' in site.article("index.html")
    assert times(site) == before


def test_a_new_value_runs_the_cells_below_it_which_may_see_what_it_did(site):
    edit(site, "docs/index.md", "The kernel sums", "It has `{python} k.size` entries. It sums")
    assert site.build().ran == {"docs/index.md": 2}


def test_an_edited_data_file_runs_the_page_that_reads_it(site):
    site.put("docs/data/numbers.txt", "1 2 3 4")
    assert site.build().ran == {"docs/data.md": 2}
    assert "<code>4</code>" in site.article("data.html")


def test_an_edited_module_of_a_package_runs_what_may_import_it(site):
    site.put("tools/sums.py", "def total(n):\n    return n + 2000\n")
    assert site.build().ran["docs/package.md"] == 1
    assert "2003" in site.article("package.html")


def test_a_module_of_the_same_size_and_time_is_not_mistaken_for_the_old_one(site):
    path = site.root / "tools/sums.py"
    old = path.stat()
    site.put("tools/sums.py", "def total(n):\n    return n + 7000\n")
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    site.build()
    assert "7003" in site.article("package.html")


def test_a_deleted_store_is_filled_again(site):
    shutil.rmtree(site.root / ".cache")
    assert site.build().ran == EVERY


def test_damaged_entries_run_again_and_harm_nothing(site):
    for path in (site.root / ".cache/worked").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:-7])
    assert site.build().ran == EVERY


def test_a_page_that_fails_keeps_nothing(site):
    edit(site, "docs/data.md", "len(numbers)", "len(numbers) / 0")
    site.put("docs/data/numbers.txt", "5 6")
    assert site.build().aborted
    edit(site, "docs/data.md", "len(numbers) / 0", "len(numbers) / 2")
    assert site.build().ran == {"docs/data.md": 2}


# the build itself, without a host


def build(tmp_path, workers=2, fork=True, **texts):
    pages = [parse(text, f"docs/{name}.md") for name, text in texts.items()]
    settings = Settings(root=tmp_path, workers=workers, fork=fork)
    return Build(pages, settings=settings, store=Store(tmp_path / "store"))


@pytest.mark.usefixtures("warm_workers")
def test_a_page_that_hangs_takes_nothing_from_another(tmp_path):
    slow = "```python {.run}\nwhile True: pass\n```\n".replace("{.run}", "{.run}\n#| timeout: 1")
    going = build(tmp_path, a=slow, b="```python {.run}\n1\n```\n")
    assert going.result("docs/b.md").problems == ()
    assert going.result("docs/a.md").problems[0].kind == "timeout"


def test_no_more_workers_start_than_there_are_pages_to_run(tmp_path):
    cell = "```python {.run}\n1\n```\n"
    going = build(tmp_path, workers=5, a=cell, b="# Text\n")
    assert [result.ran for result in going.results()] == [1, 0]
    assert going.workers == 1


def test_results_come_in_the_order_of_the_pages(tmp_path):
    going = build(tmp_path, c="# C\n", a="# A\n", b="# B\n")
    assert [result.page.name for result in going.results()] == [
        *("docs/c.md", "docs/a.md", "docs/b.md")
    ]


@pytest.mark.usefixtures("warm_workers")
def test_where_no_fork_is_safe_the_results_are_the_same(tmp_path):
    cell = "```python {.run}\nimport numpy as np\nnp.random.rand(2)\n```\n\n`{python} 1 + 1`\n"
    texts = {"a": cell, "b": cell + "```python {.run}\n1 / 0\n```\n"}
    (tmp_path / "other").mkdir()
    forked = build(tmp_path, **texts).results()
    fresh = build(tmp_path / "other", fork=False, **texts).results()
    for one, other in zip(forked, fresh, strict=True):
        assert (one.cells, one.values, one.problems) == (other.cells, other.values, other.problems)


SHARING = """```python {.run}
import os

import numpy

seen = hasattr(numpy, "mine")
numpy.mine = 1
seen, os.listdir()
```
"""


def test_pages_share_nothing_even_in_one_worker(tmp_path):
    texts = {"a": SHARING, "b": SHARING.replace("= 1", "= 2"), "c": SHARING.replace("= 1", "= 3")}
    shown = {result.cells[0].outputs[0].text for result in build(tmp_path, 1, **texts).results()}
    assert shown == {"(False, [])"}


@pytest.mark.usefixtures("warm_workers")
def test_global_generators_of_random_numbers_start_alike_on_every_page(tmp_path):
    cell = "import random\n\nimport numpy as np\n\nrandom.random(), np.random.rand()"
    going = build(
        tmp_path,
        workers=1,
        a=f"```python {{.run}}\n{cell}\n```\n",
        b=f"```python {{.run}}\n{cell}  # again\n```\n",
    )
    first, second = (result.cells[0].outputs for result in going.results())
    assert first == second


def test_every_core_that_may_be_used_gets_a_worker():
    assert default_workers() >= 1
