"""Texts that would kill, stop or swell the build: of pages, of values, of what objects say.

Every build of a hostile page ends within a time, with an error that names file and line.
"""

import faulthandler
import os
import re
import subprocess
import sys

import pytest

CONFIG_TEXMATH = ("plugins:", "plugins:\n  - texmath")
TIME = 150
"""seconds that a build may take at most, on a machine that has much else to do"""
BUILD = """
import resource, sys
from mkdocs.__main__ import cli
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
try:
    cli(["build", "-q"], standalone_mode=False)
except BaseException as error:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
DEEP = 20_000


def show(method: str, source: str) -> str:
    """Write a page whose cell shows an object that says something of itself."""
    return (
        "```python {.run}\nclass A:\n"
        f"    def {method}(self):\n        return {source}\n\nA()\n```\n"
    )


FORMULAS = {
    "fractions": r"'\\frac{' * N + '1' + '}{2}' * N",
    "braces": "'{' * N + 'x' + '}' * N",
    "roots": r"'\\sqrt' * N + 'x'",
    "scripts": "'x^{' * N + 'x' + '}' * N",
    "pairs of scripts": "'_{^{' * N + 'x' + '}}' * N",
    "brackets": r"'\\left(' * N + 'x' + r'\\right)' * N",
    "environments": r"'\\begin{matrix}' * N + 'x' + r'\\end{matrix}' * N",
    "accents": r"'\\hat' * N + 'x'",
    "fractions without braces": r"'\\frac1' * N + 'x'",
    "styles": r"'\\displaystyle ' * N + 'x'",
    "open braces": "'{' * N",
    "open brackets": "'(' * N",
    "open brackets in groups": "'{(}' * N",
    "brackets that seem closed": r"'(\\hat)' * N",
    "letters": "'x' * N",
}
SAID = {
    **{
        f"formula: {name}": show("_repr_latex_", code.replace("N", str(DEEP)))
        for name, code in FORMULAS.items()
    },
    **{
        f"short formula: {name}": show("_repr_latex_", code.replace("N", "300"))
        for name, code in FORMULAS.items()
        if name != "letters"
    },
    "HTML: deep": show("_repr_html_", f"'<div>' * {DEEP * 10}"),
    "HTML: a little deep": show("_repr_html_", "'<b>' * 100 + 'x' + '</b>' * 100"),
    "HTML: long": show("_repr_html_", "'<p>a</p>' * 3_000_000"),
    "HTML: a style without an end": show("_repr_html_", "'<style>' * 3_000_000"),
    "HTML: an attribute": show("_repr_html_", "'<p title=\"' + 'a' * 3_000_000"),
    "Markdown: brackets": show("_repr_markdown_", f"'[' * {DEEP}"),
    "Markdown: brackets in lines": show("_repr_markdown_", f"'[a\\n' * {DEEP}"),
    "Markdown: lists": show("_repr_markdown_", f"'- ' * {DEEP // 10} + 'a'"),
    "Markdown: lists below": show(
        "_repr_markdown_", "'\\n'.join('    ' * n + '- a' for n in range(300))"
    ),
    "Markdown: quotations": show("_repr_markdown_", f"'> ' * {DEEP // 10} + 'a'"),
    "Markdown: long": show("_repr_markdown_", "'a\\n\\n' * 300_000"),
    "Markdown: HTML": show("_repr_markdown_", "'<div>\\n' * 10_000"),
    "drawing: digits": show(
        "_repr_svg_", "'<svg viewBox=\"0 0 1 1\"><g style=\"' + '1' * 400_000 + '(\"/></svg>'"
    ),
    "drawing: digits of its size": show(
        "_repr_svg_", "'<svg viewBox=\"0 0 ' + '9' * 400_000 + ' 1\"></svg>'"
    ),
    "drawing: a great size": show("_repr_svg_", "'<svg viewBox=\"0 0 1e300 1e300\"></svg>'"),
    "drawing: in drawings": show(
        "_repr_svg_",
        "'<svg viewBox=\"0 0 1 1\">' + '<svg viewBox=\"0 0 1 1\">' * 9 + '</svg>' * 10",
    ),
    "drawing: deep": show(
        "_repr_svg_", "'<svg viewBox=\"0 0 1 1\">' + '<g>' * 9_000 + '</g>' * 9_000 + '</svg>'"
    ),
    "drawing: a great figure in a sweep": (
        "```python {.run}\n#| sweep: {k: [1, 2]}\n#| fig-alt: a\nclass A:\n"
        "    def _repr_svg_(self):\n"
        '        return f\'<svg viewBox="0 0 1{"0" * 305} 1"></svg>\'\n\nA()\n```\n'
    ),
    "text: long": "```python {.run}\nclass A:\n    def __repr__(self):\n"
    "        return 'a' * 3_000_000\n\nA()\n```\n",
    "matrix: of long numbers": (
        "```python {.run}\nimport numpy as np\n\nnp.array([10**4000] * 300, dtype=object)\n```\n"
    ),
    "value: digits": "`{python} '1' * 400_000`\n",
    "value: digits and a letter": "`{python} '1' * 400_000 + 'a'`\n",
    "value: brackets": "`{python} '[' * 400_000`\n",
    "value: in a formula": "$`{python} '1' * 400_000`$\n",
    "value: deep in a formula": "$`{python} ((1,) * 4000)`$\n",
}
"""What cells and values bring."""

PAGES = {
    **{
        f"formula: {name}": "$" + eval(code.replace("N", str(9_000 // 7))) + "$\n"
        for name, code in FORMULAS.items()
        if name not in ("letters", "brackets", "environments")
    },
    "formula: displayed": "$$\n" + "{\n" * 5_000 + "}\n" * 5_000 + "$$\n",
    "brackets": "[" * 400_000,
    "brackets on lines": "[a\n" * 100_000,
    "pictures": "![" * 50_000,
    "footnotes": "[^" * 50_000,
    "links in links": "[" * 900 + "a" + "](b)" * 900,
    "quotations": "> " * 50_000 + "a",
    "short quotations": "> " * 600 + "a",
    "lists": "- " * 4_000 + "a",
    "lists below": "\n".join("    " * n + "- a" for n in range(300)),
    "numbers below": "\n".join("    " * n + "1. a" for n in range(300)),
    "boxes below": "\n".join("    " * n + '!!! note "a"' for n in range(300)),
    "tabs below": "\n\n".join("    " * n + '=== "a"' for n in range(300)),
    "definitions below": "a\n\n" + "\n".join("    " * n + ":   a" for n in range(300)),
    "quoted lists": "> - " * 4_000 + "a",
    "the title of a box": '!!! note "' + "a" * 40_000 + '"\n',
    "the title of a folded box": '??? note "' + "a " * 40_000 + "\n",
    "the title of a tab": '=== "' + "a" * 40_000 + '"\n',
    "stars": "*" * 50_000 + "a",
    "underscores": "_a" * 200_000,
    "stars and letters": "*a **b " * 60_000,
    "ticks": "`" * 200_000,
    "growing ticks": " ".join("`" * n for n in range(1, 700)),
    "elements": "<div>" * 100_000,
    "elements on lines": "<div markdown>\n\n" * 3_000,
    "spans": "<span>" * 100_000,
    "an element without an end": "<a " + "b " * 100_000,
    "attributes": "# a {" + " #a" * 100_000,
    "dollars": "$" * 300_000,
    "formulas": "$a$ " * 100_000,
    "a heading": "# " + "a" * 400_000,
    "a row of a table": "a|b\n-|-\n" + "|" * 300_000,
    "a table": "a|b\n-|-\n" + "a|b\n" * 100_000,
    "a paragraph": "word and\n" * 50_000,
    "a long page": "word\n\n" * 300_000,
    "a chain of methods": "```python {.run}\nx = ''\n(x" + ".strip()" * 5_000 + ")\n```\n",
    "a chain of sums": "```python {.run}\n" + "1 + " * 20_000 + "1\n```\n",
    "a chain of comparisons": "```python {.run}\nx = 1\nx" + " and x" * 20_000 + "\n```\n",
    "a chain of attributes in a value": "`{python} a" + ".b" * 4_000 + "`\n",
    "a chain of branches": (
        "```python {.run}\nx = 0\nif x == 1:\n    pass\n"
        + "elif x == 2:\n    pass\n" * 3_000
        + "\nimport math\n```\n"
    ),
    "brackets in a cell": "```python {.run}\n" + "(" * 5_000 + "\n```\n",
    "a chain of exceptions": (
        "```python {.run}\nerror = None\nfor _ in range(50_000):\n    new = ValueError('a')\n"
        "    new.__cause__ = error\n    error = new\nraise error\n```\n"
    ),
    "an element of the plugin's": '<div class="worked-drawing" data-worked="w-index-0-0"></div>\n',
    "code of the plugin's": '<div class="worked-code" data-worked="a"></div>\n',
    "a sweep of the plugin's": "<worked-sweep class='worked-sweep' data-parameters='[['>\n",
    "a formula of texmath's": '<span class="texmath" data-texmath="0a">a</span>\n',
    "downloads of the plugin's": '<div class="worked-downloads"></div>\n',
    "a placeholder": "klzzwxh:0 &#2;klzzwxh:0&#3; \x02worked:0\x03 \x02wzxhzdk:0\x03\n",
    "a number that is none": "```python {.run}\nprint(1)\n```\n\n```text {.expect}\n1__0\n```\n",
    "a name that ends in a line": (
        "```python {.run}\nprint('name2_')\n```\n\n```text {.expect}\nname1_\n```\n"
    ),
    "digits of an expectation": (
        "```python {.run}\nprint('1' * 9_000)\n```\n\n```text {.expect}\n" + "2" * 9_000 + "\n```\n"
    ),
    "lines of an expectation": (
        "```python {.run}\nfor n in range(20_000):\n    print(n % 7)\n```\n\n```text {.expect}\n"
        + "\n".join(str(n % 5) for n in range(20_000))
        + "\n```\n"
    ),
    "an endless size of a sweep": "```python {.run}\n#| sweep: {k: [.inf, 1]}\nk\n```\n",
    "a great number in a sweep": f"```python {{.run}}\n#| sweep: {{k: [1{'0' * 5000}]}}\nk\n```\n",
    "a great number of seconds": f"```python {{.run}}\n#| timeout: 1{'0' * 400}\n1\n```\n",
}
"""What pages hold."""

HARMLESS = [
    *("page: a sweep of the plugin's", "page: a formula of texmath's", "page: a placeholder"),
    *("page: downloads of the plugin's", "page: a chain of branches"),
    *("page: a chain of comparisons", "said: matrix: of long numbers"),
]
"""What comes out as what it is."""


def built(site, *, seconds=TIME):
    """Build in a process of its own: what it says, and the kilobytes it took at most."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=site.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"the build died: {done.returncode}\n{done.stderr[-2000:]}"
    return done.stderr, int(re.findall(r"peak (\d+)", done.stderr)[-1])


