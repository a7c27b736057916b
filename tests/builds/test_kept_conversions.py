"""A page is converted where something that it comes from has changed, and only there."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown.blockparser import BlockParser

from worked.hosts import code

FIGURE = """```python {.run}
#| label: fig-one
#| fig-cap: A caption.
#| fig-alt: Nothing.
from matplotlib.figure import Figure

Figure(figsize=(1, 1))
```
"""
PAGES = {
    "index.md": "# Home\n\nSee [a part](a.md#part), [Figure](a.md#fig-one) and [b](b.md). CNN.\n",
    "a.md": f"# A\n\n## Part\n\nText.\n\n{FIGURE}\nIt is `{{python}} 40 + 2`.\n",
    "b.md": "# B\n\nWords.[^1] " + "\n\n[^1]: A note.\n",
}
ABBR = "  - abbr: {glossary: {CNN: convolutional neural network}}\n"


@pytest.fixture
def site(make, config, monkeypatch):
    """Write a site of three pages, whose links are checked."""
    monkeypatch.setattr(code, "_BEGAN", float("inf"))  # hooks of a test are younger
    checked = config.replace("  - abbr\n", ABBR).replace("downloads: false", "downloads: true")
    return make(PAGES, checked + "validation: {anchors: warn}\n")


@pytest.fixture
def build(site, monkeypatch) -> Callable[..., int]:
    """Build the site; give how many pages were converted."""
    count = [0]
    parse = BlockParser.parseDocument

    def counting(self, lines):
        count[0] += 1
        return parse(self, lines)

    monkeypatch.setattr(BlockParser, "parseDocument", counting)

    def run(**options: bool) -> int:
        count[0] = 0
        run.built = site.build(**options)
        return count[0]

    return run


def contents(site) -> dict[str, bytes]:
    """Read the whole built site."""
    folder = site.root / "site"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def assert_as_cold(site, build) -> None:
    """Compare the built site with one that finds nothing kept."""
    warm = contents(site)
    change(site, "mkdocs.yml", "workers: 1", "workers: 1, store: .cache/cold")
    assert build() == len(site.published)
    assert contents(site) == warm


def change(site, name: str, old: str, new: str) -> None:
    path = site.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_an_unchanged_site_converts_nothing_and_has_the_same_bytes(site, build):
    assert build() == 3
    cold = contents(site)
    assert build() == 0
    assert contents(site) == cold
    assert "a.ipynb" in cold


# what changes -> how many pages are converted
CHANGES = {
    "words": ("docs/b.md", "Words.", "Other words.", 1),
    "a heading": ("docs/a.md", "# A\n", "# Another\n", 1),
    "a note": ("docs/b.md", "A note.", "Another.", 1),
    "a value": ("docs/a.md", "40 + 2", "40 + 3", 1),
    "a result": ("docs/a.md", "(1, 1)", "(2, 1)", 1),
    "an option": ("docs/a.md", "A caption.", "Another.", 1),
    "an abbreviation": ("mkdocs.yml", "convolutional neural network", "cable news", 3),
    "an extension": ("mkdocs.yml", "  - admonition\n", "", 3),
    "its settings": ("mkdocs.yml", "anchor_linenums: false", "anchor_linenums: true", 3),
    "the form of addresses": ("mkdocs.yml", "use_directory_urls: false", "# no", 3),
    "the theme": ("theme/main.html", "<article>", "<p>Theme.</p><article>", 0),
    "the name of the site": ("mkdocs.yml", "site_name: Small", "site_name: Large", 0),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_converts_the_pages_that_it_may_change(site, build, what):
    build()
    name, old, new, converted = CHANGES[what]
    change(site, name, old, new)
    assert build() == converted
    assert build.built.good, build.built.log
    assert_as_cold(site, build)


def test_a_figure_that_comes_before_gives_other_pages_new_numbers(site, build):
    build()
    site.write({"0.md": f"# First\n\n{FIGURE.replace('fig-one', 'fig-zero')}"})
    assert build() == 4  # a new file may be what a link leads to
    assert "Figure 2" in site.html("index.html")
    change(site, "docs/0.md", "fig-zero", "fig-other")
    assert build() == 1
    change(site, "docs/0.md", "#| label: fig-other\n", "")
    assert build() == 3  # itself, and the two that show the number
    assert "Figure 1" in site.html("index.html")
    assert_as_cold(site, build)


def test_a_heading_that_goes_is_said_by_a_page_that_is_not_converted(site, build):
    build()
    change(site, "docs/a.md", "## Part", "## Piece")
    assert build() == 1
    assert "does not contain an anchor '#part'" in build.built.aborted + build.built.log
    assert not build.built.good


def test_a_page_with_a_warning_is_converted_and_warns_each_time(site, build):
    change(site, "docs/b.md", "Words.", "[nothing](nothing.md)")
    build(strict=False)
    for _ in range(2):
        assert build(strict=False) == 1
        assert "nothing.md" in build.built.log


def test_a_linked_file_that_goes_is_said(site, build):
    build()
    (site.root / "docs/b.md").unlink()
    assert build(strict=False) == 2
    assert "contains a link 'b.md', but" in build.built.log


def test_what_a_quiet_build_has_not_heard_is_heard_by_the_next(site, build, monkeypatch):
    change(site, "docs/b.md", "Words.", "[nothing](nothing.md)")
    with monkeypatch.context() as quiet:
        quiet.setattr(logging.getLogger("mkdocs.structure.pages"), "disabled", True)
        quiet.setattr("worked.hosts.kept_conversions._level", lambda: logging.ERROR)
        assert (build(), build()) == (3, 0)
    assert build(strict=False) == 3
    assert "nothing.md" in build.built.log


REPLACE = """
from pathlib import Path

