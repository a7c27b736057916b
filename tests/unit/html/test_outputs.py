"""Outputs to HTML."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked.html.outputs import (
    failure_html,
    matrix_html,
    number_html,
    signed,
    text_html,
    value_html,
)
from worked.markup.check import ELEMENTS, check_html
from worked.markup.clean import clean_html
from worked.protocol.outputs import ExpectedError, Matrix, Text

EVIL = "<script>alert('1')</script>&\"'<img src=x onerror=alert(1)>"
MINUS = "−"


class Reader(HTMLParser):
    """Collects what a browser would see: tags, attributes, text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def cleaned(source: str) -> Reader:
    return seen(clean_html(source))


# --- everything is escaped


def test_what_is_printed_is_escaped() -> None:
    reader = seen(text_html(Text(EVIL)))
    assert reader.tags == ["pre", "code"]
    assert reader.text == EVIL


def test_the_last_line_ends_of_what_is_printed_are_dropped() -> None:
    assert seen(text_html(Text("\n a\n\n"))).text == "\n a"


def test_a_failure_is_escaped() -> None:
    reader = seen(failure_html(ExpectedError("ValueError", EVIL)))
    assert reader.tags == ["pre", "code"]
    assert reader.text == f"ValueError: {EVIL}"


def test_a_failure_without_a_message_is_its_name() -> None:
    assert seen(failure_html(ExpectedError("ValueError", ""))).text == "ValueError"


@pytest.mark.parametrize("shape", [(1,), (1, 1), (1, 1, 1)])
def test_every_part_of_a_matrix_is_escaped(shape: tuple[int, ...]) -> None:
    plain = seen(matrix_html(Matrix(shape, "int64", (("[0]", (("1",),)),))))
    evil = seen(matrix_html(Matrix(shape, EVIL, ((EVIL, ((EVIL,),)),))))
    assert evil.tags == plain.tags
    assert [name for name, _ in evil.attributes] == [name for name, _ in plain.attributes]


@given(st.text())
def test_a_value_is_escaped_in_text_and_in_attributes(text: str) -> None:
    html = value_html(text)
    assert not set("<>\"'") & set(html)
    assert len(unescape(html)) <= len(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="-")))
def test_a_value_reads_as_it_was(text: str) -> None:
    assert unescape(value_html(text)) == text


@pytest.mark.parametrize("char", ["\x00", "\x02", "\x03", "\x1b", "\x7f", "\ud800"])
def test_no_output_holds_a_character_that_html_does_not_allow(char: str) -> None:
    evil = f"a{char}wzxhzdk:0{char}b"
    for html in (
        text_html(Text(evil)),
        failure_html(ExpectedError(evil, evil)),
        matrix_html(Matrix((1, 1, 1), evil, ((evil, ((evil,),)),))),
        value_html(evil),
        clean_html(f'<p title="{evil}">{evil}</p>'),
    ):
        assert char not in html
        assert html.encode()


# --- matrices


def test_a_matrix_says_its_shape_and_its_type() -> None:
    reader = seen(matrix_html(Matrix((2, 1), "int64", (("", (("1",), ("2",))),))))
    assert reader.text == "122 × 1, int64"
    assert reader.tags.count("tr") == reader.tags.count("td") == 2
    assert ("aria-label", "2 × 1 array of int64") in reader.attributes


@pytest.mark.parametrize(("count", "said"), [(1, "1 entry"), (3, "3 entries"), (0, "0 entries")])
def test_a_matrix_of_one_axis_counts_its_entries(count: int, said: str) -> None:
    html = matrix_html(Matrix((count,), "bool", (("", (("1",) * count,)),)))
    assert seen(html).text.endswith(f"{said}, bool")


def test_the_slices_of_a_matrix_are_named() -> None:
    slices = (("[0]", (("1",),)), ("[1]", (("2",),)), ("… 3 more", ()))
    reader = seen(matrix_html(Matrix((5, 1, 1), "int64", slices)))
    assert reader.text == "[0]1[1]2… 3 more5 × 1 × 1, int64"
    assert reader.tags.count("table") == 2


@pytest.mark.parametrize("slices", [(), (("", ()),), (("", ((),)),)])
def test_an_empty_matrix_still_says_its_shape(slices: tuple) -> None:
    assert seen(matrix_html(Matrix((0, 3), "int64", slices))).text == "0 × 3, int64"


def test_a_matrix_stands_under_its_name() -> None:
    rows = (("1", "2"),)
    assert seen(matrix_html(Matrix((1, 2), "int64", (("dz", rows),)))).text == "dz121 × 2, int64"
    slices = (("dz[0]", rows), ("dz[1]", rows))
    reader = seen(matrix_html(Matrix((2, 1, 2), "int64", slices)))
    assert reader.text == "dz[0]12dz[1]122 × 1 × 2, int64"


# --- numbers


@pytest.mark.parametrize("entry", ["-3", "-0.5", "-.5", "-inf", "[-1, -2]", "(-1.0, 2)", "+-1"])
def test_a_negative_number_gets_a_real_minus_sign(entry: str) -> None:
    assert number_html(entry) == entry.replace("-", MINUS)


