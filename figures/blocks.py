"""The blocks that networks repeat: boxes of operations, in one path or several that are joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures.style import HAIR, MARGIN, THING, WIDTH, canvas, styled, text_width, write
from worked.palette import FG, MUTED

BOX = 17.0
"""Height of an operation, points."""
PAD = 5.0
"""From an operation's text to the sides of its box."""
STEP = 11.0
"""Between two operations of a path, where the line can be seen."""
BESIDE = 7.0
"""Between two paths."""
SHORTCUT = 12.0
"""Width of a path without operations."""
APART = 22.0
"""Between two blocks."""
HEAD = 20.0
"""From the top of a block's name to the line that feeds its paths."""
FOOT = 26.0
"""From the ends of the paths to the bottom, with the sign that joins them."""
TINT = 0.15


@styled
def blocks(drawn: Mapping[str, tuple[Sequence[Sequence[str]], str]]) -> Figure:
    """Draw blocks beside each other, each from top to bottom, in more lines where one is too short.

    drawn: name -> (paths, join).  A path is the operations that the input passes in order, and an
    empty path is a shortcut; join is what is done with the ends, such as "+", or "" for one path.
    Raises ValueError where a block has no path, or several and no join.
    """
    if not drawn:
        raise ValueError("blocks: expected at least one block, got none")
    lines = _lines([_block(name, paths, join) for name, (paths, join) in drawn.items()])
    width = max(_width(line) for line in lines)
    height = sum(_height(line) for line in lines) + APART * (len(lines) - 1)
    figure, axes = canvas(width + 2 * MARGIN, height + 2 * MARGIN)
    y = MARGIN
    for line in lines:
        x = MARGIN
        for block in line:
            _draw(axes, block, x, y, _height(line))
            x += block.width + APART
        y += _height(line) + APART
    return figure


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    paths: tuple[tuple[str, ...], ...]
    join: str

    @property
    def widths(self) -> list[float]:
        """Of the paths, points."""
        return [max(map(_box_width, path), default=SHORTCUT) for path in self.paths]

    @property
    def across(self) -> float:
        return sum(self.widths) + BESIDE * (len(self.paths) - 1)

    @property
    def width(self) -> float:
        return max(self.across, text_width(self.name))

    @property
    def height(self) -> float:
        most = max(map(len, self.paths))
        return HEAD + most * (BOX + STEP) + STEP + FOOT


def _block(name: str, paths: Sequence[Sequence[str]], join: str) -> _Block:
    if not paths:
        raise ValueError(f"{name}: expected at least one path, got none")
    if len(paths) > 1 and not join:
        raise ValueError(f"{name}: expected what joins the {len(paths)} paths, got an empty text")
    return _Block(name, tuple(map(tuple, paths)), join)


def _box_width(operation: str) -> float:
    return text_width(operation) + 2 * PAD


def _lines(blocks: Sequence[_Block]) -> list[list[_Block]]:
    lines: list[list[_Block]] = [[]]
    for block in blocks:
        if lines[-1] and _width([*lines[-1], block]) > WIDTH - 2 * MARGIN:
            lines.append([])
        lines[-1].append(block)
    return lines


def _width(line: Sequence[_Block]) -> float:
    return sum(block.width for block in line) + APART * (len(line) - 1)


def _height(line: Sequence[_Block]) -> float:
    return max(block.height for block in line)


def _draw(axes: Axes, block: _Block, left: float, top: float, height: float) -> None:
    middle = left + block.width / 2
    write(axes, middle, top + 6, block.name)
    start, end = top + HEAD, top + height - FOOT
    x = left + (block.width - block.across) / 2
    centres = []
    for path, width in zip(block.paths, block.widths, strict=True):
        centres.append(x + width / 2)
        _draw_path(axes, path, x + width / 2, start, end)
        x += width + BESIDE
    for y in (start, end):
        _line(axes, [min(centres), max(centres)], [y, y])
    _draw_join(axes, block.join, middle if len(centres) > 1 else centres[0], end)


def _draw_path(axes: Axes, path: Sequence[str], x: float, start: float, end: float) -> None:
    """Draw a line with the boxes on it, evenly spread."""
    bounds = [start]
    free = (end - start - len(path) * BOX) / (len(path) + 1)
    for n, operation in enumerate(path):
        top = start + free + n * (BOX + free)
        width = _box_width(operation)
        axes.add_patch(
            Rectangle(
                (x - width / 2, top),
                width,
                BOX,
                facecolor=(THING, TINT),
                edgecolor=FG,
                linewidth=HAIR,
                clip_on=False,
            )
        )
        write(axes, x, top + BOX / 2, operation)
        bounds += [top, top + BOX]
    bounds.append(end)
    for above, below in zip(bounds[::2], bounds[1::2], strict=True):
        _line(axes, [x, x], [above, below])


def _draw_join(axes: Axes, join: str, x: float, top: float) -> None:
    if join:
        _line(axes, [x, x], [top, top + 4])
        write(axes, x, top + 10, join)
        top += 16
    _line(axes, [x, x], [top, top + 8])
    _line(axes, [x - 3, x, x + 3], [top + 4, top + 8, top + 4])


def _line(axes: Axes, x: Sequence[float], y: Sequence[float]) -> None:
    axes.plot(x, y, color=MUTED, linewidth=1.0, clip_on=False)
