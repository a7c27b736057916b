"""Sites of every shape: where pages come from, how they are written, and what is published."""

import json
import re

import pytest
from mkdocs.config import load_config

from worked import limits
from worked.hosts.mkdocs_site import is_cold

CELL = "```python {{.run}}\n{0}\n```\n"
LINKS = """# Links

```python {.run}
#| label: fig-here
#| fig-cap: A caption to be found.
#| fig-alt: An alternative text.
from matplotlib.figure import Figure

figure = Figure()
figure.subplots().set_title("letters".upper())
figure
```

```python {.run}
#| label: tbl-here
print("number\\n", 9000 + 1)
```

```python {.run}
#| label: a-cell
#| output: false
print("a label of a cell")
```

The value `{python} 12345 * 2` and [a figure](#fig-here), [a table](#tbl-here), [a cell](#a-cell).
"""


# how a page is written: all of these come out alike
LINES = "# A\n\n```python {.run}\nif True:\n    x = 40 + 2\nx\n```\n\nIt is `{python} x`.\n"
TABS = "- A\n\n\t```python {.run}\n\tx = 42\n\tx\n\t```\n\nIt is `{python} x`.\n"
MARKED = f"---\ntitle: A\n---\n{LINES}"
WRITTEN = {
    "plain": LINES,
    "windows": LINES.replace("\n", "\r\n"),
    "byte-order-mark": f"\ufeff{LINES}",
    "tabs-in-code": LINES.replace("    ", "\t"),
    "tab-before-the-fence": TABS,
    "no-end-of-the-last-line": "It is `{python} 42`.\n\n```python {.run}\n42\n```",
    "front-matter": MARKED,
    "empty-lines-below-front-matter": MARKED.replace("---\n#", "---\n\n\n#"),
    "front-matter-of-windows": "\ufeff" + MARKED.replace("\n", "\r\n"),
    "rule-below-front-matter": MARKED.replace("---\n#", "---\n---\n\n#") + "\n---\n",
    "white-space": LINES.replace("\n", "  \n"),
    "other-scripts": LINES.replace("x = 40 + 2", "x = Größe = 42  # \u6570"),
    "form-feed": LINES.replace("2\nx", "2\n\f\nx"),
}


@pytest.fixture(scope="module")
def written(make_once):
    empty = {"empty.md": "", "blank.md": "\n \n", "only-front-matter.md": "---\ntitle: Only\n---\n"}
    site = make_once(
        {"index.md": "# Home\n", **empty, **{f"{n}.md": t for n, t in WRITTEN.items()}}
    )
    built = site.build()
    assert built.good, built.log
    return site


@pytest.mark.parametrize("name", WRITTEN)
def test_it_does_not_matter_how_a_page_is_written(name, written):
    html = written.article(f"{name}.html")
    assert '<pre class="worked-text" tabindex="0"><code>42</code></pre>' in html
    assert 'It is <span class="worked-value">42</span>.' in html


@pytest.mark.parametrize("name", ["empty", "blank", "only-front-matter"])
def test_a_page_may_be_empty(name, written):
    assert written.article(f"{name}.html") == ""


@pytest.fixture(scope="module")
def searched(make_once, config):
    site = make_once(
        {
            "index.md": LINKS,
            "deep/other.md": "[There](../index.md#fig-here), [table](../index.md#tbl-here).\n",
        },
        config.replace("plugins:\n", "plugins:\n  - search\n  - texmath\n").replace(
            "{name: null, custom_dir: theme}", "mkdocs"
        )
        + "validation: {links: {anchors: warn}}\n",
    )
    built = site.build(strict=True)
    assert built.good, built.log
    return site


@pytest.fixture(scope="module")
def found(searched):
    index = json.loads(searched.html("search/search_index.json"))
    return " ".join(entry["title"] + " " + entry["text"] for entry in index["docs"])


@pytest.mark.parametrize("words", ["24690", "9001", "a label of a cell", "A caption to be found"])
def test_search_finds_what_cells_computed_and_say(words, found):
    assert words in found


@pytest.mark.parametrize("noise", ["LETTERS", "viewBox", "<svg", "worked", "data-"])
def test_search_holds_nothing_of_drawings(noise, found):
    assert noise not in found


def test_the_drawing_is_in_the_page(searched):
    html = searched.html("index.html")
    assert "LETTERS" in html
    assert "data-worked" not in html


def test_the_style_sheet_is_linked_and_published(searched):
    assert (searched.root / "site/assets/worked.css").is_file()
    assert 'href="../assets/worked.css"' in searched.html("deep/other.html")


def test_the_script_is_published_and_put_in_once(searched):
    assert (searched.root / "site/assets/worked.js").is_file()
    assert searched.html("deep/other.html").count('src="../assets/worked.js"') == 1


def test_a_strict_build_accepts_links_to_labels_on_this_and_other_pages(searched):
    assert searched.published


