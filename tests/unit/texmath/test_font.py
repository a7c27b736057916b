"""The font that goes with the pages."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import texmath
from texmath.fonts import CORE, IN_CORE, drawn, italic
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


COMMON = (
    r"\left\lfloor\frac{i+2p-k}{s}\right\rfloor \lceil x\rceil \hat{y}\vec{v}\tilde{z} \cdot",
    r"\frac{\partial L}{\partial w_{ij}} = \sum_i \prod_j \sqrt{x} \le \neq \nabla_w \mathbb{R}",
    r"\underbrace{a - b}_{\text{100 \%}} \log\sigma(-\theta h) \to \infty \langle x \rangle f'",
)


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(ASSETS / "stix-two-math-subset.woff2")


@pytest.fixture(scope="module")
def core() -> TTFont:
    return TTFont(ASSETS / "stix-two-math-core.woff2")


@pytest.mark.parametrize("tex", COMMON)
def test_what_is_common_is_drawn_by_the_small_font(tex):
    assert 'class="texmath-full"' not in convert(tex, display=True).mathml


@pytest.mark.parametrize(
    "tex", [r"x \iff y", r"\mathfrak{g}", r"\text{naïve}", r"\Upsilon \vartheta"]
)
def test_what_is_rare_is_drawn_by_the_full_font_as_a_whole(tex):
    assert 'class="texmath-full"' in convert(tex, display=True).mathml


def test_the_small_font_has_what_it_is_taken_for(core, font):
    wanted = {code for first, last in CORE for code in range(first, last + 1)}
    assert wanted <= core.getBestCmap().keys()
    assert core.getBestCmap().keys() <= font.getBestCmap().keys()


def test_a_sign_stretches_in_the_small_font_as_in_the_full_one(core, font):
    def sizes(one: TTFont) -> dict[str, int]:
        variants, names = one["MATH"].table.MathVariants, one.getBestCmap()
        both = (
            (variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction),
            (variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction),
        )
        made = {
            f"{glyph} {n}": len(construction.MathGlyphVariantRecord)
            for n, (glyphs, constructions) in enumerate(both)
            for glyph, construction in zip(glyphs, constructions, strict=True)
        }
        return {
            f"{chr(code)} {n}": made[f"{names[code]} {n}"]
            for code in names
            for n in (0, 1)
            if f"{names[code]} {n}" in made and chr(code) in IN_CORE
        }

    assert sizes(core) == sizes(font)
    assert len(sizes(core)) > 25


def test_a_letter_alone_is_drawn_as_python_knows_its_italic_form():
    for first, last in ((0x1D434, 0x1D467), (0x1D6FC, 0x1D714), (0x1D6E2, 0x1D6FA)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and code not in (
                0x1D455,
                0x1D6F3,
            ):  # no h, and another capital theta
                assert italic(plain) == chr(code), plain
    assert drawn("<math><mi>h</mi><mi>log</mi><mo>&lt;</mo></math>") == set("ℎlog<")


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
    assert (ASSETS / "stix-two-math-core.woff2").stat().st_size < 26_000
    assert (ASSETS / "stix-two-math-subset.woff2").stat().st_size < 120_000
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "OFL.txt").read_text("utf-8")


def test_accents_and_roots_take_the_room_they_need(font):
    names, advances = font.getBestCmap(), font["hmtx"]
    assert advances[names[0x20D7]][0] > 0
    assert advances[names[0x0338]][0] == 0  # but a stroke goes through the sign before it
    variants = font["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(names[0x221A])]
    assert max(advances[each.VariantGlyph][0] for each in root.MathGlyphVariantRecord) <= 900
