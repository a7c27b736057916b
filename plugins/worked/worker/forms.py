"""The best form in which an object says itself, by `_repr_*_` and `_repr_mimebundle_`.

That is the first of a list that a page can show whole.  Where none is, the page says why.
"""

import base64
import inspect
import re
from collections.abc import Mapping
from typing import Any, Final

from worked import limits
from worked.markup import clean_html, find_loss
from worked.protocol.outputs import MIMES, Leaf, Rich, Text
from worked.protocol.pictures import (
    PICTURE_MIMES,
    Picture,
    PictureError,
    PictureMime,
    picture_bytes,
    picture_size,
)
from worked.protocol.terminal import settle
from worked.svg import adopt_svg

ADDRESS: Final = re.compile(r" at 0x[0-9A-Fa-f]{6,}")

_METHODS: Final = {
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "image/webp": "_repr_webp_",
}
"""What a page can show of what objects say, the best first."""
_OTHERS: Final = {
    "application/javascript": "_repr_javascript_",
    "application/json": "_repr_json_",
    "application/pdf": "_repr_pdf_",
    "image/gif": "_repr_gif_",
}
"""What a page cannot show."""
_WITH_MORE: Final = ("_repr_mimebundle_", "_repr_png_", "_repr_jpeg_", "_repr_webp_")
"""What may say its size, too."""
_MOST: Final = {
    "text/html": limits.MAX_HTML,
    "image/svg+xml": limits.MAX_DRAWING,
    "text/markdown": limits.MAX_MARKDOWN,
    "text/latex": limits.MAX_FORMULA,
}
_NO_METHOD: Final = "_ipython_canary_method_should_not_exist_"
_WAY_OUT: Final = (
    "show a static image of it (with plotly `Image(fig.to_image('png'))` or `fig.write_image(…)`), "
    "its text (`print(…)`), or of matplotlib the animation itself"
)


class UnshownError(ValueError):
    """An object of whose forms a page can show none whole."""


def plain_repr(value: object) -> str:
    """Give an object's `repr` without its address, which is another in each build."""
    return ADDRESS.sub("", repr(value))


def said_form(value: object, *, is_known: bool = False) -> tuple[Leaf, ...] | None:
    """Give the best form that an object says of itself and a page can show.

    Args:
        value: anything.
        is_known: whether the form is known: the object is asked all the same, as the cells below
            may notice, and only a text is given.

    Returns:
        One output at most; None where it says no form but its `repr`.

    Raises:
        UnshownError: it says some, all of which would lose something that a reader needs.
        ValueError: the best one is too long, or is not what it says it is.
    """
    bundle, about = _bundle(value)
    lost = ""
    for mime, method in _METHODS.items():
        said, more = (bundle.get(mime), about.get(mime)) if bundle else _call(value, method)
        if not (said and isinstance(said, str | bytes | list)):
            continue
        is_html = mime == "text/html" and len(said) <= limits.MAX_HTML  # else it is refused
        if loss := find_loss(str(said)) if is_html else "":
            lost = lost or f"its HTML loses its {loss}"
            continue
        return () if is_known else (_form(mime, said, more),)
    others = _others(value, bundle)
    if not (lost or others or bundle):
        return None
    plain = str(bundle.get("text/plain", "")) if bundle else plain_repr(value)
    if plain and not ((lost or others) and _is_bare(plain, value)):
        return (Text(settle(ADDRESS.sub("", plain))),)
    lost = lost or f"it says itself as {', '.join(others) or 'nothing'} only"
    raise UnshownError(f"{type(value).__name__} cannot be shown whole: {lost}; {_WAY_OUT}")


def stands_alone(value: object) -> bool:
    """Whether an object is more than a text: a table or a picture."""
    bundle, _ = _bundle(value)
    methods = (_METHODS[mime] for mime in ("text/html", *PICTURE_MIMES))
    return any(mime in _METHODS for mime in bundle) or any(_call(value, one)[0] for one in methods)


def _bundle(value: object) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Give all forms that an object says at once, and what it says of each."""
    bundle, about = _call(value, "_repr_mimebundle_")
    if not isinstance(bundle, Mapping):
        return {}, {}
    return bundle, about if isinstance(about, Mapping) else {}


def _call(value: object, method: str) -> tuple[Any, Any]:
    """Give what a method says, and what it says of that."""
    if isinstance(value, type) or not callable(function := getattr(value, method, None)):
        return None, None
    if callable(getattr(value, _NO_METHOD, None)):  # it has whatever it is asked for
        return None, None
    try:
        inspect.signature(function).bind()
    except (TypeError, ValueError):  # the protocol gives both, and most need neither
        said = function(include=None, exclude=None)
    else:
        said = function()
    has_more = method in _WITH_MORE and isinstance(said, tuple) and len(said) == 2
    return said if has_more else (said, None)


def _others(value: object, bundle: Mapping[str, Any]) -> list[str]:
    """Name the forms that no page can show."""
    known = {"text/plain", *_METHODS}
    named = [str(mime)[:60] for mime in bundle if mime not in known]
    return named or [mime for mime, method in _OTHERS.items() if _call(value, method)[0]]


def _is_bare(plain: str, value: object) -> bool:
    """Whether a text says of an object only that it is one: `<IPython.….HTML object>`."""
    text = plain.strip()
    return text.startswith("<") and (" object" in text or type(value).__name__ in text)


def _form(mime: str, said: Any, about: Any) -> Leaf:
    """Take what an object says of itself, cleaned; a build does no such work for a stranger."""
    if mime in PICTURE_MIMES:
        picture = next(known for known in PICTURE_MIMES if known == mime)
        return picture_output(picture, said, about if isinstance(about, Mapping) else {})
    source = "".join(map(str, said)) if isinstance(said, list) else str(said)
    most = _MOST[mime]
    if len(source) > most:
        kind = mime.partition("/")[2].removesuffix("+xml")
        said = f"an object says {len(source):,} characters of {kind} of itself"
        raise ValueError(f"{said}; at most {most:,} fit")
    if mime == "image/svg+xml":
        return adopt_svg(source)  # the build checks it
    text = next(known for known in MIMES if known == mime)
    return Rich(text, clean_html(source) if text == "text/html" else source)


def picture_output(mime: PictureMime, said: bytes | str, about: Mapping[str, Any]) -> Picture:
    """Make a picture of what an object gives.

    Args:
        mime: its type.
        said: its bytes, or these in base64.
        about: its `width` and `height` on the page, pixels, where they are not those of the bytes.

    Raises:
        PictureError: the bytes are no such picture, or too many.
    """
    data = said if isinstance(said, bytes) else picture_bytes("".join(str(said).split()))
    width, height = picture_size(mime, data)
    across, down = (_length(about.get(side)) for side in ("width", "height"))
    if across or down:
        scale = min(one / side for one, side in ((across, width), (down, height)) if one)
        size = (across or width * scale, down or height * scale)
    else:
        size = (width, height)
    return Picture(mime, base64.b64encode(data).decode("ascii"), *map(float, size))


def _length(given: Any) -> float:
    """Read a length in pixels; 0 for none."""
    text = str(given or 0).removesuffix("px")
    try:
        length = float(text)
    except ValueError as error:
        raise PictureError(f"a picture {text[:20]!r} wide or high: say it in pixels") from error
    if not 0 <= length <= limits.MAX_PICTURE_SIDE:
        raise PictureError(f"a picture of {length:,.6g} pixels")
    return length
