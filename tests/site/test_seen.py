"""Signs are seen: dark enough, large enough, and also where the reader chooses the colours."""

import pytest

PAGES = ("nonlinearity/pooling.html", "convolution/output-size.html", "exam/flashcards.html")
# signs that are a ground seen through a mask, and what they are drawn with
MASKED = """() => {
    const found = [];
    const canvas = getComputedStyle(document.body).backgroundColor;
    for (const one of document.querySelectorAll('body *'))
        for (const part of ['::before', '::after']) {
            const style = getComputedStyle(one, part);
            const mask = style.maskImage || style.webkitMaskImage;
            if (style.content !== 'none' && mask && mask !== 'none' && one.checkVisibility())
                found.push([one.className + part, style.backgroundColor, canvas,
                            style.forcedColorAdjust]);
        }
    return found;
}"""
CONTRAST = """element => {
    const luminance = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(c => c / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ink = luminance(getComputedStyle(element, '::after').backgroundColor);
    const ground = luminance(getComputedStyle(element.closest('pre').querySelector('code'))
        .backgroundColor);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
}"""


@pytest.mark.parametrize("name", PAGES)
def test_signs_stay_where_the_reader_chooses_the_colours(name, visit):
    page = visit(name, forced_colors="active").page
    signs = page.evaluate(MASKED)
    assert signs
    for sign, ink, canvas, adjusted in signs:
        assert adjusted == "none", sign
        assert ink != canvas, sign


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_to_copy_stands_out(scheme, visit):
    page = visit("convolution/output-size.html", scheme=scheme).page
    button = page.locator(".md-code__button").first
    button.wait_for()
    page.wait_for_function("document.querySelector('.md-code__button').getAnimations().length == 0")
    assert button.evaluate(CONTRAST) >= 3


def test_a_tip_is_large_enough_to_read(visit):
    page = visit("seeing/saliency.html").page
    page.locator('article a[href$="exam/glossary.html#logits"]').first.focus()
    page.locator(".md-tooltip2--active").wait_for()
    size = "getComputedStyle(document.querySelector('.md-tooltip2__inner')).fontSize"
    assert float(page.evaluate(size).removesuffix("px")) >= 12