ALL = {f"said: {name}": text for name, text in SAID.items()}
ALL |= {f"page: {name}": text for name, text in PAGES.items()}


@pytest.fixture(autouse=True)
def limit():
    """End this process where a build hangs, also in native code."""
    faulthandler.dump_traceback_later(TIME, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_text_is_an_error_with_file_and_line_or_harmless(name, make, config, monkeypatch):
    config = config.replace(*CONFIG_TEXMATH).replace("downloads: false", "downloads: true")
    site = make({"index.md": f"# A\n\n{ALL[name]}"}, config)
    built = site.build(strict=False)
    assert "Traceback" not in built.log
    if name not in HARMLESS:
        assert built.aborted
        assert re.search(r"docs/index\.md:\d+: \w+: ", built.log), built.log[-3000:]
    assert len(built.log) < 1_000_000


FRAMES = {
    "empty lists": "b'[' + b'[],' * 20_000_000 + b'[]]'",
    "numbers": "b'[' + b'1000,' * 12_000_000 + b'1]'",
    "wide letters": "b'[\"' + b'a' * 60_000_000 + '\\U0001F600'.encode() + b'\"]'",
    "depth": "b'[' * 30_000_000",
    "nothing, often": None,
}


# each of them fills the memory that a build may take
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.nightly) if n else name for n, name in enumerate(FRAMES)],
)
def test_a_message_takes_no_more_memory_in_the_build_than_is_said(name, make):
    body = FRAMES[name]
    sends = f"send({body})" if body else "for _ in range(200_000): send(b'{}' )"
    code = (
        "import os, struct\n"
        "pipe = max(n for n in range(3, 256) if os.path.exists(f'/proc/self/fd/{n}')\n"
        "    and os.readlink(f'/proc/self/fd/{n}').startswith('pipe'))\n"
        "def send(body):\n"
        "    data = memoryview(struct.pack('>I', len(body)) + body)\n"
        "    while data: data = data[os.write(pipe, data):]\n"
        f"{sends}"
    )
    site = make({"index.md": f"# A\n\n```python {{.run}}\n{code}\n```\n"})
    log, peak = built(site)
    assert peak < 700_000, f"{peak:,} kB"
    if body:
        assert re.search(r"docs/index\.md:4: died: sent ", log), log[-2000:]


