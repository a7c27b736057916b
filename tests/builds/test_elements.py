"""Custom elements of a site: declared, handed arrays by a cell, loaded where they are."""

import json
import os
import re

import pytest

SCRIPT = 'customElements.define("try-it", class extends HTMLElement {});\n'
CELL = """```python {.run}
#| element: try-it
#| arrays: [x, name]
import numpy as np

x, name = np.arange(3, dtype=np.uint8), "</script><!-- <b>"
print("the still")
```
"""
PAGE = f"# Home\n\n{CELL}"


@pytest.fixture
def course(make, config):
    """Write a site that declares `try-it`."""

    def site(page=PAGE, declared="{try-it: [assets/it.css, assets/it.js]}", **pages):
        options = config.replace("worked: {", f"worked: {{elements: {declared}, ")
        made = make({"index.md": page, "plain.md": "# Plain\n", **pages}, options)
        made.put("docs/assets/it.js", SCRIPT)
        made.put("docs/assets/it.css", "try-it { color: red }\n")
        return made

    return site


def handed(html):
    (found,) = re.findall(r'<script type="application/json" [^>]*>(.*?)</script>', html, re.DOTALL)
    assert "<" not in found
    return json.loads(found)


def test_an_element_holds_its_arrays_and_what_the_cell_shows(course):
    site = course()
    assert site.build().good
    article = site.article("index.html")
    inside = re.search(
        r'<try-it class="worked-element">\s*<script type="application/json" '
        r'class="worked-arrays">(?:[^<]*)</script>\s*(.*?)\s*</try-it>',
        article,
        re.DOTALL,
    )
    assert inside
    assert ">the still</code>" in inside[1]
    assert handed(article) == {
        "x": {"dtype": "uint8", "shape": [3], "data": "AAEC"},
        "name": "</script><!-- <b>",
    }


@pytest.mark.parametrize("folders", [True, False])
def test_a_page_loads_what_its_elements_need_and_others_nothing(folders, course):
    site = course(**{"deep/page.md": PAGE.replace("# Home", "# Deep")})
    urls = f"use_directory_urls: {str(folders).lower()}"
    site.put("mkdocs.yml", site.config.replace("use_directory_urls: false", urls))
    assert site.build().good
    deep = "deep/page/index.html" if folders else "deep/page.html"
    for page in (deep, "index.html"):
        loaded = re.findall(
            r'(?:href|src)="([^"]*assets/(?:it|worked-arrays)[^"]*)"', site.html(page)
        )
        files = [os.path.normpath(f"./{os.path.dirname(page)}/{one}") for one in loaded]  # noqa: PTH120
        assert files == ["assets/it.css", "assets/worked-arrays.js", "assets/it.js"]
        assert all((site.root / "site" / file).is_file() for file in files)
        assert len(re.findall(r"<script [^>]*\bdefer></script>", site.html(page))) == 2
    plain = site.html("plain/index.html" if folders else "plain.html")
    assert "it.js" not in plain
    assert "worked-arrays.js" not in plain


def test_arrays_are_kept_and_their_names_are_part_of_what_runs(course):
    site = course()
    assert site.build().ran == {"docs/index.md": 1}
    assert site.build().ran == {}
    assert handed(site.article("index.html"))["x"]["data"] == "AAEC"
    site.write({"index.md": PAGE.replace("[x, name]", "[x]")})
    assert site.build().ran == {"docs/index.md": 1}
    assert set(handed(site.article("index.html"))) == {"x"}


def test_a_later_cell_that_shows_the_same_is_not_handed_an_older_array(course):
    site = course()
    site.build()
    site.write({"index.md": PAGE.replace("arange(3,", "arange(1, 4,")})
    site.build()
    assert handed(site.article("index.html"))["x"]["data"] == "AQID"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "element: try-it",
            "element: tri-it",
            "docs/index.md:4: element: the site's configuration does not declare the element "
            "'tri-it'; did you mean 'try-it'?",
        ),
        ("[x, name]", "[x, nam]", "docs/index.md:5: arrays: neither this cell nor one above it"),
        ('print("the still")', "", "docs/index.md:4: element: the cell shows nothing"),
        ("dtype=np.uint8", "dtype=complex", "docs/index.md:5: arrays: 'x' is an array of complex"),
        ("arange(3,", "zeros(300_000,", "docs/index.md:5: arrays: 'x' takes 300,000 bytes"),
        ('print("the still")', 'print("a"); del x', "docs/index.md:5: arrays: neither this cell"),
        (
            'print("the still")',
            'print("a"); exec("del x")',
            "docs/index.md:5: arrays: 'x' was not defined when the cell had run",
        ),
    ],
)
def test_what_is_wrong_with_an_element_is_said_with_file_and_line(old, new, said, course):
    built = course(PAGE.replace(old, new)).build()
    assert not built.good
    assert said in built.log


