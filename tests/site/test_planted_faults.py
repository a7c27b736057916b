"""Every property that is looked for on all pages can fail: each finds the fault that is planted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from late import moved, open_late
from marionette import Firefox
from readers import InChromium, InFirefox
from ways import LOOKS, PROPERTIES, WAYS, Opened, asking

CLEAN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">
<style>body { margin: 0; color: #000; background: #fff } p { margin: 1em }</style>
<main><h1>A page</h1><article><p>WORDS</p>%s</article></main>""".replace(
    "WORDS", "Nothing is wrong here. " * 12
)
SIGN = """<style>summary::before { content: ""; display: block; width: 9px; height: 9px;
    background: #eee; mask-image: linear-gradient(#000, #000) }</style>
<details><summary>A sign</summary></details>"""
WIDE = '<p style="width: 900px">wide</p>'
FRAME = '<figure class="worked-frame"><p>a</p><p>frame</p></figure>'
DRAWN = '<svg role="img" viewBox="0 0 99 99" width="99"><title>A drawing</title>%s</svg>'
PLANTED = {
    "a page is no wider than its window": '<div style="width: 3000px">wide</div>',
    "what scrolls says so": f'<div style="overflow: auto; width: 99px">{WIDE}</div>',
    "what scrolls stands in one box": (
        '<div style="overflow: auto; width: 99px">'
        f'<div style="overflow: auto; width: 200px">{WIDE}</div></div>'
    ),
    "what scrolls has a name and takes the focus": (
        f'<div style="overflow: auto; width: 99px">{WIDE}</div>'
    ),
    "no table and no formula is cut off": (
        '<div style="overflow: hidden"><table style="width: 3000px"><tr><td>1</table></div>'
    ),
    "the edge of code fades where it goes on, and nowhere else": (
        '<pre><code style="display: block; overflow: auto; width: 9px">x = 1</code></pre>'
    ),
    "every formula is drawn": '<math style="font-size: 0"><mi>x</mi></math>',
    "every column has a heading": "<table><tr><th></th></tr></table>",
    "what is pressed is large enough, or stands apart": (
        '<button style="width: 9px; height: 9px; padding: 0"></button>' * 2
    ),
    "drawings are whole and have a name": '<svg role="img" viewBox="0 0 9 9" width="99"></svg>',
    "words in drawings have 11 pixels": DRAWN % '<text y="50" font-size="8">small</text>',
    "words in drawings are whole and keep apart": DRAWN % '<text x="80" y="50">cut off</text>',
    "a sweep shows one frame": f"<worked-sweep>{FRAME * 2}</worked-sweep>",
    "words stand out from their ground": (
        '<p style="color: #999; forced-color-adjust: none">grey</p>'
    ),
    "signs stand out from their ground": SIGN,
    "signs stay where the reader chooses the colours": SIGN,
    "nothing moves by itself": (
        "<style>@keyframes on { to { opacity: .5 } } .on { animation: on 1s infinite }</style>"
        '<p class="on">on and on</p>'
    ),
    "nothing moves for a reader who wants calm": '<p style="transition: color 1s">slow</p>',
    "where the keyboard is can be seen": '<a href="#x" style="outline: none">where?</a>',
    "keys go on in the order of reading": (
        '<div style="display: flex; flex-direction: column-reverse">'
        '<a href="#x">one</a><a href="#y">two</a></div>'
    ),
    "nothing is printed that is only for screens": '<div class="md-header">A header</div>',
    "words are black on paper": '<p style="color: #777">grey</p>',
    "every question is printed, but on a sheet of formulas": (
        '<details class="card" style="display: none"><summary>?</summary><p>!</p></details>'
    ),
    "every answer is printed, upside down": (
        '<details class="card"><summary>?</summary><p>!</p></details>'
    ),
    "every frame of a sweep is printed": '<p class="worked-frame" style="visibility: hidden">1</p>',
    "what is wide is whole on paper": '<pre style="overflow: auto">wide</pre>',
    "a cell that shows its code begins no page": (
        '<p>1</p><div class="worked"><div class="worked-code">2</div></div>'
    ),
    "there is nothing to press that needs a script": "<button>Play</button>",
    "a live element leaves its still": '<p class="worked-element"><canvas></canvas></p>',
    "words, drawings and the menu are there": '<svg role="img" width="0"></svg>',
    "all frames of a sweep are there, with their names": f"<worked-sweep>{FRAME}</worked-sweep>",
}
OVERLAP = DRAWN % '<text y="50">over</text><text y="51">over</text>'
OF_FIREFOX = WAYS["Firefox"].looks
Shows = Callable[[str, str], Opened]


