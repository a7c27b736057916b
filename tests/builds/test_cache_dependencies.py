"""What an edit of the site's own packages runs again, in builds that follow each other."""

import os
import shutil
from dataclasses import replace
from importlib import metadata

import pytest

CELL = "```python {{.run}}\n{0}\n```\n\n"


def page(*codes):
    return "# Page\n\n" + "".join(CELL.format(code) for code in codes)


PAGES = {
    "index.md": page("1 + 1"),
    "sums.md": page("from tools.sums import total\ntotal(3)"),
    "later.md": page("x = 1\nx", "import tools.late\ntools.late.name", "x"),
    "twice.md": page("import tools.sums", "import tools.sums\ntools.sums.total(4)"),
    "fast.md": page(
        "try:\n    import tools.fast as t\nexcept ImportError:\n    t = None\nt is None"
    ),
    "data.md": page("from tools.data import read\nread()"),
    "listing.md": page("from tools.data import names\nnames()"),
    "value.md": page("1") + "It is `{python} __import__('tools.late').late.name`.\n",
}
FILES = {
    "__init__.py": '"""Tools of the site."""\n',
    "sums.py": "from tools.deep import base\n\n\ndef total(n):\n    return n + base\n",
    "deep.py": "base = 1000\n",
    "late.py": 'name = "late"\n',
    "data.py": (
        "from pathlib import Path\n\nHERE = Path(__file__).parent\n\n\n"
        'def read():\n    return (HERE / "kept" / "a.txt").read_text()\n\n\n'
        'def names():\n    return sorted(path.name for path in (HERE / "kept").glob("*.txt"))\n'
    ),
    "kept/a.txt": "first",
}


@pytest.fixture(scope="module")
def built(make_once, config):
    site = make_once(PAGES, config.replace("worked: {", "worked: {packages: [tools], "))
    for name, text in FILES.items():
        site.put(f"tools/{name}", text)
    first = site.build()
    assert set(first.ran) == {f"docs/{name}" for name in PAGES}, first.log
    return site


@pytest.fixture
def site(built, tmp_path):
    """Copy the site with all that was kept; no absolute path is in it, so nothing is stale."""
    return replace(built, root=shutil.copytree(built.root, tmp_path / "copy"))


def test_a_moved_checkout_runs_nothing(site):
    assert site.build().ran == {}


def test_no_absolute_path_is_in_the_store(built):
    for path in (built.root / ".cache/worked").rglob("*.json"):
        assert str(built.root).encode() not in path.read_bytes()


def test_two_checkouts_may_share_a_store(built, tmp_path):
    shared = tmp_path / "store"
    shutil.copytree(built.root / ".cache/worked", shared)
    config = built.config.replace("{packages", f"{{store: {shared}, packages")
    sites = [
        replace(
            built,
            root=shutil.copytree(
                built.root, tmp_path / name, ignore=shutil.ignore_patterns(".cache")
            ),
            config=config,
        )
        for name in ("one", "other")
    ]
    assert [site.build().ran for site in sites] == [{}, {}]
    sites[1].put("tools/late.py", 'name = "changed"\n')
    assert sites[1].build().ran == {"docs/later.md": 2}
    assert "changed" in sites[1].article("later.html")
    sites[0].build()
    assert "late" in sites[0].article("later.html")


def change(site, name, text):
    """Edit a file so that its size and time stay the same."""
    path = site.root / name
    about = path.stat()
    site.put(name, text)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert path.stat().st_size == about.st_size


def test_an_edit_of_the_same_size_and_time_runs_what_depends_on_it_only(site):
    change(site, "tools/deep.py", "base = 7000\n")
    assert site.build().ran == {"docs/sums.md": 1, "docs/twice.md": 2}
    assert "7003" in site.article("sums.html")
    assert "7004" in site.article("twice.html")
    assert site.build().ran == {}


def test_a_module_that_a_later_cell_loads_makes_no_earlier_cell_stale(site):
    change(site, "tools/late.py", 'name = "LATE"\n')
    assert site.build().ran == {"docs/later.md": 2}  # the second, and the third after it
    assert "LATE" in site.article("later.html")
    assert "LATE" in site.article("value.html")


def test_a_module_that_was_looked_for_and_appears_runs_the_page(site):
    assert "True" in site.article("fast.html")
    site.put("tools/fast.py", "")
    assert site.build().ran == {"docs/fast.md": 1}
    assert "False" in site.article("fast.html")


def test_a_module_that_nobody_looked_for_runs_nothing(site):
    site.put("tools/other.py", "")
    assert site.build().ran == {}


def test_a_package_that_takes_a_modules_place_runs_what_imported_it(site):
    site.put("tools/deep/__init__.py", "base = 9000\n")
    assert site.build().ran == {"docs/sums.md": 1, "docs/twice.md": 2}
    assert "9003" in site.article("sums.html")