def test_all_arrays_of_a_page_have_a_bound(course):
    cell = CELL.replace("arange(3,", "zeros(250_000,")
    built = course("# Home\n\n" + "\n".join([cell] * 3)).build()
    assert "arrays: the arrays of this page down to here take more than 512 KiB" in built.log


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("{try-it: assets/no.js}", "elements: try-it: there is no file 'assets/no.js' below docs/"),
        (
            "{try-it: assets/it.css}",
            "elements: try-it: name its script, such as `assets/try-it.js`",
        ),
        ("{try-it: [assets/it.js, a.png]}", "'a.png' is neither a script nor a style sheet"),
        ("{try-it: [assets/it.js, ../mkdocs.js]}", "there is no file '../mkdocs.js' below docs/"),
        ("{tryit: assets/it.js}", "elements: the name of an element is a name of small letters"),
        ("{worked-it: assets/it.js}", "cannot be 'worked-it': that name is taken"),
        ("{1: assets/it.js}", "elements: the name of an element is a name of small letters"),
        ("{try-it: null}", "elements: try-it: name its script"),
    ],
)
def test_an_element_that_cannot_be_declared_is_a_clear_error(declared, said, course):
    assert said in course(declared=declared).build().aborted


def test_a_file_outside_of_the_notes_is_no_script(course):
    site = course(declared="{try-it: ../it.js}")
    site.put("it.js", SCRIPT)
    assert "there is no file '../it.js' below docs/" in site.build().aborted


def test_the_arrays_are_not_in_what_is_searched(make, config):
    declared = "{elements: {try-it: assets/it.js}, workers: 1}"
    options = config.replace("worked: {workers: 1, downloads: false}", f"worked: {declared}")
    site = make({"index.md": PAGE}, options.replace("plugins:\n", "plugins:\n  - search\n"))
    site.put("docs/assets/it.js", SCRIPT)
    assert site.build().good
    index = json.loads(site.html("search/search_index.json"))
    text = " ".join(doc["text"] for doc in index["docs"])
    assert "the still" in text
    assert "AAEC" not in text
    assert "dtype&" not in text


LIES = {
    "a shape of its own": {"x": {"dtype": "uint8", "shape": [4], "data": "AAEC"}, "name": "a"},
    "another name": {"y": {"dtype": "uint8", "shape": [3], "data": "AAEC"}, "name": "a"},
    "one name more": {"x": 1, "name": "a", "z": 1},
    "no names": {},
    "a script as data": {"x": {"dtype": "uint8", "shape": [3], "data": "</script>"}, "name": "a"},
    "too much": {"x": "A" * 400_000, "name": "a"},
}


@pytest.mark.parametrize("name", LIES)
def test_a_process_that_lies_about_its_arrays_is_an_error(name, course):
    lie = (
        "import sys\nimport worked.worker.cell as own\n"
        f"own.encode_arrays = lambda names, space: {LIES[name]!r}\n"
    )
    cell = CELL.replace("import numpy as np\n", f"import numpy as np\n{lie}")
    built = course(f"# Home\n\n{cell}").build()
    assert not built.good
    assert re.search(r"docs/index.md:\d+: died: sent something else: ", built.log), built.log


def test_a_strangers_page_may_name_the_sites_elements_and_no_others(course, monkeypatch):
    monkeypatch.setenv("WORKED_TRUST", "stranger")
    assert course().build().good
    built = course(f"{PAGE}\n<other-it>x</other-it>\n").build()
    assert "html: the element <other-it>" in built.log


def test_a_check_finds_without_running_what_is_wrong_with_elements(course):
    page = PAGE.replace("element: try-it", "element: tri-it").replace("[x, name]", "[x, nam]")
    done = course(page).run("-m", "worked.cli", "check")
    assert done.returncode == 1
    assert "docs/index.md:4: element:" in done.stdout
    assert "docs/index.md:5: arrays:" in done.stdout


def test_the_extension_alone_shows_elements_too(course):
    site = course()
    assert site.build().good
    script = "import sys, markdown; text = open('docs/index.md').read(); "
    done = site.run("-c", f"{script}print(markdown.markdown(text, extensions=['worked']))")
    assert '<try-it class="worked-element">' in done.stdout, done.stderr
    assert handed(done.stdout)["x"]["data"] == "AAEC"
