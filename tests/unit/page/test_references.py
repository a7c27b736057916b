"""Numbers of figures and tables, and what links to them mean."""

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
    assert message == "'fig-a' is not a sweep: nothing may follow it"
