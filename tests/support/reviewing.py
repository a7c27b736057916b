"""What a reader does with cards: see an answer, say whether it was known, go through all."""

import json
from typing import Final

import pytest
from playwright.sync_api import Locator, Page

KEY = "revise:1:convolutional-networks-worked"
"""Where the browser keeps the answers."""
CARDS = "#check-yourself"
"""An address into a page brings the script of its cards at once, else it comes after two seconds"""
REVEAL, FORGOT, KNEW = "Show the answer", "Forgot", "Knew it"


OVER_AND_SIZE: Final = pytest.mark.parametrize(
    ("over", "size"),
    [
        ("file", "phone"),
        ("http", "desktop"),
        pytest.param("file", "desktop", marks=pytest.mark.nightly),
        pytest.param("http", "phone", marks=pytest.mark.nightly),
    ],
)


def area_of(page: Page) -> Locator:
    """Go to the cards of a page, whose script comes after the page."""
    page.locator("details.card").first.scroll_into_view_if_needed()
    area = page.locator("revise-area")
    area.wait_for()
    return area


def press(place: Page | Locator, name: str) -> None:
    place.get_by_role("button", name=name).click()


def answer(place: Page | Locator, *, knew: bool = True) -> str:
    """Answer the card that is shown; the value is its question."""
    question = place.locator(".revise-now > .revise-question").inner_text()
    press(place, REVEAL)
    press(place, KNEW if knew else FORGOT)
    return question


def finish(place: Page | Locator, *, forget: int = 0) -> list[str]:
    """Go through all cards and forget the first ones; the value names the questions in order.

    The buttons are pressed from inside the page, all that can be seen in turn.
    """
    area = place if isinstance(place, Locator) else place.locator("body")
    asked: list[str] = area.evaluate(_FINISH, [forget, REVEAL, FORGOT, KNEW])
    return asked


_FINISH: Final = """async (area, [forget, reveal, forgot, knew]) => {
    const press = name => {
        const seen = [...area.querySelectorAll('.revise-buttons button')].filter(
            one => one.checkVisibility() && !one.disabled && one.textContent.startsWith(name));
        if (seen.length !== 1) throw new Error(`${seen.length} buttons ${name} can be pressed`);
        seen[0].click();
    };
    const asked = [];
    while (!area.querySelector('.revise-finished')) {
        asked.push(area.querySelector('.revise-now > .revise-question').innerText);
        press(reveal);
        press(asked.length <= forget ? forgot : knew);
        await new Promise(goOn => setTimeout(goOn, 2));  // no two answers at one time
    }
    return asked;
}"""


def kept(page: Page) -> dict[str, list[list[int]]]:
    """Give the answers that the browser keeps: card -> [time, grade, milliseconds]."""
    text = page.evaluate(f"localStorage.getItem({KEY!r})")
    return json.loads(text)["cards"] if text else {}


def keep(page: Page, cards: dict[str, list[list[int]]], date: str = "") -> None:
    """Put answers into the browser, as if they had been given."""
    log = {"version": 1, "exam": {"date": date, "at": 1}, "cards": cards}
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(log)])
