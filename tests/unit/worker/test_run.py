"""Cells run in this process, with a list for the pipe."""

import builtins
import io
import linecache
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import matplotlib.pyplot as plt
import numpy as np
import pytest

from worked.builds.cached import CachedPage, KnownStep
from worked.builds.job import make_job
from worked.page.inline import Value
from worked.page.parser import parse
from worked.protocol.messages import ValueTask
from worked.protocol.outputs import (
    CellResult,
    CellWarning,
    Drawing,
    ExpectedError,
    Frames,
    Matrix,
    Output,
    Text,
    load_result,
)
from worked.settings import Settings
from worked.worker import streams
from worked.worker.run import run_page, seed_generators

NAME = "docs/page-of-tests.md"
Messages = list[dict[str, Any]]
Run = Callable[..., Messages]


class Left(BaseException):
    """Stands for the end of the process."""


def leave() -> NoReturn:
    raise Left


def asked(values: tuple[Value, ...]) -> tuple[ValueTask, ...]:
    return tuple((value.expression, value.spec, value.line, value.tex) for value in values)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the cells of a text and give what was sent; undo what a process's end would."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    monkeypatch.setattr(sys, "addaudithook", lambda hook: None)  # nothing could take it back
    monkeypatch.setattr(builtins, "display", None, raising=False)
    monkeypatch.setattr(sys, "argv", list(sys.argv))
    for stream in ("stdout", "stderr", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, stream, getattr(sys, stream))
    monkeypatch.setattr(streams, "_STREAMS", [])
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.chdir(tmp_path)
    plt.switch_backend("module://worked.worker.capture")
    before = signal.getsignal(signal.SIGALRM)
    modules = set(sys.modules)

    def do(text: str, **changed: Any) -> Messages:
        page = parse(text, NAME)
        known = CellResult(()) if not changed.get("show", True) else None
        steps = tuple(KnownStep(step, "", "", result=known, exports={}) for step in page.steps)
        settings = Settings(
            root=tmp_path,
            packages=changed.get("packages", ()),
            timeout=changed.get("timeout", 60.0),
        )
        job = make_job(CachedPage(page, steps), settings)
        job = replace(job, files=changed.get("files", ()), scratch=str(tmp_path))
        sent: Messages = []
        run_page(job, sent.append, leave)
        return sent

    yield do
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    linecache.cache.pop(NAME, None)
    plt.close("all")
    plt.switch_backend("agg")
    for name in set(sys.modules) - modules:
        if name.startswith("pictures"):
            del sys.modules[name]


def cell(*lines: str) -> str:
    """A cell whose code begins on the second line of what is given."""
    return "\n".join(["```python {.run}", *lines, "```", ""])


def results(messages: Messages) -> list[CellResult]:
    return [load_result(message["result"]) for message in messages if message["frame"] == "cell"]


def outputs(messages: Messages) -> list[Output]:
    assert problems(messages) == []
    return [output for result in results(messages) for output in result.outputs]


def values(messages: Messages) -> list[str]:
    return [
        text
        for message in messages
        if message["frame"] == "values"
        for text in message["result"]["texts"]
    ]


def warned(messages: Messages) -> list[tuple[int, str, str]]:
    return [
        (notice["number"], notice["kind"], notice["message"])
        for message in messages
        if message["frame"] == "values"
        for notice in message["result"]["warnings"]
    ]


def problems(messages: Messages) -> list[tuple[int, str, str]]:
    assert messages[-1] == {"frame": "end"}
    return [
        (message["line"], message["kind"], message["message"])
        for message in messages
        if message["frame"] == "problem"
    ]


def problem(messages: Messages) -> dict[str, Any]:
    (found,) = (message for message in messages if message["frame"] == "problem")
    return found


# --- what a cell shows


def test_a_cell_shows_what_it_prints_and_its_last_expression(run: Run) -> None:
    assert outputs(run(cell("print('a')", "40 + 2"))) == [Text("a\n"), Text("42")]


def test_what_goes_to_standard_error_is_shown_too(run: Run) -> None:
    assert outputs(run(cell("import sys", "print('a', file=sys.stderr)"))) == [Text("a\n")]


def test_a_statement_at_the_end_shows_nothing(run: Run) -> None:
    assert outputs(run(cell("x = 3"))) == []


@pytest.mark.parametrize("code", ["", "# a", "None", "\n\n"])
def test_a_cell_may_show_nothing(run: Run, code: str) -> None:
    assert outputs(run(cell(code))) == []


@pytest.mark.parametrize("code", ["3;", "3 ;  # a", "3; # ;", "(3\n);", "'''a;\n''';"])
def test_a_semicolon_at_the_end_shows_nothing(run: Run, code: str) -> None:
    assert outputs(run(cell(code))) == []


@pytest.mark.parametrize("code", ["'a;'", "1; 2", "2  # ;", "'''a\n;'''"])
def test_a_semicolon_elsewhere_hides_nothing(run: Run, code: str) -> None:
    assert len(outputs(run(cell(code)))) == 1


def test_cells_share_one_namespace(run: Run) -> None:
    assert outputs(run(cell("x = 1") + cell("x += 1") + cell("x"))) == [Text("2")]


