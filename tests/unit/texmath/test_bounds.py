"""How long and how deep a formula may be: nothing that passes ends the process."""

import resource
import subprocess
import sys
import time

import pytest

from texmath.bounds import MAX_DEPTH, MAX_LENGTH, excess
from texmath.formula import convert
from texmath.leftovers import leftovers
from texmath.problems import FormulaError
from texmath.scan import scan

COMMANDS = ("frac", "sqrt", "displaystyle", "begin{matrix}")
SHAPES = ("\\{} ", "\\{}1", "\\{}{{", "^\\{} ", "_{{^{{\\{} ", "{{%}}\n\\{} ")


TRY = """
import resource, sys
from texmath.formula import convert
from texmath.problems import FormulaError
for tex in sys.stdin.read().split("\\0"):
    try:
        convert(tex, display=True)
    except FormulaError:
        pass
"""


def longest(unit: str) -> str:
    """Repeat a piece as often as the bounds let pass."""
    low, high = 0, MAX_LENGTH // 5 // len(unit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if excess(unit * middle) is None else (low, middle - 1)
    return unit * low


@pytest.mark.parametrize("command", COMMANDS)
def test_what_passes_ends_no_process_also_on_a_small_stack(command: str) -> None:
    formulas = [longest(shape.format(command)) for shape in SHAPES]
    formulas += [rf"\begin{{matrix}}{tex}\end{{matrix}}" for tex in formulas]
    done = subprocess.run(
        [sys.executable, "-c", TRY],
        input="\0".join(formulas),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_STACK, (2**20, 2**20)),
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])


@pytest.mark.parametrize(
    "tex", ["(" * 300, "{(}" * 100, r"(\hat)" * 40, "(_)" * 40, "(\\text{)}" * 40, "⟨" * 40]
)
def test_brackets_that_nothing_closes_are_an_error_within_seconds(tex: str) -> None:
    before = time.monotonic()
    with pytest.raises(FormulaError, match="brackets that nothing closes"):
        convert(tex, display=False)
    assert time.monotonic() - before < 60


@pytest.mark.parametrize(
    "tex", ["[0, 1)" * 40, "(a)" * 40, r"\left( a \right]" * 40, r"\lambda" * 40]
)
def test_brackets_that_are_closed_pass(tex: str) -> None:
    assert convert(tex, display=False).mathml


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{" * 50_000,
        "{" * 300 + "}" * 300,
        r"\sqrt" * 300 + "x",
        r"\frac1" * 300,
        "{%}\n" * 300,
        r"\begin{matrix}&" * 100,
        "x" * (MAX_LENGTH + 1),
    ],
)
def test_too_much_is_an_error_that_says_what_to_do(tex: str) -> None:
    with pytest.raises(FormulaError, match=r"nested too deeply: take|at most 10,000"):
        convert(tex, display=False)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{bmatrix}"
        + r" \\ ".join([" & ".join([r"-1.25 \times 10^{-3}"] * 8)] * 8)
        + r"\end{bmatrix}",
        r"\begin{aligned}"
        + r"a &= \frac{\partial L}{\partial x} + \sqrt{b} \\ " * 60
        + r"\end{aligned}",
        "{" * 30 + "x" + "}" * 30,
        " + ".join([r"\alpha_{i}"] * 90),
    ],
)
def test_what_people_write_passes(tex: str) -> None:
    assert convert(tex, display=True).mathml


@pytest.mark.parametrize("unit", ["_a", "^{a}", "a_b", "{", "\\", "'", "\\substack{", "\\text{$"])
def test_the_time_of_a_formula_is_bounded(unit: str) -> None:
    before = time.process_time()
    with pytest.raises(FormulaError):
        convert(unit * (MAX_LENGTH // len(unit)) + "\\ref", display=False)
    for tex in ("a" * MAX_LENGTH, "a+" * (MAX_LENGTH // 2), "1," * (MAX_LENGTH // 2)):
        convert(tex, display=False)
    assert time.process_time() - before < 20


@pytest.mark.parametrize(
    "unit",
    [
        r"\[",
        r"\( x word \(",
        r"a \begin{align}",
        "\\[a\n",
        "```math\n",
        "](",
        "$`a`",
        "<pre>",
        "<",
        "$a$ ",
    ],
)
def test_the_time_of_a_page_is_bounded(unit: str) -> None:
    before, text = time.process_time(), unit * (50_000 // len(unit))
    scan(text)
    scan(text + r"\]\)\end{align}")
    leftovers(text, text)
    assert time.process_time() - before < 20


def test_a_long_formula_may_have_as_many_signs_as_it_likes() -> None:
    tex = " + ".join(rf"\alpha_{{{n}}} x^{n % 10} \cdot \beta_{n % 10}" for n in range(300))
    assert len(tex) < MAX_LENGTH
    assert excess(tex) is None


@pytest.mark.parametrize("unit", [r"x^\sqrt", r"\frac x", r"_\hat", r"\alpha\sqrt"])
def test_scripts_and_commands_are_counted_where_they_nest(unit: str) -> None:
    assert excess(unit * (MAX_DEPTH + 1)) is not None
