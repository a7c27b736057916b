"""A picture of pixels as bytes: PNG, JPEG or WebP, its size read from its head, nothing decoded.

One pass over the parts that each form consists of (PNG: ISO/IEC 15948, JPEG: ITU-T T.81, WebP:
RFC 9649): a file that ends early, goes on after its end, moves, or is of another form is refused.
"""

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from worked import limits

PictureMime = Literal["image/png", "image/jpeg", "image/webp"]
PICTURE_MIMES: Final[tuple[PictureMime, ...]] = get_args(PictureMime)
"""The forms that every browser shows, and that hold one still picture."""
_DATA_ADDRESS: Final = re.compile(
    r"data:(?P<mime>image/(?:png|jpeg|webp));base64,(?P<data>.*)", re.S
)

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS: Final = frozenset(
    [
        *(b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD"),
        *(b"hIST", b"sPLT", b"tIME", b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"cICP", b"mDCV", b"cLLI"),
    ]
)
"""What may stand between a PNG's head and its end; `acTL` would make it move."""
_JPEG_MARKER: Final = re.compile(rb"\xff{1,8}+([^\x00\xff\xd0-\xd7])", re.S)
"""Without a bound, each of many bytes 255 costs reading all that follow."""
_SIZES: Final = frozenset([*range(0xC0, 0xD0)]) - {0xC4, 0xC8, 0xCC}
_WEBP_PARTS: Final = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"EXIF", b"XMP "])


class PictureError(ValueError):
    """Bytes that are no picture of the form that they say, or too large a one."""


class TooLargeError(PictureError):
    """A picture that says it has more pixels than a page can hold."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of pixels that an object gives of itself."""

    mime: PictureMime
    data: str
    """base64"""
    width: float
    """pixels of the page, which may be fewer than those of the picture"""
    height: float


def picture_bytes(data: str) -> bytes:
    """Read base64 as it stands in an address: without spaces.

    Raises:
        PictureError: it is not, or longer than a picture may be.
    """
    if len(data) > limits.MAX_PICTURE * 4 // 3 + 4:
        raise PictureError(f"a picture of more than {limits.size(limits.MAX_PICTURE)}")
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureError("a picture that is not base64") from error


def is_picture_address(address: str) -> bool:
    """Whether an address is data of a form that we show; `address_picture_size` looks inside."""
    return _DATA_ADDRESS.fullmatch(address) is not None


def address_picture_size(address: str) -> tuple[int, int] | None:
    """Give width and height of the picture that an address holds: pixels; None where it is no data.

    Raises:
        PictureError: it is data of a form that we show, and says what is wrong with it.
    """
    found = _DATA_ADDRESS.fullmatch(address)
    return picture_size(found["mime"], picture_bytes(found["data"])) if found else None


def picture_size(mime: str, data: bytes) -> tuple[int, int]:
    """Give width and height of a picture: pixels.

    Raises:
        PictureError: says what is wrong with it.
    """
    if len(data) > limits.MAX_PICTURE:
        most = limits.size(limits.MAX_PICTURE)
        raise PictureError(f"a picture of {len(data):,} bytes; at most {most} fit")
    form = mime.partition("/")[2].upper()
    read = _READERS.get(mime)
    if read is None:
        raise PictureError(f"a picture of type {mime[:40]!r}; PNG, JPEG and WebP can be shown")
    try:
        width, height = read(data)
    except (struct.error, IndexError) as error:
        raise PictureError(f"a {form} that ends too early") from error
    return width, height


def _bounded(form: str, width: int, height: int) -> tuple[int, int]:
    """Give a size that is neither nothing nor too large."""
    if not (width and height):
        raise PictureError(f"a {form} of {width} × {height} pixels")
    if width * height > limits.MAX_PIXELS or max(width, height) > limits.MAX_PICTURE_SIDE:
        raise TooLargeError(
            f"a {form} of {width:,} × {height:,} pixels; at most {limits.MAX_PIXELS:,} fit, "
            f"{limits.MAX_PICTURE_SIDE:,} on a side"
        )
    return width, height


def _png(data: bytes) -> tuple[int, int]:
    if not data.startswith(_PNG):
        raise PictureError("what is called a PNG and is none")
    at, size, has_pixels = len(_PNG), None, False
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        (checksum,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(data[at + 4 : at + 8 + length]) != checksum:
            raise PictureError("a PNG that is damaged")
        if size is None:
            if name != b"IHDR" or length != 13:
                raise PictureError("a PNG without its head")
            size = _bounded("PNG", *struct.unpack_from(">II", data, at + 8))
        elif name == b"IEND":
            break
        elif name not in _PNG_PARTS:
            raise PictureError(f"a PNG with a part {name!r:.20}: it moves, or holds something else")
        has_pixels |= name == b"IDAT"
        at += 12 + length
    if not has_pixels:
        raise PictureError("a PNG without pixels")
    _ends(data, at + 12, "PNG")
    return size


def _jpeg(data: bytes) -> tuple[int, int]:
    if not data.startswith(b"\xff\xd8\xff"):
        raise PictureError("what is called a JPEG and is none")
    at, size, has_pixels = 2, None, False
    while found := _JPEG_MARKER.search(data, at):
        marker = found[1][0]
        if not has_pixels and found.start() != at:
            raise PictureError("a JPEG that is damaged")
        if marker == 0xD9:
            if size is None or not has_pixels:
                raise PictureError("a JPEG without pixels")
            _ends(data, found.end(), "JPEG")
            return size
        (length,) = struct.unpack_from(">H", data, found.end())
        if marker in _SIZES:
            if size is not None:
                raise PictureError("a JPEG with two heads")
            height, width = struct.unpack_from(">HH", data, found.end() + 3)
            size = _bounded("JPEG", width, height)
        has_pixels |= marker == 0xDA
        at = found.end() + max(length, 2)
    raise PictureError("a JPEG that ends too early")


def _webp(data: bytes) -> tuple[int, int]:
    head, length, form = struct.unpack_from("<4sI4s", data)
    if (head, form) != (b"RIFF", b"WEBP"):
        raise PictureError("what is called a WebP and is none")
    _ends(data, 8 + length, "WebP")
    at, canvas, size = 12, None, None
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        if name not in _WEBP_PARTS:
            raise PictureError(
                f"a WebP with a part {name!r:.20}: it moves, or holds something else"
            )
        if name == b"VP8X":
            canvas = (
                1 + int.from_bytes(body[4:7], "little"),
                1 + int.from_bytes(body[7:10], "little"),
            )
        elif name in (b"VP8 ", b"VP8L"):
            size = _bounded("WebP", *_webp_pixels(name, body))
        at += 8 + length + length % 2
    if size is None or (canvas or size) != size:
        raise PictureError("a WebP without pixels, or with two sizes")
    _ends(data, at, "WebP")
    return size


def _webp_pixels(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8 ":
        mark, width, height = struct.unpack_from("<3sHH", body, 3)
        if mark != b"\x9d\x01\x2a":
            raise PictureError("a WebP that is damaged")
        return width & 0x3FFF, height & 0x3FFF
    mark, bits = struct.unpack_from("<BI", body)
    if mark != 0x2F:
        raise PictureError("a WebP that is damaged")
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)


def _ends(data: bytes, end: int, form: str) -> None:
    if end > len(data):
        raise PictureError(f"a {form} that ends too early")
    if end < len(data):
        raise PictureError(f"a {form} with {len(data) - end:,} bytes after its end")


_READERS: Final[dict[str, Callable[[bytes], tuple[int, int]]]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
}
