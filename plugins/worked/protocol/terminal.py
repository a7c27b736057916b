"""What a terminal shows at the end of a text that moves its cursor, erases and colours.

Two forms: what was printed, with any sequence; and what is kept of it, where only colours and
weights are left, as `ESC [ bold red ]`.  ECMA-48 names the sequences.
"""

import re
from collections.abc import Iterator
from typing import Final

_MOVES: Final = re.compile(r"[\r\b\x07\x0b\x0c\x1b\x9b]")
_SEQUENCE: Final = re.compile(
    r"\x1b\[(?P<numbers>[0-9;:<=>?]{0,64})[ -/]{0,4}(?P<final>[@-~])"
    r"|\x1b\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)"  # a title, or where a link begins and ends
    r"|\x1b[P_^X][^\x1b]{0,4096}\x1b\\"
    r"|\x1b[ -/]{0,4}[0-~]"
    r"|[\r\n\b\x07\x0b\x0c]"
    r"|[^\r\n\b\x07\x0b\x0c\x1b]+|\x1b"
)
_STYLED: Final = re.compile(r"\x1b\[([a-z ]{0,60})\]")
_GAP: Final = 200
"""columns that a cursor may go beyond the end of a line"""
_COLOURS: Final = ("grey", "red", "green", "yellow", "blue", "magenta", "cyan", "")
_RED, _GREEN, _BLUE = 1, 2, 4

Style = frozenset[str]
"""Of `bold`, `faint`, `italic`, `underlined`, `struck`, `marked`, and at most one colour."""
_PLAIN: Final[Style] = frozenset()
_WORDS: Final = frozenset({"bold", "faint", "italic", "underlined", "struck", "marked"}) | {
    colour for colour in _COLOURS if colour
}
_SWITCHES: Final = {1: "bold", 2: "faint", 3: "italic", 4: "underlined", 7: "marked", 9: "struck"}
_OFF: Final = {22: {"bold", "faint"}, 23: {"italic"}, 24: {"underlined"}, 27: {"marked"}}
_OFF_MORE: Final = {29: {"struck"}, 39: set(_COLOURS), 49: {"marked"}}


def settle(text: str) -> str:
    """Write what a terminal shows at the end: of a line that is printed over, the last state.

    Args:
        text: as it was printed.
    """
    if not _MOVES.search(text):
        return text
    screen = _Screen()
    for found in _SEQUENCE.finditer(text):
        screen.take(found)
    return screen.text()


def runs(text: str) -> Iterator[tuple[str, Style]]:
    """Cut a settled text into parts of one style; what is no style of ours stays as it is."""
    style, at = _PLAIN, 0
    for found in _STYLED.finditer(text):
        words = frozenset(found[1].split())
        if not words <= _WORDS:
            continue
        if found.start() > at:
            yield text[at : found.start()], style
        style, at = words, found.end()
    if at < len(text):
        yield text[at:], style


def plain_text(text: str) -> str:
    """Drop the styles of a settled text."""
    return "".join(part for part, _ in runs(text)) if "\x1b" in text else text


class _Screen:
    """Rows of characters with their styles, as wide and as high as they need to be."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, Style]]] = [[]]
        self.row = self.column = 0
        self.style = _PLAIN

    def take(self, found: re.Match[str]) -> None:
        text = found[0]
        if (final := found["final"]) and re.search("[<=>?]", found["numbers"]):
            return  # of one maker of terminals: whether the cursor blinks, say
        if final:
            numbers = [int(part or 0) for part in re.split("[;:]", found["numbers"])]
            self.control(final, numbers)
        elif text == "\n":
            self.row, self.column = self.row + 1, 0
            if self.row == len(self.rows):
                self.rows.append([])
        elif text == "\r":
            self.column = 0
        elif text == "\b":
            self.column = max(self.column - 1, 0)
        elif text[0] not in "\x07\x0b\x0c\x1b":
            self.put(text)

    def put(self, text: str) -> None:
        row = self.rows[self.row]
        row += [(" ", _PLAIN)] * (self.column - len(row))
        row[self.column : self.column + len(text)] = [(char, self.style) for char in text]
        self.column += len(text)

    def control(self, final: str, numbers: list[int]) -> None:
        count = max(numbers[0], 1)
        row = self.rows[self.row]
        match final:
            case "m":
                self.style = _styled(self.style, numbers)
            case "A":
                self.row = max(self.row - count, 0)
            case "B":
                self.row = min(self.row + count, len(self.rows) - 1)
            case "C" | "G":
                wanted = count - 1 if final == "G" else self.column + count
                self.column = min(wanted, len(row) + _GAP)
            case "D":
                self.column = max(self.column - count, 0)
            case "K" if numbers[0] == 0:
                del row[self.column :]
            case "K" if numbers[0] == 1:
                row[: self.column] = [(" ", _PLAIN)] * min(self.column, len(row))
            case "K":
                row.clear()
            case "J" if numbers[0] == 0:
                del row[self.column :]
                del self.rows[self.row + 1 :]
            case "J" | "H" if final == "H" or numbers[0] in (2, 3):
                if final == "J":
                    self.rows = [[]]
                self.row = self.column = 0

    def text(self) -> str:
        parts: list[str] = []
        style = _PLAIN
        for number, row in enumerate(self.rows):
            parts += ["\n"] if number else []
            for char, its in row:
                if its != style:
                    parts.append(f"\x1b[{' '.join(sorted(its))}]")
                    style = its
                parts.append(char)
        if style:
            parts.append("\x1b[]")
        return "".join(parts)


def _styled(style: Style, numbers: list[int]) -> Style:
    """Give the style after `ESC [ numbers m`."""
    left = iter(numbers)
    for number in left:
        if number == 0:
            style = _PLAIN
        elif number in _SWITCHES:
            style |= {_SWITCHES[number]}
        elif off := _OFF.get(number) or _OFF_MORE.get(number):
            style -= off
        elif 30 <= number <= 38 or 90 <= number <= 97:
            colour = _wide_colour(left) if number == 38 else _COLOURS[number % 10]
            if number == 97 or number == 30:  # ink, whatever the scheme
                colour = ""
            style = (style - set(_COLOURS)) | ({colour} if colour else set())
        elif 40 <= number <= 48 or 100 <= number <= 107:
            if number == 48:
                _wide_colour(left)
            style |= {"marked"}
    return style


def _wide_colour(left: Iterator[int]) -> str:
    """Read `5;n` or `2;r;g;b`, and give the nearest of our colours; empty for ink."""
    kind = next(left, 0)
    if kind == 2:
        channels = [next(left, 0) for _ in range(3)]
    elif kind == 5:
        number = next(left, 0)
        if number < 16:
            return "" if number in (0, 15) else _COLOURS[number % 8]
        if number >= 232:
            return "grey"
        channels = [(number - 16) // step % 6 * 51 for step in (36, 6, 1)]
    else:
        return ""
    low, high = min(channels), max(channels)
    if high - low < 48:
        return "grey" if 64 < high < 208 else ""
    middle = (low + high) / 2
    bits = (_RED, _GREEN, _BLUE)
    return _COLOURS[sum(bit for bit, value in zip(bits, channels, strict=True) if value > middle)]
