"""The formula sheet on a telephone."""


def test_the_rows_of_the_formula_sheet_stack_and_stay_a_table(visit):
    page = visit("exam/formula-sheet.html", size="phone").page
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader").count() == 4
    cells = table.get_by_role("row").nth(1).get_by_role("cell")
    assert cells.count() == 4
    places = [cells.nth(n).bounding_box() for n in range(4)]
    tops = [place["y"] for place in places]
    assert tops == sorted(set(tops))
    assert {place["x"] for place in places} == {places[0]["x"]}
