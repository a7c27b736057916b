"""Values that want to be more than text, links that run, and HTML that a stranger sends."""

import json
import re
from html.parser import HTMLParser

import pytest

from worked.html.markup import RAW

PAGE = "# Home\n\n```python {{.run}}\nv = {value!r};\n```\n\n{body}\n"
ALERT = "javascript:alert(1)"
ADDRESSES = (
    *(ALERT, "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)"),
    *("java\tscript:alert(1)", "java\nscript:alert(1)", "vbscript:x", "data:text/html,<script>"),
    *("data:image/svg+xml,<svg onload=alert(1)>", "blob:x", "&#106;avascript:alert(1)"),
    *("javascript&colon;alert(1)", "file:///etc/passwd", "x-custom:alert"),
)
LINKS = (
    *("[x](`{python} v`)", "![x](`{python} v`)", '<a href="`{python} v`">x</a>', "[x][y]"),
    *("<a href=`{python} v`>x</a>", "[x](a.md){ href=`{python} v` }", "# A [x](`{python} v`)"),
    *('<a href="java`{python} v`">x</a>', '<svg><a xlink:href="`{python} v`">x</a></svg>'),
    *('<form action="`{python} v`"></form>', '<img src="`{python} v`">'),
)
PLACES = (
    *('<p onclick="`{python} v`">x</p>', "<p title=`{python} v`>x</p>", "<p `{python} v`>x</p>"),
    *("<script>`{python} v`</script>", "<style>`{python} v`</style>", "<`{python} v`>"),
    *('<p style="`{python} v`">x</p>', '<iframe srcdoc="`{python} v`"></iframe>'),
    *("a <script>`{python} v`</script>", '<p title="a > b `{python} v`">x</p>'),
    *('<meta http-equiv="refresh" content="`{python} v`">', "<textarea>`{python} v`</textarea>"),
    *(
        "## A `{python} v`",
        "[a](#b '`{python} v`')",
        "![`{python} v`](a.png)",
        "A[^1]\n\n[^1]: `{python} v`",
    ),
    *(
        "*[HTML]: `{python} v`\n\nHTML",
        "## A { data-toc-label=`{python} v` }",
        "| `{python} v` |\n|---|\n| a |",
    ),
    *('A { title="`{python} v`" }', "A\n{ onclick=`{python} v` }", '=== "`{python} v`"\n\n    a'),
    *(
        '!!! note "`{python} v`"\n\n    a',
        '??? note "`{python} v`"\n\n    a',
        "a\n:   `{python} v`",
    ),
    *(
        "<pre>`{python} v`</pre>",
        '<div title="`{python} v`" markdown>a</div>',
        "<?a `{python} v`?>",
    ),
)
VALUES = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onclick=alert(1) x='"),
    *("x onclick=alert(1)", "alert(1)//", "</script><script>alert(1)</script>", "]]><b>", "--><b>"),
    *("`<img src=x onerror=alert(1)>`", "[x](javascript:alert(1))", "&lt;script&gt;", "__config"),
)


