"""A sweep as a loop: it reads well, and shows each frame."""

import pytest

from worked.downloads.loop import first_variant, sweep_loop
from worked.protocol.sweeps import Sweep
from worked.worker.variants import generator

ONE = Sweep((("step", (1, 2)),))
TWO = Sweep((("rate", (0.1, 0.2)), ("way", ("plain", "fast"))))


def shown(code, sweep):
    """Run a loop: what each frame's last value was."""
    seen = []
    exec(sweep_loop(code, sweep, show="show"), {"show": lambda *values: seen.extend(values)})
    return seen


def test_one_parameter_is_a_plain_loop():
    assert sweep_loop("a = step", ONE) == (
        'for step in [1, 2]:\n    print(f"step = {step}")\n    a = step'
    )


def test_several_parameters_take_every_combination(capsys):
    assert shown("(rate, way)[1]", TWO) == ["plain", "fast"] * 2
    assert capsys.readouterr().out.split("\n")[:-1] == list(TWO.titles)


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("step + 1", [2, 3]),
        ("a = step; a", [1, 2]),
        ("'é'; step  # a comment", [1, 2]),
        ("(step,\n  -step)", [1, -1, 2, -2]),
        ("step, -step", [1, -1, 2, -2]),
        ("(step, 0), 3", [(1, 0), 3, (2, 0), 3]),
        ("(\n    step\n)", [1, 2]),
        ("text = '''\na\n'''\nlen(text)", [3, 3]),
        ("a = step", []),
        ("", []),
        ("print(step)", []),
    ],
)
def test_the_last_value_of_each_frame_is_shown(code, values):
    assert shown(code, ONE) == values


def test_where_nothing_is_shown_the_code_is_the_cells():
    assert sweep_loop("step", ONE).endswith("    step")


def test_a_cell_with_a_seed_draws_the_numbers_of_its_first_variant():
    space = {}
    exec(first_variant("n = rng.integers(10**9)", "question a"), space)
    assert space["n"] == generator("question a", 0).integers(10**9)
