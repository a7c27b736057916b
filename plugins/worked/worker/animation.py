"""An animation of matplotlib as frames, each a drawing: as a sweep's are, without a script."""

import sys
from collections.abc import Iterator
from typing import Any

from matplotlib.figure import Figure

from worked import limits
from worked.protocol.outputs import Drawing, Frames
from worked.worker.drawing import draw_figure


class AnimationError(ValueError):
    """An animation that is too long for a page."""


def is_animation(value: object) -> bool:
    """Whether a value is an animation; without importing what makes them."""
    module = sys.modules.get("matplotlib.animation")
    return module is not None and isinstance(value, module.Animation)


def figure_of(animation: Any) -> Figure | None:
    """Give the figure that an animation moves."""
    figure = getattr(animation, "_fig", None)
    return figure if isinstance(figure, Figure) else None


def animation_frames(animation: Any, *, is_known: bool = False) -> Frames | None:
    """Draw every frame of an animation, as saving it would.

    Args:
        animation: of matplotlib.
        is_known: whether its drawings are known: then each frame is set up all the same, as the
            cells below may notice, and none is drawn.

    Raises:
        AnimationError: it has none, or more than `limits.MAX_FRAMES`, or they are too large.
    """
    from matplotlib.animation import AbstractMovieWriter

    class Writer(AbstractMovieWriter):
        """Takes each frame that matplotlib has set up."""

        def __init__(self) -> None:
            super().__init__()
            self.drawings: list[Drawing] = []
            self.size = 0

        def setup(self, fig: Figure, outfile: Any, dpi: float | None = None) -> None:
            self.fig = fig

        def grab_frame(self, **_: Any) -> None:
            if len(self.drawings) == limits.MAX_FRAMES:
                raise AnimationError(
                    f"an animation of more than {limits.MAX_FRAMES} frames: say `frames=…`, and "
                    f"`save_count=…` of a generator, at most {limits.MAX_FRAMES}"
                )
            if is_known:
                return
            self.drawings.append(draw_figure(self.fig))
            self.size += len(self.drawings[-1].svg)
            if self.size > limits.MAX_SWEEP_DRAWINGS:
                raise AnimationError(
                    f"the first {len(self.drawings)} frames of an animation take {self.size:,} "
                    f"characters together; at most {limits.MAX_SWEEP_DRAWINGS:,} fit: take fewer "
                    "frames, draw less, or draw it as an image (`rasterized=True`)"
                )

        def finish(self) -> None:
            """Write nothing."""

    writer = Writer()
    animation.save("animation", writer=writer)
    if is_known:
        return None
    if not writer.drawings:
        raise AnimationError("an animation without a frame")
    return Frames(tuple((drawing,) for drawing in writer.drawings))


def shown_figures(value: object) -> Iterator[Figure]:
    """Give the figures that a value shows, which need not be shown again where they are open."""
    if isinstance(value, tuple):
        for item in value:
            yield from shown_figures(item)
    elif isinstance(value, Figure):
        yield value
    elif is_animation(value) and (figure := figure_of(value)):
        yield figure
