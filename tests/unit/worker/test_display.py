"""Any Python object to outputs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from matplotlib.figure import Figure

from worked.protocol.outputs import (
    MIMES,
    CellResult,
    Drawing,
    Matrix,
    Mime,
    Rich,
    Text,
    dump_result,
    load_result,
)
from worked.worker.display import (
    MOST_SLICES,
    matrix_output,
    show_value,
    value_text,
)
from worked.worker.spelling import ROW_ENDS, WIDEST_ROW, plain_zero

ARRAYS = st_numpy.arrays(
    dtype=st.one_of(
        st_numpy.boolean_dtypes(),
        st_numpy.integer_dtypes(),
        st_numpy.floating_dtypes(sizes=(16, 32, 64)),
        st_numpy.complex_number_dtypes(),
        st_numpy.unicode_string_dtypes(max_len=3),
        st_numpy.datetime64_dtypes(),
    ),
    shape=st_numpy.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=4),
)


class Own:
    """An object that says something of itself."""

    def __init__(self, **said: object) -> None:
        for name, source in said.items():
            setattr(self, f"_repr_{name}_", lambda source=source: source)

    def __repr__(self) -> str:
        return "Own()"


def rows(array: np.ndarray) -> tuple[tuple[str, ...], ...]:
    return matrix_output(array).slices[0][1]


# --- which output


def test_none_shows_nothing() -> None:
    assert show_value(None) == ()


@pytest.mark.parametrize("value", [3, "a", {"a": 1}, [1, 2], (), True, 0])
def test_a_plain_object_shows_as_its_repr(value: object) -> None:
    assert show_value(value) == (Text(repr(value)),)


def test_a_figure_shows_as_a_drawing() -> None:
    (output,) = show_value(Figure())
    assert isinstance(output, Drawing)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 2, 2), (0,), (0, 3), (2, 0, 3)])
def test_an_array_shows_as_a_matrix(shape: tuple[int, ...]) -> None:
    (output,) = show_value(np.zeros(shape))
    assert isinstance(output, Matrix)
    assert output.shape == shape


@pytest.mark.parametrize("value", [np.array(0.5), np.float64(0.5), np.array("0.5")])
def test_an_array_without_axes_shows_as_its_number(value: object) -> None:
    assert show_value(value) == (Text("0.5"),)


def test_arrays_and_figures_side_by_side_show_each() -> None:
    outputs = show_value((np.zeros(2), Figure(), np.ones((2, 2))))
    assert [type(output) for output in outputs] == [Matrix, Drawing, Matrix]


def test_what_says_something_of_itself_may_stand_beside_a_figure() -> None:
    outputs = show_value((Figure(), Own(html="a")))
    assert [type(output) for output in outputs] == [Drawing, Rich]
    assert [type(output) for output in show_value((Own(latex="a"), Own(html="a")))] == [Text]


def test_a_dict_of_arrays_shows_each_with_its_name() -> None:
    shown = show_value({"z": np.arange(2), "dw": np.zeros((2, 1, 1))})
    assert shown == (
        Matrix((2,), "int64", (("z", (("0", "1"),)),)),
        Matrix((2, 1, 1), "float64", (("dw[0]", (("0",),)), ("dw[1]", (("0",),)))),
    )
    assert show_value({"z": np.arange(2)}, is_known=True) == ()


@pytest.mark.parametrize("value", [{}, {"a": [1]}, {1: np.ones(1)}, {"a": np.float64(1)}])
def test_another_dict_shows_as_its_text(value: object) -> None:
    assert [type(output) for output in show_value(value)] == [Text]


RECORDS = [
    {"rule": "**SGD**", "rate": -0.5, "steps": 7, "share": "12%", "gap": 9.5e-7},
    {"rule": "Adam", "rate": 0.25, "steps": 12, "share": "3%", "gap": None},
]


def test_records_show_as_a_table_with_one_form_for_the_numbers_of_a_column() -> None:
    assert show_value(RECORDS) == (
        Rich(
            "text/markdown",
            "| rule | rate | steps | share | gap |\n"
            "| --- | --: | --: | --: | --: |\n"
            "| **SGD** | \u22120.50 | 7 | 12% | 9.500·10⁻⁷ |\n"
            "| Adam | 0.25 | 12 | 3% |  |",
        ),
    )
    assert show_value(RECORDS, is_known=True) == ()


@pytest.mark.parametrize(
    "value",
    [[{}], [{"a": 1}, {"b": 1}], [{"a": [1]}], [{"a": 1}, 2], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]],
)
def test_another_list_shows_as_its_text(value: object) -> None:
    assert [type(output) for output in show_value(value)] == [Text]


def test_a_text_of_a_record_stays_on_its_row() -> None:
    (table,) = show_value([{"a": "one\ntwo"}])
    assert table == Rich("text/markdown", "| a |\n| --- |\n| one two |")


def test_an_array_among_numbers_shows_as_a_tuple() -> None:
    assert [type(output) for output in show_value((np.zeros(2), 1))] == [Text]


def test_what_plotting_returns_shows_nothing() -> None:
    axes = Figure().subplots(1, 2)
    line = axes[0].plot([1, 2])
    assert show_value(line) == show_value(line[0]) == show_value(axes[0]) == show_value(axes) == ()
    assert show_value(axes[0].bar([1], [1])) == ()
    assert show_value([]) == (Text("[]"),)


@pytest.mark.parametrize("mime", MIMES)
def test_an_object_shows_as_what_it_says_of_itself(mime: Mime) -> None:
    assert show_value(Own(**{mime.removeprefix("text/"): "a"})) == (Rich(mime, "a"),)


def test_an_object_that_draws_itself_shows_as_a_drawing() -> None:
    assert show_value(Own(svg='<svg viewBox="0 0 2 1"></svg>')) == (
        Drawing('<svg viewBox="0 0 2 1"></svg>', 2, 1),
    )


def test_html_goes_before_the_other_forms() -> None:
    assert show_value(Own(latex="a", html="b")) == (Rich("text/html", "b"),)


@pytest.mark.parametrize("said", [None, "", 3, ("a", {})])
def test_a_form_that_is_no_text_is_passed_over(said: object) -> None:
    assert show_value(Own(html=said, latex="a")) == (Rich("text/latex", "a"),)
    assert show_value(Own(html=said)) == (Text("Own()"),)


def test_a_class_shows_as_its_repr() -> None:
    class Table:
        def _repr_html_(self) -> str:
            return "a"

    assert show_value(Table) == (Text(repr(Table)),)


# --- matrices


def test_integers_show_as_they_are() -> None:
    assert rows(np.array([[1, -20]])) == (("1", "-20"),)


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ([1.0, -2.0], ["1", "-2"]),
        ([0.5, 2.0], ["0.5", "2.0"]),
        ([0.25, 1 / 3], ["0.2500", "0.3333"]),
        ([0.1 + 0.2], ["0.3"]),
        ([-0.0, -0.00001, 1.0], ["0.0000", "0.0000", "1.0000"]),
        ([1e-5, -2e-5], ["1.000e-05", "-2.000e-05"]),
        ([1e6, -0.0], ["1.000e+06", "0.000e+00"]),
        ([np.nan, np.inf, -np.inf, 1.0], ["nan", "inf", "-inf", "1"]),
        ([np.nan], ["nan"]),
    ],
)
def test_floats_share_one_format(numbers: list[float], texts: list[str]) -> None:
    assert rows(np.array(numbers)) == (tuple(texts),)


def test_a_masked_number_shows_as_masked() -> None:
    assert rows(np.ma.array([0.5, 9.0], mask=[False, True])) == (("0.5", "--"),)


def test_booleans_texts_and_objects_show_as_they_are() -> None:
    assert rows(np.array([True, False])) == (("True", "False"),)
    assert rows(np.array(["a", ""])) == (("a", ""),)
    assert rows(np.array([None, (1, 2)], dtype=object)) == (("None", "(1, 2)"),)


def test_a_long_axis_keeps_its_ends() -> None:
    (row,) = rows(np.arange(1000))
    assert row == (*map(str, range(ROW_ENDS)), "⋯", *map(str, range(1000 - ROW_ENDS, 1000)))


def test_a_tall_matrix_keeps_its_ends() -> None:
    column = [row[0] for row in rows(np.arange(1000)[:, None])]
    assert column[ROW_ENDS] == "⋮"
    assert len(column) == 2 * ROW_ENDS + 1


def test_an_axis_of_the_widest_is_shown_whole() -> None:
    assert (
        len(rows(np.zeros((WIDEST_ROW, WIDEST_ROW))))
        == len(rows(np.zeros(WIDEST_ROW))[0])
        == WIDEST_ROW
    )


def test_only_numbers_that_are_shown_are_spelled() -> None:
    said = []

    class Number:
        def __str__(self) -> str:
            said.append(1)
            return "n"

    matrix_output(np.array([[Number()] * 40] * 40 + [[None] * 40]))
    assert len(said) < (2 * ROW_ENDS + 1) ** 2


def test_further_axes_are_taken_apart() -> None:
    slices = matrix_output(np.arange(8).reshape(2, 2, 1, 2)).slices
    assert slices == (
        ("[0, 0]", (("0", "1"),)),
        ("[0, 1]", (("2", "3"),)),
        ("[1, 0]", (("4", "5"),)),
        ("[1, 1]", (("6", "7"),)),
    )


def test_of_many_slices_the_first_are_shown_and_the_rest_counted() -> None:
    slices = matrix_output(np.zeros((MOST_SLICES + 3, 1, 1))).slices
    assert len(slices) == MOST_SLICES + 1
    assert slices[-1] == ("… 3 more", ())


@given(ARRAYS)
def test_any_array_shows_and_survives_its_json(array: np.ndarray) -> None:
    outputs = show_value(array)
    assert load_result(dump_result(CellResult(outputs))).outputs == outputs
    (output,) = outputs
    assert isinstance(output, Matrix)
    assert output.shape == array.shape
    assert output.dtype == str(array.dtype)


# --- values in prose


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (3, "", "3"),
        ("a", "", "a"),
        (1 / 3, "", "0.333333"),
        (np.float64(0.5), "", "0.5"),
        (np.int64(3), "", "3"),
        (np.bool_(True), "", "True"),
        (0.1 + 0.2, "", "0.3"),
        (-0.0, "", "0"),
        (1e-7, "", "1e-07"),
        (2 / 3, ".2f", "0.67"),
        (-0.001, ".2f", "0.00"),
        (-0.001, ".1e", "-1.0e-03"),
        (-0.0001, ".1%", "0.0%"),
        (12345, ",", "12,345"),
        ("-", ">1", "-"),
        ("--", "s", "--"),
        ("-.", "s", "-."),
        ((1, np.float64(0.5)), "", "(1, 0.5)"),
        ((np.int64(3),), "", "(3,)"),
        ([0.1 + 0.2, "a"], "", "[0.3, a]"),
        (np.array([1, 2]), "", "[1, 2]"),
    ],
)
def test_a_value_is_formatted(value: object, spec: str, text: str) -> None:
    assert value_text(value, spec) == text


@pytest.mark.parametrize("text", ["-1", "-0.01", "0", "-", "-0x", "-a", "-inf"])
def test_only_a_zero_loses_its_sign(text: str) -> None:
    assert plain_zero(text) == text


@given(st.floats(allow_nan=False), st.sampled_from([".0f", ".2f", ".3e", ".1%", "g", ""]))
def test_a_sign_is_dropped_from_zero_and_from_nothing_else(number: float, spec: str) -> None:
    text = value_text(number, spec)
    assert float(text.rstrip("%")) == float(format(number, spec or ".6g").rstrip("%"))
    assert text.startswith("-") == (float(text.rstrip("%")) < 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.int64(3), "3"),
        (np.float32(0.1), "0.1"),
        (np.bool_(True), "True"),
        (np.complex128(1 - 2j), "1-2j"),
        (np.str_("a"), "a"),
        (np.datetime64("2024-01-01T00", "ns"), "2024-01-01T00:00:00.000000000"),
        (np.longdouble(0.25), "0.25"),
        (np.zeros((2, 3)).shape, "(2, 3)"),
        (np.zeros(4).shape, "(4,)"),
        ((np.int64(1), np.float64(0.5)), "(1, 0.5)"),
        ({"a": np.float64(0.5)}, "{a: 0.5}"),
        ({np.int64(1)}, "{1}"),
        (set(), "set()"),
        (np.array(2.5), "2.5"),
        (np.array([1.0, 0.5]), "[1.0, 0.5]"),
        (np.array([1e-9, 1.0]), "[0, 1]"),
        (np.array([-1e-9]), "[-1.000e-09]"),
        (np.eye(2, dtype=int), "[[1, 0], [0, 1]]"),
        (np.arange(8), "[0, 1, 2, 3, 4, 5, 6, 7]"),
        (np.arange(1000), "[0, 1, 2, …, 997, 998, 999]"),
        (np.zeros((9, 1), dtype=int), "[[0], [0], [0], …, [0], [0], [0]]"),
        (np.zeros((0, 3)), "[]"),
        (np.ma.masked_array([1, 2], [0, 1]), "[1, --]"),
        (np.array(["a", "b"]), "[a, b]"),
    ],
)
def test_a_value_of_numpy_stands_on_one_line(value: object, text: str) -> None:
    assert value_text(value, "") == text


@given(ARRAYS)
def test_any_array_stands_on_one_line(array: np.ndarray) -> None:
    assert len(value_text(array, "").splitlines()) <= 1 or array.dtype.kind == "U"
