"""Maps, kernels and photographs as pixels."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

import figures
from figures.style import MINUS_INK, PLUS_INK, SIZE_INK
from figures.tints import photograph

Pictures = Callable[[Figure], list[np.ndarray]]
Texts = Callable[[Figure], list[str]]
Tinted = Callable[[Figure], list[np.ndarray]]


def test_every_number_is_one_pixel(pictures: Pictures) -> None:
    figure = figures.maps(np.ones((3, 7, 5)))
    assert [picture.shape for picture in pictures(figure)] == [(7, 5, 4)] * 3
    assert all(image.get_interpolation() == "none" for image in figure.findobj(AxesImage))


def test_pixels_are_square_and_the_right_way_up() -> None:
    (image,) = figures.maps(np.ones((6, 3))).findobj(AxesImage)
    left, right, bottom, top = image.get_extent()
    assert (bottom - top) / (right - left) == pytest.approx(2)
    assert bottom > top


def test_activations_have_one_ink_and_magnitude_as_alpha(pictures: Pictures) -> None:
    (picture,) = pictures(figures.maps([[0.0, 0.5, 1.0]][:1] * np.ones((1, 3))))
    assert (picture[..., :3] == SIZE_INK).all()
    assert picture[0, :, 3].tolist() == [0, 130, 255]


def test_kernels_have_two_inks_and_zero_is_clear(pictures: Pictures) -> None:
    (picture,) = pictures(figures.maps(np.array([[-2.0, 0.0, 2.0]]), kind="kernel"))
    assert tuple(picture[0, 0]) == (*MINUS_INK, 255)
    assert picture[0, 1, 3] == 0
    assert tuple(picture[0, 2]) == (*PLUS_INK, 255)


def test_maps_share_one_scale_unless_told_otherwise(pictures: Pictures) -> None:
    stack = np.array([[[1.0]], [[2.0]]])
    assert [int(p[0, 0, 3]) for p in pictures(figures.maps(stack))] == [130, 255]
    assert [int(p[0, 0, 3]) for p in pictures(figures.maps(stack, shared=False))] == [255, 255]


def test_photographs_are_opaque_greys_or_colours(pictures: Pictures) -> None:
    grey, colour = pictures(
        figures.maps([np.full((2, 2), 0.2), np.full((2, 2, 3), (1, 0, 0))], kind="image")
    )
    assert (grey == 53).all()
    assert grey.shape == (2, 2, 3)
    assert (colour == (255, 0, 0)).all()


def test_each_map_can_be_of_its_own_kind(pictures: Pictures) -> None:
    image, kernel, activation = pictures(
        figures.maps([[[0.0]], [[3.0]], [[6.0]]], kind=["image", "kernel", "activation"])
    )
    assert image.shape == (1, 1, 3)
    assert tuple(kernel[0, 0, :3]) == PLUS_INK
    assert tuple(activation[0, 0]) == (*SIZE_INK, 255)
    assert kernel[0, 0, 3] < 255, "photographs have no part in the scale, the others share it"


def test_one_coloured_photograph_is_not_a_stack_of_narrow_ones(pictures: Pictures) -> None:
    assert [p.shape for p in pictures(figures.maps(np.ones((4, 5, 3)), kind="image"))] == [
        (4, 5, 3)
    ]


def test_bytes_and_floats_of_a_photograph_mean_the_same() -> None:
    assert (photograph(np.full((1, 1), 51, dtype=np.uint8)) == photograph([[0.2]])).all()


def test_rows_are_filled_evenly() -> None:
    images = figures.maps(np.ones((6, 4, 4))).findobj(AxesImage)
    assert len({round(image.get_extent()[0]) for image in images}) == 3
    images = figures.maps(np.ones((6, 4, 4)), columns=2).findobj(AxesImage)
    assert len({round(image.get_extent()[0]) for image in images}) == 2


def test_a_row_is_as_high_as_its_own_maps() -> None:
    stacked = figures.maps([np.ones((8, 8))] * 2 + [np.ones((2, 2))] * 2, columns=2)
    tops = sorted({image.get_extent()[3] for image in stacked.findobj(AxesImage)})
    even = figures.maps(np.ones((4, 8, 8)), columns=2)
    assert stacked.get_figheight() < 0.75 * even.get_figheight()
    assert len(tops) == 2


def test_titles_stand_above_their_maps(texts: Texts) -> None:
    figure = figures.maps(np.ones((2, 4, 4)), titles=["a", "b"])
    assert texts(figure) == ["a", "b"]
    for text, image in zip(figure.axes[0].texts, figure.findobj(AxesImage), strict=True):
        left, right, _, top = image.get_extent()
        assert left < text.get_position()[0] < right
        assert text.get_position()[1] < top


def test_a_row_shows_a_kernel_with_numbers_and_its_map(
    pictures: Pictures, texts: Texts, tinted: Tinted
) -> None:
    image, kernels = np.eye(6), [np.ones((2, 2)), np.array([[1, -1]])]
    figure = figures.kernels_and_maps(
        image, kernels, [np.ones((5, 5)), -np.eye(5)], ["sum", "edge"]
    )
    assert [p.shape for p in pictures(figure)] == [(6, 6, 3), (5, 5, 4), (5, 5, 4)]
    assert texts(figure).count("=") == texts(figure).count("⋆") == 2
    assert {"sum", "edge", "1", "−1"} <= set(texts(figure))
    first, second = tinted(figure)
    assert len(first) == 4
    assert len(second) == 2


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.maps([]), "expected at least one map"),
        (lambda: figures.maps(np.ones((2, 2, 2, 2))), r"map 1: .* got shape \(2, 2, 2\)"),
        (lambda: figures.maps(-np.ones((2, 2))), 'got -1; draw signed maps with kind="kernel"'),
        (lambda: figures.maps(np.ones((2, 2)), kind="photo"), "kind: expected .* got 'photo'"),
        (lambda: figures.maps(np.ones((2, 2)), kind=["image"] * 2), "kind: expected 1, .* got 2"),
        (lambda: figures.maps(np.ones((2, 2)), titles=["a", "b"]), "titles: expected 1"),
        (lambda: figures.maps(np.full((2, 2), 1.5), kind="image"), "from 0 to 1, got 1.5 to 1.5"),
        (lambda: figures.maps(np.full((2, 2), 300), kind="image"), "from 0 to 255"),
        (
            lambda: figures.kernels_and_maps(np.ones((4, 4)), [np.ones((2, 2))], []),
            "as many maps as kernels, got 0 and 1",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
