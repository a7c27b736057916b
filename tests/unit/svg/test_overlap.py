"""What the drawings of a sweep have in common is written once."""

import re

from worked.svg.check import check_svg
from worked.svg.overlap import share_parts

LONG = '<path d="M 0 0 L 1 1 L 2 2 L 3 3 L 4 4 L 5 5 L 6 6" style="fill: none; stroke-width: 2"/>'
OTHER = LONG.replace("M 0 0", "M 9 9")


def svg(*elements: str) -> str:
    return f'<svg viewBox="0 0 9 9">{"".join(elements)}</svg>'


def unfolded(common: str, one: str) -> str:
    """Put the common parts back where they are used."""
    parts = dict(re.findall(r'<g id="(@-_\d+)">(.*?)</g>', common))
    return re.sub(r'<use xlink:href="#(@-_\d+)"/>', lambda found: parts[found[1]], one)


def test_what_is_alike_is_written_once() -> None:
    common, (one, two) = share_parts([svg(LONG, "<rect/>"), svg(LONG, "<circle/>")])
    assert common.count(LONG) == 1
    assert LONG not in one + two
    assert one.endswith("<rect/></svg>")
    assert two.endswith("<circle/></svg>")


def test_elements_that_always_follow_each_other_are_one_part() -> None:
    common, drawings = share_parts([svg(LONG, OTHER, "<rect/>"), svg("<circle/>", LONG, OTHER)])
    assert f'<g id="@-_0">{LONG}{OTHER}</g>' in common
    assert [one.count("<use") for one in drawings] == [1, 1]


def test_with_its_parts_back_every_drawing_is_as_it_was() -> None:
    before = [svg(LONG, "<g><g>a</g></g>", OTHER), svg(OTHER, LONG), svg(LONG, LONG, "<rect/>")]
    common, after = share_parts(before)
    assert [unfolded(common, one) for one in after] == before


def test_drawings_that_share_nothing_stay_as_they_are() -> None:
    before = [svg(LONG), svg(OTHER)]
    assert share_parts(before) == ("", tuple(before))


def test_an_id_is_there_once() -> None:
    clip = '<defs><clipPath id="@-c"><rect width="3"/></clipPath></defs>'
    common, drawings = share_parts(
        [svg(clip, '<rect clip-path="url(#@-c)"/>', "<rect/>"), svg(clip)]
    )
    assert (common + "".join(drawings)).count('id="@-c"') == 1


def test_an_id_that_stands_for_different_things_stays_with_each_drawing() -> None:
    clips = [
        f'<defs><clipPath id="@-c"><rect width="{n}"/></clipPath></defs>'
        f'<g clip-path="url(#@-c)">{LONG}</g>'
        for n in (1, 2)
    ]
    common, drawings = share_parts([svg(clip) for clip in clips])
    assert common == "" or "@-c" not in common
    for number, one in enumerate(drawings):
        assert f'id="@-_{number}.c"' in one
        assert f"url(#@-_{number}.c)" in one


def test_the_parts_are_what_a_drawing_may_hold() -> None:
    common, drawings = share_parts([svg(LONG, "<rect/>"), svg(LONG)])
    for one in drawings:
        check_svg(one)
    check_svg(common.replace("<svg>", '<svg viewBox="0 0 1 1">'))
