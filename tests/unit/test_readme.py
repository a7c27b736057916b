"""What somebody sees first: the README's pictures are there, small, and told in words."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 150_000
"""bytes of a picture"""


def pictures() -> list[tuple[str, str]]:
    """Give the address and the alternative text of each."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]*)">', text)
    return found + [
        (address, alt) for alt, address in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    ]


def test_every_picture_is_there_is_small_and_has_words() -> None:
    assert len(pictures()) == 3
    for address, alt in pictures():
        assert (ROOT / address).read_bytes().startswith(b"\x89PNG")
        assert (ROOT / address).stat().st_size < MOST
        assert len(alt.split()) > 8


def test_no_picture_is_left_over() -> None:
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".github/pictures").iterdir()}
    assert kept == {address for address, _ in pictures()}