@pytest.mark.parametrize("link", ["#fig-nowhere", "other.md#fig-nowhere"])
def test_a_strict_build_refuses_a_link_to_a_label_that_does_not_exist(link, make, config):
    site = make(
        {"index.md": f"# A\n\n[There]({link})\n", "other.md": "# B\n"},
        config + "validation: {links: {anchors: warn}}\n",
    )
    built = site.build(strict=True)
    assert built.aborted
    assert "docs/index.md:3: reference: there is no label 'fig-nowhere' in docs/" in built.log


def test_directory_addresses_work(make, config):
    site = make(
        {"index.md": "# A\n", "deep/page.md": "`{python} 40 + 2`\n"},
        config.replace("use_directory_urls: false", "use_directory_urls: true"),
    )
    assert site.build().good
    assert site.article("deep/page/index.html") == '<p><span class="worked-value">42</span></p>'


def test_a_page_outside_the_navigation_runs(make, config):
    site = make(
        {"index.md": "# A\n", "hidden.md": "`{python} 40 + 2`\n"},
        config + "nav: [index.md]\nnot_in_nav: hidden.md\n",
    )
    assert site.build().good
    assert "42" in site.article("hidden.html")


def test_excluded_pages_and_drafts_do_not_run(make, config):
    site = make(
        {"index.md": "# A\n", "draft.md": "`{python} 1 / 0`\n", "gone.md": "`{python} 1 / 0`\n"},
        config + "draft_docs: draft.md\nexclude_docs: gone.md\n",
    )
    assert site.build().good
    assert site.published == ["index.html"]


def test_errors_name_pages_from_the_folder_of_the_configuration(make, config):
    site = make({"index.md": "# A\n"}, config + "docs_dir: content/notes\n")
    site.put("content/notes/deep/page.md", "A\n\n`{python} 1 / 0`\n")
    assert "content/notes/deep/page.md:3: ZeroDivisionError" in site.build().log


def test_notes_may_lie_beside_the_folder_of_the_configuration(make, config):
    site = make({}, config + "docs_dir: ../notes\n")
    site.put("../notes/data/numbers.txt", "1 2 3")
    site.put(
        "../notes/index.md",
        "```python {.run}\n#| files: [data/numbers.txt]\nopen('data/numbers.txt').read()\n```\n\n"
        "`{python} unknown`\n",
    )
    built = site.build()
    assert "ERROR: ../notes/index.md:6: NameError" in built.log
    assert built.ran == {"../notes/index.md": 1}


def test_a_configuration_may_come_on_standard_input(make):
    site = make({"index.md": "`{python} 40 + 2`\n"})
    done = site.run("-m", "mkdocs", "build", "--config-file", "-", given=site.config)
    assert done.returncode == 0, done.stderr
    assert "42" in site.article("index.html")
    assert (site.root / ".cache/worked").is_dir()


def test_a_page_that_is_no_utf_8_is_named_beside_the_other_errors(make):
    site = make({"index.md": "`{python} 1 / 0`\n"})
    (site.root / "docs/latin.md").write_bytes("# Größe\n".encode("latin-1"))
    done = site.run("-m", "mkdocs", "build")
    assert done.returncode == 1
    assert "docs/latin.md:1: encoding: the file is not UTF-8 text" in done.stderr
    assert "docs/index.md:1: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def maker(priority: int) -> str:
    """Write a plugin that makes a page: a low priority comes late."""
    return (
        "from mkdocs.plugins import event_priority\n"
        "from mkdocs.structure.files import File\n\n\n"
        f"@event_priority({priority})\n"
        "def on_files(files, config):\n"
        f"    files.append(File.generated(config, 'made.md', content={CELL.format('40 + 2')!r}))\n"
    )


def test_cells_of_a_page_that_another_plugin_makes_run(make, config):
    site = make({"index.md": "# A\n"}, config + "hooks: [made.py]\n")
    site.put("made.py", maker(-50))
    assert site.build().good
    assert "<code>42</code>" in site.article("made.html")


def test_cells_of_a_page_that_comes_too_late_to_run_are_refused(make, config):
    site = make({"index.md": "# A\n"}, config + "hooks: [made.py]\n")
    site.put("made.py", maker(-200))
    built = site.build()
    assert built.aborted
    assert "docs/made.md:1: include: " in built.log


@pytest.mark.parametrize(
    "change",
    [
        "return markdown + '\\n\\n```python {.run}\\n1\\n```\\n'",
        "return markdown.replace('40 + 2', '40 + 3')",
        "return markdown.replace('There', '`{python} 1`')",
        "return '# Nothing left\\n'",
    ],
)
def test_cells_and_values_that_another_plugin_brings_or_changes_are_refused(change, make, config):
    site = make({"index.md": "There\n\n" + CELL.format("40 + 2")}, config + "hooks: [other.py]\n")
    site.put("other.py", f"def on_page_markdown(markdown, **_):\n    {change}\n")
    built = site.build()
    assert built.aborted
    assert re.search(r"docs/index\.md:1: include: .* other (cell|value)s than the file", built.log)


