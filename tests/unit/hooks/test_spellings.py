"""Other spellings: both ways where there are two, and none where there is one."""

import pytest

from spellings import spellings

PAIRS = {
    "normalisation": "normalization",
    "optimisers": "optimizers",
    "visualising": "visualizing",
    "vectorised": "vectorized",
    "generalisations": "generalizations",
    "analyse": "analyze",
    "colour": "color",
    "colours": "colors",
    "behaviour": "behavior",
    "neighbourhood": "neighborhood",
    "centre": "center",
    "centred": "centered",
    "grey": "gray",
    "labelled": "labeled",
    "modelling": "modeling",
    "artefacts": "artifacts",
    "analogue": "analog",
}
ONE = (
    "noise precise exercise promise raised rising pointwise supervised surprise size resized "
    "label laboratory parameter log are parallel channels model"
)


@pytest.mark.parametrize(("british", "american"), PAIRS.items())
def test_a_word_is_respelled_in_both_directions(british, american):
    assert list(spellings(british.capitalize())) == [american]
    assert list(spellings(american)) == [british]


def test_words_with_one_spelling_stay_as_they_are():
    assert list(spellings(ONE)) == []


def test_sizes_and_numbers_are_written_in_the_other_way():
    assert list(spellings("a 3 × 3 kernel")) == ["3x3"]
    assert list(spellings("64 × 3 × 7")) == ["64x3x7"]
    assert list(spellings("138,357,544 and 1,000")) == ["138357544", "1000"]
    assert list(spellings("150529000")) == ["150 529 000"]
    assert list(spellings("0.12345, 2.0351, 12,3 and 1,234.5")) == ["1234"]


def test_greek_letters_are_spelled_out_once():
    assert list(spellings("γx + β, γ")) == ["gamma", "beta"]