@pytest.mark.parametrize("length", [300, pytest.param(1_200, marks=pytest.mark.nightly)])
def test_a_chain_of_imports_may_be_as_long_as_the_site(length, make):
    pages = {
        f"p{n}.md": f"```python {{.run}}\n#| export: f\nfrom notes.p{n + 1} import f\n```\n"
        for n in range(length)
    }
    site = make({"index.md": "# A\n", **pages})
    log, _ = built(site)
    assert "Traceback" not in log
    assert f"{length} of {length + 1} pages failed." in log, log[-2000:]


def test_a_page_that_takes_too_long_for_all_that_is_an_error(make, monkeypatch):
    monkeypatch.setattr("worked.limits.MAX_CONVERSION", 0.05)
    site = make({"index.md": "# A\n\n" + "word *and* [word](a)\n\n" * 5_000})
    built = site.build(strict=False)
    assert built.aborted
    assert "docs/index.md:1: markdown: the text takes Markdown more than 0.05 s" in built.log


def test_a_preview_shows_in_the_page_what_it_cannot_convert(make):
    site = make({"index.md": "# A\n\n" + "> " * 600 + "a"})
    assert "as its indentation and marks have it" in site.build(serving=True, strict=False).log


TOPS = {
    "brackets": "a: " + "[" * 120_000,
    "maps": "a: " + "{a: " * 60_000,
    "lists": "- " * 120_000,
    "brackets on lines": "a: " + "[[[[\n\n" * 60_000,
    "aliases": "\n".join(
        ["title: &a0 [a, a]", *(f"t{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    ),
    "merged": "\n".join(
        ["m0: &m0 {a: 1}"]
        + [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 10)}]}}" for n in range(1, 20)]
    ),
    "an alias in a title": "b: &b [a]\ntitle: *b",
    "long": "\n\n".join(f"k{n}: [a, b]" for n in range(30_000)),
}


@pytest.mark.parametrize("name", TOPS)
def test_front_matter_is_bounded_before_anybody_reads_it(name, make):
    site = make({"index.md": f"---\n{TOPS[name]}\n---\n\n# A\n"})
    log, peak = built(site)
    assert re.search(r"docs/index\.md:\d+: (front matter|markdown): ", log), log[-2000:]
    assert "Traceback" not in log
    assert peak < 700_000, f"{peak:,} kB"