@pytest.fixture(scope="module")
def shows(
    browser: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shows]:
    """Show an article in a look, in the browser of that look."""
    written = tmp_path_factory.mktemp("planted") / "page.html"
    with browser.new_context() as context:
        page = context.new_page()

        def showing(look: str, html: str) -> Opened:
            written.write_text(CLEAN % html, encoding="utf-8")
            address, home = written.as_uri(), written.parent.as_uri()
            if look in OF_FIREFOX:
                firefox: Firefox = request.getfixturevalue("firefox")
                opened: Opened = InFirefox(firefox, home)
                firefox.open(address)
            else:
                opened = InChromium(page, home)
                page.goto(address)
            opened.show(LOOKS[look])
            return opened

        yield showing


def found(opened: Opened, *names: str) -> set[str]:
    return {name for name, _ in opened.evaluate(asking(settled=True), list(names))}


def looks_of(name: str) -> list[str]:
    """Give one look of each browser in which a property is looked for."""
    looks = PROPERTIES[name]
    firsts = ([look for look in looks if (look in OF_FIREFOX) is is_so] for is_so in (False, True))
    return [first[0] for first in firsts if first]


def test_every_property_has_a_planted_fault() -> None:
    assert list(PLANTED) == list(PROPERTIES)


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in OF_FIREFOX])
def test_nothing_is_found_where_nothing_is_wrong(look: str, shows: Shows) -> None:
    here = [name for name, looks in PROPERTIES.items() if look in looks]
    assert found(shows(look, ""), *here) == set()


@pytest.mark.parametrize(
    ("name", "look"), [(name, look) for name in PLANTED for look in looks_of(name)]
)
def test_a_planted_fault_is_found(name: str, look: str, shows: Shows) -> None:
    assert found(shows(look, PLANTED[name]), name) == {name}


def test_words_over_words_are_found(shows: Shows) -> None:
    name = "words in drawings are whole and keep apart"
    assert found(shows("desktop", OVERLAP), name) == {name}


@pytest.mark.parametrize("contrast", [False, True])
def test_a_broken_rule_of_accessibility_is_found(contrast: bool, shows: Shows) -> None:
    faulty = '<img src="data:,"><p style="color: #999">grey</p>'
    rules = {fault.split(":")[0] for fault in shows("desktop", faulty).broken(contrast=contrast)}
    assert rules == {"image-alt", *(["color-contrast"] if contrast else [])}


@pytest.mark.parametrize("look", ["desktop", "Firefox"])
def test_a_foreign_request_and_an_error_are_found(look: str, shows: Shows) -> None:
    faulty = '<img alt="" src="http://127.0.0.1:49999/none.png"><script>missing.thing</script>'
    faults = shows(look, faulty).strayed()
    assert "asks for http://127.0.0.1:49999/none.png" in faults
    assert any("missing is not defined" in fault for fault in faults)


def test_what_moves_while_a_page_comes_is_found(browser: Browser, tmp_path: Path) -> None:
    late = "document.querySelector('h1').style.marginTop = '400px'"
    (tmp_path / "late.js").write_text(late, encoding="utf-8")
    script = '<script defer src="late.js"></script>'
    for name, more in (("still", ""), ("moving", script)):
        (tmp_path / f"{name}.html").write_text(CLEAN % more, encoding="utf-8")
    with ExitStack() as stack:
        page = stack.enter_context(browser.new_context()).new_page()
        faults = []
        for name in ("still", "moving"):
            open_late(page, (tmp_path / f"{name}.html").as_uri())
            faults.append(moved(page))
    assert faults[0] == []
    assert "moved" in faults[1][0]
