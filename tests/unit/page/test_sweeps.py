"""The parameters of a sweep and their combinations."""

import pytest

from worked import limits
from worked.page.options import OptionError, Options, read_options


def options(*lines: str) -> Options:
    return read_options("\n".join(lines))[0]


def error(*lines: str) -> OptionError:
    with pytest.raises(OptionError) as caught:
        read_options("\n".join(lines))
    return caught.value


def test_a_cell_without_the_option_has_no_frames() -> None:
    assert options("x = 1").sweep.frames == ()


def test_every_combination_is_a_frame_and_the_last_parameter_changes_fastest() -> None:
    sweep = options("#| sweep: {stride: [1, 2], padding: [0, 1]}").sweep
    assert sweep.frames == (
        (("stride", 1), ("padding", 0)),
        (("stride", 1), ("padding", 1)),
        (("stride", 2), ("padding", 0)),
        (("stride", 2), ("padding", 1)),
    )


def test_parameters_may_stand_on_lines_of_their_own() -> None:
    sweep = options("#| sweep:", "#|   stride: [1, 2]", "#|   padding: [0]").sweep
    assert sweep.titles == ("stride = 1, padding = 0", "stride = 2, padding = 0")


def test_values_are_numbers_texts_and_booleans() -> None:
    sweep = options("#| sweep: {a: [1, 0.5, -2, same, true]}").sweep
    assert [dict(frame)["a"] for frame in sweep.frames] == [1, 0.5, -2, "same", True]


def test_addresses_hold_what_may_stand_in_a_fragment() -> None:
    sweep = options("#| sweep: {pad: [-1, 'a b,c', 1.0e-9, ü]}").sweep
    assert sweep.addresses == ("pad=-1", "pad=a-b-c", "pad=1e-09", "pad=-")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "is a map of names to lists"),
        ("{}", "is a map of names to lists"),
        ("[1, 2]", "is a map of names to lists"),
        ("{a: 1}", "wants a list of values for 'a'"),
        ("{a: []}", "wants a list of values for 'a'"),
        ("{a: [[1]]}", "takes numbers, texts and booleans; 'a' has [1]"),
        ("{a: [null]}", "takes numbers, texts and booleans; 'a' has None"),
        ("{a: [.nan]}", "takes numbers, texts and booleans; 'a' has nan"),
        ("{a: [2026-01-01]}", "takes numbers, texts and booleans"),
        ('{a: [""]}', "1 to 60 plain characters"),
        (r'{a: ["\x02"]}', "1 to 60 plain characters"),
        ("{a: [1, 1]}", "has 1 and 1 for 'a': they look alike"),
        ("{a: ['1', 1]}", "has '1' and 1 for 'a': they look alike"),
        ("{a: [1e-3]}", "reads '1e-3' as a text: write 1.0e-3"),
        ("{a b: [1]}", "'a b' is none"),
        ("{for: [1]}", "'for' is none"),
        ("{1: [1]}", "1 is none"),
        ("{__name__: [1]}", "plain names, not '__name__'"),
        ("{a: [1], a: [2]}", "'a' is given twice"),
    ],
)
def test_what_cannot_be_swept_is_an_error_on_its_line(value: str, said: str) -> None:
    found = error("#| echo: false", f"#| sweep: {value}")
    assert found.line == 1
    assert said in str(found)


def test_too_many_frames_are_an_error_with_their_number() -> None:
    ten = list(range(10))
    said = str(error(f"#| sweep: {{a: {ten}, b: {ten}}}"))
    assert f"10 × 10 = 100 frames; at most {limits.MAX_FRAMES}" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#| export: [y]", "exports nothing of a sweep"),
        ("#| raises: ValueError", "catch the exception in the cell"),
        ("#| output: false", "leaves a sweep nothing to show"),
    ],
)
def test_what_does_not_go_with_a_sweep_is_an_error_on_its_own_line(line: str, said: str) -> None:
    found = error("#| sweep: {a: [1, 2]}", "#| echo: false", line)
    assert found.line == 2
    assert said in str(found)


def test_what_is_played_has_one_parameter() -> None:
    assert options("#| sweep: {a: [1, 2]}", "#| play: true").play
    assert "there is a, b" in str(error("#| sweep: {a: [1], b: [1]}", "#| play: true"))
    assert "there is none" in str(error("#| play: true"))
    assert error("#| sweep: {a: [1], b: [1]}", "#| play: true").line == 1
