"""Questions in a small site: run once, kept, checked, and closed in like any cell."""

import json
import re

import pytest

CONFIG = """
site_name: Small
use_directory_urls: false
theme: {name: null, custom_dir: theme}
plugins:
  - worked: {workers: 1, downloads: false, variants: 4}
  - texmath
  - revise
markdown_extensions: [admonition, pymdownx.details, pymdownx.superfences]
"""
ASKED = """# Page

```python {.run}
from revise import Question
```

```python {.run}
#| question: double
#| topic: doubling
#| level: 1
n = rng.integers(1, 10**6)
Question(
    f"How much is $2 \\\\cdot {n}$?",
    2 * n,
    steps=[f"[Twice](other.md) {n}."],
    mistakes={"squared it": n * n + 1},
)
```
"""
OTHER = "# Other\n\nText.\n\n<revise-paper></revise-paper>\n\n<!-- revise: paper seed=1 -->\n"
PAGES = {"index.md": ASKED, "other.md": OTHER}


def loaded(site, name):
    """Read what a script of the site gives."""
    return json.loads(site.html(name).partition(" = ")[2].strip().removesuffix(";"))


def test_every_variant_of_a_question_travels_as_a_script(make):
    site = make(PAGES, CONFIG)
    assert site.build().good
    index = loaded(site, "assets/revise-questions.js")
    assert [(one["id"], one["variants"], one["slug"]) for one in index["questions"]] == [
        ("double", 4, "doubling")
    ]
    variants = loaded(site, "assets/revise-questions/double.js")
    assert len({one["answer"] for one in variants}) == 4
    assert all("<math>" in one["text"] for one in variants)
    assert 'href="other.html"' in variants[0]["steps"][0]
    assert str(variants[0]["answer"]) in site.article("index.html").replace(",", "")
    assert 'id="question-double"' in site.article("index.html")


def test_a_paper_stands_in_its_page_with_its_solutions(make):
    site = make(PAGES, CONFIG)
    site.build()
    html = site.html("other.html")
    assert html.count('<div class="revise-paper-text">') == 1
    assert "Solutions of paper 1" in html
    assert 'href="other.html"' in html


def test_nothing_runs_again_until_the_code_or_the_number_of_variants_changes(make):
    site = make(PAGES, CONFIG)
    assert site.build().ran == {"docs/index.md": 2}
    first = site.html("assets/revise-questions/double.js")
    assert site.build().ran == {}
    assert site.html("assets/revise-questions/double.js") == first
    site.put("mkdocs.yml", CONFIG.replace("variants: 4", "variants: 6"))
    assert site.build().ran == {"docs/index.md": 1}
    assert site.html("assets/revise-questions/double.js").startswith(first.rstrip("];\n"))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("rng.integers(1, 10**6)", "3", 8, "all 4 variants have the same answer, 6"),
        ("n * n + 1", "n + n", 8, "the mistake 'squared it' always leads to the right answer"),
        ("2 * n,", "float('nan'),", 12, "nan is no answer that a reader can type"),
        ("2 * n,", "n / 7,", 12, "give `tolerance=`"),
        ("#| level: 1", "#| level: 7", 10, "is 1, 2 or 3"),
        ("#| level: 1", "#| levle: 1", 10, "unknown option 'levle'"),
    ],
)
def test_a_question_that_is_none_is_an_error_of_its_line(make, old, new, line, said):
    site = make({"index.md": ASKED.replace(old, new), "other.md": "# Other\n"}, CONFIG)
    built = site.build()
    assert not built.good
    assert f"docs/index.md:{line}: " in built.log
    assert said in built.log


def test_a_cell_that_ends_with_something_else_is_an_error(make):
    text = re.sub(r"Question\(\n.*?^\)", "n", ASKED, flags=re.DOTALL | re.MULTILINE)
    built = make({"index.md": text, "other.md": "# Other\n"}, CONFIG).build()
    assert "docs/index.md:12: ArraysError: a cell with `question` ends with one" in built.log


def test_two_questions_of_a_site_have_different_ids(make):
    site = make({"a.md": ASKED, "b.md": ASKED, "other.md": "# Other\n"}, CONFIG)
    built = site.build()
    assert "docs/b.md:8: question: 'double' is taken by docs/a.md:8" in built.log
    assert not built.good


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("squared it", "[squared](gone.md) it", "the link 'gone.md' leads nowhere"),
        ("squared it", r"$\\frac{1$", "frac"),
    ],
)
def test_what_only_the_marking_shows_is_checked(make, old, new, said):
    site = make({"index.md": ASKED.replace(old, new), "other.md": "# Other\n"}, CONFIG)
    built = site.build(strict=False)
    assert "docs/index.md:8: question: " in built.log
    assert said in built.log
    assert not built.good


def test_a_paper_that_has_changed_is_told(make):
    page = "# Other\n\n<!-- revise: paper seed=1 print=00000000 -->\n"
    built = make({"index.md": ASKED, "other.md": page}, CONFIG).build()
    assert "docs/other.md: paper 1 is another one now: its print was 00000000" in built.log


def test_a_question_is_closed_in_like_any_cell(make):
    text = ASKED.replace("n = rng", "open('/etc/passwd')\nn = rng")
    config = CONFIG.replace("workers: 1", "workers: 1, confine: isolated")
    built = make({"index.md": text, "other.md": "# Other\n"}, config).build()
    if "isolated" in built.aborted:
        pytest.skip("this system cannot close cells in")
    assert "PermissionError" in built.log


def test_html_that_a_question_brings_stays_text(make):
    text = ASKED.replace("How much", "<img src=x onerror=alert(1)> How much")
    site = make({"index.md": text, "other.md": OTHER}, CONFIG)
    built = site.build()
    if built.good:
        assert "<img" not in site.html("other.html")
        assert "<img" not in site.html("assets/revise-questions/double.js")
    else:
        assert "holds" in built.log
