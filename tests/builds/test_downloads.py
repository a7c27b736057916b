"""Downloads: which pages offer them, what is in them, and that they are the same each time."""

import json
import re
import subprocess
import sys

import pytest

from worked import limits

LENDS = """# Lends

```python {.run}
#| export: [twice, table]
import numpy as np

table = np.arange(3.0)


def twice(x):
    return 2 * x + table
```
"""
TAKES = """# Takes

```python {.run}
#| files: [data/a.txt]
from pathlib import Path

import tools
from notes.lends import twice

from worked import limits

print(twice(1), tools.name, Path("data/a.txt").read_text())
```
"""
LINE = re.compile(r'<a href="([^"]*)" download aria-label="([^"]*)">(\w+)</a>')


@pytest.fixture
def offering(config):
    return config.replace("downloads: false", "packages: [tools]")


@pytest.fixture
def course(make, offering):
    def site(folder="course", config=offering, **pages):
        made = make({"lends.md": LENDS, "deep/takes.md": TAKES, **pages}, config, folder)
        made.put("docs/data/a.txt", "7")
        made.put("tools/__init__.py", "from .names import name\n")
        made.put("tools/names.py", "name = 'tool'\n")
        return made

    return site


def test_a_page_with_cells_links_to_its_notebook_and_its_script(course):
    site = course(**{"plain.md": "# Plain\n"})
    assert site.build().good
    assert LINE.findall(site.article("deep/takes.html")) == [
        (f"takes{ending}", f"Download this page’s code: {said}", said)
        for ending, said in [(".ipynb", "notebook"), (".py", "script")]
    ]
    assert "worked-downloads" not in site.article("plain.html")
    assert not (site.root / "site/plain.py").exists()


def test_addresses_that_are_folders_hold_the_downloads(course, offering):
    site = course(config=offering.replace("use_directory_urls: false", ""))
    assert site.build().good
    assert (site.root / "site/deep/takes/takes.ipynb").exists()


def test_an_option_switches_downloads_off(course, offering):
    off = offering.replace("packages:", "downloads: false, packages:")
    site = course(config=off)
    assert site.build().good
    assert "worked-downloads" not in site.article("lends.html")
    assert not list((site.root / "site").rglob("*.ipynb"))


def test_a_script_runs_alone_with_other_pages_packages_and_files(course, tmp_path):
    site = course()
    assert site.build().good
    folder = tmp_path / "empty"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-I", site.root / "site/deep/takes.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("[2. 3. 4.] tool 7\n", "")


def test_two_builds_give_the_same_bytes_and_name_no_folder(course):
    taken = []
    for folder in ("one", "other"):
        site = course(folder)
        assert site.build().good
        paths = sorted((site.root / "site").rglob("takes.*"))
        taken.append([path.read_bytes() for path in paths if path.suffix != ".html"])
        assert str(site.root).encode() not in b"".join(taken[-1])
    assert taken[0] == taken[1]


def test_what_is_too_large_is_left_out_with_its_size(course, monkeypatch):
    monkeypatch.setattr(limits, "MAX_CARRIED", 0)
    site = course()
    assert site.build().good
    cells = json.loads(site.html("deep/takes.ipynb"))["cells"]
    note = next("".join(cell["source"]) for cell in cells if cell["id"] == "opening-note")
    assert "Left out is `data/a.txt`: it has 0.0 MiB, and 0 MiB fit." in note


def test_a_file_that_a_download_would_replace_is_an_error(course):
    site = course()
    site.put("docs/lends.py", "")
    assert "docs/lends.md:1: downloads: the download would be lends.py, as lends.py is" in (
        site.build().log
    )


def test_a_link_out_of_a_package_is_not_followed(course):
    site = course(**{"out.md": "# A\n\n```python {.run}\nif 0:\n    import tools.out\n```\n"})
    (site.root / "tools/out.py").symlink_to(site.put("secret.py", "secret = 1\n"))
    assert site.build().good
    assert "secret = 1" not in site.html("out.py")


def test_a_module_that_is_no_text_ends_the_build_with_its_name(course):
    site = course(**{"bad.md": "# A\n\n```python {.run}\nif 0:\n    import tools.bad\n```\n"})
    (site.root / "tools/bad.py").write_bytes(b"\xff")
    assert "cannot carry tools/bad.py in downloads: it is not UTF-8 text" in site.build().aborted


def test_a_preview_offers_nothing_of_a_page_with_errors(course):
    site = course(**{"bad.md": "# A\n\n```python {.run}\n1 / 0\n```\n"})
    site.build(serving=True, strict=False)
    assert "worked-downloads" not in site.article("bad.html")
    assert "worked-downloads" in site.article("lends.html")
