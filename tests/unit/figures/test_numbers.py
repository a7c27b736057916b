"""Numbers as a reader wants them."""

import numpy as np
import pytest

from figures.numbers import matrix, spell, ten_to


def say(*numbers: float, fmt: str | None = None) -> list[str]:
    return spell(np.array([numbers], dtype=float), fmt)[0]


def test_integers_have_no_decimals() -> None:
    assert say(3.0, 0.0, 12.0) == ["3", "0", "12"]


def test_a_negative_number_has_a_minus_sign_and_not_a_hyphen() -> None:
    assert say(-1.0, 2.0) == ["−1", "2"]


def test_short_decimals_are_given_in_full() -> None:
    assert say(0.0625, 0.125, 0.25, 1) == ["0.0625", "0.125", "0.25", "1"]


def test_one_or_two_decimals_are_the_same_for_all() -> None:
    assert say(0.5, 0.25, 1, 0) == ["0.50", "0.25", "1.00", "0"]


def test_long_decimals_get_three_digits_of_the_largest() -> None:
    assert say(1 / 9, 2 / 3) == ["0.111", "0.667"]
    assert say(1 / 3, 10 / 3, 0) == ["0.33", "3.33", "0"]
    assert say(100 / 3, 200 / 3) == ["33.3", "66.7"]


def test_whole_tens_keep_their_zeros() -> None:
    assert say(10, 200) == ["10", "200"]


def test_tiny_numbers_are_given_by_their_power_of_ten() -> None:
    assert say(1.5e-7, 0) == ["1.5·10⁻⁷", "0"]


def test_zero_has_no_sign() -> None:
    assert say(-0.0, -0.0004, 1.2345678) == ["0", "0.00", "1.23"]


def test_what_is_no_finite_number_is_named() -> None:
    assert say(np.nan, np.inf, -np.inf, 1) == ["nan", "∞", "−∞", "1"]


@pytest.mark.parametrize("fmt", ["{:.1f}", ".1f", lambda value: f"{value:.1f}"])
def test_a_format_may_be_a_template_a_specification_or_a_function(fmt: str) -> None:
    assert say(-0.25, 3, fmt=fmt) == ["−0.2", "3.0"]


def test_a_row_is_a_matrix_with_one_row() -> None:
    assert matrix([1, 2, 3]).shape == (1, 3)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros((2, 3, 3)), r"expected a matrix or a row, got shape \(2, 3, 3\)"),
        (np.zeros((0, 3)), r"at least one number, got shape \(0, 3\)"),
        (np.array([1j]), "expected real numbers, got dtype complex128"),
        (np.array(["a"]), "expected real numbers, got dtype <U1"),
    ],
)
def test_what_is_no_matrix_is_refused_with_its_shape(array: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        matrix(array)


def test_powers_of_ten_are_written_with_raised_digits() -> None:
    assert [ten_to(n) for n in (-12, 0, 5)] == ["10⁻¹²", "10⁰", "10⁵"]
