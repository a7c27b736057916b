"""Cards and papers in Firefox, opened from a folder, where a script may do less."""

import pytest

WAIT = """async () => {
    const { promise, resolve } = Promise.withResolvers();
    const look = () => LOOKED && resolve();
    new MutationObserver(look).observe(document, { subtree: true, childList: true });
    look();
    await promise;
    return document.querySelector("SELECTOR").textContent;
}"""


@pytest.fixture
def shown(firefox, site):
    """Open a page in Firefox, and give what an element says as soon as it is there."""

    def do(page, selector):
        firefox.open("about:blank")  # an address that differs in its fragment loads nothing
        firefox.errors(site.as_uri())
        name, mark, plan = page.partition("#")
        firefox.open(f"{(site / name).as_uri()}{mark}{plan}")
        looked = f'document.querySelector("{selector}")'
        return firefox.evaluate(WAIT.replace("LOOKED", looked).replace("SELECTOR", selector))

    return do


def faults(firefox, site):
    """Give errors; Firefox lays out half a page, and then takes half a fraction for a wrong one."""
    return [one for one in firefox.errors(site.as_uri()) if not one.startswith("Invalid markup")]


def press(name):
    return f"""() => {{
        const named = (one) => one.checkVisibility() && one.textContent.includes("{name}");
        [...document.querySelectorAll("main button")].find(named).click();
    }}"""


def test_the_cards_of_a_page_are_asked(firefox, site, shown):
    shown("convolution/output-size.html", "revise-area .revise-now")
    left = firefox.evaluate("document.querySelector('.revise-left').textContent")
    firefox.evaluate(press("Show the answer"))
    assert firefox.evaluate(
        "document.querySelector('.revise-open .revise-answer').checkVisibility()"
    )
    firefox.evaluate(press("Knew it"))
    assert firefox.evaluate("document.querySelector('.revise-left').textContent") != left
    assert faults(firefox, site) == []


def test_the_page_of_all_cards_begins(firefox, site, shown):
    assert "card" in shown("exam/revise.html", "revise-desk .revise-sum")
    firefox.evaluate(press("Begin"))
    assert firefox.evaluate(
        "document.querySelector('.revise-now .revise-question').checkVisibility()"
    )
    assert faults(firefox, site) == []


def test_a_paper_is_made_and_marked(firefox, site, shown):
    assert "Paper 42" in shown(
        "exam/papers.html#paper=42&minutes=20", "revise-paper .revise-paper-foot"
    )
    firefox.evaluate(press("Mark the paper"))
    total = firefox.evaluate("document.querySelector('.revise-paper-total').textContent")
    assert total.startswith("0 of ")
    assert faults(firefox, site) == []
