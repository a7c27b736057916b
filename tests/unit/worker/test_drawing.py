"""Figures to SVG."""

import functools
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.artist import Artist
from matplotlib.backends import backend_svg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from worked.palette import ACCENT, CYCLE, FG, SENTINELS
from worked.svg.check import UnsafeError, check_svg
from worked.svg.compact import adopt_svg
from worked.worker.drawing import RC_PARAMS, draw_figure


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    """Draw as a worker does."""
    with rc_context(RC_PARAMS):
        yield


def rich() -> Figure:
    """A figure with clipping, markers, pixels, formulas and a legend."""
    figure = Figure(figsize=(4, 2))
    one, two = figure.subplots(1, 2)
    one.plot([1, 2, 3], [3, 1, 2], "o-", label="$x^2$")
    one.legend()
    two.imshow(np.arange(9).reshape(3, 3))
    two.set_title("A title & <more>")
    return figure


def labelled(text: str, **changed: object) -> str:
    figure = Figure()
    figure.text(0.5, 0.5, text, **changed)
    return draw_figure(figure).svg


def test_equal_figures_give_equal_drawings() -> None:
    assert draw_figure(rich()) == draw_figure(rich())


def test_a_figure_can_be_drawn_twice() -> None:
    figure = rich()
    assert draw_figure(figure) == draw_figure(figure)


def test_the_order_of_drawing_does_not_matter() -> None:
    first = draw_figure(rich())
    draw_figure(Figure())
    assert draw_figure(rich()) == first


def test_a_drawing_says_its_size_in_points() -> None:
    drawing = draw_figure(Figure(figsize=(4, 2)))
    assert (drawing.width, drawing.height) == (288, 144)
    assert 'viewBox="0 0 288 144"' in drawing.svg


def test_a_drawing_is_one_element() -> None:
    svg = draw_figure(rich()).svg
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    ElementTree.fromstring(svg.replace("xlink:href", "href"))


@pytest.mark.parametrize("part", ["<metadata", "<style", "<!--", "xmlns", "Matplotlib", "<?xml"])
def test_a_drawing_holds_nothing_that_no_page_needs(part: str) -> None:
    assert part not in draw_figure(rich()).svg


def test_sentinels_become_variables() -> None:
    svg = labelled("a", color=ACCENT)
    assert "var(--fig-accent)" in svg
    assert not any(code in svg for code in SENTINELS.values())


@pytest.mark.parametrize("name", SENTINELS)
def test_every_sentinel_becomes_its_variable(name: str) -> None:
    assert f"var(--fig-{name})" in labelled("a", color=SENTINELS[name].upper())


def test_no_two_sentinels_are_alike() -> None:
    assert len(set(SENTINELS.values())) == len(SENTINELS)
    assert FG not in CYCLE


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_line_of_a_plot_can_be_named_in_its_own_colour(scheme: int) -> None:
    """The light scheme stands first in the style sheet, the dark one second."""
    context = resources.files("worked").joinpath("assets/worked.css").read_text("utf-8")
    block = re.findall(r"\{[^}]*--fig-bg[^}]*\}", context)[scheme]
    colours = dict(re.findall(r"--fig-(\w+): #([0-9a-f]{6})", block))
    page = luminance(colours["bg"])
    for n in range(1, 7):
        low, high = sorted([page, luminance(colours[str(n)])])
        assert (high + 0.05) / (low + 0.05) >= 4.5, n


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2 of a hexadecimal colour."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_stock_plot_has_no_colour_of_its_own() -> None:
    figure = Figure()
    figure.subplots().plot([1, 2], [2, 1], label="a")
    assert not re.search(r"#[0-9a-f]{3}", draw_figure(figure).svg)


def test_another_colour_stays() -> None:
    assert "#c86464" in labelled("a", color="#c86464")


def test_text_stays_text_in_the_pages_own_font() -> None:
    svg = labelled("Some words", family="serif")
    assert ">Some words</text>" in svg
    assert "font-family" not in svg
    assert "DejaVu" not in svg


def test_weight_and_slant_of_a_font_stay() -> None:
    svg = labelled("a", weight="bold", style="italic", size=12)
    assert "font-size: 12px" in svg
    assert "font-style: italic" in svg
    assert "font-weight: " in svg


def test_text_is_escaped() -> None:
    assert "a &lt; b &amp; c" in labelled("a < b & c")


def test_an_id_that_the_author_gave_stays() -> None:
    svg = labelled("a", gid="label.1")
    assert re.findall(r' id="([^"]*)"', svg) == ["@-label.1"]
    check_svg(svg)


def parts() -> Figure:
    """A figure whose author named an axes, a line, pixels and a text that nobody sees."""
    figure = Figure()
    axes = figure.subplots()
    axes.set_gid("axes")
    axes.plot([1, 2], gid="line")
    axes.imshow(np.eye(2), gid="pixels")
    axes.text(0, 0, "a", gid="unseen", visible=False)
    return figure


