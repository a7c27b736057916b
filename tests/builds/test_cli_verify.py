"""`worked verify`: what depends on more than its code is named, and nothing else is."""

import re

import pytest

from worked.cli.__main__ import main

# name -> (a cell that depends on it, what differs)
DEPENDENT = {
    "clock": ("import time\n\ntime.time_ns()", "text"),
    "stopwatch": ("import time\n\ntime.perf_counter()", "text"),
    "day": ("import datetime\n\ndatetime.date.today()", "text"),
    "address": ("print(object())", "text"),
    "identity": ("id([])", "text"),
    "unseeded": ("import numpy as np\n\nnp.random.default_rng().random(3)", "matrix"),
    "entropy": ("import os\n\nos.urandom(4).hex()", "text"),
    "set": ("print({'a', 'b', 'c'})", "text"),
    "dict-of-a-set": ("dict.fromkeys({'kernel', 'stride', 'padding'}, 0)", "text"),
    "hash": ("hash('text') % 1000", "text"),
    "zone": ("import time\n\ntime.localtime(0).tm_hour", "text"),
    "locale": ("import locale\n\nlocale.setlocale(locale.LC_ALL, '')", "text"),
    "folder": ("import os\n\nlen(os.getcwd().split('/'))", "text"),
    "process": ("import os\n\nos.getpid()", "text"),
    "home": ("import os\n\nos.path.expanduser('~')", "text"),
    "fresh-memory": ("import numpy as np\n\nnp.empty((300, 300))[0, :4]", "matrix"),
    "times-of-files": ("import os\n\nimport tools\n\nos.path.getmtime(tools.__file__)", "text"),
    "folder-of-a-package": ("import tools\n\ntools.__path__[0]", "text"),
    "drawing": (
        "from matplotlib.figure import Figure\n\n"
        "figure = Figure()\nfigure.text(0, 0, id(figure))\nfigure",
        "drawing",
    ),
    "html": ("class A:\n    def _repr_html_(self):\n        return str(id(self))\n\nA()", "html"),
    "warning": ("import warnings\n\nwarnings.warn(str(object()))", "warning"),
    "kind": ("import os\n\n1 if 'MALLOC_PERTURB_' in os.environ else None", "nothing, then text"),
    "failure": (
        "import os\n\nif os.environ['TZ'] != 'UTC':\n    raise ValueError(1)",
        "only the second run fails: ValueError: 1",
    ),
}
VALUES = {"value": "hash('text')", "value-of-a-set": "list({'kernel', 'stride', 'padding'})"}
STEADY = {
    "seeded.md": """```python {.run}
import random

import numpy as np

rng = np.random.default_rng(7)
rng.random(3), random.random(), np.random.rand()
```

`{python} rng.random()` and `{python} sorted({'a', 'b', 'c'})`.
""",
    "drawn.md": """```python {.run}
#| fig-alt: A legend, a hatch and a map.
import numpy as np
from matplotlib.figure import Figure
from tools import one

figure = Figure()
axes = figure.subplots(1, 3)
axes[0].plot([one, 2], label="a")
axes[0].legend()
axes[1].fill_between([0, 1], [1, 2], hatch="//")
axes[2].imshow(np.random.default_rng(0).random((4, 4)))
figure
```
""",
    "data.md": """```python {.run}
#| files: [data.txt]
from pathlib import Path

Path("data.txt").read_text()
```
""",
    "raises.md": """```python {.run}
#| raises: ZeroDivisionError
1 / 0
```
""",
}
WRONG = "```python {.run}\nunknown\n```\n"


def cell(code):
    alt = "#| fig-alt: A text.\n" if "figure" in code else ""
    return f"# A page\n\n```python {{.run}}\n{alt}{code}\n```\n"


@pytest.fixture(scope="module")
def site(make_once, config):
    pages = {f"{name}.md": cell(code) for name, (code, _) in DEPENDENT.items()}
    pages |= {f"{name}.md": f"# A\n\n`{{python}} {value}`\n" for name, value in VALUES.items()}
    site = make_once(
        {**pages, **STEADY, "wrong.md": WRONG},
        config.replace("worked: {", "worked: {packages: [tools], "),
    )
    site.put("tools/__init__.py", "one = 1\n")
    site.put("docs/data.txt", "3 4 é")
    return site


@pytest.fixture
def call(site, capsys, warm_workers):
    """Call the command for some pages: exit code, what it printed."""

    def run(*pages):
        names = [str(site.root / "docs" / page) for page in pages]
        code = main(["-f", str(site.root / "mkdocs.yml"), "verify", *names])
        return code, capsys.readouterr().out

    return run


@pytest.fixture(scope="module")
def said(site):
    """Verify all pages at once; give what it says of each."""
    done = site.run("-m", "worked.cli", "verify", TZ="Asia/Kathmandu", PYTHONHASHSEED="random")
    assert (done.returncode, done.stderr) == (1, "")
    return re.split(r"\n\n(?=docs/|\d)", done.stdout)


def of(said, name):
    return [block for block in said if block.startswith(f"docs/{name}.md:")]


@pytest.mark.parametrize("name", DEPENDENT)
def test_a_cell_that_depends_on_its_surroundings_is_named(name, said):
    (block,) = of(said, name)
    assert re.match(rf"docs/{name}\.md:\d+: differs: {DEPENDENT[name][1]}", block)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_depends_on_its_surroundings_is_named(name, said):
    (block,) = of(said, name)
    assert block.startswith(f"docs/{name}.md:3: differs: value\n  first:  ")


@pytest.mark.parametrize("name", [name.removesuffix(".md") for name in STEADY])
def test_a_page_that_depends_on_nothing_else_is_not_named(name, said):
    assert of(said, name) == []


def test_both_lines_that_differ_are_quoted(said):
    (block,) = of(said, "address")
    assert re.search(r"\n  first:  <object object at 0x\w+>\n  second: <object object at 0x", block)


def test_a_page_that_fails_is_reported_as_by_run(said):
    (block,) = of(said, "wrong")
    assert block.startswith("docs/wrong.md:2: NameError: name 'unknown' is not defined\n")


def test_pages_are_counted_and_the_second_run_is_described(said):
    failed = len(DEPENDENT) + len(VALUES) + 1
    assert said[-1].startswith(f"{failed} of {failed + len(STEADY)} pages failed.\nworked: the sec")


def test_pages_that_agree_are_counted(call):
    assert call("seeded.md", "data.md") == (
        0,
        "worked: two runs agree: 2 pages, 2 cells, 2 values\n",
    )


def test_only_the_named_pages_are_run(call):
    code, out = call("wrong.md", "seeded.md")
    assert code == 1
    assert "\n1 of 2 pages failed.\n" in out


def test_nothing_is_kept_and_nothing_that_was_kept_is_used(site, call):
    store = site.root / ".cache"
    assert not store.exists()
    main(["-f", str(site.root / "mkdocs.yml"), "run", str(site.root / "docs/set.md")])
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*")}
    assert before
    assert call("set.md")[0] == 1
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*")} == before