def test_functions_see_the_names_of_later_cells(run: Run) -> None:
    text = cell("def f():", "    return late") + cell("late = 3", "f()")
    assert outputs(run(text)) == [Text("3")]


def test_a_cell_is_the_main_module(run: Run) -> None:
    text = cell("import sys", "x = 3", "(__name__, sys.modules['__main__'].x)")
    assert outputs(run(text)) == [Text("('__main__', 3)")]


def test_a_class_of_the_page_may_be_a_dataclass(run: Run) -> None:
    text = cell("from dataclasses import dataclass", "@dataclass", "class A:", "    x: int", "A(1)")
    assert outputs(run(text)) == [Text("A(x=1)")]


def test_the_source_of_a_function_is_found(run: Run) -> None:
    text = (
        "Prose.\n\n"
        + cell("def f():", "    return 1")
        + cell("import inspect", "print(inspect.getsource(f))")
    )
    assert outputs(run(text)) == [Text("def f():\n    return 1\n\n")]


def test_an_array_shows_as_a_matrix(run: Run) -> None:
    (output,) = outputs(run(cell("import numpy as np", "np.eye(2)")))
    assert isinstance(output, Matrix)


def test_output_false_drops_all_that_is_shown(run: Run) -> None:
    assert outputs(run(cell("#| output: false", "print(1)", "2"))) == []


def test_output_false_keeps_the_names(run: Run) -> None:
    assert values(run(cell("#| output: false", "x = 3") + "\n`{python} x`\n")) == ["3"]


def test_what_is_known_runs_but_is_neither_drawn_nor_sent(run: Run) -> None:
    code = cell(
        "class A:",
        "    def _repr_svg_(self):",
        "        return 'no drawing'",
        "print(1)",
        "x = 3",
        "A()",
    )
    messages = run(code + "\n`{python} x`\n", show=False)
    assert [message["frame"] for message in messages] == ["begin", "values", "end"]


def test_messages_come_in_the_order_of_steps(run: Run) -> None:
    messages = run("`{python} 1`\n\n" + cell("1") + "\n`{python} 2`\n\n" + cell("2"))
    assert [(message["frame"], message.get("step")) for message in messages] == [
        *[("begin", 0), ("cell", 0), ("values", 0)],
        *[("begin", 1), ("cell", 1), ("values", 1)],
        *[("begin", 2), ("cell", 2)],
        ("end", None),
    ]


# --- figures


def test_a_figure_that_pyplot_left_open_is_shown(run: Run) -> None:
    text = cell("import matplotlib.pyplot as plt", "plt.plot([1, 2])")
    assert [type(output) for output in outputs(run(text))] == [Drawing]


def test_a_figure_of_one_cell_is_not_shown_by_the_next(run: Run) -> None:
    text = cell("import matplotlib.pyplot as plt", "plt.figure()") + cell("1")
    assert [type(output) for output in outputs(run(text))] == [Drawing, Text]


@pytest.mark.parametrize("last", ["a", "(a, b)", "(b, a)", "ax", "None", "a;"])
def test_no_figure_is_shown_twice(run: Run, last: str) -> None:
    text = cell(
        "import matplotlib.pyplot as plt", "a, ax = plt.subplots()", "b, _ = plt.subplots()", last
    )
    assert [type(output) for output in outputs(run(text))] == [Drawing, Drawing]


def test_a_figure_that_pyplot_does_not_know_is_shown_once(run: Run) -> None:
    text = cell("from matplotlib.figure import Figure", "Figure()")
    assert [type(output) for output in outputs(run(text))] == [Drawing]


def test_a_figure_of_a_cell_that_must_raise_is_shown_with_it(run: Run) -> None:
    text = cell(
        "#| raises: ValueError",
        "import matplotlib.pyplot as plt",
        "plt.subplots()",
        "raise ValueError",
    )
    shown = [
        [type(output) for output in result.outputs] for result in results(run(text + cell("1")))
    ]
    assert shown == [[Drawing, ExpectedError], [Text]]


def test_a_figure_that_cannot_be_drawn_is_a_problem_at_the_last_statement(run: Run) -> None:
    text = cell(
        "from matplotlib.figure import Figure",
        "f = Figure()",
        "f.text(0, 0, '$\\\\nonsense$')",
        "f",
    )
    assert [found[:2] for found in problems(run(text))] == [(5, "ValueError")]


# --- exceptions


def test_an_exception_is_a_problem_at_its_line(run: Run) -> None:
    text = "Prose.\n\n" + cell("x = 1", "1 / 0", "x = 2")
    assert problems(run(text)) == [(5, "ZeroDivisionError", "division by zero")]


def test_a_traceback_names_the_lines_of_the_page_from_the_nearest_on(run: Run) -> None:
    text = cell("def f():", "    return 1 / 0", "def g():", "    return f()") + cell("g()")
    found = problem(run(text))
    assert (found["line"], found["called"]) == (3, [5, 8])


def test_a_traceback_names_no_line_twice(run: Run) -> None:
    text = cell("def f():", "    f()", "f()")
    found = problem(run(text))
    assert (found["line"], found["kind"], found["called"]) == (3, "RecursionError", [3, 4])


def test_a_call_into_a_library_is_at_the_line_that_called(run: Run) -> None:
    text = cell("import json", "", "json.loads('{')")
    assert [found[:2] for found in problems(run(text))] == [(4, "JSONDecodeError")]


