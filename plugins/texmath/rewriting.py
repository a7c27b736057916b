r"""Edits of a formula: which of its words become which, and the way back to its places."""

from dataclasses import dataclass, field

from texmath.shapes import Shape, mark


@dataclass(frozen=True, slots=True)
class Translation:
    """A formula in the converter's words."""

    tex: str
    edits: tuple[tuple[int, int, int], ...]
    """(where a word of the original begins, where it ends, how long it is now), in order."""
    shapes: tuple[Shape, ...] = ()
    """What becomes of marked groups, in the order of their marks."""

    def original(self, position: int) -> int:
        """Give the place in the original for a place in the translation."""
        moved = 0
        for start, end, length in self.edits:
            if position < start + moved:
                break
            if position < start + moved + length:
                return start
            moved += length - (end - start)
        return position - moved


@dataclass(slots=True)
class Edits:
    """Edits of one text, given in any order."""

    tex: str
    shapes: list[Shape]
    """Those that others have, whose numbers are taken; new ones are added."""
    _edits: list[tuple[int, int, int, str]] = field(default_factory=list)
    """(start, order at one place, end, text)"""

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of another."""
        if text != self.tex[start:end]:
            self._edits.append((start, len(self.tex), end, text))

    def insert(self, at: int, text: str) -> None:
        """Insert what opens a group; what is opened first stands outside."""
        self._edits.append((at, 1, at, text))

    def close(self, at: int, opened: int, text: str = "}") -> None:
        """Insert what closes a group that was opened at a place: the inner one first."""
        self._edits.append((at, -opened, at, text))

    def shape(self, name: str, *values: str) -> str:
        """Give what opens a group that gets a shape."""
        self.shapes.append(Shape(name, values))
        return mark(len(self.shapes) - 1)

    def done(self) -> Translation:
        """Make the edits."""
        parts, edits, at = [], [], 0
        for start, _, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            if start < at:  # inside a word that is replaced
                continue
            parts += [self.tex[at:start], text]
            edits.append((start, end, len(text)))
            at = end
        parts.append(self.tex[at:])
        return Translation("".join(parts), tuple(edits), tuple(self.shapes))