def test_the_ids_of_every_kind_of_part_stay() -> None:
    svg = draw_figure(parts()).svg
    given = {"@-axes", "@-line", "@-pixels"}
    assert given == set(re.findall(r' id="([^"]*)"', svg)) - set(re.findall(r"#([^\")]+)", svg))


def test_nothing_is_built_only_to_learn_the_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk over the artists makes ticks of every axis, also of those that are off."""
    monkeypatch.delattr(Artist, "findobj")
    draw_figure(parts())


def test_a_matplotlib_that_makes_its_renderer_otherwise_gives_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = draw_figure(parts())
    theirs, genuine = backend_svg.RendererSVG, FigureCanvasSVG.print_svg

    @functools.wraps(genuine)
    def print_svg(canvas: FigureCanvasSVG, stream: object, **options: Any) -> None:
        monkeypatch.setattr(backend_svg, "RendererSVG", theirs)
        genuine(canvas, stream, **options)

    monkeypatch.setattr(FigureCanvasSVG, "print_svg", print_svg)
    assert draw_figure(parts()) == expected


@pytest.mark.parametrize("gid", ["a b", "x#y", 'a" onload="alert(1)'])
def test_an_id_that_could_be_more_than_a_name_is_refused(gid: str) -> None:
    with pytest.raises(UnsafeError):
        check_svg(labelled("a", gid=gid))


def test_every_id_is_neutral_and_used() -> None:
    svg = draw_figure(rich()).svg
    ids = re.findall(r' id="([^"]*)"', svg)
    used = re.findall(r'(?:url\(#|xlink:href="#)([^")]+)', svg)
    assert ids
    assert set(ids) == set(used)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("@-") for name in ids)


def test_pixels_keep_their_number() -> None:
    figure = Figure()
    figure.subplots().imshow(np.arange(9).reshape(3, 3))
    found = re.search(r"<image[^>]*>", draw_figure(figure).svg)
    assert found
    assert "data:image/png;base64," in found[0]
    assert len(found[0]) < 600


def test_the_settings_of_the_page_come_back() -> None:
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "mine"}):
        draw_figure(Figure())
        assert rcParams["svg.fonttype"] == "path"
        assert rcParams["svg.hashsalt"] == "mine"


# --- what an object drew of itself


def test_an_adopted_drawing_says_its_size() -> None:
    drawing = adopt_svg('<svg width="9in" height="8in" viewBox="0 0 30.5 15"><g/></svg>')
    assert (drawing.width, drawing.height) == (30.5, 15)
    assert drawing.svg == '<svg viewBox="0 0 30.5 15"><g/></svg>'


def test_an_adopted_drawing_without_a_size_is_an_error() -> None:
    with pytest.raises(ValueError, match="without a viewBox"):
        adopt_svg("<svg><g/></svg>")
    with pytest.raises(ValueError, match="without a viewBox"):
        adopt_svg("no drawing at all")


def test_what_stands_before_an_adopted_drawing_is_dropped() -> None:
    head = '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- by hand -->\n'
    drawing = adopt_svg(
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3"><g/></svg>\n'
    )
    assert drawing.svg == '<svg viewBox="0 0 3 3"><g/></svg>'


@pytest.mark.parametrize(
    "body",
    [
        '<path id="a"/><use xlink:href="#a"/>',
        '<path id="a"/><use href="#a"/>',
        "<path id='a'/><use xlink:href='#a'/>",
        '<path id = "a"/><use href = "#a"/>',
        '<path\nid="a"/><use\n  href="#a"/>',
    ],
)
def test_the_ids_of_an_adopted_drawing_become_neutral(body: str) -> None:
    svg = adopt_svg(f"<svg viewBox='0 0 3 3'>{body}</svg>").svg
    assert svg == '<svg viewBox="0 0 3 3"><path id="@-a"/><use xlink:href="#@-a"/></svg>'


def test_an_adopted_drawing_with_clips_pictures_and_comments_passes_the_check() -> None:
    body = (
        '<!-- a --><clipPath id="c"><rect width="1"/></clipPath><g clip-path="url(#c)"/>'
        '<image href="data:image/png;base64,iVBORw0KGgo="/><text>a = "b" and c=\'d\'</text>'
    )
    drawing = adopt_svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3">{body}</svg>')
    check_svg(drawing.svg)
    assert """<text>a = "b" and c='d'</text>""" in drawing.svg


def test_text_of_a_stock_figure_has_eleven_pixels_on_a_phone() -> None:
    across = 96 * RC_PARAMS["figure.figsize"][0]
    beside_code = 301  # of the 360 pixels of a phone
    assert RC_PARAMS["font.size"] * 96 / 72 * min(1, beside_code / across) >= 11