def test_nothing_runs_behind_a_problem(run: Run) -> None:
    messages = run(
        cell("1") + "\n`{python} 2`\n\n" + cell("1 / 0") + "\n`{python} 3`\n\n" + cell("2")
    )
    assert len(results(messages)) == 1
    assert values(messages) == ["2"]
    assert len(problems(messages)) == 1


@pytest.mark.parametrize(
    ("lines", "line", "kind"),
    [
        (["x = 1", "y = = 2"], 3, "SyntaxError"),
        (["if x:", "y"], 3, "IndentationError"),
        (["x = 1", "return x"], 3, "SyntaxError"),
        (["x = 1", "'''"], 3, "SyntaxError"),
    ],
)
def test_a_syntax_error_is_a_problem_at_its_line(
    run: Run, lines: list[str], line: int, kind: str
) -> None:
    assert [found[:2] for found in problems(run(cell(*lines)))] == [(line, kind)]


@pytest.mark.parametrize("magic", ["%matplotlib inline", "!pip install a", "%%time", "?np.dot"])
def test_a_magic_of_ipython_is_a_problem_that_says_what_to_do(run: Run, magic: str) -> None:
    ((line, kind, said),) = problems(run(cell("x = 1", magic)))
    assert (line, kind) == (3, "SyntaxError")
    assert f"`{magic.split(' ')[0]}" in said
    assert "take the line out" in said


def test_display_shows_values_in_order_with_prints(run: Run) -> None:
    shown = outputs(
        run(cell("print('a')", "import numpy as np", "display(np.ones(2), 1)", "print('b')", "2"))
    )
    assert shown[0] == Text("a\n")
    assert isinstance(shown[1], Matrix)
    assert shown[2:] == [Text("1\nb\n"), Text("2")]


def test_display_in_a_function_of_another_cell_shows_it_where_it_is_called(run: Run) -> None:
    text = cell("def show(x):", "    display(x)") + cell("show(1)")
    assert outputs(run(text)) == [Text("1\n")]


@pytest.mark.parametrize(
    "raised", ["socket.gaierror(-3, 'no name')", "URLError(socket.gaierror(-3, 'no name'))"]
)
def test_data_from_the_network_is_a_problem_that_says_what_to_do(run: Run, raised: str) -> None:
    code = ["import socket", "from urllib.error import URLError", f"raise {raised}"]
    ((line, _, said),) = problems(run(cell(*code)))
    assert line == 4
    assert "put the data below `docs/`, and name it under `files:`" in said