def test_a_cell_that_an_include_brings_is_refused(make, config):
    site = make(
        {"index.md": '--8<-- "cell.txt"\n', "other.md": "# B\n"},
        config + "  - pymdownx.snippets: {base_path: [snippets]}\n",
    )
    site.put("snippets/cell.txt", CELL.format("1"))
    done = site.run("-m", "mkdocs", "build")
    assert done.returncode == 1
    assert "docs/index.md:1: include: " in done.stderr


def test_text_that_an_include_brings_does_not_disturb_the_cells(make, config):
    site = make(
        {"index.md": '--8<-- "text.txt"\n\n' + CELL.format("40 + 2") + "\n`{python} 40 + 3`\n"},
        config + "  - pymdownx.snippets: {base_path: [snippets]}\n",
    )
    site.put("snippets/text.txt", "Some\n\nlines\n\nof text\n")
    done = site.run("-m", "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    assert "<code>42</code>" in site.article("index.html")
    assert '<span class="worked-value">43</span>' in site.article("index.html")


def test_a_warning_of_python_is_in_the_log_with_its_line_and_fails_a_strict_build(make):
    cell = "import numpy as np\n\nnp.log(np.zeros(1))"
    site = make({"index.md": "# A\n\n" + CELL.format(cell)})
    loose, strict = site.build(strict=False), site.build(strict=True)
    assert loose.good
    assert "WARNING: docs/index.md:6: RuntimeWarning: divide by zero" in loose.log
    assert "Aborted with 1 warnings in strict mode" in strict.aborted


def test_a_package_that_is_not_there_is_a_clear_error(make, config):
    site = make(
        {"index.md": "# A\n"}, config.replace("worked: {", "worked: {packages: [nowhere], ")
    )
    assert "packages: no package 'nowhere' beside mkdocs.yml" in site.build().aborted


@pytest.mark.parametrize(
    ("page", "kept", "cold"),
    [
        (CELL.format("1"), False, True),
        ("It is `{python} 1`.\n", False, True),
        (CELL.format("1"), True, False),
        ("# No cell\n\n```python\n1\n```\n", False, False),
    ],
)
def test_workers_are_begun_early_only_where_cells_will_surely_run(page, kept, cold, make):
    site = make({"index.md": "# A\n", "folder/page.md": page})
    if kept:
        site.put(".cache/worked/00/entry.json", "{}")
    config = load_config(str(site.root / "mkdocs.yml"))
    assert is_cold(config.plugins["worked"].config, config) is cold


def test_the_closing_line_counts_pages_and_cells(make, counted):
    site = make({"index.md": CELL.format(1) + "\n" + CELL.format(2), "b.md": CELL.format(3)})
    assert counted(site.build().log) == (2, 3, 3, 0)
    assert counted(site.build().log) == (2, 3, 0, 3)


def test_a_package_that_no_cell_could_import_is_a_clear_error(make, config):
    site = make({"index.md": "# A\n"}, config.replace("worked: {", "worked: {packages: [a-b], "))
    assert site.build().aborted == "worked: packages: 'a-b' is not a name that a cell could import"


def test_a_limit_below_nothing_is_a_clear_error(make, config):
    site = make({"index.md": "# A\n"}, config.replace("worked: {", "worked: {store_limit: -1, "))
    assert site.build().aborted == "worked: store_limit: a number of MB, or 0 for no limit"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("timeout: 601", "timeout: seconds above 0, at most 600 (see `max_timeout`)"),
        ("max_timeout: 86401", "max_timeout: seconds above 0, at most 86400"),
        ("page_timeout: 0", "page_timeout: seconds above 0, at most 86400"),
    ],
)
def test_a_time_that_no_cell_can_have_is_a_clear_error(make, config, options, said):
    site = make({"index.md": "# A\n"}, config.replace("worked: {", f"worked: {{{options}, "))
    assert site.build().aborted == f"worked: {said}"


def test_all_cells_of_a_page_together_have_a_limit(make, config, monkeypatch):
    monkeypatch.setattr(limits, "GRACE", 0.0)
    cells = "```python {.run}\nimport time; time.sleep(0.2)\n```\n\n" * 20
    site = make({"index.md": cells}, config.replace("worked: {", "worked: {page_timeout: 1, "))
    assert re.search(
        r"docs/index\.md:\d+: timeout: still running after 1 s, which is all that a page may take",
        site.build().log,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("mkdocs", "build", "--quiet"),
        pytest.param(("worked.cli", "run"), marks=pytest.mark.nightly),
    ],
)
def test_the_store_is_within_its_limit_when_the_build_ends(command, make, config):
    cells = [f"```python {{.run}}\nprint('{n}' * 300_000)\n```\n" for n in range(6)]
    pages = {f"page{n}.md": cell for n, cell in enumerate(cells)}
    site = make(
        {"index.md": "# A\n", **pages}, config.replace("worked: {", "worked: {store_limit: 1, ")
    )
    done = site.run("-m", *command)
    assert done.returncode == 0, done
    kept = [path.stat().st_size for path in (site.root / ".cache/worked").rglob("*.json")]
    assert 0 < sum(kept) <= 10**6