def on_page_markdown(markdown, **_):
    return markdown.replace("Words", Path(__file__).with_name("word.txt").read_text())
"""


def test_text_that_a_plugin_changes_before_is_converted_anew_where_it_differs(site, build):
    change(site, "mkdocs.yml", "validation:", "hooks: [hook.py]\nvalidation:")
    site.put("hook.py", REPLACE)
    site.put("word.txt", "First")
    build()
    site.put("word.txt", "Second")
    assert build() == 1
    assert "Second" in site.html("b.html")


def test_what_a_plugin_does_to_html_is_done_each_time(site, build):
    build()
    site.put("hook.py", "def on_page_content(html, **_):\n    return html + 'HOOK'\n")
    change(site, "mkdocs.yml", "validation:", "hooks: [hook.py]\nvalidation:")
    assert build() == 0
    assert "HOOK" in site.html("b.html")


UNKNOWN = """
from markdown import Extension

class Unknown(Extension):
    def extendMarkdown(self, md):
        pass

def on_config(config):
    config.markdown_extensions.append(Unknown())
    return config
"""


def test_an_extension_that_nobody_knows_has_pages_converted_each_time(site, build):
    site.put("hook.py", UNKNOWN)
    change(site, "mkdocs.yml", "validation:", "hooks: [hook.py]\nvalidation:")
    assert (build(), build()) == (3, 3)


@pytest.mark.parametrize("name", ["pymdownx.snippets", "pymdownx.b64"])
def test_an_extension_that_reads_files_has_pages_converted_each_time(site, build, name):
    change(site, "mkdocs.yml", "  - tables\n", f"  - tables\n  - {name}\n")
    assert (build(), build()) == (3, 3)


OWN = """
from markdown import Extension

class Own(Extension):
    def extendMarkdown(self, md):
        pass

makeExtension = Own
"""


def test_a_site_says_which_other_extensions_are_pure(site, build, monkeypatch):
    site.put("lib/own_extension.py", OWN)
    monkeypatch.syspath_prepend(str(site.root / "lib"))
    change(site, "mkdocs.yml", "  - tables\n", "  - tables\n  - own_extension\n")
    assert (build(), build()) == (3, 3)
    change(site, "mkdocs.yml", "workers: 1", "workers: 1, pure_extensions: [own_extension]")
    assert (build(), build()) == (3, 0)


def test_other_code_of_this_plugin_converts_everything(site, build, monkeypatch):
    build()
    monkeypatch.setattr("worked.hosts.kept_conversions.code_digest", lambda module: f"2 {module}")
    assert build() == 3


def test_code_that_changed_while_the_process_ran_has_pages_converted(site, build, monkeypatch):
    build()
    monkeypatch.setattr("worked.hosts.kept_conversions.code_digest", lambda module: "")
    assert (build(), build()) == (3, 3)


def test_a_damaged_entry_is_a_miss(site, build):
    build()
    cold = contents(site)
    for path in Path(site.root, ".cache/worked").glob("??/*.json"):
        path.write_bytes(path.read_bytes()[:-10])
    assert build() == 3
    assert contents(site) == cold
    assert build() == 0


def test_a_preview_takes_what_a_build_has_kept(site, build):
    build()
    assert build(serving=True) == 0


def test_what_pages_export_is_worked_out_anew_where_they_have_changed(site, build):
    cells = "```python {.run}\n#| export: [twice]\ndef twice(x):\n    return 2 * x\n```\n"
    use = "```python {.run}\nfrom notes.a import twice\n\nprint(twice(21))\n```\n"
    for name, added in (("a.md", cells), ("b.md", use)):
        path = site.root / "docs" / name
        path.write_text(path.read_text("utf-8") + "\n" + added, "utf-8")
    build()
    warm = contents(site)
    assert build() == 0
    assert contents(site) == warm
    change(site, "docs/a.md", "2 * x", "3 * x")
    assert build() == 2
    assert b"63" in contents(site)["b.html"]
    assert_as_cold(site, build)
