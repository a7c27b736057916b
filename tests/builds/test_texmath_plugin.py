"""Real builds of small sites."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = "plugins: [search, texmath]"
CONFIG = """
site_name: Small
use_directory_urls: false
theme: mkdocs
plugins: [search, texmath]
markdown_extensions: [admonition, tables, pymdownx.superfences, pymdownx.details]
"""
GOOD = r"""---
title: Good
---

# Output size $\lfloor x \rfloor$

## Stride $s$

It is $o = \left\lfloor \frac{i + 2p - k}{s} \right\rfloor + 1$.

$$
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
$$
"""


def build(
    root: Path, pages: dict[str, str], *flags: str, plugins: str = PLUGINS
) -> subprocess.CompletedProcess[str]:
    (root / "mkdocs.yml").write_text(CONFIG.replace(PLUGINS, plugins), "utf-8")
    for name, text in pages.items():
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *flags],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("good")
    done = build(root, {"index.md": GOOD}, "--strict")
    assert done.returncode == 0, done.stderr
    return root / "site"


def test_the_page_holds_mathml(good):
    html = (good / "index.html").read_text("utf-8")
    assert html.count("<math") == 4
    assert "data-texmath" not in html


def test_the_contents_hold_plain_text(good):
    html = (good / "index.html").read_text("utf-8")
    assert re.search(r'<a href="#output-size-x"[^>]*>Output size ⌊x⌋</a>', html)


def test_search_finds_plain_text_and_no_mathml(good):
    index = json.loads((good / "search" / "search_index.json").read_text("utf-8"))
    text = " ".join(entry["title"] + entry["text"] for entry in index["docs"])
    assert "Output size ⌊x⌋" in text
    assert "o = ⌊(i + 2p − k)/s⌋ + 1" in text
    assert "[1, 2; 3, 4]" in text
    assert "<m" not in text
    assert "texmath" not in text


def test_style_sheet_font_and_licence_are_in_the_site(good):
    folder = good / "assets" / "texmath"
    css = (folder / "texmath.css").read_text("utf-8")
    assert (folder / "OFL.txt").is_file()
    assert [(folder / name).is_file() for name in re.findall(r'url\("(.+?)"\)', css)] == [
        True,
        True,
    ]
    assert 'href="assets/texmath/texmath.css"' in (good / "index.html").read_text("utf-8")


@pytest.mark.parametrize("flags", [(), ("--strict",)])
def test_bad_formulas_of_all_pages_are_reported_and_end_the_build(tmp_path, flags):
    pages = {
        "index.md": "---\ntitle: A\n---\n\n\n# A\n\n!!! note\n    $\\foo$\n",
        "deep/b.md": "# B\n\n$$\n\\bar\n$$\n",
    }
    done = build(tmp_path, pages, *flags)
    assert done.returncode == 1
    assert 'docs/index.md:9: formula: Unknown command "\\foo".\n> 9 |     $\\foo$' in done.stderr
    assert "docs/deep/b.md:4: formula: Expected argument" in done.stderr
    assert "bad formulas: 2, files: 2" in done.stdout
    assert "Traceback" not in done.stderr


def test_while_serving_the_page_shows_what_is_wrong(tmp_path):
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    build(tmp_path, {"index.md": "# A\n\n$\\foo$\n"})
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    build_site(config, serve_url="http://127.0.0.1/")
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert 'role="alert"><code>\\foo</code>' in html
    assert "index.md:3: formula: Unknown command" in html


def test_a_macro_of_the_site_is_known_on_every_page(tmp_path):
    macros = "plugins: [search, {texmath: {macros: {R: '\\mathbb{R}'}}}]"
    (tmp_path / "docs").mkdir()
    done = build(tmp_path, {"index.md": r"$\R$"}, "--strict", plugins=macros)
    assert done.returncode == 0, done.stderr
    assert "<mi>ℝ</mi>" in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_macro_that_cannot_be_used_fails_the_build_with_file_and_name(tmp_path):
    macros = r"plugins: [search, {texmath: {macros: {R: '\foo'}}}]"
    done = build(tmp_path, {"index.md": "a"}, plugins=macros)
    assert done.returncode != 0
    assert r'mkdocs.yml: plugins: texmath: macros: \R: Unknown command "\foo"' in done.stderr


def test_tex_that_stayed_text_is_a_warning_with_file_and_line(tmp_path):
    text = "---\ntitle: Of $x^2$\n---\n\n# A\n\nSo \\frac{a}{b} is.\n\n<img alt='' title=\"$y$\">\n"
    done = build(tmp_path, {"index.md": text}, "--strict")
    assert done.returncode != 0
    for line, tex in ((7, "\\frac{a}{b} is."), (9, "$y$"), (1, "$x^2$")):
        assert f'docs/index.md:{line}: formula: "{tex}" stayed text' in done.stderr
    assert done.stderr.count("stayed text") == 3
