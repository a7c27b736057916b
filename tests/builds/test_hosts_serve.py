"""The preview: errors appear in the page, at their place, and end nothing."""

import re

import pytest

from nesting import read

CELL = "```python {{.run}}\n{0}\n```\n"
BOX = re.compile(r'<div class="worked-problem" role="alert">.*?</div>', re.DOTALL)
# page -> (text, the headline of its box, what stands before the box)
WRONG = {
    "cell.md": (
        "First.\n\n" + CELL.format("1 / 0") + "\nLast.\n",
        "docs/cell.md:4: ZeroDivisionError: division by zero",
        "First.",
    ),
    "list.md": (
        "- First.\n\n    ```python {.run}\n    unknown\n    ```\n\n    Last.\n",
        "docs/list.md:4: NameError: name &#x27;unknown&#x27; is not defined",
        "First.",
    ),
    "tab.md": (
        '=== "First."\n\n    ```python {.run}\n    unknown\n    ```\n\n    Last.\n',
        "docs/tab.md:4: NameError: name &#x27;unknown&#x27; is not defined",
        "First.",
    ),
    "box.md": (
        '??? card an-id "First."\n    ```python {.run}\n    unknown\n    ```\n    Last.\n',
        "docs/box.md:3: NameError: name &#x27;unknown&#x27; is not defined",
        "First.",
    ),
    "hidden.md": (
        "First.\n\n```python {.run}\n#| echo: false\nunknown\n```\n\nLast.\n",
        "docs/hidden.md:5: NameError: name &#x27;unknown&#x27; is not defined",
        "First.",
    ),
    "option.md": (
        "First.\n\n```python {.run}\n#| ecko: false\n1\n```\n\nLast.\n",
        "docs/option.md:4: option: unknown option &#x27;ecko&#x27;; did you mean &#x27;echo&#x27;?",
        "First.",
    ),
    "second.md": (
        CELL.format("'First.'") + "\n" + CELL.format("unknown") + "\nLast.\n",
        "docs/second.md:6: NameError: name &#x27;unknown&#x27; is not defined",
        "First.",
    ),
    "value.md": (
        "First.\n\n" + CELL.format("1") + "\nLast: `{python} 1 / 0`\n",
        "docs/value.md:7: ZeroDivisionError: division by zero (in the value `1 / 0`)",
        "First.",
    ),
    # no cell is near: the box is at the top
    "value-alone.md": (
        "Last `{python} 1 / 0`\n",
        "docs/value-alone.md:1: ZeroDivisionError: division by zero (in the value `1 / 0`)",
        "",
    ),
    "unclosed.md": (
        "Last.\n\n```python {.run}\n1\n",
        "docs/unclosed.md:3: fence: the cell is not closed before the end of the page",
        "",
    ),
    "fallen-out.md": (
        "- Last.\n\n  ```python {.run}\n  1\n  ```\n",
        "docs/fallen-out.md:3: place: the cell is not a block of its own here",
        "",
    ),
    "brought.md": (
        "Last.\n\nBRING\n",
        "docs/brought.md:1: include: the text that is converted has other cells than the file",
        "",
    ),
}
BRING = """
def on_page_markdown(markdown, **_):
    return markdown.replace("BRING", "```python {.run}\\n1\\n```")
"""


@pytest.fixture(scope="module")
def config_of_this(config):
    return config + "hooks: [bring.py]\n"


@pytest.fixture(scope="module")
def site(make_once, config_of_this):
    site = make_once({name: wrong[0] for name, wrong in WRONG.items()}, config_of_this)
    site.put("bring.py", BRING)
    site.write({"index.md": "# Fine\n\n" + CELL.format("40 + 2")})
    return site


@pytest.fixture(scope="module")
def shown(site):
    """Build it for the preview; give each page's article."""
    built = site.build(strict=False, serving=True)
    assert not built.aborted, built.log
    return built, {name: site.article(name.replace(".md", ".html")) for name in WRONG}


@pytest.fixture(scope="module")
def mended(site, shown):
    site.write({name: "First.\n\n" + CELL.format("42") for name in WRONG})
    return site.build(strict=False, serving=True)


@pytest.mark.parametrize("name", WRONG)
def test_an_error_is_one_box_in_its_page(name, shown):
    boxes = BOX.findall(shown[1][name])
    assert len(boxes) == 1
    assert f'<p class="worked-problem-title">{WRONG[name][1]}' in boxes[0]