@pytest.mark.parametrize("entry", ["(1-2j)", "(-1-2j)", "1-infj"])
def test_every_minus_of_a_number_is_a_real_one(entry: str) -> None:
    assert number_html(entry) == entry.replace("-", MINUS)


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("9.5e-07", "9.5·10⁻⁷"),
        ("-1.000e-07", f"{MINUS}1.000·10⁻⁷"),
        ("1e-05", "10⁻⁵"),
        ("-1e+20", f"{MINUS}10²⁰"),
        ("1.0e+05", "1.0·10⁵"),
        ("2.5e+00", "2.5"),
        ("0.000e+00", "0"),
        ("(1e-05, -2e-06)", f"(10⁻⁵, {MINUS}2·10⁻⁶)"),
        ("(-1-2e-05j)", f"({MINUS}1{MINUS}2·10⁻⁵j)"),
        ("(-1-1e-05j)", f"({MINUS}1{MINUS}10⁻⁵j)"),
        ("0x1e5", "0x1e5"),
        ("e5", "e5"),
        ("1e" + "9" * 5000, "1e" + "9" * 5000),
    ],
)
def test_a_power_of_ten_is_raised(entry: str, written: str) -> None:
    assert number_html(entry) == written


@pytest.mark.parametrize("entry", ["a 1e-05", "model-1e5", "v1e-3"])
def test_a_text_keeps_what_looks_like_a_power(entry: str) -> None:
    assert value_html(entry) == entry


@pytest.mark.parametrize("entry", ["a-b", "a-1", "2024-01-01", "x_1-2", "--", "-a"])
def test_a_hyphen_stays_a_hyphen(entry: str) -> None:
    assert number_html(entry) == entry


@pytest.mark.parametrize("entry", ["-3", "(-1, 2)", "[-1.5, -2]", "-5%"])
def test_a_value_that_is_numbers_gets_real_minus_signs(entry: str) -> None:
    assert value_html(entry) == entry.replace("-", MINUS)


@pytest.mark.parametrize("entry", ["a -1", "2024-01-01", "ResNet -50", "-", "- -", "pad=-1"])
def test_a_value_that_is_a_text_keeps_its_hyphens(entry: str) -> None:
    assert value_html(entry) == entry


# --- what objects say of themselves


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("text-align: right;", "text-align: right"),
        ("border: 0; text-align:center", "text-align: center"),
        ("text-align: url(https://host.example)", None),
        ("position: fixed; background: url(https://host.example)", None),
    ],
)
def test_of_the_styles_of_a_cell_the_alignment_stays(style: str, kept: str | None) -> None:
    reader = cleaned(f'<table><tr><td style="{style}">1</td></tr></table>')
    assert [value for name, value in reader.attributes if name == "style"] == [kept] * bool(kept)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<style>p { background: url(https://host.example) }</style>",
        '<p onclick="alert(1)">a</p>',
        '<p style="background: url(https://host.example)">a</p>',
        '<p class="md-header" id="__search">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<a href=" java&#x09;script:alert(1)">a</a>',
        '<a href="data:text/html,<script>alert(1)</script>">a</a>',
        '<form action="https://host.example"><input name="a"><button>b</button></form>',
        '<iframe src="https://host.example"></iframe>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<svg onload="alert(1)"><script>alert(1)</script></svg>',
        '<math><mi xlink:href="javascript:alert(1)">a</mi></math>',
        '<img src="https://host.example" onerror="alert(1)">',
        '<video poster="https://host.example"></video>',
        '<object data="https://host.example"></object>',
        '<embed src="https://host.example">',
        '<link rel="stylesheet" href="https://host.example">',
        '<meta http-equiv="refresh" content="0; https://host.example">',
        '<base href="https://host.example">',
        "<template><script>alert(1)</script></template>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        '<div data-worked="w-a-0-0" class="worked-drawing"></div>',
        "<svg><title><style><!--</style><img src=x onerror=alert(1)>--></style>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        '<table background="https://host.example"><tr><td>a</td></tr></table>',
    ],
)
def test_hostile_html_is_cleaned(source: str) -> None:
    reader = cleaned(source)
    assert set(reader.tags) <= ELEMENTS
    names = {name for name, value in reader.attributes if value != "worked-html"}
    assert names <= {"title", "rel", "href"}
    hrefs = [value or "" for name, value in reader.attributes if name == "href"]
    assert all(value.startswith("http") for value in hrefs)
    assert "alert" not in re.sub(r'title="[^"]*"', "", clean_html(source)).replace(
        "&lt;img src=x onerror=alert(1)&gt;", ""
    )


@given(st.text())
def test_no_html_brings_another_tag(text: str) -> None:
    assert set(cleaned(text).tags) <= ELEMENTS
    assert set(cleaned(f"<{text}").tags) <= ELEMENTS


@given(st.lists(st.sampled_from(["<div>", "</div>", "</table>", "<td>", "<p>", "a", "</pre>"])))
def test_no_html_leaves_its_box(parts: list[str]) -> None:
    html = clean_html("".join(parts))
    assert html.count("<div") == html.count("</div>")
    check_html(html)


def test_a_table_stays_a_table() -> None:
    source = (
        '<table><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    )
    assert clean_html(source) == source


def test_a_link_keeps_its_address_and_gets_no_way_back() -> None:
    reader = cleaned('<a href="https://host.example/a">a</a>')
    assert ("href", "https://host.example/a") in reader.attributes
    assert ("rel", "noopener noreferrer") in reader.attributes


@pytest.mark.parametrize(
    ("text", "plain"),
    [("-1", "\u22121"), ("[0, …, -1]", "[0, …, \u22121]"), ("a-1", "a-1"), ("<&>\"'", "<&>\"'")],
)
def test_a_value_in_a_plain_text_has_its_sign_and_no_escapes(text: str, plain: str) -> None:
    assert signed(text) == plain
