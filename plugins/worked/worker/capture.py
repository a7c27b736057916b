"""What a cell shows, in the order in which it comes: prints, `display(…)`, figures, its last value.

The standard output leads to the screen of the cell that runs, so whoever shows something finds it
there, and a function that turns its own output away shows nothing.  To matplotlib this module is a
backend, `module://worked.worker.capture`.

Runs in the worker process only, with NumPy and matplotlib.
"""

import builtins
import importlib.abc
import io
import sys
import types
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.figure import Figure

from worked import limits
from worked.protocol.outputs import Drawing, Frames, Matrix, Output, Text, extent
from worked.protocol.terminal import plain_text, settle
from worked.worker.animation import shown_figures
from worked.worker.display import show_value
from worked.worker.streams import current_screen

__all__ = [
    "FigureCanvas",
    "OutputCapture",
    "TooMuchError",
    "display",
    "install_capture",
    "show",
]


_MOST_SETTLED: Final = 2 * limits.MAX_PRINTED
"""characters that are kept of what a cell prints, marks of colours included"""


class TooMuchError(ValueError):
    """More than a page can hold."""


class OutputCapture(io.StringIO):
    """Takes what one cell prints and shows."""

    def __init__(self, *, is_wanted: bool = True, is_known: bool = False) -> None:
        """Begin empty.

        Args:
            is_wanted: whether anybody will look at it; if not, nothing is shown.
            is_known: whether what is shown is known already: then nothing is drawn again.
        """
        super().__init__()
        self._is_wanted = is_wanted
        self._is_known = is_known
        self._printed = 0
        self._outputs: list[Output] = []
        self._shown: list[Figure] = []
        """Figures that need not appear again because pyplot still has them open."""

    def write(self, text: str) -> int:
        """Print.

        Raises:
            TooMuchError: beyond `limits.MAX_PRINTED` characters.
        """
        self._printed += len(text)
        if self._printed > limits.MAX_PRINTED:
            raise TooMuchError(f"the cell prints more than {limits.MAX_PRINTED:,} characters")
        return super().write(text)

    def show(self, value: object) -> None:
        """Show a value now; what is mere text is printed."""
        outputs = self._said_by(value) if self._is_wanted else ()
        if any(isinstance(one, Drawing | Frames) for one in outputs) or not self._is_wanted:
            self._shown.extend(shown_figures(value))
        for output in outputs:
            if isinstance(output, Text):
                self.write(f"{output.text}\n")
            else:
                self._add(output)

    def show_open(self) -> None:
        """Show the figures that pyplot has open, and close them: the next plot begins anew."""
        self._show_new(_taken())

    def end(self, last: object) -> None:
        """Show the value of the cell's last expression, then the figures it has left open."""
        figures = _taken()  # a figure that the last value shows may be among them
        if not self._is_wanted:
            return
        for output in self._said_by(last):
            self._add(output)
        self._show_new(figures, beside=shown_figures(last))
        self._cut()
        if sum(len(one.text) for one in self._outputs if isinstance(one, Text)) > _MOST_SETTLED:
            raise TooMuchError("the cell prints too many colours")

    def printed(self) -> str:
        """Give the text that has come after the last output of another kind, without colours."""
        return plain_text(settle(self.getvalue()))

    def outputs(self) -> tuple[Output, ...]:
        """Give all that has come so far."""
        self._cut()
        return tuple(self._outputs)

    def _said_by(self, value: object) -> tuple[Output, ...]:
        return show_value(value, is_known=self._is_known)

    def _show_new(self, figures: Sequence[Figure], beside: Iterable[Figure] = ()) -> None:
        """Show the figures that are not on the screen, nor among what else it shows."""
        self._shown.extend(beside)
        for figure in figures:
            if not any(figure is other for other in self._shown):
                self.show(figure)

    def _add(self, output: Output) -> None:
        """Put an output after what has been printed; refuse a page that nobody can open."""
        self._cut()
        if isinstance(output, Drawing) and len(output.svg) > limits.MAX_DRAWING:
            raise TooMuchError(
                f"a drawing of {len(output.svg):,} characters; at most {limits.MAX_DRAWING:,} fit: "
                "draw fewer points, or draw them as an image (`rasterized=True`)"
            )
        if isinstance(output, Text | Matrix) and extent(output) > limits.MAX_SHOWN:
            raise TooMuchError(f"an output of more than {limits.MAX_SHOWN:,} characters")
        self._outputs.append(output)
        if len(self._outputs) > limits.MAX_OUTPUTS:
            raise TooMuchError(f"the cell shows more than {limits.MAX_OUTPUTS} outputs")

    def _cut(self) -> None:
        if text := settle(self.getvalue()):
            self._outputs.append(Text(text))
        if self.tell():
            self.seek(0)
            self.truncate()


def _taken() -> Sequence[Figure]:
    """Close pyplot's figures, and give those with anything on them.

    `plt.figure()` before a function that makes its own leaves an empty one.
    """
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return ()
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")
    return [figure for figure in figures if figure.get_children() != [figure.patch]]


def display(*values: object) -> None:
    """Show values now, as IPython's function of this name does; cells have it without an import."""
    for value in values:
        if (screen := current_screen()) is not None:
            screen.show(value)
        else:
            print(value)


def show(*, block: bool | None = None) -> None:
    """Do what `plt.show()` means where figures stand in the page."""
    if (screen := current_screen()) is not None:
        screen.show_open()


class _Notebook(importlib.abc.MetaPathFinder):
    """Puts our `display` in the place of IPython's, which without a notebook prints."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname == "IPython.display" else None
        if spec is None or spec.loader is None:
            return None
        fill = spec.loader.exec_module

        def exec_module(module: types.ModuleType) -> None:
            fill(module)
            module.__dict__["display"] = display

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def install_capture() -> None:
    """Give this process `display`, as notebooks have it."""
    builtins.__dict__["display"] = display
    sys.meta_path.insert(0, _Notebook())