class Reader(HTMLParser):
    """Lists what would run of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.runs = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in RAW - {"title", "textarea"}:
            self.runs.append(tag)
        for name, text in attrs:
            address = re.sub(r"[\0- ]", "", text or "").lower()
            scheme = re.match(r"[^/?#]*?:", address)
            is_address = name in ("href", "src", "action", "xlink:href")
            if is_address and scheme and scheme[0] not in ("http:", "https:", "mailto:", "tel:"):
                self.runs.append(text)
            if text and (name.startswith("on") or name == "srcdoc"):
                self.runs.append((name, text))


@pytest.fixture(scope="module")
def preview(make_once, config):
    """Give articles, one for each value, shown whatever is wrong; and what the log says of each."""
    site = make_once({}, config)
    site.put("theme/main.html", THEME)

    def articles(body, values):
        pages = {f"p{n}.md": PAGE.format(value=one, body=body) for n, one in enumerate(values)}
        site.write({"index.md": "# A\n", **pages})
        log = site.build(serving=True, strict=False).log
        for n, value in enumerate(values):
            said = "\n".join(line for line in log.split("\n") if f"docs/p{n}.md:" in line)
            yield value, site.html(f"p{n}.html"), said

    return articles


THEME = (
    "<!doctype html><title>{{ page.title }}</title><nav>{{ page.toc | map(attribute='title') | "
    "join }}{{ page.title }}</nav><article>\n{{ page.content }}\n</article>\n"
)


@pytest.mark.parametrize("link", LINKS)
def test_no_value_becomes_a_link_that_runs(link, preview):
    body = f"{link}\n\n[y]: `{{python}} v`\n"
    for value, html, log in preview(body, ADDRESSES):
        assert Reader(html).runs == [], (link, value)
        assert log or value not in html, (link, value)


def test_a_link_to_a_value_that_is_an_address_stays(preview):
    addresses = ("https://example.org/a?b=c:d", "other.md", "#a", "mailto:a@b.c")
    for value, html, log in preview("[x](`{python} v`)", addresses):
        assert f'href="{value}"' in html
        assert ":7: value" not in log


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_text_wherever_it_stands(place, preview):
    for value, html, _ in preview(place, VALUES):
        empty = ("script", "style", "iframe", "title") if re.search("<(scr|sty|ifr)", place) else ()
        assert [one for one in Reader(html).runs if one not in empty] == [], (place, value)
        assert "alert(1)" not in "".join(re.findall("(?s)<script>.*?</script>", html))
        assert 'id="__config' not in html


def test_a_value_in_no_place_for_text_is_named_with_its_line(make):
    site = make({"index.md": PAGE.format(value="a", body='a\n\n<p onclick="`{python} v`">x</p>')})
    said = "docs/index.md:9: value: a value cannot stand in the attribute `onclick`"
    assert said in site.build().log


@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(1))",
        "[x](JAVAscript&colon;a)",
        "[x](&#106;avascript:a)",
        '[x](a){ href="vbscript:a" }',
    ],
)
def test_a_link_that_an_author_writes_has_a_scheme_from_the_list(link, make):
    site = make({"index.md": f"# A\n\na\n\n{link}\n"})
    built = site.build(serving=True, strict=False)
    assert Reader(site.article("index.html")).runs == []
    assert "docs/index.md:5: link: a link leads to" in built.log


@pytest.mark.parametrize("address", ["//[b", "http://[b]/", "//a\u2100b/"])
@pytest.mark.parametrize("link", ["[x]({})", "![x]({})", "[x]\n\n[x]: {}", "<http:{}>"])
def test_an_address_that_is_none_is_an_error_of_its_line(link, address, make):
    if link.startswith("<") and address.startswith("http"):
        address = address[5:]
    built = make({"index.md": f"# A\n\na\n\n{link.format(address)}\n"}).build()
    assert re.search(r"docs/index.md:[57]: link: .* is no address", built.log)


@pytest.mark.parametrize("text", ["<![^a", "a <![else", "<!a [", "<![if"])
def test_a_text_that_a_library_cannot_read_is_no_traceback(text, make):
    built = make({"index.md": f"# A\n\n{text}\n"}).build()
    assert not built.aborted or re.search(r"docs/index.md:\d+: markdown: the text has", built.log)


RUNS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)></svg>"),
    *('<a href="javascript:alert(1)">x</a>', "<iframe src='a.html'></iframe>", "<base href='//a'>"),
    *("<form><button>a</button></form>", "<style>a {}</style>", "a <script src=//a></script>"),
    *('<div onclick="alert(1)" markdown>a</div>', "A\n{ onclick=alert(1) }", "# A {#__config}"),
    *('<p style="background: url(//a)">a</p>', '<meta http-equiv="refresh" content="0">'),
    *(
        "<!--> <script>alert(1)</script> -->",
        "<a x\"b='><script>alert(1)</script>'>",
        "<math></math>",
    ),
    *("<a href=x onclick=alert(1)>", "<p\nonclick=alert(1)>", "<p/onclick=alert(1)>a</p>"),
    *(
        "<object data=a></object>",
        "<embed src=a>",
        "<link rel=stylesheet href=a>",
        "<input name=a>",
    ),
    *("<pre class=mermaid>a</pre>", "<div data-md-component=a>b</div>", "<custom-a></custom-a>"),
    *(
        "<p style='position:fixed'>a</p>",
        "[x](a){ onmouseover=alert(1) }",
        "<p><img src='x'onerror='a'></p>",
    ),
    *("<details ontoggle=alert(1) open>", "<video><source onerror=alert(1)></video>", "# __config"),
)


@pytest.mark.parametrize("body", RUNS)
def test_html_of_a_stranger_that_runs_is_an_error(body, make, monkeypatch):
    monkeypatch.setenv("WORKED_TRUST", "stranger")
    built = make({"index.md": f"# Home\n\na\n\n{body}\n"}).build()
    assert "the notes have errors" in built.aborted
    assert re.search(r"docs/index.md:\d+: (html|link): ", built.log)


def test_html_of_a_stranger_that_only_shows_is_shown(make, monkeypatch):
    monkeypatch.setenv("WORKED_TRUST", "stranger")
    body = (
        '| a | b |\n|:--|--:|\n| 1 | 2 |\n\n=== "A"\n\n    a\n\n=== "B"\n\n    b\n\n'
        "??? note\n\n    a\n\nA[^1] <kbd>x</kbd> ![a](a.png) <!-- a -->\n\n[^1]: b\n\n"
        "```python {.run}\n1 + 1\n```\n\n```python\nx = '<script>'\n```\n\nA `<script>` \\<b>.\n"
    )
    site = make({"index.md": f"# Home\n\n{body}"})
    assert site.build(strict=False).good


@pytest.mark.parametrize("row", ["title: <img src=x onerror=alert(1)>", "description: 'a\" b=\"c'"])
def test_front_matter_of_a_stranger_holds_no_html(row, make, monkeypatch):
    monkeypatch.setenv("WORKED_TRUST", "stranger")
    built = make({"index.md": f"---\na: b\n{row}\n---\n\n# Home\n"}).build()
    assert "docs/index.md:3: front matter: " in built.log
    assert built.aborted


def test_a_name_of_a_file_is_no_html(make, monkeypatch):
    monkeypatch.setenv("WORKED_CONFINE", "isolated")
    site = make({"index.md": "# Home\n", "a<img src=x onerror=a>.md": "a\n"})
    assert "docs/a<img src=x onerror=a>.md: its name has characters" in site.build().aborted


def test_search_and_titles_hold_values_as_text(make, config):
    config = re.sub("theme: {.*", "theme: {name: material, font: false}", config)
    config = config.replace("plugins:", "plugins:\n  - search")
    value = "<img src=x onerror=alert(1)>"
    body = "b `{python} v`"
    page = PAGE.format(value=value, body=body).replace("# Home", f"# A `{{python}} {value!r}`")
    site = make({"index.md": page}, config)
    assert site.build(strict=False).good
    assert "<img src=x" not in site.html("index.html")
    for entry in json.loads(site.html("search/search_index.json"))["docs"]:
        assert "<img" not in entry["title"] + entry["text"]


@pytest.mark.parametrize(
    "row",
    [
        *("template: 5", "template: none.html", "template: ../mkdocs.yml", "template: [a]"),
        *("icon: 5", "icon: none", "hide: 5", "search: 5", "search: [a]", "template: ''"),
    ],
)
def test_front_matter_that_a_theme_cannot_read_is_an_error_of_its_line(row, make, config):
    config = re.sub("theme: {.*", "theme: {name: material, font: false}", config)
    config = config.replace("plugins:", "plugins:\n  - search")
    site = make({"index.md": f"---\na: b\n{row}\n---\n\n# Home\n", "other.md": "# Other\n"}, config)
    built = site.build(strict=False)
    assert f"docs/index.md:3: front matter: {row.partition(':')[0]}: " in built.log
    assert built.aborted
    assert site.build(serving=True, strict=False).good


def test_front_matter_that_a_theme_reads_is_no_error(make, config):
    config = re.sub("theme: {.*", "theme: {name: material, font: false}", config)
    meta = "template: main.html\nicon: material/grid\nhide: [toc]\nsearch: {boost: 2}"
    assert make({"index.md": f"---\n{meta}\n---\n\n# Home\n"}, config).build().good