@pytest.mark.parametrize("name", WRONG)
def test_the_box_is_at_its_place(name, shown):
    before, _, behind = BOX.sub("BOX", shown[1][name]).partition("BOX")
    assert WRONG[name][2] in before
    assert "Last" not in before
    assert "Last" in behind or "Last" not in WRONG[name][0]


@pytest.mark.parametrize("name", WRONG)
def test_the_box_is_where_html_allows_it(name, shown):
    assert read(shown[1][name]).wrong == []


def test_a_value_that_failed_is_marked(shown):
    assert 'Last: <span class="worked-value worked-missing">?</span>' in shown[1]["value.md"]


def test_the_box_quotes_the_lines_around_the_error(shown):
    assert "&gt; 4 | 1 / 0" in shown[1]["cell.md"]


def test_the_log_says_the_same(shown):
    assert "docs/cell.md:4: ZeroDivisionError: division by zero" in shown[0].log


def test_good_pages_show_no_box(shown, site):
    assert "<code>42</code>" in site.article("index.html")
    assert "worked-problem" not in site.article("index.html")


@pytest.mark.parametrize("name", WRONG)
def test_the_box_vanishes_when_the_page_is_mended(name, mended, site):
    html = site.article(name.replace(".md", ".html"))
    assert "worked-problem" not in html
    assert "<code>42</code>" in html


def test_nothing_is_said_of_mended_pages(mended):
    assert "ERROR" not in mended.log


def test_a_page_that_breaks_while_it_is_served_shows_its_box_and_then_not(make, pool):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    site = make({"index.md": CELL.format("1")})
    config = load_config(str(site.root / "mkdocs.yml"))
    config.plugins["worked"].pool = pool
    config.plugins.on_startup(command="serve", dirty=False)
    seen = []
    for code in ("1", "1 / 0", "2", "unknown", "1"):
        site.write({"index.md": CELL.format(code)})
        # MkDocs keeps the plugin while it serves, and reads the rest anew
        again = load_config(str(site.root / "mkdocs.yml"))
        again.plugins["worked"] = config.plugins["worked"]
        again.plugins.events = config.plugins.events
        build(again, serve_url="http://127.0.0.1/")
        seen.append(len(BOX.findall(site.article("index.html"))))
    assert seen == [0, 1, 0, 1, 0]


def test_drafts_run_in_the_preview(make, config):
    site = make(
        {"index.md": "# A\n", "draft.md": CELL.format("40 + 2")}, config + "draft_docs: draft.md\n"
    )
    assert site.build(strict=False, serving=True).ran == {"docs/draft.md": 1}
    assert "<code>42</code>" in site.article("draft.html")


def test_an_edit_of_a_package_runs_in_the_preview_what_depends_on_it(make, config, pool):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    site = make(
        {
            "one.md": CELL.format("import tools.one\ntools.one.x"),
            "other.md": CELL.format("import tools.other\ntools.other.x"),
            "index.md": CELL.format("1"),
        },
        config.replace("worked: {", "worked: {packages: [tools], "),
    )
    site.put("tools/__init__.py", "")
    site.put("tools/one.py", "x = 'before'")
    site.put("tools/other.py", "x = 'other'")
    config = load_config(str(site.root / "mkdocs.yml"))
    config.plugins["worked"].pool = pool
    config.plugins.on_startup(command="serve", dirty=False)
    ran = []
    for text in ("before", "after", "after", "before"):
        site.put("tools/one.py", f"x = {text!r}")
        # MkDocs keeps the plugin while it serves, and reads the rest anew
        again = load_config(str(site.root / "mkdocs.yml"))
        again.plugins["worked"] = plugin = config.plugins["worked"]
        again.plugins.events = config.plugins.events
        build(again, serve_url="http://127.0.0.1/")
        assert text in site.article("one.html")
        ran.append(sorted(result.page.name for result in plugin.run.build.results() if result.ran))
    everything = ["docs/index.md", "docs/one.md", "docs/other.md"]
    assert ran == [everything, ["docs/one.md"], [], ["docs/one.md"]]


def test_an_edit_of_a_package_rebuilds_the_preview(make, config):
    from mkdocs.config import load_config
    from mkdocs.livereload import LiveReloadServer

    site = make({"index.md": "# A\n"}, config.replace("worked: {", "worked: {packages: [tools], "))
    site.put("tools/__init__.py", "")
    loaded = load_config(str(site.root / "mkdocs.yml"))
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, site.root)
    try:
        loaded.plugins.on_serve(server, config=loaded, builder=None)
        watched = {one.watch.path for one in server.observer.emitters}
    finally:
        server.server_close()
    assert watched == {str(site.root.resolve() / "tools")}
