"""Exports in a site: what one page hands to others, and what runs again."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from worked.cli.__main__ import main
from worked.hosts import mkdocs_plugin
from worked.hosts.mkdocs_site import site_settings
from worked.worker.codec import decode_export


def cells(*codes):
    """Write a page; a cell begins on line 4 and ends with an empty line."""
    fences = [f"```python {{.run}}\n{textwrap.dedent(code).strip()}\n```\n" for code in codes]
    return "# Page\n\n" + "\n".join(fences)


TIMED = "import time\n\n{0}\n{1}, time.time_ns()"
CORRELATE = cells(
    """
    #| export: [correlate, Padded]
    import numpy as np

    SIZE: int = 3
    EDGE = (1, -1)


    def correlate(x, w=EDGE):
        return [int(np.dot(x[i : i + len(w)], w)) for i in range(len(x) - len(w) + 1)]


    class Padded:
        size = SIZE

        def __call__(self, x):
            return correlate([0, *x, 0])
    """,
    "correlate([1, 2, 4])",
)
NETWORK = cells(
    """
    #| export: [net, steps]
    import time

    import numpy as np

    net = {"w": [np.arange(4.0).reshape(2, 2), np.ones(2, "float32")], "name": "small"}
    steps = np.int64(7)
    """,
    "time.time_ns()",
)
PAGES = {
    "part/correlate-it.md": CORRELATE,
    "network.md": NETWORK,
    "first.md": cells(
        TIMED.format(
            "from notes.part.correlate_it import correlate as c", "c([1, 2, 4]), c.__module__"
        )
    ),
    "second.md": cells(
        TIMED.format("import notes.part.correlate_it", "notes.part.correlate_it.Padded()([1, 2])")
    ),
    "third.md": cells(
        TIMED.format(
            "from notes.network import net, steps",
            "net['w'][0].sum(), net['w'][1].dtype.name, net['name'], steps",
        )
    ),
    "fourth.md": cells(
        TIMED.format(
            "def late():\n    from notes import network\n    return network.net", "late()['name']"
        )
    ),
    "other.md": cells("1 + 1"),
}
ALL = {
    "docs/part/correlate-it.md": 2,
    "docs/network.md": 2,
    **{f"docs/{name}.md": 1 for name in ("first", "second", "third", "fourth", "other")},
}


@pytest.fixture(scope="module")
def built(make_once, config):
    site = make_once(PAGES, config)
    first = site.build()
    assert (first.log.count("ERROR"), first.ran) == (0, ALL), first.log
    return site


@pytest.fixture
def site(built, tmp_path):
    return replace(built, root=shutil.copytree(built.root, tmp_path / "copy"))


def edit(site, name, old, new):
    path = site.root / "docs" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def call(capsys, warm_workers):
    def run(site, *arguments):
        code = main(["-f", str(site.root / "mkdocs.yml"), *arguments])
        return code, capsys.readouterr().out

    return run


# what comes over


def test_a_function_comes_by_its_source(built):
    assert "[-1, -2]" in built.article("first.html").replace("&#39;", "'")
    assert "notes.part.correlate_it" in built.article("first.html")


def test_a_class_brings_the_constants_and_functions_that_it_uses(built):
    assert "[-1, -1, 2]" in built.article("second.html")


def test_arrays_and_what_holds_them_come_by_value(built):
    for part in ("6.0", "float32", "small", "7"):
        assert part in built.article("third.html")


def test_an_import_in_a_function_is_seen(built):
    assert "small" in built.article("fourth.html")


@pytest.mark.parametrize(
    ("confined", "fork"),
    [
        ("isolated", True),
        ("isolated", False),
        *(pytest.param("limited", fork, marks=pytest.mark.nightly) for fork in (True, False)),
    ],
)
def test_exports_reach_cells_however_they_run(make, config, monkeypatch, fork, confined):
    chosen = site_settings
    monkeypatch.setattr(
        mkdocs_plugin, "site_settings", lambda *given: replace(chosen(*given), fork=fork)
    )
    site = make(
        {"network.md": NETWORK, "index.md": PAGES["third.md"]},
        config.replace("worked: {", f"worked: {{confine: {confined}, "),
    )
    built = site.build()
    if "isolated" in built.aborted:
        pytest.skip(built.aborted)
    assert built.good, built.log
    assert "small" in site.article("index.html")


# what runs again


def test_nothing_runs_when_nothing_has_changed(site):
    assert site.build().ran == {}


def test_prose_of_the_exporting_page_runs_nothing(site):
    for name in ("part/correlate-it.md", "network.md"):
        edit(site, name, "# Page\n", "# Another title\n\nAnd a text.\n\nAnd another.\n")
    assert site.build().ran == {}


def test_an_edit_of_a_function_runs_its_importers_alone(site):
    edit(site, "part/correlate-it.md", "int(np.dot", "10 * int(np.dot")
    assert site.build().ran == {
        "docs/part/correlate-it.md": 2,
        "docs/first.md": 1,
        "docs/second.md": 1,
    }
    assert "[-10, -20]" in site.article("first.html")


def test_an_edit_of_one_export_does_not_run_the_importers_of_another(site):
    edit(site, "part/correlate-it.md", "correlate([0, *x, 0])", "correlate([0, 0, *x])")
    assert site.build().ran == {"docs/part/correlate-it.md": 2, "docs/second.md": 1}


def test_an_edit_of_a_constant_counts_as_one_of_what_uses_it(site):
    edit(site, "part/correlate-it.md", "SIZE: int = 3", "SIZE: int = 4")
    assert site.build().ran == {"docs/part/correlate-it.md": 2, "docs/second.md": 1}


def test_another_cell_of_the_exporting_page_runs_no_importer(site):
    edit(site, "part/correlate-it.md", "correlate([1, 2, 4])", "correlate([1, 2, 5])")
    edit(site, "network.md", "\ntime.time_ns()", "\ntime.time_ns(), 1")
    assert site.build().ran == {"docs/part/correlate-it.md": 1, "docs/network.md": 1}


def test_an_array_that_has_changed_runs_its_importers(site):
    edit(site, "network.md", "arange(4.0)", "arange(1.0, 5.0)")
    assert site.build().ran == {"docs/network.md": 2, "docs/third.md": 1, "docs/fourth.md": 1}
    assert "10.0" in site.article("third.html")


def test_an_array_that_came_out_the_same_runs_no_importer(site):
    edit(site, "network.md", "arange(4.0)", "arange(0.0, 4.0)")
    assert site.build().ran == {"docs/network.md": 2}


def test_an_array_that_depends_on_a_package_is_made_again_when_that_changes(make, config):
    train = "#| export: w\nimport numpy as np\nfrom tools import rate\nw = np.ones(2) * rate"
    pages = {
        "a.md": cells("from notes.b import w", "w"),
        "b.md": cells(train),
    }
    site = make(pages, config.replace("worked: {", "worked: {packages: [tools], "))
    site.put("tools/__init__.py", "rate = 2\n")
    assert site.build().good
    site.put("tools/__init__.py", "rate = 3\n")
    assert site.build().ran == {"docs/b.md": 1, "docs/a.md": 2}
    assert "3" in site.article("a.html")


def test_a_new_importer_takes_the_kept_arrays(site):
    site.write({"new.md": cells("from notes.network import net", "net['name']")})
    assert site.build().ran == {"docs/new.md": 2}
    assert "small" in site.article("new.html")


def test_arrays_are_kept_as_npy_and_nothing_is_pickled(built):
    kept = [path.read_text() for path in (built.root / ".cache/worked").rglob("*.json")]
    entries = [json.loads(text.partition("\n")[2]).get("kept") for text in kept]
    (net,) = [entry["net"] for entry in entries if isinstance(entry, dict) and "net" in entry]
    assert decode_export(net)["w"][0].tolist() == [[0, 1], [2, 3]]
    assert "k05VTVBZ" in json.dumps(net)  # the .npy mark in base64


def test_a_chain_of_arrays_runs_in_order(make):
    link = "#| export: x{0}\nfrom notes.{1} import x{1}\nx{0} = x{1} + 1"
    pages = {f"{name}.md": cells(link.format(f"{name}", before)) for name, before in ("ab", "bc")}
    pages["c.md"] = cells("#| export: xc\nimport numpy as np\nxc = np.zeros(1)")
    pages["a.md"] += "\nThe end is `{python} xa[0]`.\n"
    pages["index.md"] = cells("from notes.a import xa", "xa")
    site = make(pages)
    built = site.build()
    assert built.good, built.log
    assert ">2</span>." in site.article("a.html")
    edit(site, "c.md", "zeros", "ones")
    assert set(site.build().ran) == {f"docs/{name}.md" for name in ("a", "b", "c", "index")}
    assert ">3</span>." in site.article("a.html")


# what is wrong as it is written

F = "def f():\n    return 1"
MISSING = cells("#| export: f\ndef f():\n    y = 1\n    return y + missing")


def test_a_circle_ends_a_build_before_anything_runs(make):
    page = "#| export: {0}\nimport notes.{1}\n{0} = [1]"
    pages = {f"{one}.md": cells(page.format(one, other)) for one, other in ("ab", "ba")}
    pages["index.md"] = cells("from notes.a import a")
    built = make(pages).build()
    assert built.workers == 0
    assert "docs/a.md:5: import: pages import each other in a circle: docs/a.md -> " in built.log
    assert "docs/index.md:4: import: docs/a.md failed, on which this page depends" in built.log
    assert "3 of 3 pages failed." in built.log


def test_check_says_it_without_running(make, call):
    site = make({"index.md": cells("import notes.part.corelate_it"), **PAGES})
    code, out = call(site, "check")
    assert code == 1
    assert "docs/index.md:4: import: no page has the module 'notes.part.corelate_it'" in out
    assert "> 4 | import notes.part.corelate_it" in out
    assert not (site.root / ".cache").exists()
    assert call(site, "check", str(site.root / "docs/third.md"))[0] == 0


def test_a_build_says_it_too(make):
    built = make({"index.md": cells("from notes.a import f"), "a.md": MISSING}).build()
    assert (
        "docs/a.md:7: export: 'f' is exported and uses 'missing', which the page does not define"
        in built.log
    )
    assert "docs/index.md:4: import: docs/a.md failed, on which this page depends" in built.log


def test_a_page_whose_options_are_wrong_keeps_its_importers_waiting(make):
    pages = {"a.md": cells("#| exprot: f\nf = 1"), "index.md": cells("from notes.a import f")}
    built = make(pages).build()
    assert "docs/a.md:4: option: unknown option 'exprot'; did you mean 'export'?" in built.log
    assert "docs/index.md:4: import: docs/a.md failed, on which this page depends" in built.log


def test_no_package_of_a_site_is_called_notes(make, config):
    site = make({"index.md": "# A"}, config.replace("worked: {", "worked: {packages: [notes], "))
    site.put("notes/__init__.py", "")
    assert "'notes' is the name of the pages' own modules" in site.build().aborted


# what goes wrong while it runs


def test_importers_wait_for_a_page_that_fails(make):
    pages = {
        "a.md": cells("#| export: x\nx = [1]", "1 / 0"),
        "b.md": cells("#| export: y\nfrom notes.a import x\ny = x + [1]"),
        "index.md": cells("1", "import notes.b"),
    }
    built = make(pages).build()
    assert "docs/a.md:9: ZeroDivisionError" in built.log
    assert "docs/b.md:5: import: docs/a.md failed, on which this page depends" in built.log
    assert "docs/index.md:8: import: docs/b.md failed, on which this page depends" in built.log
    assert "3 of 3 pages failed." in built.log
    assert "NameError" not in built.log


def test_an_error_in_another_page_names_its_line(make):
    pages = {
        "a.md": cells("#| export: f\n\ndef f(x):\n    return 1 / x"),
        "index.md": cells("from notes.a import f", "f(0)"),
    }
    log = make(pages).build().log
    assert "docs/index.md:8: ZeroDivisionError: division by zero (in docs/a.md:7)" in log


def test_a_traceback_shows_the_line_of_the_markdown_file(make):
    show = "import traceback\ntry:\n    f(0)\nexcept ZeroDivisionError:\n    traceback.print_exc()"
    pages = {
        "a.md": cells("#| export: f\n\ndef f(x):\n    return 1 / x"),
        "index.md": cells("from notes.a import f", show, "import inspect\ninspect.getsource(f)"),
    }
    site = make(pages)
    assert site.build().good
    shown = re.sub(r"<[^>]*>", "", site.article("index.html")).replace("&quot;", '"')
    assert 'File "docs/a.md", line 7, in f\n    return 1 / x' in shown
    assert "def f(x):" in shown


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            "x = lambda: 1",
            "'x' holds a function or class that no plain `def` or `class` of a cell has made",
        ),
        ("x = {'a': [{1}]}", "'x' holds a set; exported are functions, classes, arrays"),
        ("import numpy as np\nx = np.array([{}])", "'x' holds an array of object"),
        ("import numpy as np\nx = np.ma.ones(2)", "'x' holds a MaskedArray"),
        ("x = []\nx.append(x)", "'x' has more than 32 lists in each other"),
        ("import numpy as np\nx = np.zeros(2**22)", "values take 42.7 MiB; a cell has 16 MiB"),
        ("if 0:\n    x = [1]", "'x' is exported, but was not defined when the cell had run"),
    ],
)
def test_what_cannot_be_handed_on_is_an_error_at_the_option(make, made, said):
    built = make({"index.md": cells(f"#| echo: true\n#| export: x\n{made}")}).build()
    assert "docs/index.md:5: export: " in built.log
    assert said in built.log


def test_an_import_that_nobody_could_see_is_an_error(make):
    pages = {
        "a.md": cells(f"#| export: f\n{F}"),
        "index.md": cells("import importlib\n\nimportlib.import_module('notes' + '.a')"),
    }
    log = make(pages).build().log
    assert (
        "docs/index.md:6: ModuleNotFoundError: the import of 'notes.a' cannot be seen without"
        in log
    )
    assert "write `from notes.a import …` in a cell" in log


# the commands


def test_run_of_one_page_runs_those_that_it_needs(make, call):
    site = make(PAGES)
    code, out = call(site, "run", str(site.root / "docs/third.md"))
    assert (code, "2 pages, 3 cells: 3 ran, 0 kept" in out) == (0, True)
    code, out = call(site, "run", str(site.root / "docs/first.md"))
    assert (code, "1 page, 1 cell: 1 ran, 0 kept" in out) == (0, True)


def test_verify_runs_pages_that_import_each_other(make, call):
    pages = {name: re.sub(r",? ?time\.time_ns\(\)", "", text) for name, text in PAGES.items()}
    code, out = call(make(pages), "verify")
    assert (code, "two runs agree: 7 pages, 9 cells" in out) == (0, True), out


def test_verify_names_an_export_that_differs(make, call):
    made = "#| export: x\nimport numpy as np\nx = np.random.default_rng().random(3);"
    site = make({"index.md": cells(made), "b.md": cells("from notes.index import x", "x.shape")})
    code, out = call(site, "verify", str(site.root / "docs/b.md"))
    assert (code, "docs/index.md:4: differs: the exported 'x' is another value" in out) == (1, True)


# in any Python process

OUTSIDE = """
import sys
import worked
worked.install("docs")
try:
    exec(sys.argv[1])
