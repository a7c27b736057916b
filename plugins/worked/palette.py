"""Sentinel colours: stand-ins for the colours that differ between the light and the dark scheme.

A cell draws with these hex values; `worked.worker.drawing` replaces each by `var(--fig-NAME)`, and
the style sheet defines every variable once for each scheme.  So one SVG serves both.
"""

from typing import Final

SENTINELS: Final[dict[str, str]] = {
    "fg": "#5e7101",  # text and outlines
    "muted": "#5e7102",  # secondary text, axes
    "line": "#5e7103",  # hairlines, grids
    "bg": "#5e7104",  # the page behind the drawing
    "accent": "#5e7105",  # the one highlighted thing
    "map": "#5e7106",  # what cannot be negative: magnitude goes into alpha
    "pos": "#5e7107",  # diverging maps: positive end
    "neg": "#5e7108",  # diverging maps: negative end
    "1": "#5e7111",  # categorical, safe for colour-blind readers, in this order
    "2": "#5e7112",
    "3": "#5e7113",
    "4": "#5e7114",
    "5": "#5e7115",
    "6": "#5e7116",
}
"""Name of the CSS variable (without `--fig-`) -> the sentinel, lower-case hex."""

LIGHT: Final[dict[str, str]] = {
    "fg": "#22252b",
    "muted": "#5c626b",
    "line": "#d5d8dc",
    "bg": "#ffffff",
    "accent": "#a3195b",
    "map": "#258f76",
    "pos": "#c96a2b",
    "neg": "#3b82c4",
    "1": "#0072b2",
    "2": "#c8500a",
    "3": "#008660",
    "4": "#b0508c",
    "5": "#8a6d00",
    "6": "#4a3fb0",
}
"""The same names -> the colours of the light scheme, for drawings that leave the site."""

DARK: Final[dict[str, str]] = {
    "fg": "#e4e6ea",
    "muted": "#a0a7b1",
    "line": "#3a3f48",
    "bg": "#16181d",
    "accent": "#ff8fb8",
    "map": "#258f76",
    "pos": "#c96a2b",
    "neg": "#3b82c4",
    "1": "#56b4e9",
    "2": "#f28e4b",
    "3": "#3fc79a",
    "4": "#e59ac8",
    "5": "#d9b648",
    "6": "#8fa8ff",
}
"""Those of the dark scheme."""

FG: Final = SENTINELS["fg"]
MUTED: Final = SENTINELS["muted"]
LINE: Final = SENTINELS["line"]
BG: Final = SENTINELS["bg"]
ACCENT: Final = SENTINELS["accent"]
MAP: Final = SENTINELS["map"]
POS: Final = SENTINELS["pos"]
NEG: Final = SENTINELS["neg"]
CYCLE: Final = tuple(SENTINELS[str(n)] for n in range(1, 7))
