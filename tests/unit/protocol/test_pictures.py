"""Sizes of pictures, read from their heads; Pillow is the reference."""

import base64
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from worked import limits
from worked.protocol.pictures import (
    PICTURE_MIMES,
    PictureError,
    TooLargeError,
    picture_bytes,
    picture_size,
)

SAVED = {
    "grey PNG": ("L", "PNG", {}),
    "PNG with a palette": ("P", "PNG", {}),
    "clear PNG": ("RGBA", "PNG", {"dpi": (300, 300)}),
    "interlaced PNG": ("RGB", "PNG", {"optimize": True}),
    "JPEG": ("RGB", "JPEG", {}),
    "grey JPEG": ("L", "JPEG", {"quality": 5}),
    "progressive JPEG": ("RGB", "JPEG", {"progressive": True, "comment": b"\xff\xd9"}),
    "JPEG with restarts": ("RGB", "JPEG", {"restart_marker_blocks": 1}),
    "CMYK": ("CMYK", "JPEG", {}),
    "WebP": ("RGB", "WEBP", {}),
    "lossless WebP": ("RGB", "WEBP", {"lossless": True}),
    "clear WebP": ("RGBA", "WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
    "clear lossless WebP": ("RGBA", "WEBP", {"lossless": True}),
}


def saved(mode: str, form: str, size: tuple[int, int] = (37, 21), **options: object) -> bytes:
    file = io.BytesIO()
    picture = Image.effect_noise(size, 90).convert(mode)
    if mode == "RGBA":
        picture.putpixel((0, 0), (1, 2, 3, 4))
    picture.save(file, form, **options)
    return file.getvalue()


def part(name: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png(width: int = 1, height: int = 1, *more: bytes) -> bytes:
    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = part(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + pixels + part(b"IEND", b"")


@pytest.mark.parametrize("name", SAVED)
def test_the_size_is_the_one_that_pillow_saved(name: str) -> None:
    mode, form, options = SAVED[name]
    data = saved(mode, form, **options)
    assert picture_size(f"image/{form.lower()}", data) == (37, 21)


@pytest.mark.parametrize("name", SAVED)
def test_what_is_cut_off_or_goes_on_is_refused(name: str) -> None:
    mode, form, options = SAVED[name]
    data, mime = saved(mode, form, **options), f"image/{form.lower()}"
    for end in (0, 1, 9, 20, len(data) // 2, len(data) - 1):
        with pytest.raises(PictureError):
            picture_size(mime, data[:end])
    for more in (b"\0", b"<script>alert(1)</script>", data):
        with pytest.raises(PictureError):
            picture_size(mime, data + more)


@pytest.mark.parametrize("name", SAVED)
@pytest.mark.parametrize("mime", [*PICTURE_MIMES, "image/gif", "image/svg+xml", "text/html", ""])
def test_a_picture_is_of_the_type_it_says(name: str, mime: str) -> None:
    mode, form, options = SAVED[name]
    if mime == f"image/{form.lower()}":
        return
    with pytest.raises(PictureError):
        picture_size(mime, saved(mode, form, **options))


@pytest.mark.parametrize(("form", "options"), [("PNG", {}), ("WEBP", {})])
def test_a_picture_that_moves_is_refused(form: str, options: dict[str, object]) -> None:
    file = io.BytesIO()
    first, *others = [Image.new("L", (8, 8), shade) for shade in (0, 90, 200)]
    first.save(file, form, save_all=True, append_images=others, **options)
    with pytest.raises(PictureError, match="it moves"):
        picture_size(f"image/{form.lower()}", file.getvalue())


@pytest.mark.parametrize(
    ("width", "height"),
    [(10**6, 10**6), (2**31 - 1, 2**31 - 1), (limits.MAX_PICTURE_SIDE + 1, 1), (4001, 4000)],
)
def test_a_picture_that_claims_too_many_pixels_is_refused(width: int, height: int) -> None:
    with pytest.raises(TooLargeError, match=f"a PNG of {width:,} × {height:,} pixels"):
        picture_size("image/png", png(width, height))


@pytest.mark.parametrize(("width", "height"), [(0, 1), (1, 0)])
def test_a_picture_of_nothing_is_refused(width: int, height: int) -> None:
    with pytest.raises(PictureError, match="pixels"):
        picture_size("image/png", png(width, height))


def test_a_damaged_part_is_noticed() -> None:
    data = bytearray(png())
    data[-16] ^= 1
    with pytest.raises(PictureError, match="damaged"):
        picture_size("image/png", bytes(data))


def test_a_part_that_nobody_knows_is_refused() -> None:
    assert picture_size("image/png", png(1, 1, part(b"tEXt", b"a\0b"))) == (1, 1)
    with pytest.raises(PictureError, match="xyZz"):
        picture_size("image/png", png(1, 1, part(b"xyZz", b"<script>")))


@pytest.mark.parametrize("data", ["a", "a b=", "é", "<svg/>", "AAAA\n", "A" * 9_000_000])
def test_only_base64_is_read(data: str) -> None:
    with pytest.raises(PictureError):
        picture_bytes(data)


@given(st.binary(max_size=200))
def test_base64_is_read_back(data: bytes) -> None:
    assert picture_bytes(base64.b64encode(data).decode()) == data


@given(
    st.sampled_from(PICTURE_MIMES),
    st.sampled_from([saved(*one[:2]) for one in SAVED.values()] + [b""]),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=4),
    st.binary(max_size=40),
)
def test_any_bytes_have_a_size_or_are_refused(
    mime: str, start: bytes, changes: list[tuple[int, int]], end: bytes
) -> None:
    data = bytearray(start[:600] + end)
    for at, to in changes:
        data[at % max(1, len(data)) : at % max(1, len(data)) + 1] = bytes([to])
    try:
        width, height = picture_size(mime, bytes(data))
    except PictureError:
        return
    assert 0 < width * height <= limits.MAX_PIXELS
