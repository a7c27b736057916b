"""Pictures and forms of objects that lie: said by a cell, or forged on the pipe to the build."""

import base64
import json
import re
import struct
import zlib

import pytest


def part(name, data):
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png(width, height, *more):
    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = part(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + pixels + part(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
JPEG = b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0\xff\xd9"
DATA = {
    "a million by a million": ("image/png", png(10**6, 10**6)),
    "no pixels": ("image/png", png(0, 0)),
    "a length beyond the end": ("image/png", png(1, 1)[:33] + b"\xff\xff\xff\xffIDAT"),
    "a script after its end": ("image/png", png(1, 1) + b"<script>alert(1)</script>"),
    "a zip after its end": ("image/png", png(1, 1) + b"PK\3\4"),
    "a part of somebody's own": ("image/png", png(1, 1, part(b"htMl", b"<script>"))),
    "a film": ("image/png", png(1, 1, part(b"acTL", struct.pack(">II", 2, 0)))),
    "a drawing": ("image/png", SVG),
    "a page": ("image/png", b"<!doctype html><script>alert(1)</script>"),
    "another type": ("image/jpeg", png(1, 1)),
    "a great JPEG": ("image/jpeg", JPEG),
    "a JPEG without end": ("image/jpeg", b"\xff\xd8\xff" + b"\xff" * 100_000),
    "many markers": ("image/jpeg", b"\xff\xd8" + b"\xff\xe0\0\2" * 500_000),
    "a WebP in a WebP": ("image/webp", b"RIFF\x18\0\0\0WEBPRIFF\x0c\0\0\0WEBPVP8 "),
    "many parts": (
        "image/webp",
        b"RIFF" + struct.pack("<I", 4_000_004) + b"WEBP" + b"EXIF\0\0\0\0" * 500_000,
    ),
    "nothing": ("image/png", b""),
}
SAYS = (
    "import base64, zlib\n"
    "DATA = zlib.decompress(base64.b64decode('{}'))\n"
    "class A:\n    def {}(self):\n        return {}\n\nA()"
)


@pytest.fixture
def refused(make):
    """Build a page of one cell, which has to be refused at its line."""

    def built(code, line=r"\d+"):
        site = make({"index.md": f"# A\n\n```python {{.run}}\n#| fig-alt: a\n{code}\n```\n"})
        done = site.build(strict=False)
        assert done.aborted
        assert re.search(rf"docs/index\.md:{line}: \w+: ", done.log), done.log[-2000:]
        assert "Traceback" not in done.log
        return done.log

    return built


@pytest.mark.parametrize("where", ["picture", "HTML"])
@pytest.mark.parametrize("name", DATA)
def test_a_picture_that_lies_is_refused_where_it_is_said(name, where, refused):
    mime, data = DATA[name]
    method = f"_repr_{mime[6:]}_" if where == "picture" else "_repr_html_"
    source = (
        "DATA"
        if where == "picture"
        else (f"'<img src=\"data:{mime};base64,' + base64.b64encode(DATA).decode() + '\">'")
    )
    packed = base64.b64encode(zlib.compress(data)).decode()
    if name == "nothing" and where == "picture":
        return  # an object that has no picture now
    refused(SAYS.format(packed, method, source), line=11)


FORGE = """
import os, struct
pipe = max(n for n in range(3, 256) if os.path.exists(f'/proc/self/fd/{n}')
    and os.readlink(f'/proc/self/fd/{n}').startswith('pipe'))
body = RESULT.encode()
data = memoryview(struct.pack('>I', len(body)) + body)
while data:
    data = data[os.write(pipe, data):]
os._exit(0)
"""


def forged(*outputs):
    message = {
        "frame": "cell",
        "step": 0,
        "result": {"outputs": outputs, "warnings": [], "arrays": {}, "variants": []},
        "needs": {},
    }
    return f"RESULT = {json.dumps(message)!r}{FORGE}"


def picture(mime, data, width=1, height=1):
    return {"type": "picture", "mime": mime, "data": data, "width": width, "height": height}


DRAWING = {"type": "drawing", "svg": '<svg viewBox="0 0 1 1"></svg>', "width": 1, "height": 1}
GOOD = base64.b64encode(png(1, 1)).decode()
FORGED = {
    **{
        name: [picture(mime, base64.b64encode(data).decode())]
        for name, (mime, data) in DATA.items()
        if len(data) < 10_000
    },
    "no base64": [picture("image/png", '"><script>')],
    "a type of our own": [picture('image/png" onload="alert(1)', GOOD)],
    "a drawing as data": [picture("image/svg+xml", base64.b64encode(SVG).decode())],
    "a great width": [picture("image/png", GOOD, 10**9)],
    "no width": [picture("image/png", GOOD, 0)],
    "HTML with a drawing": [
        {
            "type": "rich",
            "mime": "text/html",
            "source": '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
        }
    ],
    "HTML with an address": [
        {"type": "rich", "mime": "text/html", "source": '<img src="https://host.example/a.png">'}
    ],
    "HTML with a great width": [
        {
            "type": "rich",
            "mime": "text/html",
            "source": f'<img src="data:image/png;base64,{GOOD}" width="9999999">',
        }
    ],
    "a link with data": [
        {
            "type": "rich",
            "mime": "text/html",
            "source": f'<a href="data:image/png;base64,{GOOD}">a</a>',
        }
    ],
    "many frames": [{"type": "frames", "frames": [[DRAWING]] * 65}],
    "no frames": [{"type": "frames", "frames": []}],
    "frames of text": [{"type": "frames", "frames": [[{"type": "text", "text": "a"}]]}],
    "frames of two": [{"type": "frames", "frames": [[DRAWING, DRAWING]]}],
    "frames of frames": [
        {"type": "frames", "frames": [[{"type": "frames", "frames": [[DRAWING]]}]]}
    ],
}


@pytest.mark.parametrize("name", FORGED)
def test_a_picture_that_is_forged_is_refused_by_the_build(name, refused):
    log = refused(forged(*FORGED[name]), line=5)
    assert "died: ended" not in log


def test_what_is_forged_and_harmless_is_what_it_says(make):
    code = forged(picture("image/png", GOOD), {"type": "frames", "frames": [[DRAWING]] * 64})
    site = make({"index.md": f"# A\n\n```python {{.run}}\n#| fig-alt: a\n{code}\n```\n"})
    log = site.build(strict=False).log
    assert "picture: " not in log
    assert "a result that" not in log


def test_a_picture_in_a_drawing_claims_no_more_than_one_alone(refused):
    data = base64.b64encode(png(10**6, 10**6)).decode()
    svg = f'<svg viewBox="0 0 1 1"><image xlink:href="data:image/png;base64,{data}"/></svg>'
    log = refused(f"class A:\n    def _repr_svg_(self):\n        return {svg!r}\n\nA()")
    assert "an SVG with a PNG of 1,000,000 × 1,000,000 pixels" in log


SIGNS = [
    "\x02worked-markdown:end\x03<script>alert(1)</script>",
    "\x02worked-markdown:1\x03</div><script>alert(1)</script>\x02worked-markdown:end\x03",
    "\x02worked:0\x03 \x02wzxhzdk:0\x03 \x02klzzwxh:0\x03 <script>alert(1)</script>",
    "`\x02worked-markdown:end\x03` <b onclick='alert(1)'>a</b>",
    "[a]: javascript:alert(1)\n\n[a][a]",
    "a <img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "| a |\n|---|\n| <iframe src='https://host.example'> |",
    "- <script>\n- a",
    '!!! note "<script>alert(1)</script>"\n    a',
    "# A {onclick=alert(1)}",
    "![a](b.png){onerror=alert(1)}",
]


@pytest.mark.parametrize("source", SIGNS)
def test_markdown_of_a_cell_leaves_no_sign_behind_and_runs_nothing(source, refused):
    refused(f"class A:\n    def _repr_markdown_(self):\n        return {source!r}\n\nA()", line=5)