except ImportError as error:
    print("ImportError:", error)
"""


def outside(site, code):
    done = subprocess.run(
        [sys.executable, "-c", OUTSIDE, code], cwd=site.root, capture_output=True, text=True
    )
    assert not done.stderr, done.stderr
    return done.stdout.strip()


def test_any_process_can_import_functions_without_a_store(make):
    site = make(PAGES)
    code = "from notes.part.correlate_it import correlate, Padded; print(correlate([1, 2]), Padded)"
    assert outside(site, code) == "[-1] <class 'notes.part.correlate_it.Padded'>"


def test_the_old_name_of_install_still_works_and_names_the_new_one(make):
    old = OUTSIDE.replace("import worked", "from worked import exports").replace(
        "worked.install", "exports.install"
    )
    code = "from notes.part.correlate_it import correlate; print(correlate([1, 2]))"
    done = subprocess.run(
        [sys.executable, "-c", old, code], cwd=make(PAGES).root, capture_output=True, text=True
    )
    assert done.stdout == "[-1]\n"
    assert "DeprecationWarning: worked.exports.install is worked.install now" in done.stderr


def test_any_process_can_import_kept_arrays(site):
    assert outside(site, "from notes.network import net; print(net['w'][1])") == "[1. 1.]"


def test_arrays_outside_want_a_run(make, call):
    site = make({**PAGES, "mixed.md": cells(f"#| export: [f, x]\n{F}\nx = [1]")})
    wanted = "ImportError: 'x' is not in the store: `worked run "
    assert outside(site, "from notes.mixed import x").startswith(wanted)
    assert outside(site, "from notes.mixed import f; print(f())") == "1"
    call(site, "run", str(site.root / "docs/mixed.md"))
    assert outside(site, "from notes.mixed import x; print(x)") == "[1]"
    edit(site, "mixed.md", "x = [1]", "x = [2]")
    assert outside(site, "from notes.mixed import x").startswith(wanted)


def test_a_wrong_page_says_so_outside(make):
    site = make({"a.md": MISSING, "b.md": CORRELATE})
    assert outside(site, "import notes.a").startswith("ImportError: docs/a.md:7: export: 'f' is")
    assert "did you mean 'notes.b'?" in outside(site, "import notes.bb")
