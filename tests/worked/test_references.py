"""Numbers of figures and tables, and what links to them mean."""

import json
import re

import pytest

from worked.page.parser import parse
from worked.page.references import number_labels

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
TABLE = "```python {{.run}}\n#| label: {0}\n#| tbl-cap: Of {0}.\n1\n```\n\n"


def page(name, *labels, text=""):
    cells = [(FIGURE if label.startswith("fig") else TABLE).format(label) for label in labels]
    return parse(text + "".join(cells), f"docs/{name}")


def names(references):
    return [target.name for known in references.targets.values() for target in known.values()]


def said(text, *others, whole=True):
    own = parse(text, "docs/a/b.md")
    references = number_labels([(own, 1), *((other, 2) for other in others)], whole=whole)
    return [(p.line, p.message) for p in references.problems(own)]


# --- numbers


def test_figures_and_tables_count_apart_through_the_pages_of_a_chapter() -> None:
    one = page("a.md", "fig-a", "tbl-a", "fig-b")
    two = page("b.md", "tbl-b", "fig-c", "other")
    three = page("c.md", "fig-a")
    assert names(number_labels([(one, 1), (two, 1), (three, 2)])) == [
        *("Figure 1.1", "Table 1.1", "Figure 1.2"),
        *("Table 1.2", "Figure 1.3"),
        "Figure 2.1",
    ]


def test_outside_of_chapters_numbers_are_plain() -> None:
    pages = [(page("a.md", "fig-a"), 0), (page("b.md", "fig-a"), 1), (page("c.md", "fig-a"), 0)]
    assert names(number_labels(pages)) == ["Figure 1", "Figure 1.1", "Figure 2"]


def test_a_label_that_is_there_twice_counts_once() -> None:
    assert names(number_labels([(page("a.md", "fig-a", "fig-a", "fig-b"), 0)])) == [
        "Figure 1",
        "Figure 2",
    ]


@pytest.mark.parametrize("label", ["fig", "figure-a", "table-a", "a-fig"])
def test_other_labels_have_no_number(label) -> None:
    assert names(number_labels([(page("a.md", label), 0)])) == []


# --- links that lead nowhere


OTHER = page("c d.md", "fig-relu", "tbl-sizes")


@pytest.mark.parametrize(
    "link", ["[Figure](<../c%20d.md#fig-relu>)", "[Table](../c%20d.md#tbl-sizes)", "[x](#fig)"]
)
def test_a_link_to_a_label_is_no_problem(link) -> None:
    assert said(link, OTHER) == []


@pytest.mark.parametrize(
    "link",
    ["https://a.org/#fig-a", "//a.org/#fig-a", "/a.md#fig-a", "a.html#fig-a", "mailto:a#fig-a"],
)
def test_a_link_out_of_the_notes_is_none_of_ours(link) -> None:
    assert said(f"[Figure]({link})") == []


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (
            "[Figure](../c%20d.md#fig-rleu)",
            "there is no label 'fig-rleu' in docs/c d.md; did you mean 'fig-relu'?",
        ),
        ("[this](#fig-relu)", "there is no label 'fig-relu' in docs/a/b.md; it is in docs/c d.md"),
        (
            "[Figure](#fig-rel)",
            "there is no label 'fig-rel' in docs/a/b.md; the nearest is 'fig-relu' in docs/c d.md",
        ),
        ("[Figure](../cd.md#fig-a)", "there is no page docs/cd.md; did you mean docs/c d.md?"),
        (
            "[Table](../c%20d.md#fig-relu)",
            "'fig-relu' is Figure 2.1, and the link says 'Table'",
        ),
    ],
)
def test_a_link_that_leads_nowhere_names_what_is_nearest(link, message) -> None:
    assert said(f"a\n\nb {link}", OTHER) == [(3, message)]


def test_without_any_label_there_is_nothing_near() -> None:
    assert said("[Figure](#fig-a)") == [
        (1, "there is no label 'fig-a' in docs/a/b.md, nor any other label")
    ]


def test_a_page_that_stands_alone_knows_nothing_of_others() -> None:
    assert said("[Figure](c.md#fig-a)", whole=False) == []
    assert len(said("[Figure](#fig-a)", whole=False)) == 1


def test_links_in_captions_and_references_have_their_lines() -> None:
    text = "```python {.run}\n#| tbl-cap: As [Figure](#fig-a).\n1\n```\n\n[b]: #tbl-b\n"
    assert [line for line, _ in said(text)] == [2, 6]


# --- in a site


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


# --- frames of a sweep

SWEPT = FIGURE.format("fig-a").replace("#| fig-alt", "#| sweep: {k: [1, 2]}\n#| fig-alt")


def test_a_link_may_lead_to_a_frame_of_a_sweep() -> None:
    assert said(f"[Figure](#fig-a:k=2), [it](#fig-a:k=1)\n\n{SWEPT}") == []


def test_a_link_to_a_frame_that_is_none_names_the_nearest() -> None:
    ((line, message),) = said(f"[it](#fig-a:k=3)\n\n{SWEPT}")
    assert line == 1
    assert "'fig-a' has no frame 'k=3'; did you mean 'k=2'?" in message or "'k=1'" in message


def test_a_link_to_a_frame_of_what_is_no_sweep_is_an_error() -> None:
    ((_, message),) = said("[it](#fig-a:k=3)\n\n" + FIGURE.format("fig-a"))
    assert message == "'fig-a' is no sweep: nothing may follow it"