def test_a_module_that_vanishes_fails_the_page(site):
    (site.root / "tools/late.py").unlink()
    assert "No module named 'tools.late'" in site.build().log


def test_data_of_a_package_runs_what_read_it(site):
    change(site, "tools/kept/a.txt", "other")
    assert site.build().ran == {"docs/data.md": 1}
    assert "other" in site.article("data.html")


def test_a_new_file_in_a_folder_runs_what_listed_it(site):
    site.put("tools/kept/b.txt", "")
    assert site.build().ran == {"docs/listing.md": 1}
    assert "b.txt" in site.article("listing.html")


def test_prose_runs_nothing(site):
    for name, text in PAGES.items():
        site.write({name: text.replace("# Page", "# Page\n\nMore prose.")})
    assert site.build().ran == {}


def test_bytecode_beside_the_modules_changes_nothing(site):
    import py_compile

    for path in (site.root / "tools").glob("*.py"):
        py_compile.compile(str(path))
    assert site.build().ran == {}
    change(site, "tools/deep.py", "base = 7000\n")
    site.build()
    assert "7003" in site.article("sums.html")


def test_another_version_of_a_distribution_runs_what_loaded_it(site, monkeypatch):
    site.write({"yaml.md": page("2", "import yaml\nyaml.safe_load('1')")})
    assert site.build().ran == {"docs/yaml.md": 2}
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0" if name == "PyYAML" else real(name))
    assert site.build().ran == {"docs/yaml.md": 1}


def test_a_package_that_is_declared_later_is_found(make, config):
    code = "try:\n    import tools\nexcept ImportError:\n    tools = None\ntools is None"
    site = make({"index.md": page(code)}, config)
    site.put("tools/__init__.py", "")
    site.build()
    assert "True" in site.article("index.html")
    site.put("mkdocs.yml", config.replace("worked: {", "worked: {packages: [tools], "))
    site.build()
    assert "False" in site.article("index.html")


def test_data_that_an_earlier_cell_reads_before_it_is_declared_is_in_its_key(make):
    second = "#| files: [a.txt]\n1"
    site = make({"index.md": page("open('a.txt').read()", second)})
    site.put("docs/a.txt", "first")
    site.build()
    site.put("docs/a.txt", "other")
    site.build()
    assert "other" in site.article("index.html")


EDITING = "import pathlib\npathlib.Path({0!r}).write_text({1!r})\n1"


@pytest.mark.parametrize("name", ["tools/sums.py", "docs/a.txt"])
def test_what_changes_while_the_site_builds_is_shown_and_not_kept(name, make, config):
    reading = "import tools.sums\nprint(tools.sums.total(1))\nprint(open('a.txt').read())"
    site = make(
        {"index.md": page(f"#| files: [a.txt]\n{reading}")},
        config.replace("worked: {", "worked: {confine: limited, packages: [tools], "),
    )
    site.put("tools/__init__.py", "")
    site.put("tools/sums.py", "def total(n):\n    return n + 10\n")
    site.put("docs/a.txt", "a")
    text = "def total(n):\n    return n + 20\n"
    path = site.root / name
    site.write({"index.md": page(f"#| files: [a.txt]\n{reading}", EDITING.format(str(path), text))})
    built = site.build()
    assert built.ran == {"docs/index.md": 2}, built.log
    assert "11" in site.article("index.html")
    path.write_text(text)
    assert site.build().ran == {"docs/index.md": 2}
    assert ("21" if name == "tools/sums.py" else "return n + 20") in site.article("index.html")


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("docs", "open(tools.__path__[0] + '/link/secret.txt').read()"),
        (".", "import os; len(os.listdir(tools.__path__[0] + '/link'))"),
    ],
)
def test_a_link_that_leads_out_of_a_package_fails_the_page_with_its_name(link, code, make, config):
    site = make(
        {"index.md": page(f"import tools\n{code}")},
        config.replace("worked: {", "worked: {confine: limited, packages: [tools], "),
    )
    site.put("tools/__init__.py", "")
    site.put("docs/secret.txt", "x")
    (site.root / "tools/link").symlink_to(site.root / link)
    assert "which a link leads out of its package" in site.build().log


def test_entries_of_another_format_run_again(site, monkeypatch):
    monkeypatch.setattr("worked.cache.keys.STORE_FORMAT", "999")
    assert set(site.build().ran) == {f"docs/{name}" for name in PAGES}


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body[: len(body) // 2],
        lambda body: b"",
        lambda body: body[:80] + bytes([body[80] ^ 1]) + body[81:],
        lambda body: b"<!doctype html>\n",
    ],
    ids=["truncated", "empty", "corrupted", "foreign"],
)
def test_damaged_entries_run_again(damage, site):
    for path in (site.root / ".cache/worked").rglob("*.json"):
        path.write_bytes(damage(path.read_bytes()))
    assert set(site.build().ran) == {f"docs/{name}" for name in PAGES}
    assert site.build().ran == {}
