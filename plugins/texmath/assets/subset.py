"""Make `stix-two-math-core.woff2` and `stix-two-math-subset.woff2` again from the original font.

The core has what most formulas use (`texmath/fonts.py`), the other all that texmath can say.

The original is `STIXTwoMath-Regular` (https://github.com/stipub/stixfonts), as .ttf, .otf or
.woff2; the file `stix-two-math-latin-400-normal.woff2` of the npm package
`@fontsource/stix-two-math` is the whole font too.  Then, with any Python:

    pip install fonttools brotli
    python subset.py STIXTwoMath-Regular.ttf

The OpenType MATH table stays, and with it the sizes and parts of brackets, sums, roots and braces
that it names: without it a browser draws them all in one size.

Two things are changed, since Chromium 156 looks only at how far a glyph advances:

- The combining accents have no advance and stand left of their origin, so that arrows over vectors
  came out beside them, or not at all.  Here they stand right of it and advance by their width.
- A root takes the room of the widest root sign, 0.4 em more than the one that is drawn.  Here
  the high root signs are narrower.

And two, so that signs stretch:

- The head of → overlaps the rest of the arrow by nothing, less than the font itself asks for, so
  that browsers do not put the parts together.  Here it overlaps as that of ↪ does.
- MathML stretches ˜ and ˇ over letters, not the combining accents, and = below a text.  Here those
  have the widths of the combining accents, and the parts of ⇒.
"""

import copy
import runpy
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE: Final = Path(__file__).parent

RANGES: Final = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: ×, ·, ±, ¬, accents, names with diacritics in \text
    (0x0131, 0x0131),  # dotless i, under hats
    (0x0152, 0x0153),  # Œ
    (0x0237, 0x0237),  # dotless j
    (0x02C6, 0x02C7),  # ˆ ˇ, the spacing accents of \hat and \check
    (0x02D8, 0x02DD),
    (0x0300, 0x030C),  # combining accents
    (0x0327, 0x0327),
    (0x0331, 0x0333),
    (0x0338, 0x0338),  # \not
    (0x0391, 0x03A9),  # Greek
    (0x03B1, 0x03C9),
    (0x03D1, 0x03D6),
    (0x03DD, 0x03DD),
    (0x03F0, 0x03F6),
    (0x2002, 0x200B),  # spaces
    (0x2013, 0x2014),
    (0x2016, 0x2016),  # ‖
    (0x2018, 0x201E),  # quotation marks, in \text
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2032, 0x2037),  # primes
    (0x203E, 0x203E),
    (0x2044, 0x2044),
    (0x2061, 0x2064),  # invisible operators
    (0x20D7, 0x20D7),  # the arrow of \vec
    (0x20DB, 0x20DC),  # \dddot, \ddddot
    (0x2102, 0x2138),  # letterlike: ℝ ℕ ℓ ℒ ℎ ℵ
    (0x2141, 0x2141),
    (0x2190, 0x21E2),  # arrows
    (0x2200, 0x22F1),  # operators
    (0x2308, 0x230B),  # floor and ceiling
    (0x231C, 0x231F),
    (0x2322, 0x2323),
    (0x2329, 0x232A),
    (0x239B, 0x23AE),  # parts of brackets
    (0x23B0, 0x23B1),
    (0x23B4, 0x23B5),
    (0x23DC, 0x23E1),  # braces above and below
    (0x24B6, 0x24EA),  # letters in circles
    (0x25A0, 0x25A1),
    (0x25B2, 0x25C1),  # triangles
    (0x25CA, 0x25CB),
    (0x25E6, 0x25E6),
    (0x25EF, 0x25EF),
    (0x25FB, 0x25FB),
    (0x2605, 0x2605),
    (0x263A, 0x263A),
    (0x2660, 0x2663),
    (0x266D, 0x266F),
    (0x2713, 0x2713),
    (0x2720, 0x2720),
    (0x27C2, 0x27C2),
    (0x27CB, 0x27CD),
    (0x27E6, 0x27E9),  # angle and double brackets
    (0x27EE, 0x27EF),
    (0x27F5, 0x27FC),  # long arrows
    (0x2983, 0x2984),
    (0x29B5, 0x29B5),
    (0x29EB, 0x29EB),
    (0x2A00, 0x2A06),  # large ⊙ ⊕ ⊗
    (0x2A1D, 0x2A1D),
    (0x2A3F, 0x2A3F),
    (0x2A5E, 0x2A5E),
    (0x2A74, 0x2A74),
    (0x2A7D, 0x2A7E),
    (0x2A85, 0x2A8C),
    (0x2A95, 0x2A96),
    (0x2AAF, 0x2AB0),
    (0x2AB5, 0x2ABA),
    (0x2AC5, 0x2AC6),
    (0x2ACB, 0x2ACC),
    (0x1D400, 0x1D433),  # bold
    (0x1D434, 0x1D467),  # italic: what <mi>x</mi> is drawn with
    (0x1D468, 0x1D49B),  # bold italic: \boldsymbol
    (0x1D49C, 0x1D4CF),  # script: \mathcal
    (0x1D504, 0x1D537),  # Fraktur: \mathfrak
    (0x1D538, 0x1D56B),  # double-struck: \mathbb
    (0x1D5A0, 0x1D5D3),  # sans-serif: \mathsf
    (0x1D608, 0x1D63B),  # sans-serif italic: \mathsfit
    (0x1D670, 0x1D6A3),  # typewriter: \mathtt
    (0x1D6A4, 0x1D6A5),  # italic dotless i, j
    (0x1D6A8, 0x1D6E1),  # bold Greek
    (0x1D6E2, 0x1D71B),  # italic Greek
    (0x1D71C, 0x1D755),  # bold italic Greek
    (0x1D7CE, 0x1D7E1),  # bold and double-struck digits
)


