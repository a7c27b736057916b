"""The palette's own colours are those of the style sheet."""

import re
from importlib import resources

from worked.palette import LIGHT, SENTINELS


def test_the_light_colours_are_those_of_the_style_sheet():
    style = resources.files("worked").joinpath("assets/worked.css").read_text("utf-8")
    block = style.partition('[data-md-color-scheme="default"] {')[2].partition("}")[0]
    assert dict(re.findall(r"--fig-(\w+): (#\w+);", block)) == LIGHT


def test_every_sentinel_has_a_light_colour():
    assert LIGHT.keys() == SENTINELS.keys()
