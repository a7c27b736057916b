"""The `#|` lines at the top of a cell."""

from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked.page.options import OPTIONS, OptionError, Options, read_options


def options(*lines: str) -> Options:
    return read_options("\n".join(lines))[0]


def error(*lines: str) -> OptionError:
    with pytest.raises(OptionError) as caught:
        read_options("\n".join(lines))
    return caught.value


def test_a_cell_without_options_has_the_defaults() -> None:
    assert read_options("x = 1\n#| echo: false") == (Options(), 0)


def test_option_lines_are_counted() -> None:
    assert read_options("#| echo: false\n#|\n#| output: false\nx = 1")[1] == 3


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("#| echo: false", "echo", False),
        ("#|echo: false", "echo", False),
        ("#| code-fold: true", "code_fold", True),
        ("#| output: false", "run.output", False),
        ("#| raises: ValueError", "run.raises", "ValueError"),
        ("#| raises: np.linalg.LinAlgError", "run.raises", "np.linalg.LinAlgError"),
        ("#| timeout: 60", "timeout", 60.0),
        ("#| timeout: 0.5", "timeout", 0.5),
        ("#| label: fig-relu-2", "label", "fig-relu-2"),
        ("#| files: data/a.npz", "files", ("data/a.npz",)),
        ("#| element: try-kernel", "element", "try-kernel"),
        ("#| files: [b.csv, a.csv, b.csv]", "files", ("a.csv", "b.csv")),
    ],
)
def test_an_option_is_read(line: str, name: str, expected: object) -> None:
    assert attrgetter(name)(options(line)) == expected


def test_a_list_may_stand_on_lines_of_its_own() -> None:
    assert options("#| files:", "#|   - a.csv", "#|   - b.csv").files == ("a.csv", "b.csv")


@pytest.mark.parametrize(
    "text", ["Filter #1", "`{python} x` maps", "a: b", "[not a list", "'a' or 'b'", "50 % & <b>"]
)
def test_a_text_is_the_rest_of_the_line_as_it_stands(text: str) -> None:
    assert options(f"#| fig-cap: {text}").fig_cap == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"a: b"', "a: b"),
        ("'a'", "a"),
        ("'it''s'", "it's"),
        (r'"say \"a\""', 'say "a"'),
        ('"a" and "b"', '"a" and "b"'),
        ("'a' and 'b'", "'a' and 'b'"),
        ('"', '"'),
        ("'a\"", "'a\""),
    ],
)
def test_quotes_around_a_whole_text_are_taken_off(text: str, meant: str) -> None:
    assert options(f"#| fig-cap: {text}").fig_cap == meant


def test_a_longer_text_is_joined_by_spaces() -> None:
    assert options("#| fig-alt: |", "#|   one", "#|", "#|   two").fig_alt == "one two"


def test_an_option_behind_a_longer_text_is_read() -> None:
    chosen = options("#| fig-alt: |", "#|   one", "#| echo: false")
    assert (chosen.fig_alt, chosen.echo) == ("one", False)


def test_the_line_of_an_option_counts_from_the_first_line() -> None:
    chosen = options("#| fig-alt: |", "#|   one", "#| echo: false")
    assert chosen.line_of("echo") == 2
    assert chosen.line_of("label") == 0


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("fig_cap", "fig-cap"), ("lable", "label"), ("fold", "code-fold"), ("raise", "raises")],
)
def test_an_unknown_option_is_an_error_that_names_the_nearest(wrong: str, right: str) -> None:
    assert f"did you mean {right!r}?" in str(error(f"#| {wrong}: a"))


def test_an_unknown_option_near_none_names_all() -> None:
    assert all(name in str(error("#| xyzzy: a")) for name in OPTIONS)


@pytest.mark.parametrize(
    "line",
    [
        "#| just text",
        "#| echo: maybe",
        "#| echo: 1",
        "#| output:",
        "#| code-fold: [",
        "#| label: Fig",
        "#| label: fig--a",
        "#| label:",
        "#| raises: a b",
        "#| raises: [ValueError]",
        "#| timeout: 0",
        "#| timeout: -1",
        "#| timeout: true",
        "#| timeout: soon",
        "#| timeout: .inf",
        "#| timeout: .nan",
        "#| timeout: 1e300",
        f"#| timeout: 1{'0' * 400}",
        "#| files: [1]",
        "#| files: {a: b}",
        r'#| files: ["a\0b"]',
        r'#| files: ["\ud800"]',
        f"#| timeout: {'1:' * 200}1.5",
        "#| files: [&a a.csv, *a]",
        "#| files: ['']",
        "#| files: &a [*a]",
        f"#| files: {'[' * 5000}",
        "#| echo: 2020-99-99",
        "#| echo: !!int a",
        "#| echo: !!bool a",
        "#| echo: !!timestamp a",
        "#| echo: !!python/object/apply:os.getcwd []",
    ],
)
def test_a_value_of_the_wrong_kind_is_an_error_at_its_line(line: str) -> None:
    assert error("#| fig-cap: a", line).line == 1


def test_names_of_arrays_are_read() -> None:
    chosen = options("#| element: try-it", "#| arrays: [x, y_2]")
    assert (chosen.element, chosen.run.arrays) == ("try-it", ("x", "y_2"))


@pytest.mark.parametrize(
    "name", ["kernel", "Try-it", "try-", "-try", "font-face", "annotation-xml", "worked-x", "a b-c"]
)
def test_a_name_that_no_element_of_a_site_can_have_is_an_error(name: str) -> None:
    assert error("#| echo: true", f"#| element: {name}").line == 1


@pytest.mark.parametrize("names", ["x.y", "[x, x]", "[1]", "{a: b}", "[for]", "'../x'", ""])
def test_arrays_are_names_of_python(names: str) -> None:
    assert error("#| element: try-it", f"#| arrays: {names}").line == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["arrays: [x]"], "'arrays' hands nothing over without an `element`"),
        (["element: a-b", "sweep: {k: [1]}"], "'element' does not go with a sweep"),
        (["element: a-b", "arrays: [x]", "raises: ValueError"], "'arrays' hands nothing over"),
        (["element: a-b", "output: false"], "'output' leaves the element nothing to show"),
    ],
)
def test_what_does_not_go_with_an_element_is_an_error(lines: list[str], said: str) -> None:
    assert said in str(error(*(f"#| {line}" for line in lines)))


@pytest.mark.parametrize("path", ["/etc/passwd", "../a", "a/../../b", "a\\b", "C:/a", "file:a"])
def test_a_file_outside_of_the_notes_is_an_error(path: str) -> None:
    assert "leaves the notes' folder" in str(error(f"#| files: ['{path}']"))


def test_an_option_that_is_given_twice_is_an_error_at_the_second() -> None:
    caught = error("#| echo: false", "#| output: false", "#| echo: true")
    assert caught.line == 2
    assert "twice" in str(caught)


@given(st.lists(st.tuples(st.sampled_from(["", "x", *OPTIONS]), st.text(max_size=30)), max_size=6))
def test_no_option_raises_anything_else(pairs: list[tuple[str, str]]) -> None:
    code = "\n".join(f"#| {name}: {value}" for name, value in pairs)
    lines = range(code.count("\n") + 2)
    try:
        _, place = read_options(code)
    except OptionError as caught:
        place = caught.line
    assert place in lines
