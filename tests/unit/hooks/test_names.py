"""The hidden words of an entry of the index."""

from names import Names
from terms import read_terms

GLOSSARY = """
**batch normalisation**
:   Bringing a batch to mean 0 (US: batch normalization).
:   [Normalisation](../training/norm.md#by-hand)
"""
NAMES = Names({"CE": "cross-entropy: a loss", "CNN": "convolutional network"}, read_terms(GLOSSARY))


def entry(location="training/norm.html", text="<p>Text.</p>", tags=("Training",), **other):
    [one] = NAMES.complete([{"location": location, "title": "T", "text": text, "tags": [*tags]}])
    return one


def test_a_page_has_its_names_and_terms_in_both_spellings_and_shows_its_chapter():
    found = entry(tags=("Training", "batch norm", "cross-entropy"))
    assert found["tags"] == ["Training"]
    assert found["also"] == ("t batch norm cross entropy batch normalisation normalization CE")


def test_a_section_has_the_terms_that_it_defines_and_no_names_of_its_page():
    found = entry("training/norm.html#by-hand", tags=("Training", "batch norm"))
    assert found["also"] == "batch normalisation normalization"
    assert "tags" not in found


def test_a_page_outside_the_chapters_shows_none():
    assert "tags" not in entry(tags=("-",))


def test_a_section_without_text_is_left_out():
    assert (
        list(NAMES.complete([{"location": "a.html#b", "title": "T", "text": "", "tags": ["-"]}]))
        == []
    )


def test_abbreviations_are_found_by_their_long_forms_and_the_other_way():
    assert entry(text="<p>Some CNNs.</p>")["spelled"] == "convolutional network"
    assert entry(text="<p>The cross-entropy.</p>")["spelled"] == "CE"


def test_of_code_only_names_are_kept():
    code = "<pre><code>window = np.max_pool(BatchNorm2d, x)</code></pre>"
    found = entry(text=f"<p>Text.</p> {code}")
    assert found["text"] == "<p>Text.</p>"
    assert found["spelled"] == "max_pool BatchNorm2d"


def test_the_manual_shows_its_first_paragraph_and_is_found_by_the_names_in_it():
    text = "<p>One.</p> <p>Two words and <code>code-fold</code>.</p>"
    found = entry("about/a.html", text)
    assert found["text"] == "<p>One.</p>"
    assert found["spelled"] == "code-fold"
