"""The page of `worked compare`: somebody reviews a change of a stranger's, in any browser."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from axe_of_pages import EACH_SIZE_AND_SCHEME, broken

CONFIG = "site_name: Small\nplugins:\n  - worked: {workers: 1}\n"
PLANTED = "<script>window.planted = 1</script><img src=x onerror='window.planted = 1'>"
PAGE = (
    "# Kernel\n\n```python {.run}\nimport numpy as np\n\nk = np.array([[0, 1], [2, 3]])\nk\n```\n\n"
    "The sum is `{python} k.sum()`.\n\n"
    "```python {.run}\n#| label: fig-line\n#| fig-cap: A line.\n#| fig-alt: It rises.\n"
    "from matplotlib.figure import Figure\n\nfigure = Figure((3, 2))\n"
    "figure.add_subplot().plot([0, 1])\nfigure\n```\n\n"
    "```python {.run}\nprint('harmless')\n```\n\nText that stays.\n"
)
NEW = (
    PAGE.replace("2, 3", "2, 5")
    .replace("[0, 1])\nfigure", "[1, 0])\nfigure")
    .replace("'harmless'", repr(f"</script>{PLANTED}"))
    .replace("stays", f"goes {PLANTED}")
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("compared")
    texts = {"docs/index.md": "# Small\n", "old/docs/a.md": PAGE, "new/docs/a.md": NEW}
    for name, text in {"mkdocs.yml": CONFIG, **texts}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "worked.cli", "compare", "old", "new", "--html", "changes.html"],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    return root / "changes.html"


@pytest.fixture
def opened(browser: Browser, written: Path) -> Iterator[Callable[..., Page]]:
    """Open the page; it asks for nothing, and has no errors."""
    wrong: list[str] = []
    with ExitStack() as stack:

        def open_page(width: int = 1280, scheme: str = "light") -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = stack.enter_context(closing(context)).new_page()
            page.on("request", lambda asked: wrong.append(asked.url))
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text))
            page.goto(written.as_uri())
            return page

        yield open_page
    assert [one for one in wrong if one != written.as_uri()] == []


@EACH_SIZE_AND_SCHEME
def test_everybody_can_read_it(opened: Callable[..., Page], size: str, scheme: str) -> None:
    width = {"phone": 390, "desktop": 1280}[size]
    page = opened(width, scheme)
    for way in ("side by side", "swipe", "one, then the other"):
        page.get_by_label(way, exact=True).check()
        assert broken(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")


def test_keys_alone_lay_one_drawing_over_the_other(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_label("side by side").focus()
    page.keyboard.press("ArrowRight")
    pair = page.locator("changes-pair")
    assert "changes-swipe" in str(pair.get_attribute("class"))
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('changes-pair figure:last-child')).clipPath"
    ) in ("inset(0px 0px 0px 0%)", "inset(0px)")
    page.get_by_label("swipe").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    after = pair.locator("figure").last
    assert not after.is_visible()
    page.keyboard.press("Enter")
    assert after.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Show before"


def test_enter_goes_from_change_to_change(opened: Callable[..., Page]) -> None:
    page = opened(390)
    count = page.locator(".changes-one").count()
    page.get_by_role("button", name="Next change").focus()
    said = page.locator(".changes-walk output")
    for number in (*range(1, count + 1), 1):
        page.keyboard.press("Enter")
        assert said.inner_text().startswith(f"{number} of {count}: ")
        here = page.locator(".changes-here")
        assert here.count() == 1
        assert here.evaluate("one => one.getBoundingClientRect().top < innerHeight - 60")
    page.get_by_role("button", name="Previous change").press("Enter")
    assert said.inner_text().startswith(f"{count} of {count}: ")


def test_what_a_stranger_has_planted_is_text(opened: Callable[..., Page]) -> None:
    page = opened()
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    assert "<script>window.planted" in page.locator("main").inner_text()
    assert page.evaluate("window.planted") is None


@pytest.mark.parametrize(
    "tag",
    [
        "Object.assign(document.createElement('script'), {textContent: 'window.planted = 1'})",
        "Object.assign(document.createElement('img'), {src: 'x.png'})",
        "Object.assign(document.createElement('iframe'), {src: 'a.html'})",
        "Object.assign(document.createElement('link'), {rel: 'stylesheet', href: 'a.css'})",
    ],
)
def test_the_policy_would_stop_what_came_through(browser: Browser, written: Path, tag: str) -> None:
    with closing(browser.new_context()) as context:
        page, got = context.new_page(), list[str]()
        page.goto(written.as_uri())
        page.on("requestfinished", lambda one: got.append(one.url))
        stopped = page.evaluate(
            f"""() => new Promise(done => {{
                document.addEventListener('securitypolicyviolation', () => done(true));
                document.body.append({tag});
            }})"""
        )
        assert stopped
        assert page.evaluate("window.planted") is None
        assert got == []
