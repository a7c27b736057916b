"""What a colour means: sign has two, size has another, and a thing in a schematic a third."""

import re
from itertools import combinations

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Patch
from matplotlib.text import Text

import figures
from figures import style
from figures.style import MINUS, PLUS, SIZE, STRONGEST, THING
from worked.palette import BG, DARK, LIGHT, SENTINELS

NAMES = {sentinel: name for name, sentinel in SENTINELS.items()}
SCHEMES = {"light": LIGHT, "dark": DARK}
# how eyes without one kind of cone see linear RGB: Machado, Oliveira and Fernandes, "A
# physiologically-based model for simulation of color vision deficiency", 2009, severity 1
EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def linear(colour: np.ndarray) -> np.ndarray:
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """As WCAG 2 defines it."""
    low, high = sorted(float(linear(part) @ [0.2126, 0.7152, 0.0722]) for part in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: np.ndarray) -> np.ndarray:
    """Return CIELAB of linear sRGB, white D65."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.clip(to_xyz @ colour, 1e-4, None) / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def tints(scheme: str) -> dict[str, np.ndarray]:
    """Return each meaning's strongest tint on the page."""
    colours = {name: np.array(to_rgb(code)) for name, code in SCHEMES[scheme].items()}
    return {
        part: STRONGEST * colours[NAMES[sentinel]] + (1 - STRONGEST) * colours["bg"]
        for part, sentinel in (("plus", PLUS), ("minus", MINUS), ("size", SIZE))
    }


def fills(figure: Figure) -> set[str]:
    """Return the colours of what is filled."""
    cells = [colour for part in figure.findobj(PolyCollection) for colour in part.get_facecolor()]
    grounds = [figure.patch, *(axes.patch for axes in figure.axes)]
    patches = [patch for patch in figure.findobj(Patch) if patch not in grounds]
    seen = [patch.get_facecolor() for patch in patches if patch.get_fill()]
    return {to_hex(colour) for colour in (*cells, *seen) if colour[3] > 0}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_are_read_over_the_strongest_tint(scheme: str) -> None:
    ink = np.array(to_rgb(SCHEMES[scheme]["fg"]))
    for name, tint in tints(scheme).items():
        assert contrast(ink, tint) >= 4.5, name


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_meanings_look_alike(scheme: str, eyes: str) -> None:
    seen = {
        name: lab(np.clip(EYES[eyes] @ linear(tint), 0, 1)) for name, tint in tints(scheme).items()
    }
    for one, other in combinations(seen, 2):
        # 2.3 is the least that can be seen at all
        assert np.linalg.norm(seen[one] - seen[other]) >= 15, (one, other)


def test_pixels_have_the_colours_of_the_page() -> None:
    inks = {PLUS: style.PLUS_INK, MINUS: style.MINUS_INK, SIZE: style.SIZE_INK}
    for scheme in SCHEMES.values():
        for sentinel, ink in inks.items():
            assert to_rgb(scheme[NAMES[sentinel]]) == pytest.approx(np.array(ink) / 255)


def test_a_drawing_shows_sign_or_size_or_things(drawing: Figure) -> None:
    used = fills(drawing) & {PLUS, MINUS, SIZE}
    assert used <= {PLUS, MINUS} or used == {SIZE}


def test_a_schematic_is_neither_large_nor_negative() -> None:
    for schematic in (
        figures.volumes([(3, 8, 8), (10,)]),
        figures.blocks({"a": ([["3 × 3"], []], "+")}),
        figures.stacked([(3, 1, 1), (2, 2, 1)]),
    ):
        assert {THING} <= fills(schematic) <= {THING, BG}


def test_only_negative_numbers_stand_on_the_colour_of_negative(drawing: Figure) -> None:
    drawing.canvas.draw()
    negative = re.compile(r"−[\d.]*[1-9]")
    for cells in drawing.findobj(PolyCollection):
        for path, colour in zip(cells.get_paths(), cells.get_facecolor(), strict=True):
            box = path.get_extents()
            (number,) = (
                text.get_text()
                for text in drawing.findobj(Text)
                if text.get_text() and text.axes and box.contains(*text.get_position())
            )
            assert (to_hex(colour) == MINUS) == bool(negative.match(number)), number


def test_pixels_of_what_cannot_be_negative_have_one_ink(drawing: Figure) -> None:
    for image in drawing.findobj(AxesImage):
        pixels = np.asarray(image.get_array())
        if pixels.shape[-1] == 4:
            inks = {tuple(ink) for ink in pixels[pixels[..., 3] > 0][:, :3]}
            assert inks <= {style.PLUS_INK, style.MINUS_INK} or inks == {style.SIZE_INK}
