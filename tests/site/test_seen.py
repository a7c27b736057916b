"""A tip is seen."""


def test_a_tip_is_large_enough_to_read(visit):
    page = visit("seeing/saliency.html").page
    page.locator('article a[href$="exam/glossary.html#logits"]').first.focus()
    page.locator("#site-tip:not([hidden])").wait_for()
    size = "getComputedStyle(document.querySelector('#site-tip')).fontSize"
    assert float(page.evaluate(size).removesuffix("px")) >= 12
