"""The font that goes with the pages."""

from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import texmath
from texmath.formula import convert
from texmath.mathml import Node, parse

ASSETS = Path(texmath.__file__).with_name("assets")
USED = (
    r"\left\lfloor\frac{i+2p-k}{s}\right\rfloor \lceil x\rceil \hat{y}\bar{x}\vec{v}\tilde{z}",
    r"\sum_i\prod_j\int\sqrt{x} \star\ast\circledast\odot\otimes\oplus\times\cdot\pm\le\ge\neq",
    r"\alpha\beta\gamma\delta\epsilon\zeta\eta\theta\kappa\lambda\mu\nu\xi\pi\rho\sigma\tau\phi",
    r"\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Phi\Psi\Omega\varepsilon\varphi\nabla",
    r"\mathbf{ABCxyz12}\boldsymbol{\theta\Sigma}\mathcal{LDN}\mathbb{RNZQ1}\mathsf{A}\mathtt{A}",
    r"\to\gets\mapsto\Rightarrow\leftrightarrow\in\notin\subset\cup\cap\forall\exists\mid\|\ell",
    r"\underbrace{x}\overbrace{y}\overline{ab}\underline{cd}\widehat{ef}\cdots\vdots\ddots f'",
    r"\partial\infty\approx\dot{u}\langle x\rangle\text{Größe „naïve“ – 100\% é}",
)


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(ASSETS / "stix-two-math-subset.woff2")


def letters(node: Node) -> set[str]:
    return set("".join(node.words)).union(*map(letters, node.children))


@pytest.mark.parametrize("tex", USED)
def test_what_formulas_use_is_in_the_font(tex, font):
    # variation selectors choose a shape; a font without them draws the usual one
    wanted = letters(parse(convert(tex, display=True).mathml)) - {"\ufe00", "\ufe01"}
    missing = {f"U+{ord(letter):04X}" for letter in wanted if ord(letter) not in font.getBestCmap()}
    assert not missing


def test_the_italic_letters_that_browsers_draw_are_in_the_font(font):
    italic = {*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E} - {0x1D455}
    assert italic <= font.getBestCmap().keys()


def test_brackets_and_sums_have_their_sizes(font):
    variants = font["MATH"].table.MathVariants
    tall, wide = variants.VertGlyphCoverage.glyphs, variants.HorizGlyphCoverage.glyphs
    names = font.getBestCmap()
    assert {names[ord(letter)] for letter in "([{⌊⌈|∑∫√"} <= set(tall)
    assert {names[ord(letter)] for letter in "⏞⏟‾_→˜ˇ="} <= set(wide)


def test_the_parts_of_a_wide_sign_can_be_put_together(font):
    variants = font["MATH"].table.MathVariants
    assembled = {
        name: made.GlyphAssembly.PartRecords
        for name, made in zip(
            variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True
        )
        if made.GlyphAssembly
    }
    names = font.getBestCmap()
    assert {names[ord(letter)] for letter in "→←↔⇒↦↪="} <= assembled.keys()
    for name, parts in assembled.items():
        for one, other in pairwise(parts):
            overlap = min(one.EndConnectorLength, other.StartConnectorLength)
            assert overlap >= variants.MinConnectorOverlap, name


def test_the_font_keeps_its_copyright_and_is_small(font):
    assert "STIX Fonts Project Authors" in font["name"].getDebugName(0)
    assert (ASSETS / "stix-two-math-subset.woff2").stat().st_size < 120_000
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "OFL.txt").read_text("utf-8")


def test_accents_and_roots_take_the_room_they_need(font):
    names, advances = font.getBestCmap(), font["hmtx"]
    assert advances[names[0x20D7]][0] > 0
    assert advances[names[0x0338]][0] == 0  # but a stroke goes through the sign before it
    variants = font["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(names[0x221A])]
    assert max(advances[each.VariantGlyph][0] for each in root.MathGlyphVariantRecord) <= 900