def test_an_import_of_ipython_where_there_is_none_says_that_display_needs_none(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IPython", "IPython.display"):
        monkeypatch.setitem(sys.modules, name, None)
    ((_, kind, said),) = problems(run(cell("from IPython.display import display")))
    assert kind == "ModuleNotFoundError"
    assert "`display` needs no import" in said


def test_a_syntax_error_of_other_code_is_at_the_line_that_ran_it(run: Run) -> None:
    assert [found[:2] for found in problems(run(cell("x = 1", "exec('y = =')")))] == [
        (3, "SyntaxError")
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("raise SystemExit(3)", "SystemExit"),
        ("exit(0)", "SystemExit"),
        ("import sys; sys.exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("class Own(BaseException): pass\nraise Own", "Own"),
        ("raise ExceptionGroup('a', [ValueError()])", "ExceptionGroup"),
        ("raise MemoryError", "MemoryError"),
    ],
)
def test_no_exception_ends_the_page_without_a_word(run: Run, code: str, kind: str) -> None:
    assert [found[1] for found in problems(run(cell(code)))] == [kind]


BAD = {
    "raises": "raise ValueError",
    "exits": "raise SystemExit",
    "is no text": "return 3",
    "never ends": "return str(self)",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_an_exception_whose_message_cannot_be_had_is_a_problem_at_its_line(
    run: Run, body: str
) -> None:
    text = cell("class Own(Exception):", "    def __str__(self):", f"        {body}", "raise Own")
    assert [found[:2] for found in problems(run(text))] == [(5, "Own")]


@pytest.mark.parametrize("method", ["__repr__", "_repr_html_", "_repr_svg_", "_repr_latex_"])
@pytest.mark.parametrize("fault", ["ValueError('a')", "SystemExit"])
def test_an_object_that_cannot_be_shown_is_a_problem_where_it_raised(
    run: Run, method: str, fault: str
) -> None:
    text = cell("class Own:", f"    def {method}(self):", f"        raise {fault}", "Own()")
    ((line, kind, _),) = problems(run(text))
    assert (line, fault.startswith(kind)) == (4, True)


@pytest.mark.parametrize(
    "code",
    [
        "Own = type('Own', (), {'__repr__': lambda self: 3})",
        "Own = type('Own', (), {'_repr_svg_': lambda self: '<svg></svg>'})",
        "import collections.abc as c; Own = type('Own', (), {'__getattr__': getattr})",
    ],
)
def test_an_object_that_is_shown_wrongly_is_a_problem_of_the_cell(run: Run, code: str) -> None:
    ((line, _, _),) = problems(run(cell(code, "", "Own()")))
    assert line in (2, 4)


def test_what_fails_outside_of_the_page_is_at_the_last_statement(run: Run) -> None:
    text = cell("Own = type('Own', (), {'__repr__': lambda self: 3})", "", "(", "Own()", ")")
    assert [found[0] for found in problems(run(text))] == [4]


def test_a_message_has_an_end(run: Run) -> None:
    assert len(problem(run(cell("raise ValueError('a' * 10**6)")))["message"]) == 2000


# --- exceptions that are meant


def test_a_cell_that_must_raise_shows_what_it_raised(run: Run) -> None:
    text = cell("#| raises: ValueError", "print('a')", "raise ValueError('b')")
    assert outputs(run(text)) == [Text("a\n"), ExpectedError("ValueError", "b")]


@pytest.mark.parametrize("name", ["LookupError", "Exception", "BaseException", "KeyError"])
def test_a_class_above_what_was_raised_will_do(run: Run, name: str) -> None:
    assert outputs(run(cell(f"#| raises: {name}", "{}[1]"))) == [ExpectedError("KeyError", "1")]


def test_a_class_may_be_named_with_its_module(run: Run) -> None:
    text = cell(
        "#| raises: np.linalg.LinAlgError", "import numpy as np", "np.linalg.inv(np.zeros((2, 2)))"
    )
    assert outputs(run(text)) == [ExpectedError("LinAlgError", "Singular matrix")]


def test_a_syntax_error_may_be_meant(run: Run) -> None:
    assert outputs(run(cell("#| raises: SyntaxError", "x = = 1")))[0] == ExpectedError(
        "SyntaxError", "invalid syntax (page-of-tests.md, line 3)"
    )


def test_the_page_goes_on_behind_a_cell_that_raised(run: Run) -> None:
    text = cell("#| raises: ValueError", "x = 1", "raise ValueError") + cell("x")
    assert outputs(run(text)) == [ExpectedError("ValueError", ""), Text("1")]


def test_raising_something_else_is_a_problem(run: Run) -> None:
    text = cell("#| raises: ValueError", "raise TypeError('a')")
    said = "a\n  the cell must raise ValueError, and raised this"
    assert problems(run(text)) == [(3, "TypeError", said)]


def test_raising_nothing_is_a_problem(run: Run) -> None:
    text = cell("#| raises: ValueError", "x = 1")
    assert problems(run(text)) == [(3, "raises", "the cell did not raise ValueError")]


def test_a_meant_exception_without_output_is_not_shown(run: Run) -> None:
    text = cell("#| raises: ValueError", "#| output: false", "raise ValueError")
    assert outputs(run(text)) == []


def test_a_meant_exception_whose_message_cannot_be_had_is_shown(run: Run) -> None:
    text = cell(
        "#| raises: Own",
        "class Own(Exception):",
        "    def __str__(self):",
        "        1 / 0",
        "raise Own",
    )
    assert outputs(run(text)) == [
        ExpectedError("Own", "no message: its __str__ raised ZeroDivisionError")
    ]


# --- warnings


def test_a_warning_becomes_a_notice_at_its_line_in_the_cell(run: Run) -> None:
    text = "Prose.\n\n" + cell("import warnings", "warnings.warn('a')", "1")
    (result,) = results(run(text))
    assert result == CellResult((Text("1"),), (CellWarning(1, "UserWarning", "a"),))


def test_a_warning_of_the_compiler_becomes_a_warning(run: Run) -> None:
    (result,) = results(run(cell("x = 1", "y = x is 3")))
    assert [(notice.line, notice.kind) for notice in result.warnings] == [(1, "SyntaxWarning")]


def test_a_warning_of_numpy_becomes_a_warning(run: Run) -> None:
    (result,) = results(run(cell("import numpy as np", "x = np.zeros(1) / 0")))
    assert [(notice.line, notice.kind) for notice in result.warnings] == [(1, "RuntimeWarning")]


def test_a_warning_from_the_code_of_another_cell_is_at_the_cells_beginning(run: Run) -> None:
    text = cell("import warnings", "def f():", "    warnings.warn('a')") + cell("1", "f()")
    assert [[notice.line for notice in result.warnings] for result in results(run(text))] == [
        [],
        [0],
    ]


def test_a_warning_is_no_output(run: Run) -> None:
    assert outputs(run(cell("import warnings", "warnings.warn('a')"))) == []


def test_a_filter_of_one_cell_is_gone_in_the_next(run: Run) -> None:
    text = cell("import warnings", "warnings.simplefilter('error')") + cell("warnings.warn('a')")
    assert problems(run(text)) == []


# --- values in prose


def test_values_see_the_namespace_at_their_place(run: Run) -> None:
    text = cell("x = 1") + "\n`{python} x`\n\n" + cell("x = 2") + "\n`{python} x:.1f`\n"
    assert values(run(text)) == ["1", "2.0"]


def test_a_value_needs_no_cell(run: Run) -> None:
    assert values(run("`{python} 1 + 1`")) == ["2"]


@pytest.mark.parametrize("body", ["(x := 2)", "(y := 3)", "rebind()", "[x := 9 for _ in a]"])
def test_a_value_that_binds_a_name_is_a_problem(run: Run, body: str) -> None:
    code = cell("x = 1", "a = [7]", "def rebind():", "    global x", "    x = 2")
    found = problems(run(code + f"\n`{{python}} {body}`\n"))
    assert [(line, kind) for line, kind, _ in found] == [(9, "value")]
    assert "a value binds no names, and this one binds '" in found[0][2]


CHANGES = {
    "sort": ("a.sort()", "list in 'a'"),
    "append": ("a.append(1)", "list in 'a'"),
    "equal": ("a.__setitem__(0, 3.0)", "list in 'a'"),
    "pop": ("d['deep'].pop()", "list in 'd'"),
    "key": ("d.update(deep=a)", "dict in 'd'"),
    "order": ("d.update(one=d.pop('one'))", "dict in 'd'"),
    "default": ("e['new']", "defaultdict in 'e'"),
    "set": ("s.add(4)", "set in 's'"),
    "bytes": ("b.extend(b'x')", "bytearray in 'b'"),
    "tuple": ("t[0].append(1)", "list in 't'"),
    "array": ("x.sort()", "array in 'x'"),
    "fill": ("np.copyto(x, 0)", "array in 'x'"),
    "zero": ("z.fill(7)", "array in 'z'"),
    "objects": ("o.fill(None)", "array in 'o'"),
    "inside": ("d['array'].sort()", "array in 'd'"),
    "function": ("change()", "list in 'a'"),
    "fails": ("(a.clear(), 1 / 0)", None),
}
HOLDS = cell(
    "import collections; import numpy as np",
    "a = [3, 1]; d = {'one': 1, 'deep': [1, 2], 'array': np.array([2, 1])}; d['self'] = d",
    "e = collections.defaultdict(int); s = {1}; b = bytearray(b'a'); t = ([],)",
    "x = np.array([2.0, 1.0]); z = np.array(1.0); o = np.array([1, 'a'], dtype=object)",
    "def change(): a.append(1)",
)


@pytest.mark.parametrize("name", CHANGES)
def test_a_value_that_changes_something_is_a_problem(run: Run, name: str) -> None:
    body, said = CHANGES[name]
    found = problems(run(HOLDS + f"\n`{{python}} {body}`\n"))
    assert [line for line, _, _ in found] == [9]
    if said:
        assert found[0][1] == "value"
        assert f"a value changes nothing, and this one changes the {said}" in found[0][2]


@pytest.mark.parametrize(
    "body",
    [
        *("sorted(a)", "x.max()", "x[0]", "np.sort(x)", "len(d)", "d['one']", "e.get('new', 0)"),
        *("[i for i in a]", "{k: v for k, v in e.items()}", "(lambda y: y + 1)(1)", "x.view()[0]"),
    ],
)
def test_a_value_that_only_looks_is_none(run: Run, body: str) -> None:
    assert problems(run(HOLDS + f"\n`{{python}} {body}`\n")) == []


def test_a_value_in_a_formula_is_tex(run: Run) -> None:
    text = cell("import numpy as np", "x = np.eye(2)")
    assert values(run(text + "\n$A = `{python} x`$ and `{python} x[0]`\n")) == [
        r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
        "[1, 0]",
    ]


def test_what_cannot_stand_in_a_formula_is_a_problem(run: Run) -> None:
    found = problems(run("a\n$$\n`{python} '<b>'`\n$$\n"))
    assert [(line, kind) for line, kind, _ in found] == [(3, "TypeError")]


def test_values_of_options_see_what_their_cell_leaves(run: Run) -> None:
    text = (
        cell("#| fig-cap: A `{python} x` and `{python} y:.1f`.", "x, y = 1, 2")
        + "\n`{python} x + 1`"
    )
    assert values(run(text)) == ["1", "2.0", "2"]


def test_an_error_in_a_caption_has_the_line_of_its_option(run: Run) -> None:
    text = cell("#| echo: true", "#| tbl-cap: |", "#|     A", "#|     b `{python} y`.", "x = 1")
    assert [found[:2] for found in problems(run(text))] == [(5, "NameError")]


def test_a_value_that_fails_is_a_problem_at_its_line(run: Run) -> None:
    found = problems(run("Prose\n`{python} 1 / 0` and\n`{python} y`\n"))
    assert [(line, kind) for line, kind, _ in found] == [(2, "ZeroDivisionError"), (3, "NameError")]
    assert "(in the value `1 / 0`)" in found[0][2]


@pytest.mark.parametrize("body", ["3:nonsense", "exit()", "(yield)", "[]:.2f", "{}[1]"])
def test_no_value_ends_the_page_without_a_word(run: Run, body: str) -> None:
    assert [line for line, _, _ in problems(run(f"a\n\n`{{python}} {body}`\n"))] == [3]


def test_a_value_whose_exception_has_no_message_is_a_problem(run: Run) -> None:
    text = cell(
        "class Own(Exception):",
        "    def __str__(self):",
        "        1 / 0",
        "def f():",
        "    raise Own",
    )
    assert [found[:2] for found in problems(run(text + "\n`{python} f()`\n"))] == [(9, "Own")]


def test_all_values_of_a_step_are_looked_at(run: Run) -> None:
    messages = run("`{python} x` `{python} 1` `{python} y`")
    assert values(messages) == ["", "1", ""]
    assert len(problems(messages)) == 2


# --- the site's own packages


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "pictures"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("from pictures.maps import draw\n")
    (folder / "maps.py").write_text("def draw(x):\n    return 1 / x\n")
    return folder


def test_a_package_of_the_site_can_be_imported(run: Run, package: Path) -> None:
    messages = run(
        cell("import pictures", "pictures.draw(4)"), packages=(("pictures", str(package)),)
    )
    assert outputs(messages) == [Text("0.25")]


def test_the_sites_root_is_not_on_the_import_path(run: Run, package: Path) -> None:
    (package.parent / "conf.py").write_text("")
    messages = run(cell("import conf"), packages=(("pictures", str(package)),))
    assert [found[1] for found in problems(messages)] == ["ModuleNotFoundError"]


def test_an_exception_in_a_package_of_the_site_names_its_file_and_line(
    run: Run, package: Path
) -> None:
    messages = run(
        cell("import pictures", "", "pictures.draw(0)"), packages=(("pictures", str(package)),)
    )
    assert problems(messages) == [
        (4, "ZeroDivisionError", "division by zero (in pictures/maps.py:2)")
    ]


def test_an_exception_of_the_page_names_no_package(run: Run, package: Path) -> None:
    (package / "maps.py").write_text("def draw(x):\n    return x()\n")
    messages = run(
        cell("import pictures", "pictures.draw(lambda: 1 / 0)"),
        packages=(("pictures", str(package)),),
    )
    assert problems(messages) == [(3, "ZeroDivisionError", "division by zero")]


# --- the clock


def test_a_cell_that_does_not_come_back_is_a_problem_at_the_line_it_hangs_in(run: Run) -> None:
    found = problems(run(cell("x = 1", "while True:", "    pass"), timeout=0.05))
    assert found[0][0] in (3, 4)
    assert found[0][1:] == ("timeout", "still running after 0.05 s")


def test_a_call_that_does_not_come_back_names_who_called(run: Run) -> None:
    text = cell("def f():", "    while True: pass") + cell("", "f()")
    first = run(text, timeout=0.05)
    found = next(message for message in first if message["frame"] == "problem")
    assert (found["line"], found["called"]) == (3, [7])


def test_a_value_that_does_not_come_back_is_a_problem(run: Run) -> None:
    found = problems(run("a\n\n`{python} [0 for _ in iter(int, 1)]`", timeout=0.05))
    assert found[0][:2] == (3, "timeout")


def test_a_cell_that_does_not_come_back_ends_the_process(tmp_path: Path, run: Run) -> None:
    messages = run(cell("while True: pass"), timeout=0.05)
    assert [message["kind"] for message in messages if message["frame"] == "problem"] == [
        "timeout",
        "Left",
    ]


# --- chance


def test_generators_start_alike_on_every_page(run: Run) -> None:
    text = cell("import random", "import numpy as np", "(random.random(), np.random.rand())")
    seed_generators()
    first = outputs(run(text))
    np.random.rand()  # noqa: NPY002 - what a page may have done
    seed_generators()
    assert outputs(run(text)) == first


# --- sweeps


SWEEP = "#| sweep: {k: [1, 2]}"


def frames(messages: Messages) -> list[list[str]]:
    """What each frame shows, as text."""
    shown = [output for output in outputs(messages) if isinstance(output, Frames)]
    return [[leaf.text for leaf in frame if isinstance(leaf, Text)] for frame in shown[-1].frames]


def test_a_sweep_runs_its_cell_once_for_each_combination(run: Run) -> None:
    text = cell("#| sweep: {k: [1, 2], name: [a, b]}", "name * k")
    assert frames(run(text)) == [["'a'"], ["'b'"], ["'aa'"], ["'bb'"]]


def test_every_frame_begins_from_the_same_namespace(run: Run) -> None:
    text = cell("import numpy as np", "a = np.zeros(1)", "b = [[0]]", "c = {'x': b}") + cell(
        SWEEP, "a += k", "c['x'][0][0] += k", "int(a[0]), b"
    )
    assert frames(run(text)) == [["(1, [[1]])"], ["(2, [[2]])"]]


def test_a_sweep_leaves_nothing_behind(run: Run) -> None:
    text = cell("k = 0", "a = [0]", "b = a") + cell(SWEEP, "a.append(k)", "new = k")
    after = cell("k, a, a is b, 'new' in globals()")
    assert outputs(run(text + after))[-1] == Text("(0, [0], True, False)")


def test_objects_of_the_page_are_copied(run: Run) -> None:
    text = cell("class Net:", "    weight = 0", "net = Net()", "net.weight = 3")
    swept = text + cell(SWEEP, "net.weight += k", "net.weight")
    assert frames(run(swept)) == [["4"], ["5"]]
    assert outputs(run(swept + cell("net.weight")))[-1] == Text("3")


def test_functions_of_the_page_see_the_parameters(run: Run) -> None:
    text = cell("k = 0", "def f(): return k") + cell(SWEEP, "f()") + cell("f()")
    messages = run(text)
    assert frames(messages) == [["1"], ["2"]]
    assert outputs(messages)[-1] == Text("0")


def test_generators_start_alike_in_every_frame_and_go_on_as_if_none_had_been(run: Run) -> None:
    begin = cell("import random", "import numpy as np", "rng = np.random.default_rng(0)")
    draw = "(rng.random(), random.random(), float(np.random.rand()))"
    seed_generators()
    alone = outputs(run(begin + cell(draw)))[-1]
    seed_generators()
    swept = run(begin + cell(SWEEP, draw) + cell(draw))
    assert isinstance(alone, Text)
    assert frames(swept) == [[alone.text], [alone.text]]
    assert outputs(swept)[-1] == alone


def test_settings_of_one_frame_do_not_reach_the_next(run: Run) -> None:
    setting = "plt.rcParams['font.size']"
    text = cell("import matplotlib.pyplot as plt", "import numpy as np") + cell(
        SWEEP, f"print({setting})", f"{setting} = 30", "np.set_printoptions(precision=1)"
    )
    one, two = frames(run(text + cell("1")))
    assert one == two


def test_values_of_a_caption_are_taken_in_each_frame_and_those_behind_it_before(run: Run) -> None:
    text = cell("k = 0") + cell(SWEEP, "#| fig-cap: `{python} k` and `{python} -k`", "k;")
    assert values(run(text + "\n`{python} k`\n")) == ["1", "-1", "2", "-2", "0"]


def test_an_error_in_a_sweep_names_its_combination(run: Run) -> None:
    text = cell("#| sweep: {k: [1, 0], m: [2]}", "1 / k")
    found = problem(run(text))
    assert (found["line"], found["kind"]) == (3, "ZeroDivisionError")
    assert found["message"].endswith("(where k = 0, m = 2)")


def test_an_error_in_a_caption_names_its_combination(run: Run) -> None:
    text = cell("#| sweep: {k: [1, 0]}", "#| fig-cap: `{python} 1 / k`", "k")
    found = problem(run(text))
    assert found["line"] == 3
    assert found["message"].endswith("(in the value `1 / k`) (where k = 0)")


def test_a_sweep_that_does_not_end_names_its_combination(run: Run) -> None:
    found = problems(run(cell(SWEEP, "while k == 2:", "    pass"), timeout=0.2))
    assert found[0][1:] == ("timeout", "still running after 0.2 s (where k = 2)")


def test_what_cannot_be_copied_is_not_there_and_the_error_says_why(run: Run) -> None:
    text = cell("g = (n for n in range(9))") + cell(SWEEP, "next(g)")
    assert "a generator cannot be copied (where k = 1)" in problem(run(text))["message"]


def test_what_cannot_be_copied_harms_no_sweep_that_leaves_it_alone(run: Run) -> None:
    text = cell("g = (n for n in range(9))", "pair = [[1], g]") + cell(SWEEP, "k")
    messages = run(text + cell("next(g)"))
    assert frames(messages) == [["1"], ["2"]]
    assert outputs(messages)[-1] == Text("0")


def test_a_warning_of_every_frame_is_said_once(run: Run) -> None:
    text = cell(SWEEP, "import warnings", "warnings.warn('a')")
    (result,) = results(run(text))
    assert result.warnings == (CellWarning(1, "UserWarning", "a (where k = 1)"),)


def test_the_drawings_of_all_frames_together_have_a_limit(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worked.limits.MAX_SWEEP_DRAWINGS", 2000)
    text = cell(SWEEP, "from matplotlib.figure import Figure", "f = Figure(); f.subplots(); f")
    said = problem(run(text))["message"]
    assert "the drawings of 2 frames have" in said
    assert "at most 2,000" in said


def test_what_a_sweep_shows_is_not_drawn_where_it_is_known(run: Run) -> None:
    text = cell(SWEEP, "#| fig-cap: `{python} k`", "k")
    messages = run(text, show=False)
    assert results(messages) == []
    assert values(messages) == ["1", "2"]


KEEPERS = {
    "logging": (
        "import logging\nlog = logging.getLogger('kept')\nlog.addHandler(logging.StreamHandler())",
        "log.warning('a')",
        "log.warning('b')",
    ),
    "default": ("import sys\ndef f(t, to=sys.stdout):\n    to.write(t)", "f('a')", "f('b')"),
    "bound": ("import sys\nwrite = sys.stderr.write", "_ = write('a')", "_ = write('b')"),
    "first": ("import sys", "sys.__stdout__.write('a');", "sys.__stderr__.write('b');"),
    "bytes": ("import sys\nraw = sys.stdout.buffer", "raw.write(b'a');", "raw.write(b'b');"),
}


@pytest.mark.parametrize("name", KEEPERS)
def test_what_is_written_to_a_kept_stream_is_below_its_cell(run: Run, name: str) -> None:
    *_, one, two = results(run("\n".join(cell(*part.split("\n")) for part in KEEPERS[name])))
    (first,), (second,) = one.outputs, two.outputs
    assert isinstance(first, Text)
    assert isinstance(second, Text)
    assert first.text.strip().endswith("a")
    assert second.text.strip().endswith("b")
    assert "a" not in second.text


def test_a_value_that_warns_is_shown_and_its_warning_said(run: Run) -> None:
    text = cell("import numpy as np", "z = np.zeros(1)") + "\n`{python} np.log(z)[0]`\n"
    messages = run(text)
    assert problems(messages) == []
    assert values(messages) == ["-inf"]
    assert warned(messages) == [(0, "RuntimeWarning", "divide by zero encountered in log")]


def test_what_a_value_prints_is_said(run: Run) -> None:
    text = cell("def f():", "    print('hello')", "    return 3") + "\n`{python} f()`\n"
    messages = run(text)
    assert values(messages) == ["3"]
    said = "the value `f()` prints this, which nobody sees: 'hello\\n'"
    assert warned(messages) == [(0, "print", said)]


NO_VALUES = {
    "f": "it is a function",
    "lambda: 1": "it is a function",
    "len": "it is a builtin_function_or_method",
    "[].append": "it is a builtin_function_or_method",
    "f()": "it is None",
    "np": "it is a module",
    "(i for i in [1])": "it is a generator",
    "iter([1])": "it reads",
    "map(len, [])": "it reads",
    "object()": "it reads",
    "[object()]": "it reads",
    "(f, 1)": "it reads",
    "{1: print}": "",
}


@pytest.mark.parametrize("tex", [False, True])
@pytest.mark.parametrize("expression", NO_VALUES)
def test_a_value_that_says_nothing_to_a_reader_is_a_problem(
    run: Run, expression: str, tex: bool
) -> None:
    mark = "$" if tex else ""
    text = cell("import numpy as np", "def f():", "    pass")
    found = problems(run(f"{text}\n{mark}`{{python}} {expression}`{mark}\n"))
    if NO_VALUES[expression]:
        assert found[0][0] == 7
        assert NO_VALUES[expression] in found[0][2]


def test_a_cell_fails_with_what_it_had_printed(run: Run) -> None:
    text = cell("import argparse", "argparse.ArgumentParser().parse_args(['--no'])")
    ((line, kind, said),) = problems(run(text))
    assert (line, kind) == (3, "SystemExit")
    assert "printed before:\n    usage: page-of-tests.md" in said
    assert "unrecognized arguments: --no" in said


def test_the_arguments_of_the_program_are_its_name(run: Run) -> None:
    (shown,) = outputs(run(cell("import sys", "print(sys.argv)")))
    assert shown == Text(f"['{NAME}']\n")


def test_nobody_answers_a_question(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    ((line, kind, said),) = problems(run(cell("print('before')", "input('name? ')")))
    assert (line, kind) == (3, "EOFError")
    assert "nobody can answer" in said
    assert said.endswith("\n    before\n    name?")


CAUSES = {
    "because of ZeroDivisionError: division by zero at docs/page-of-tests.md:3": (
        "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('b') from e"
    ),
    "while this was handled: ZeroDivisionError: division by zero at docs/page-of-tests.md:3": (
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise ValueError('b')"
    ),
    "one of them: KeyError: 'k'": "raise ExceptionGroup('b', [ValueError('v'), KeyError('k')])",
    "a note": "e = ValueError('b')\ne.add_note('a note')\nraise e",
}


@pytest.mark.parametrize("said", CAUSES)
def test_what_led_to_an_exception_is_told(run: Run, said: str) -> None:
    ((_, _, found),) = problems(run(cell(*CAUSES[said].split("\n"))))
    assert found.startswith("b")
    assert f"\n  {said}" in found


def test_a_chain_of_exceptions_has_an_end(run: Run) -> None:
    code = (
        "e = None|for n in range(5000):|    f = ValueError(n)|    f.__cause__ = e|    e = f|raise e"
    )
    ((_, _, found),) = problems(run(cell(*code.split("|"))))
    assert found.count("because of") == 8
    code = "e, f = ValueError('a'), ValueError('b')\ne.__cause__, f.__cause__ = f, e\nraise e"
    assert problems(run(cell(*code.split("\n"))))


def test_an_exception_in_a_thread_fails_its_cell(run: Run) -> None:
    text = cell(
        "import threading", "def f():", "    1 / 0", "t = threading.Thread(target=f)"
    ) + cell("t.start()", "t.join()")
    ((line, kind, _),) = problems(run(text))
    assert (line, kind) == (4, "ZeroDivisionError")


def test_an_exception_in_a_destructor_is_a_warning(run: Run) -> None:
    code = ["class A:", "    def __del__(self):", "        1 / 0", "A()", "print('x')"]
    (result,) = results(run(cell(*code)))
    assert result.outputs == (Text("x\n"),)
    assert "ZeroDivisionError" in result.warnings[0].message


def test_a_shown_object_has_no_address(run: Run) -> None:
    (shown,) = outputs(run(cell("(i for i in [1])")))
    assert shown == Text("<generator object <genexpr>>")


HINTED = {
    "__file__": "a cell is not a file",
    "_": "give it one",
    "get_ipython()": "cells are Python",
    "exit()": "a page runs to its end",
    "await f": "`asyncio.run(…)`",
}


@pytest.mark.parametrize("code", HINTED)
def test_what_notebooks_and_scripts_have_is_told_apart(run: Run, code: str) -> None:
    ((_, _, said),) = problems(run(cell(code)))
    assert HINTED[code] in said


def test_the_stream_stays_open_and_as_it_is(run: Run) -> None:
    code = ["import sys", "sys.stdout.reconfigure(encoding='latin-1')", "sys.stdout.close()"]
    (shown,) = outputs(run(cell(*code, "print('ä', flush=True)")))
    assert shown == Text("ä\n")
