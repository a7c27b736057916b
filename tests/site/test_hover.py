"""A reader points at a number of an output, and sees the window that it comes from."""

import pytest

from axe_of_pages import broken
from opened_from import OVER

CORRELATION = ("convolution/correlation.html", "#fig-correlation-place")
STRIDED = ("convolution/output-size.html", "#fig-strided")
POOLED = ("nonlinearity/pooling.html", "#fig-overlap")
EXAMPLES = pytest.mark.parametrize("example", [CORRELATION, STRIDED, POOLED])
FIRST = "Y[0,0] = 0·0 + 1·1 + 3·2 + 4·3 = 19"
# middle of an outlined part of a drawing, in rows and columns of the matrix that it lies on
PLACE = """(figure, [part, matrix]) => {
    const box = name => figure.querySelector(`[id*="-sliding.${name}."]`);
    const [rows, columns] = box(matrix).id.split('.').slice(-2).map(Number);
    const whole = box(matrix).getBoundingClientRect();
    const one = box(part).getBoundingClientRect();
    const middle = (low, high, from, length, count) =>
        Math.round(((low + high) / 2 - from) / length * count * 2) / 2;
    return [middle(one.top, one.bottom, whole.top, whole.height, rows),
            middle(one.left, one.right, whole.left, whole.width, columns)];
}"""


def place(figure, part, matrix):
    return figure.evaluate(PLACE, [part, matrix])


def said(figure):
    return " ".join(figure.locator(".figures-sum").inner_text().split())


def cell(figure, n):
    return figure.locator(".figures-cell").nth(n)


@OVER
def test_pointing_shows_the_window_and_the_sum(over, visit):
    opened = visit(CORRELATION[0], over=over)
    figure = opened.page.locator(CORRELATION[1])
    cell(figure, 0).hover()
    assert said(figure) == FIRST
    assert place(figure, "window", "input") == [1, 1]
    assert place(figure, "cell", "output") == [0.5, 0.5]
    cell(figure, 3).hover()
    assert said(figure) == "Y[1,1] = 4·0 + 5·1 + 7·2 + 8·3 = 43"
    assert place(figure, "window", "input") == [2, 2]
    assert place(figure, "cell", "output") == [1.5, 1.5]
    assert opened.errors == opened.foreign == []


def test_the_window_moves_by_the_stride_over_the_padding(visit):
    figure = visit(STRIDED[0]).page.locator(STRIDED[1])
    cell(figure, 0).hover()
    assert place(figure, "window", "input") == [1.5, 1.5]
    cell(figure, 5).hover()
    assert place(figure, "window", "input") == [3.5, 5.5]


def test_touching_shows_the_window_on_a_phone(visit):
    page = visit(POOLED[0], size="phone", has_touch=True).page
    figure = page.locator(POOLED[1])
    cell(figure, 2).tap()
    assert said(figure) == "maximum[1,0] = max(3, 1, 7, 0, 6, 2, 5, 2, 1) = 7"
    assert place(figure, "window", "input") == [3.5, 1.5]


@EXAMPLES
def test_the_cells_lie_on_the_numbers_and_are_large_enough_to_touch(example, visit):
    figure = visit(example[0], size="phone").page.locator(example[1])
    for n in range(figure.locator(".figures-cell").count()):
        cell(figure, n).focus()
        box = cell(figure, n).bounding_box()
        assert min(box["width"], box["height"]) >= 24
        drawn = figure.locator('[id*="-sliding.cell."]').bounding_box()
        for start, length in (("x", "width"), ("y", "height")):
            off = drawn[start] + drawn[length] / 2 - box[start] - box[length] / 2
            assert abs(off) < 1


def test_one_tab_enters_and_the_next_leaves(visit):
    page = visit(STRIDED[0]).page
    figure = page.locator(STRIDED[1])
    assert figure.locator("[tabindex='0']").count() == 1
    figure.locator("[tabindex='0']").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.figures-cell')")


def test_arrow_keys_walk_over_the_output_and_stop_at_its_edge(visit):
    page = visit(CORRELATION[0]).page
    figure = page.locator(CORRELATION[1])
    figure.locator("[tabindex='0']").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert said(figure) == FIRST
    page.keyboard.press("ArrowDown")
    assert said(figure).startswith("Y[1,0] = 3·0")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Y[1,0]"


def test_escape_leaves_and_shows_the_first_window_again(visit):
    page = visit(CORRELATION[0]).page
    figure = page.locator(CORRELATION[1])
    before = said(figure)
    cell(figure, 2).focus()
    assert said(figure) != before
    page.keyboard.press("Escape")
    assert said(figure) == before
    assert page.evaluate("document.activeElement === document.body")


def test_a_change_is_read_out_politely_and_moves_nothing_below(visit):
    figure = visit(STRIDED[0], size="phone").page.locator(STRIDED[1])
    assert figure.locator(".figures-sum").get_attribute("aria-live") == "polite"
    heights = set()
    for n in range(9):
        cell(figure, n).focus()
        heights.add(figure.bounding_box()["height"])
    assert len(heights) == 1


@EXAMPLES
def test_every_sum_stands_in_a_table_too(example, visit):
    page = visit(example[0], java_script_enabled=False).page
    figure = page.locator(example[1])
    table = figure.locator("xpath=following-sibling::*[1]//table")
    rows = table.locator("tbody tr")
    assert not table.is_visible()
    figure.locator("xpath=following-sibling::*[1]//summary").click()
    assert rows.count() in (4, 9)
    for row in rows.all():
        assert "=" in row.inner_text()
    assert figure.locator(".figures-cell, .figures-hint").count() == 0


@EXAMPLES
def test_print_shows_the_drawing_whose_cells_have_the_numbers(example, visit):
    page = visit(example[0]).page
    page.emulate_media(media="print")
    figure = page.locator(example[1])
    assert figure.locator("svg").first.is_visible()
    assert figure.locator("svg text").count() > 8
    assert not figure.locator(".figures-hint").is_visible()
    assert not figure.locator("xpath=following-sibling::*[1]//tbody").first.is_visible()


@EXAMPLES
def test_a_drawing_with_its_cells_breaks_no_rule_of_accessibility(example, visit):
    page = visit(example[0], size="phone", scheme="dark").page
    cell(page.locator(example[1]), 1).focus()
    assert broken(page, within=example[1]) == []


def test_a_drawing_whose_table_is_missing_stays_a_picture(visit):
    opened = visit(CORRELATION[0])
    page = opened.page
    script = "[...document.scripts].find(one => one.src.endsWith('sliding.js')).src"
    page.evaluate("""() => {
        const figure = document.querySelector('#fig-correlation-place');
        const svg = figure.querySelector('svg');
        figure.querySelector('.figures-stage').replaceWith(svg);
        figure.nextElementSibling.querySelector('tbody').lastElementChild.remove();
    }""")
    page.add_script_tag(url=page.evaluate(script))
    assert page.locator("#fig-correlation-place .figures-cell").count() == 0
    assert opened.errors == []
