"""What a cell shows, in the order in which it comes."""

import builtins
import contextlib
import importlib
import io
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from worked import limits
from worked.protocol.outputs import Drawing, Matrix, Output, Rich, Text
from worked.worker.capture import OutputCapture, TooMuchError, display, install_capture
from worked.worker.streams import PageStream


@pytest.fixture(autouse=True)
def pyplot() -> Iterator[None]:
    before = plt.get_backend()
    plt.switch_backend("module://worked.worker.capture")
    yield
    plt.close("all")
    plt.switch_backend(before)


@contextlib.contextmanager
def cell(*, is_wanted: bool = True) -> Iterator[OutputCapture]:
    """Be a cell: pytest sets the standard output anew for each test, after its fixtures."""
    seen, stream = OutputCapture(is_wanted=is_wanted), PageStream()
    with contextlib.redirect_stdout(stream), stream.turned_to(seen):
        yield seen


def kinds(outputs: tuple[Output, ...]) -> list[type[Output]]:
    return [type(output) for output in outputs]


def test_what_is_displayed_comes_between_the_prints_around_it() -> None:
    with cell() as seen:
        print("before")
        display(np.ones((2, 2)))
        print("after")
    first, matrix, last = seen.outputs()
    assert (first, last) == (Text("before\n"), Text("after\n"))
    assert isinstance(matrix, Matrix)


def test_a_displayed_text_is_a_line_among_the_prints() -> None:
    with cell() as seen:
        print("before")
        display({"a": 1}, None, "b")
        print("after")
    assert seen.outputs() == (Text("before\n{'a': 1}\n'b'\nafter\n"),)


def test_the_last_value_stands_apart_from_what_is_printed() -> None:
    with cell() as seen:
        display(1)
        seen.end(2)
    assert seen.outputs() == (Text("1\n"), Text("2"))


def test_an_object_is_displayed_as_it_shows_itself() -> None:
    with cell() as seen:
        display(types.SimpleNamespace(_repr_html_=lambda: "<b>x</b>"))
    assert seen.outputs() == (Rich("text/html", "<b>x</b>"),)


def test_display_of_ipython_does_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "IPython"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "display.py").write_text("display, other = print, 1\n")
    for name in [name for name in sys.modules if name.partition(".")[0] == "IPython"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(builtins, "display", None, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    install_capture()
    module = importlib.import_module("IPython.display")
    assert (module.display, module.other) == (display, 1)
    for name in ("IPython", "IPython.display"):
        del sys.modules[name]


def test_plt_show_shows_the_open_figures_at_once() -> None:
    with cell() as seen:
        print("before")
        plt.plot([1, 2])
        plt.show()
        print("after")
        seen.end(None)
    assert kinds(seen.outputs()) == [Text, Drawing, Text]


def test_a_plot_behind_plt_show_begins_a_figure_of_its_own() -> None:
    with cell() as seen:
        plt.plot([1, 2])
        plt.show()
        (line,) = plt.plot([2, 1])
        assert plt.gca().lines[:] == [line]
        plt.show()
        seen.end(None)
    assert kinds(seen.outputs()) == [Drawing, Drawing]


def test_a_displayed_figure_that_stays_open_appears_once() -> None:
    with cell() as seen:
        figure, _ = plt.subplots()
        display(figure)
        seen.end(None)
    assert kinds(seen.outputs()) == [Drawing]


def test_a_figure_left_open_with_nothing_on_it_is_not_shown() -> None:
    with cell() as seen:
        plt.figure()
        plt.figure().suptitle("a title")
        seen.end(None)
    assert kinds(seen.outputs()) == [Drawing]
    assert plt.get_fignums() == []


def test_the_last_value_and_the_figures_left_open_come_last() -> None:
    with cell() as seen:
        figure, _ = plt.subplots()
        plt.subplots()
        seen.end(figure)
    assert kinds(seen.outputs()) == [Drawing, Drawing]
    assert plt.get_fignums() == []


def test_what_nobody_will_look_at_is_not_drawn() -> None:
    with cell(is_wanted=False) as seen:
        figure, axes = plt.subplots()
        axes.set_title("$\\unknown$")  # drawing it would raise
        display(figure)
        plt.show()
        seen.end(figure)
    assert seen.outputs() == ()
    assert plt.get_fignums() == []


def test_a_cell_that_turns_its_output_away_shows_nothing() -> None:
    with cell() as seen, contextlib.redirect_stdout(io.StringIO()) as kept:
        display(1)
        plt.show()
    assert kept.getvalue() == "1\n"
    assert seen.outputs() == ()


def test_too_much_print_is_refused_across_what_is_displayed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_PRINTED", 10)
    with cell():
        print("12345")
        display(np.ones(1))
        with pytest.raises(TooMuchError, match="prints more than 10"):
            print("67890")


def test_too_many_outputs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_OUTPUTS", 2)
    with cell(), pytest.raises(TooMuchError, match="more than 2 outputs"):
        display(*[np.ones(1)] * 3)