STRETCHED: Final = {0x02DC: 0x0303, 0x02C7: 0x030C}
"""a sign that MathML stretches -> the sign that the font stretches"""
STROKE: Final = 0x0338
"""goes through the sign before it, as in ≧̸, and is no accent"""
ROOT: Final = 0x221A
WIDEST_ROOT: Final = 900
"""thousandths of an em; the smallest root sign has 794"""


def make(
    original: Path, result: Path, ranges: Sequence[tuple[int, int]], *, features: Sequence[str]
) -> None:
    """Write the subset of a font as WOFF2.

    Args:
        original: the whole font.
        result: the file to write.
        ranges: first and last of the characters to keep.
        features: what stays of kerning and the like.

    Raises:
        ValueError: when the font has no MATH table.
    """
    font: Any = TTFont(original, recalcTimestamp=False)
    if "MATH" not in font:
        raise ValueError(f"{original}: no OpenType MATH table")
    options: Any = subset.Options()
    options.layout_features = list(features)
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the copyright and the licence travel along
    options.notdef_outline = True
    subsetter: Any = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)
    _give_accents_room(font)
    _narrow_roots(font)
    _join_arrows(font)
    _stretch_more(font)
    font.flavor = "woff2"
    font.save(result)


def _give_accents_room(font: Any) -> None:
    """Move combining accents to the right of their origin, with their attachment points."""
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    points = dict(
        zip(attachment.TopAccentCoverage.glyphs, attachment.TopAccentAttachment, strict=True)
    )
    for code, name in font.getBestCmap().items():
        glyph = font["glyf"][name]
        if code != STROKE and unicodedata.combining(chr(code)) and not font["hmtx"][name][0]:
            if glyph.isComposite():
                raise ValueError(f"{name}: made of other glyphs, cannot be moved")
            right = -glyph.xMin
            glyph.coordinates.translate((right, 0))
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (glyph.xMax, 0)
            if name in points:
                points[name].Value += right


def _narrow_roots(font: Any) -> None:
    """Make the high root signs, and the parts of the highest, no wider than `WIDEST_ROOT`."""
    variants = font["MATH"].table.MathVariants
    root = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ROOT])
    construction = variants.VertGlyphConstruction[root]
    names = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    names |= {part.glyph for part in construction.GlyphAssembly.PartRecords}
    for name in sorted(names):
        advance, bearing = font["hmtx"][name]
        if advance > WIDEST_ROOT:
            glyph, factor = font["glyf"][name], WIDEST_ROOT / advance
            glyph.coordinates.scale((factor, 1))
            glyph.coordinates.toInt()
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (WIDEST_ROOT, round(bearing * factor))


def _join_arrows(font: Any) -> None:
    """Let the last part of an arrow overlap the part before it."""
    for construction in font["MATH"].table.MathVariants.HorizGlyphConstruction:
        last = construction.GlyphAssembly and construction.GlyphAssembly.PartRecords[-1]
        if last and not last.PartFlags and not last.StartConnectorLength:
            last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, 0


def _stretch_more(font: Any) -> None:
    """Give ˜ and ˇ the widths of combining accents, and = those of the shaft of ⇒."""
    variants, names = font["MATH"].table.MathVariants, font.getBestCmap()
    known = dict(
        zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True)
    )
    for code, like in STRETCHED.items():
        known[names[code]] = known[names[like]]
    shaft = next(p for p in known[names[0x21D2]].GlyphAssembly.PartRecords if p.PartFlags)
    equals: Any = copy.deepcopy(known[names[0x203E]])
    equals.MathGlyphVariantRecord[0].VariantGlyph = names[0x3D]
    equals.MathGlyphVariantRecord[0].AdvanceMeasurement = font["hmtx"][names[0x3D]][0]
    for part in equals.GlyphAssembly.PartRecords:
        part.glyph, part.FullAdvance = shaft.glyph, shaft.FullAdvance
        part.StartConnectorLength = part.EndConnectorLength = shaft.StartConnectorLength
    known[names[0x3D]] = equals
    order = sorted(known, key=font.getGlyphID)
    variants.HorizGlyphCoverage.glyphs = order
    variants.HorizGlyphConstruction = [known[name] for name in order]
    variants.HorizGlyphCount = len(order)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {Path(__file__).name} STIXTwoMath-Regular.ttf")
    core = runpy.run_path(str(HERE.parent / "fonts.py"))["CORE"]
    for name, ranges, features in (("core", core, ()), ("subset", RANGES, ("ccmp", "kern"))):
        made = HERE / f"stix-two-math-{name}.woff2"
        make(Path(sys.argv[1]), made, ranges, features=features)
        print(f"{made.name}: {made.stat().st_size:,} bytes")
