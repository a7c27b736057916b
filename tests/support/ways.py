"""Every page, every way: which properties a page has, and in which looks they are looked for.

A way is one visit: a browser opens a page once, and what it looks like is switched while it is
open.  The properties are functions of tests/support/properties/*.js, each named by a sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

_SCRIPTS: Final = Path(__file__).with_name("properties")
# what comes after the next frame: scripts that watch sizes, transitions that have begun
_SETTLED: Final = """
for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
document.getAnimations().filter(one => isFinite(one.effect.getComputedTiming().endTime))
    .forEach(one => one.finish());
"""
_UNFOLD: Final = "document.querySelectorAll('details:not([open])').forEach(one => one.open = true)"


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is shown in."""

    width: int = 1280
    height: int = 900
    scheme: str = "light"
    paper: bool = False
    calm: bool = False
    """Whether the reader wants nothing to move."""
    forced: bool = False
    """Whether the reader chooses the colours."""


LOOKS: Final = {  # A4 between its margins is 658 pixels wide
    # in Chromium, on a phone
    "phone": Look(360, 780, "dark"),
    "phone, light": Look(360, 780, calm=True),
    "wide phone": Look(390, 844, "dark", calm=True),
    "400 %": Look(320, 256, "dark", calm=True),  # of 1280 × 1024
    "phone, on paper": Look(658, 980, "dark", paper=True),
    # in Chromium, on a desktop
    "desktop": Look(),
    "desktop, dark": Look(scheme="dark", calm=True),
    "200 %": Look(640, 450, calm=True),
    "forced colours": Look(forced=True, calm=True),
    "calm": Look(calm=True),
    "on paper": Look(658, 980, paper=True),
    # where scripts do not run
    "bare phone": Look(360, 780, "dark", calm=True),
    "bare, on paper": Look(658, 980, "dark", paper=True),
    # in Firefox
    "Firefox": Look(),
    "Firefox, forced colours": Look(forced=True, calm=True),
    "Firefox, phone": Look(360, 780, "dark", calm=True),
    "Firefox, on paper": Look(658, 980, paper=True),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One visit of a page."""

    over: str
    """"file" or "http"."""
    opens: str
    """The look in which the page is opened."""
    looks: tuple[str, ...]
    """One after the other; on paper first, while all is folded that a reader finds folded."""
    scripts: bool = True
    firefox: bool = False


WAYS: Final = {
    "phone": Way(
        over="http",
        opens="phone",
        looks=("phone, on paper", "phone", "400 %", "wide phone", "phone, light"),
    ),
    "desktop": Way(
        over="file",
        opens="desktop",
        looks=("on paper", "desktop", "calm", "200 %", "forced colours", "desktop, dark"),
    ),
    "bare": Way(
        over="http",
        opens="bare phone",
        looks=("bare, on paper", "bare phone"),
        scripts=False,
    ),
    "Firefox": Way(
        over="http",
        opens="Firefox",
        looks=("Firefox, on paper", "Firefox", "Firefox, forced colours", "Firefox, phone"),
        firefox=True,
    ),
}

_SCREENS: Final = (
    *("phone", "wide phone", "400 %", "desktop", "200 %", "calm", "forced colours"),
    *("bare phone", "Firefox", "Firefox, phone"),
)
_LIVE: Final = tuple(look for look in _SCREENS if look != "bare phone")
_SMALL: Final = ("phone", "wide phone", "400 %", "200 %", "Firefox, phone")
_PAPER: Final = ("phone, on paper", "on paper", "bare, on paper", "Firefox, on paper")
_COLOURS: Final = ("phone", "phone, light", "desktop", "desktop, dark", "bare phone")
_FORCED: Final = ("forced colours", "Firefox, forced colours")

PROPERTIES: Final = {
    # layout
    "a page is no wider than its window": (*_SCREENS, *_PAPER),
    "what scrolls says so": _LIVE,
    "what scrolls stands in one box": _SCREENS,
    "what scrolls has a name and takes the focus": _LIVE,
    "no table and no formula is cut off": _SCREENS,
    "the edge of code fades where it goes on, and nowhere else": (*_SMALL, "forced colours"),
    "every formula is drawn": (*_SCREENS, *_PAPER),
    "every column has a heading": ("phone", "bare phone"),
    "what is pressed is large enough, or stands apart": (*_SMALL, "desktop", "bare phone"),
    # drawings
    "drawings are whole and have a name": (*_LIVE, "bare phone"),
    "words in drawings have 11 pixels": ("phone", "desktop", "bare phone"),
    "words in drawings are whole and keep apart": (
        *("phone", "desktop", "Firefox", "Firefox, phone"),
    ),
    "a sweep shows one frame": ("phone", "desktop", "calm", "Firefox"),
    # colours
    "words stand out from their ground": (*_COLOURS, *_FORCED),
    "signs stand out from their ground": _COLOURS,
    "signs stay where the reader chooses the colours": _FORCED,
    # motion
    "nothing moves by itself": ("phone", "desktop"),
    "nothing moves for a reader who wants calm": ("calm",),
    # keyboard
    "where the keyboard is can be seen": ("calm", "400 %"),
    "keys go on in the order of reading": ("desktop", "phone"),
    # paper
    "nothing is printed that is only for screens": _PAPER,
    "words are black on paper": _PAPER,
    "every question is printed, but on a sheet of formulas": _PAPER,
    "every answer is printed, upside down": _PAPER,
    "every frame of a sweep is printed": _PAPER,
    "what is wide is whole on paper": _PAPER,
    "a cell that shows its code begins no page": _PAPER,
    # without scripts
    "there is nothing to press that needs a script": ("bare phone",),
    "a live element leaves its still": ("bare phone", *_PAPER),
    "words, drawings and the menu are there": ("bare phone",),
    "all frames of a sweep are there, with their names": ("bare phone", *_PAPER),
}


LOADING: Final = "nothing moves while a page comes"
STRAYING: Final = "no other host is asked, and no error met"
RULES: Final = "no rule of accessibility is broken"


class Opened(Protocol):
    """A page that a browser has opened."""

    def show(self, look: Look) -> None:
        """Show the page in another look."""

    def evaluate(self, expression: str, *arguments: Any) -> Any:
        """Give the value of an expression, or what a function gives; wait for a promise."""

    def moved(self) -> list[str]:
        """Give what has moved while the page came."""

    def strayed(self) -> list[str]:
        """Give the errors of scripts, and the addresses that are not of this site."""

    def broken(self, *, contrast: bool) -> list[str]:
        """Give what breaks the rules of axe, that of contrast among them, or without it."""


def looked_for(look: str) -> list[str]:
    """Name the properties that are looked for in a look."""
    return [name for name, looks in PROPERTIES.items() if look in looks]


def asking(*, settled: bool) -> str:
    """Give the function that takes names of properties, and gives `[name, fault]` of each fault."""
    first, *others = sorted(_SCRIPTS.glob("*.js"), key=lambda path: (path.stem != "begin", path))
    parts = "\n".join(path.read_text("utf-8") for path in (first, *others))
    return (
        f"async names => {{ {_SETTLED if settled else ''}\n{parts}\n"
        "return names.flatMap(name => properties[name]().map(fault => [name, fault])); }"
    )


def faults(
    opened: Opened, way: Way, *, rules: bool = True, contrast: bool = False
) -> Iterator[str]:
    """Look for the properties in each look of a way, and give the faults, each a line.

    Axe looks at the page where `rules` says so; it leaves out contrast, which takes it longer than
    all of the rest, and is a property of ours, unless `contrast` says so.
    """
    ask = asking(settled=way.scripts)
    if way.scripts:
        yield from (f"{way.opens}: {LOADING}: {fault}" for fault in opened.moved())
    for name in way.looks:
        opened.show(LOOKS[name])
        if way.scripts and not LOOKS[name].paper:
            opened.evaluate(_UNFOLD)
        for which, fault in opened.evaluate(ask, looked_for(name)):
            yield f"{name}: {which}: {fault}"
    if way.scripts and not way.firefox and rules:
        yield from (f"{name}: {RULES}: {fault}" for fault in opened.broken(contrast=contrast))
    yield from (f"{STRAYING}: {fault}" for fault in opened.strayed())
