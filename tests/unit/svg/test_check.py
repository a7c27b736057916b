"""What a drawing may hold, and how it is put into a page."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from worked.svg.check import UnsafeError, check_svg
from worked.svg.place import place_svg
from worked.worker.drawing import RC_PARAMS, draw_figure

PIXELS = "data:image/png;base64,iVBORw0KGgo="
ELSEWHERE = "https://host.example/x"
X = np.linspace(0, 6, 12)


def svg(body: str = "", attributes: str = "") -> str:
    return f'<svg viewBox="0 0 30 15"{attributes}>{body}</svg>'


HOSTILE = {
    "a script": svg("<script>alert(1)</script>"),
    "a script by reference": svg(f'<script xlink:href="{ELSEWHERE}"/>'),
    "a script in capitals": svg("<SCRIPT>alert(1)</SCRIPT>"),
    "a script in mixed case": svg("<ScRiPt>alert(1)</ScRiPt>"),
    "a script of another prefix": svg(
        '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>'
    ),
    "an element of another namespace": svg(
        '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>'
    ),
    "a prefix declared on a good element": svg('<g xmlns:h="http://www.w3.org/1999/xhtml"/>'),
    "HTML": svg("<foreignObject><body/></foreignObject>"),
    "HTML in small letters": svg("<foreignobject/>"),
    "an HTML element": svg('<img src="x" onerror="alert(1)"/>'),
    "a frame": svg(f'<iframe src="{ELSEWHERE}"/>'),
    "an embedded object": svg('<embed src="javascript:alert(1)"/>'),
    "a handler on the root": svg(attributes=' onload="alert(1)"'),
    "a handler in capitals": svg(attributes=' ONLOAD="alert(1)"'),
    "a handler on a shape": svg('<rect onclick="alert(1)"/>'),
    "a handler on a nested drawing": svg('<g><svg onload="alert(1)"/></g>'),
    "a drawing in a drawing": svg('<g><svg viewBox="0 0 1 1"/></g>'),
    "a drawing in a symbol": svg('<defs><symbol id="@-a"><svg/></symbol></defs>'),
    "a drawing as a picture": svg(
        '<image xlink:href="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="/>'
    ),
    "copies of copies": svg(
        '<g id="@-a"><rect/></g><g id="@-b"><use xlink:href="#@-a"/><use xlink:href="#@-a"/></g>'
        '<use xlink:href="#@-b"/>'
    ),
    "a copy of what it is in": svg('<g id="@-a"><use xlink:href="#@-a"/></g>'),
    "a handler for focus": svg('<g tabindex="1" onfocus="alert(1)"/>'),
    "a link": svg('<a xlink:href="javascript:alert(1)"><text>a</text></a>'),
    "a link to JavaScript on a shape": svg('<use xlink:href="javascript:alert(1)"/>'),
    "a link to JavaScript in mixed case": svg('<use xlink:href="JaVaScRiPt:alert(1)"/>'),
    "a link to JavaScript after an entity": svg('<use xlink:href="java&#x09;script:alert(1)"/>'),
    "a copy from another host": svg(f'<use xlink:href="{ELSEWHERE}#a"/>'),
    "a copy from another host by the new name": svg(f'<use href="{ELSEWHERE}#a"/>'),
    "a copy from another file": svg('<use xlink:href="other.svg#a"/>'),
    "a copy from data": svg('<use xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>'),
    "a copy of the page's own element": svg('<use xlink:href="#__search"/>'),
    "a picture from another host": svg(f'<image xlink:href="{ELSEWHERE}"/>'),
    "a picture by the new name": svg(f'<image href="{PIXELS}"/>'),
    "a picture that is a page": svg('<image xlink:href="data:text/html;base64,PHN2Zz4="/>'),
    "a picture that is a drawing": svg('<image xlink:href="data:image/svg+xml,%3Csvg%3E"/>'),
    "a picture that goes on": svg(f'<image xlink:href="{PIXELS} javascript:alert(1)"/>'),
    "a filling from another host": svg(f'<rect fill="url({ELSEWHERE}#a)"/>'),
    "a filling in capitals": svg(f'<rect fill="URL({ELSEWHERE}#a)"/>'),
    "a filling with spaces": svg(f'<rect fill="url(  {ELSEWHERE}#a )"/>'),
    "a quoted filling": svg(f"<rect fill=\"url('{ELSEWHERE}#a')\"/>"),
    "a filling written with CSS escapes": svg(rf'<rect fill="\75rl({ELSEWHERE}#a)"/>'),
    "a mask from another host": svg(f'<rect mask="url({ELSEWHERE}#a)"/>'),
    "a style from another host": svg(f'<rect style="fill: url({ELSEWHERE})"/>'),
    "a second style from another host": svg(
        f'<rect style="fill: url(#@-a); stroke: url({ELSEWHERE})"/>'
    ),
    "a style that imports": svg(f"<rect style=\"@import '{ELSEWHERE}'\"/>"),
    "a style written with CSS escapes": svg(rf'<rect style="fill: u\72l({ELSEWHERE})"/>'),
    "a style with a comment": svg(f'<rect style="fi/**/ll: red; fill: url/**/({ELSEWHERE})"/>'),
    "a style that fetches without url": svg(
        attributes=f" style=\"background: image-set('{ELSEWHERE}' 1x)\""
    ),
    "a style with an old fetching function": svg(
        attributes=f" style=\"fill: -webkit-image-set('{ELSEWHERE}' 1x)\""
    ),
    "a style with an expression": svg('<rect style="width: expression(alert(1))"/>'),
    "a style with a binding": svg(f'<rect style="-moz-binding: url({ELSEWHERE}#a)"/>'),
    "a style that covers the page": svg(attributes=' style="position: fixed; inset: 0"'),
    "a style that moves": svg('<rect style="animation: a 1s"/>'),
    "a style that defines a colour of the site": svg('<rect style="--fig-fg: red"/>'),
    "a style sheet": svg("<style>* { fill: red }</style>"),
    "a style sheet that imports": svg(f"<style>@import '{ELSEWHERE}';</style>"),
    "an animation": svg('<rect><animate attributeName="x" to="1"/></rect>'),
    "an animation of a link": svg(
        '<use><animate attributeName="xlink:href" values="javascript:alert(1)"/></use>'
    ),
    "a setting of a handler": svg('<rect><set attributeName="onclick" to="alert(1)"/></rect>'),
    "an animated motion": svg("<rect><animateMotion/></rect>"),
    "a filter": svg('<filter><feImage xlink:href="#@-a"/></filter>'),
    "a switch": svg("<switch/>"),
    "metadata": svg("<metadata/>"),
    "an id of the page": svg('<g id="__search"/>'),
    "an id with a space": svg('<g id="@-a b"/>'),
    "an entity": '<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
    "an unknown entity": svg("<text>&nbsp;</text>"),
    "an outer entity": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{ELSEWHERE}">]>' + svg("&a;"),
    "a document type": "<!DOCTYPE svg>" + svg(),
    "a processing instruction before": f'<?xml-stylesheet href="{ELSEWHERE}"?>' + svg(),
    "a processing instruction inside": svg(f'<?xml-stylesheet href="{ELSEWHERE}"?>'),
    "a processing instruction after": svg() + "<?php echo 1 ?>",
    "a comment": svg("<!-- a -->"),
    "a comment after": svg() + "<!-- a -->",
    # in a title the page's HTML parser reads HTML: it ends comments and CDATA where XML does not
    "HTML in a title's comment": svg(
        "<title><title><!-- </title><script>alert(1)</script> --></title></title>"
    ),
    "HTML in a title's CDATA": svg("<title><g><![CDATA[><script>alert(1)</script>]]></g></title>"),
    "CDATA": svg("<text><![CDATA[<script>alert(1)</script>]]></text>"),
    "a shape in a title": svg("<title><g/></title>"),
    "a shape in a description": svg("<desc><path/></desc>"),
    "a tag's end in an attribute": svg(attributes=' class="a>b"'),
    "an unclosed element": '<svg viewBox="0 0 1 1"><g></svg>',
    "an attribute twice": svg('<g class="a" class="b"/>'),
    "an attribute without quotes": svg("<g class=a/>"),
    "a second root": svg() + svg(),
    "HTML after the drawing": svg() + "<script>alert(1)</script>",
    "HTML before the drawing": "<script>alert(1)</script>" + svg(),
    "another root": '<g viewBox="0 0 1 1"/>',
    "a root that nearly is one": '<svgx viewBox="0 0 1 1"/>',
    "a root that is closed at once": '<svg viewBox="0 0 1 1"/>',
    "a slash for a space": '<svg/onload="alert(1)" viewBox="0 0 1 1"></svg>',
    "control characters": svg("<text>\x02wzxhzdk:0\x03</text>"),
    "nothing": "",
    "no size": "<svg></svg>",
    "a size in small letters": '<svg viewbox="0 0 1 1"></svg>',
    "a size that is not a number": '<svg viewBox="0 0 1.2.3 1"></svg>',
    "an endless size": '<svg viewBox="0 0 1e999 1"></svg>',
    "no width": '<svg viewBox="0 0 0 1"></svg>',
}

GOOD = {
    "shapes": svg('<g><rect x="1" width="2"/><path d="M 0 0 L 1 1"/><circle r="1"/></g>'),
    "text": svg('<text x="1" style="font-size: 9px; fill: var(--fig-fg)">a &lt; b</text>'),
    "copies": svg('<defs><path id="@-a" d="M 0 0"/></defs><use xlink:href="#@-a"/>'),
    "clipping": svg('<clipPath id="@-c"><rect/></clipPath><g clip-path="url(#@-c)"/>'),
    "pixels": svg(f'<image style="image-rendering: pixelated" xlink:href="{PIXELS}"/>'),
    "a title": svg("<title>a</title>"),
    "commas": '<svg viewBox="0,0,30,15"></svg>',
    "fractions": '<svg viewBox="-1.5 0 30.25 .5"></svg>',
    "transforms": svg('<g transform="matrix(1 0 0 1 2 3) rotate(30) scale(2)"/>'),
    "apostrophes": svg("<g class='a'/>"),
}


@pytest.mark.parametrize("drawing", HOSTILE.values(), ids=HOSTILE)
def test_a_drawing_is_refused_for(drawing: str) -> None:
    with pytest.raises(UnsafeError):
        check_svg(drawing)


@pytest.mark.parametrize("drawing", GOOD.values(), ids=GOOD)
def test_a_drawing_passes_with(drawing: str) -> None:
    check_svg(drawing)


@given(st.text())
def test_no_text_raises_anything_but_unsafe(text: str) -> None:
    for drawing in (
        text,
        svg(text),
        svg(f'<g style="{text}"/>'),
        svg(f'<use xlink:href="{text}"/>'),
    ):
        try:
            check_svg(drawing)
        except UnsafeError:
            continue
        assert place_svg(drawing, "p", title="t")


@given(st.from_regex(r"[oO][nN][a-zA-Z]{1,10}", fullmatch=True))
def test_no_handler_passes(name: str) -> None:
    with pytest.raises(UnsafeError):
        check_svg(svg(f'<g {name}="a"/>'))


def test_a_refusal_names_what_is_refused() -> None:
    with pytest.raises(UnsafeError, match="onclick"):
        check_svg(svg('<rect onclick="a"/>'))
    with pytest.raises(UnsafeError, match="<script>: no scripts"):
        check_svg(svg("<script/>"))


# --- what matplotlib draws

PLOTS: dict[str, Callable[[Axes], object]] = {
    "lines": lambda axes: (axes.plot(X, np.sin(X), "o--", label="a"), axes.legend(), axes.grid()),
    "bars": lambda axes: axes.bar(["a", "b"], [1, 2], hatch="/"),
    "points": lambda axes: axes.scatter(X, X, c=X),
    "a picture": lambda axes: axes.imshow(np.eye(3)),
    "a colour bar": lambda axes: axes.figure.colorbar(axes.imshow(np.eye(3))),
    "a mesh": lambda axes: axes.pcolormesh(np.eye(3)),
    "a histogram": lambda axes: axes.hist(X),
    "contours": lambda axes: axes.contourf(np.outer(X, X)),
    "boxes": lambda axes: axes.boxplot(np.outer(X, X)),
    "violins": lambda axes: axes.violinplot(np.outer(X, X)),
    "a pie": lambda axes: axes.pie([1, 2], labels=["a", "b"]),
    "an area": lambda axes: axes.fill_between(X, X, alpha=0.3),
    "arrows": lambda axes: axes.quiver(X, X),
    "stems": lambda axes: (axes.stem(X, X), axes.loglog()),
    "a note": lambda axes: axes.annotate(
        "$x^2 < \\frac{1}{2}$ & <b>", (1, 1), xytext=(2, 2), arrowprops={"arrowstyle": "->"}
    ),
    "a table": lambda axes: axes.table([["a"]]),
    "slanted text": lambda axes: axes.set_title("é", style="italic", weight="bold", rotation=20),
}


def drawn(plot: Callable[[Axes], object]) -> str:
    with rc_context(RC_PARAMS):
        figure = Figure()
        plot(figure.subplots())
        return draw_figure(figure).svg


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_matplotlibs_own_drawing_passes(plot: Callable[[Axes], object]) -> None:
    drawing = drawn(plot)
    check_svg(drawing)
    ElementTree.fromstring(
        place_svg(drawing, "p", title="t").replace(
            "<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"', 1
        )
    )


@pytest.mark.parametrize(
    ("plot", "advice"),
    [
        (lambda axes: axes.tripcolor([0, 1, 0], [0, 0, 1], [1, 2, 3], shading="gouraud"), "flat"),
        (lambda axes: axes.set_title("a", url=ELSEWHERE), "set_url"),
    ],
)
def test_what_no_page_can_hold_is_refused_with_advice(
    plot: Callable[[Axes], object], advice: str
) -> None:
    with pytest.raises(UnsafeError, match=advice):
        check_svg(drawn(plot))


# --- placing


def test_every_id_and_every_reference_gets_the_prefix() -> None:
    drawing = svg(
        '<clipPath id="@-c"><path id=\'@-p\'/></clipPath><use xlink:href="#@-p"/>'
        '<g clip-path="url(#@-c)" style="fill: url(#@-p)"/>'
    )
    placed = place_svg(drawing, "w-a-0-1", title="t")
    assert "@-" not in placed
    ids = re.findall(r"id=[\"']([^\"']+)", placed)
    assert ids == ["w-a-0-1_title", "w-a-0-1-c", "w-a-0-1-p"]
    assert re.findall(r"#([\w-]+)", placed) == ["w-a-0-1-p", "w-a-0-1-c", "w-a-0-1-p"]


def test_drawings_with_different_prefixes_share_no_id() -> None:
    drawing = drawn(PLOTS["a picture"])
    one, other = (
        set(re.findall(r' id="([^"]+)"', place_svg(drawing, prefix, title="t"))) for prefix in "pq"
    )
    assert len(one) > 1
    assert not one & other


def test_no_id_of_a_drawing_meets_its_titles() -> None:
    placed = place_svg(svg('<g id="@-title"/>'), "p", title="t")
    ids = re.findall(r' id="([^"]+)"', placed)
    assert len(ids) == len(set(ids)) == 2


def test_a_placed_drawing_has_a_role_and_a_title() -> None:
    placed = place_svg(svg('<rect width="1"/>'), "p", title='"a" <b> & c')
    assert placed == (
        '<svg viewBox="0 0 30 15" width="40" height="20" role="img" aria-labelledby="p_title">'
        '<title id="p_title">&quot;a&quot; &lt;b&gt; &amp; c</title><rect width="1"/></svg>'
    )


@pytest.mark.parametrize("drawing", ["<svg></svg>", '<svg viewBox="a b c d"></svg>', "", "<g/>"])
def test_a_drawing_without_a_size_cannot_be_placed(drawing: str) -> None:
    with pytest.raises(UnsafeError):
        place_svg(drawing, "p", title="t")
