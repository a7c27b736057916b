"""Numbers of figures and tables in a site, and what its links to them show."""

import json
import re

import pytest

FIGURE = """```python {{.run}}
#| label: {0}
#| fig-cap: Of {0}.
#| fig-alt: A line.
from matplotlib.figure import Figure

figure = Figure()
figure.subplots().plot([0, 1])
figure
```

"""
TABLE = "```python {{.run}}\n#| label: {0}\n#| tbl-cap: Of {0}.\nprint(1, 2, sep='\\n')\n```\n\n"


@pytest.fixture(scope="module")
def site(make_once, config):
    pages = {
        "index.md": "# Home\n\n" + FIGURE.format("fig-home") + "[Figure](two/b.md#fig-b)\n",
        "one/a.md": "# A\n\n" + FIGURE.format("fig-a") + TABLE.format("tbl-a"),
        "two/b.md": "# B `{python} 6 * 7` $`{python} -1.5`$\n\n"
        + FIGURE.format("fig-b")
        + "[Figure](c.md#fig-c), [Table](../one/a.md#tbl-a), [Figure](../index.md#fig-home),"
        + " [Figure](../left.md#fig-left), [there](c.md#fig-c)\n",
        "two/c.md": "# C [Figure](b.md#fig-b)\n\n" + FIGURE.format("fig-c"),
        "left.md": "# Left\n\n" + FIGURE.format("fig-left"),
    }
    nav = """
validation: {links: {anchors: warn}}
nav:
  - index.md
  - Far: https://example.org
  - One: [one/a.md]
  - Two:
      - Deep: [two/c.md]
      - two/b.md
"""
    site = make_once(
        pages, config.replace("  - worked:", "  - search\n  - texmath\n  - worked:") + nav
    )
    site.put(
        "theme/main.html",
        "<nav>{% for item in page.toc %}{{ item.title }}{% endfor %}</nav>"
        "<article>\n{{ page.content }}\n</article>\n",
    )
    built = site.build()
    assert built.good, built.log
    return site


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("index.html", ["Figure 1."]),
        ("one/a.html", ["Figure 1.1.", "Table 1.1."]),
        ("two/c.html", ["Figure 2.1."]),
        ("two/b.html", ["Figure 2.2."]),
        ("left.html", ["Figure 2."]),
    ],
)
def test_captions_begin_with_numbers_in_the_order_of_the_navigation(site, name, numbers) -> None:
    assert re.findall(r'<span class="worked-number">(.*?)</span>', site.article(name)) == numbers


def test_links_show_the_numbers_of_other_pages(site) -> None:
    assert re.findall(r"<a[^>]*>(.*?)</a>", site.article("two/b.html")) == [
        *("Figure 2.1", "Table 1.1", "Figure 1", "Figure 2", "there")
    ]
    assert 'href="../one/a.html#tbl-a">Table 1.1</a>' in site.article("two/b.html")


def test_headings_have_their_values_everywhere(site) -> None:
    index = json.loads(site.html("search/search_index.json"))["docs"]
    title = next(doc["title"] for doc in index if doc["location"].startswith("two/b.html#"))
    assert title == "B 42 −1.5"
    assert "<nav>B 42 −1.5</nav>" in site.html("two/b.html")
    assert "<mn>1.5</mn>" in site.article("two/b.html")


def test_headings_have_their_numbers_everywhere(site) -> None:
    assert "<nav>C Figure 2.2</nav>" in site.html("two/c.html")
    index = site.html("search/search_index.json")
    assert '"title":"C Figure 2.2"' in index


def test_formulas_hold_values_in_prose_boxes_tables_and_captions(make, config) -> None:
    code = "import numpy as np\n\nk = np.array([[1, -2], [3, 4]])\nk"
    places = [
        "$`{python} k`$",
        "$$\n`{python} k`\n$$",
        "- a $`{python} k`$",
        "| a |\n|---|\n| $`{python} k`$ |",
        '??? card an-id "What is $`{python} k`$?"\n\n    $`{python} k`$',
        "> $$\n> `{python} k`\n> $$",
    ]
    cell = f"```python {{.run}}\n#| tbl-cap: Of $`{{python}} k`$ & $\\pi$.\n{code}\n```\n\n"
    site = make(
        {"index.md": cell + "\n\n".join(places)},
        config.replace("  - worked:", "  - texmath\n  - worked:"),
    )
    built = site.build()
    assert built.good, built.log
    html = site.article("index.html")
    assert html.count("<math") == 9
    assert html.count("<mtable") == 8
    caption = re.search("<figcaption>Of (.*?) &amp; (.*?)</figcaption>", html, re.DOTALL)
    assert caption
    assert "<mtable" in caption[1]
    assert "π" in caption[2]
    assert "$" not in html


def test_a_bad_formula_in_a_caption_has_its_line(make, config) -> None:
    cell = "```python {.run}\n#| tbl-cap: $\\nonsense$\n1\n```\n"
    text = f"---\ntitle: A\n---\n\n# A\n\n{cell}\n$$\na\n$$\n"
    site = make({"index.md": text}, config.replace("  - worked:", "  - texmath\n  - worked:"))
    built = site.build()
    assert not built.good
    assert "docs/index.md:8" in built.log


def test_unknown_labels_fail_the_build_and_show_in_the_preview(make) -> None:
    site = make({"index.md": "# A\n\n[Figure](#fig-a)\n"})
    built = site.build()
    assert "docs/index.md:3: reference: there is no label 'fig-a'" in built.log
    assert built.aborted
    site.build(serving=True)
    assert site.article("index.html").count("worked-problem-title") == 1


def test_editing_words_of_a_caption_runs_nothing(make) -> None:
    text = "```python {.run}\n#| tbl-cap: A `{python} x`.\nx = 3\nx\n```\n"
    site = make({"index.md": text})
    assert site.build().ran == {"docs/index.md": 1}
    site.write({"index.md": text.replace("A `", "Some other words, `")})
    built = site.build()
    assert (built.ran, built.workers) == ({}, 0)
    assert 'Some other words, <span class="worked-value">3</span>' in site.article("index.html")
    site.write({"index.md": text.replace("} x`", "} x + 1`")})
    built = site.build()
    assert (built.ran, built.workers) == ({}, 1)
    assert '<span class="worked-value">4</span>' in site.article("index.html")
