"""The best form of an object that says itself in several ways."""

import io
from typing import Any

import pytest
from PIL import Image

from worked.protocol.outputs import Rich, Text
from worked.protocol.pictures import Picture, PictureError
from worked.worker.display import show_value
from worked.worker.forms import UnshownError


def saved(form: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 2)).save(file, form)
    return file.getvalue()


class Bundle:
    """Says all its forms at once."""

    def __init__(self, *said: Any) -> None:
        self.said = said if len(said) > 1 else said[0]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        return self.said

    def _repr_html_(self) -> str:
        return "not asked for"


def test_a_bundle_goes_before_single_forms() -> None:
    assert show_value(Bundle({"text/latex": "a", "text/plain": "b"})) == (Rich("text/latex", "a"),)


def test_a_bundle_that_is_none_leaves_the_single_forms() -> None:
    assert show_value(Bundle(None)) == (Rich("text/html", "not asked for"),)


def test_the_text_of_a_bundle_has_no_address() -> None:
    assert show_value(Bundle({"text/plain": "<A at 0x7f0000000000>"})) == (Text("<A>"),)


@pytest.mark.parametrize(
    ("about", "size"),
    [
        ({}, (4, 2)),
        ({"width": 2}, (2, 1)),
        ({"height": 4}, (8, 4)),
        ({"width": 6, "height": 6}, (6, 6)),
        ({"width": "8px"}, (8, 4)),
    ],
)
def test_a_picture_says_how_large_it_wants_to_be(about: Any, size: tuple[float, float]) -> None:
    (shown,) = show_value(Bundle({"image/png": saved()}, {"image/png": about}))
    assert isinstance(shown, Picture)
    assert (shown.width, shown.height) == size


@pytest.mark.parametrize("width", ["50%", -1, 10**6, "nan"])
def test_a_size_that_is_none_is_an_error(width: object) -> None:
    with pytest.raises(PictureError, match="picture"):
        show_value(Bundle({"image/png": saved()}, {"image/png": {"width": width}}))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_as_it_is(form: str) -> None:
    mime = f"image/{form.lower()}"
    (shown,) = show_value(Bundle({mime: saved(form)}))
    assert isinstance(shown, Picture)
    assert shown.mime == mime


@pytest.mark.parametrize(
    "said", [{"image/gif": b"GIF89a"}, {"application/json": {}}, {"text/html": "<script></script>"}]
)
def test_what_cannot_be_shown_whole_is_an_error(said: Any) -> None:
    with pytest.raises(UnshownError, match="Bundle cannot be shown whole"):
        show_value(Bundle(said))


def test_the_text_of_a_bundle_is_no_word_for_something_else() -> None:
    said = {"text/html": "<script></script>", "text/plain": "<Bundle object>"}
    with pytest.raises(UnshownError):
        show_value(Bundle(said))


def test_pictures_in_a_tuple_stand_one_after_another() -> None:
    picture = Image.new("L", (2, 2))
    assert [type(shown) for shown in show_value((picture, picture))] == [Picture, Picture]


def test_an_object_that_has_every_attribute_says_nothing() -> None:
    class Mock:
        def __getattr__(self, name: str) -> Any:
            return lambda *_, **__: "said"

        def __repr__(self) -> str:
            return "plain"

    assert show_value(Mock()) == (Text("plain"),)
