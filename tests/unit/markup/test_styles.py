"""What the Styler of pandas says of single cells."""

import pytest

from worked.markup.clean import clean_html
from worked.markup.styles import allowed_style, inline_styles

TABLE = (
    '<style type="text/css">#T_a th {{ color: red; }} #T_a_row0_col0, #T_a_row1_col0 {{ {0} }}'
    '</style><table id="T_a"><tr><th>x</th><td id="T_a_row0_col0" class="data">1</td>'
    '<td id="T_a_row0_col1">2</td></tr></table>'
)


def test_a_cell_has_the_colours_that_a_style_sheet_gives_it_by_its_id() -> None:
    shown = clean_html(TABLE.format("background-color: yellow; width: 9em"))
    assert '<td style="background-color: yellow">1</td><td>2</td>' in shown
    assert "<th>x</th>" in shown
    assert "<style" not in shown


def test_several_rules_for_a_cell_are_put_together() -> None:
    source = TABLE.format("color: red").replace("</style>", "#T_a_row0_col0{color:#FFF}</style>")
    assert '<td style="color: #fff" id=' in inline_styles(source)


def test_html_without_a_style_sheet_stays_as_it_is() -> None:
    assert inline_styles("<td id='a'>1</td>") == "<td id='a'>1</td>"


@pytest.mark.parametrize(
    "declarations",
    [
        "background-color: url(https://example.org/a.png)",
        "background: red",
        'color: red" onclick="x()',
        "position: fixed",
        "color: var(--x)",
        "width: expression(alert(1))",
    ],
)
def test_nothing_else_of_a_style_reaches_the_page(declarations: str) -> None:
    assert allowed_style(declarations) == ""
    assert "style=" not in clean_html(TABLE.format(declarations))
