"""The palette's own colours are those of the style sheet."""

import re
from importlib import resources

import pytest

from worked.palette import DARK, LIGHT, SENTINELS


@pytest.mark.parametrize(("scheme", "colours"), [("default", LIGHT), ("slate", DARK)])
def test_the_colours_are_those_of_the_style_sheet(scheme, colours):
    style = resources.files("worked").joinpath("assets/worked.css").read_text("utf-8")
    block = style.partition(f'[data-md-color-scheme="{scheme}"] {{')[2].partition("}")[0]
    assert dict(re.findall(r"--fig-(\w+): (#\w+);", block)) == colours


def test_every_sentinel_has_a_colour_in_both_schemes():
    assert LIGHT.keys() == DARK.keys() == SENTINELS.keys()
