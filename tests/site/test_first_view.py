"""What a page weighs when it is opened, and what it does before any script has run."""

import csv
import re
import statistics
from pathlib import Path

import pytest

from first_view import KINDS, asked, first_view, pages

ROOT = Path(__file__).resolve().parents[2]
WEIGHT = ROOT / "docs/about/weight.csv"
MOST, MEDIAN = 150_000, 100_000
CLOSE = 0.15
"""How far the table in the documentation may be off."""

SAMPLES = ("index.html", "convolution/output-size.html", "about/store.html", "exam/glossary.html")


@pytest.fixture(scope="module")
def weights(site):
    return {page: first_view(site, page) for page in pages(site)}


def test_every_page_is_light_and_half_of_them_are_lighter(weights):
    sums = {page: sum(weight.values()) for page, weight in weights.items()}
    assert {page: weight for page, weight in sums.items() if weight > MOST} == {}
    assert statistics.median(sums.values()) < MEDIAN


def test_the_table_in_the_documentation_says_what_pages_weigh(weights):
    with WEIGHT.open(encoding="utf-8", newline="") as file:
        rows = {row["page"]: row for row in csv.DictReader(file)}
    assert len(rows) >= 3
    for page, row in rows.items():
        for kind in KINDS:
            now = weights[page][kind]
            assert int(row[kind]) == pytest.approx(now, rel=CLOSE, abs=1500), (
                f"{page}, {kind}: make weight"
            )


@pytest.mark.parametrize("page", SAMPLES)
def test_a_browser_asks_for_what_is_counted_and_no_more(page, visit, site):
    opened = visit("404.html", over="http")
    seen = []
    opened.page.on("request", lambda request: seen.append(request.url))
    opened.page.goto(opened.home + page, wait_until="networkidle")
    names = {url.removeprefix(opened.home) for url in seen if not url.startswith("data:")}
    assert names - {"assets/icon.svg"} == asked(site, page).keys() - {"assets/icon.svg"}


def test_the_search_is_loaded_when_somebody_turns_to_it(visit):
    opened = visit("convolution/output-size.html", over="http")
    seen = []
    opened.page.on("request", lambda request: seen.append(request.url))
    with opened.page.expect_request("**/search/search_index.json"):
        opened.page.locator(".md-search__input").focus()
    assert not [url for url in seen if "workers/search" in url and seen.index(url) == 0]


def test_scripts_hold_nothing_up_and_one_sheet_does(site):
    for page in pages(site):
        html = (site / page).read_text("utf-8")
        head, _, _ = html.partition("</head>")
        loaded = re.findall(r"<script[^>]* src=[^>]*>", html)
        assert [one for one in loaded if " defer" not in one] == [], page
        sheets = 2 if page == "index.html" else 1
        assert head.count('rel="stylesheet"') - head.count('media="print"') == sheets, page


# of all rules of the theme, those that match something on a page
MATCHING = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const found = [];
    const walk = rules => [...rules].forEach(rule => {
        if (rule.selectorText) {
            const bare = rule.selectorText.replace(/::?(before|after|placeholder|marker)/g, '');
            try { if (document.querySelector(bare)) found.push(rule.cssText); } catch (e) { }
        } else if (rule.cssRules) walk(rule.cssRules);
    });
    walk(sheet.cssRules);
    return found;
}"""
DECLARED = """() => {
    const found = {};
    const walk = rules => [...rules].forEach(rule => {
        if (rule.selectorText) for (const one of rule.selectorText.split(/,(?![^(]*\\))/))
            found[one.trim()] = (found[one.trim()] || '') + rule.style.cssText;
        else if (rule.cssRules) walk(rule.cssRules);
    });
    [...document.styleSheets].forEach(sheet => walk(sheet.cssRules));
    return found;
}"""


def test_what_is_left_out_of_the_themes_styles_matches_nothing(visit):
    import material

    theme = Path(material.__path__[0], "templates/assets/stylesheets")
    css = "".join(path.read_text("utf-8") for path in theme.glob("main.*.min.css"))
    for page in ("about/reference.html", "404.html"):
        opened = visit(page, over="http").page
        opened.locator(".md-search__input").fill("pooling")
        opened.locator(".md-search__input").press("End")
        opened.locator(".md-search-result__item").first.wait_for()
        kept = " ".join(opened.evaluate(DECLARED)).replace('"', "")
        for rule in opened.evaluate(MATCHING, css):
            names = rule.partition("{")[0].split(",")
            alive = [name.strip() for name in names if "rtl" not in name]
            assert not alive or any(name.replace('"', "") in kept for name in alive), rule


BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("page", ["index.html", "convolution/output-size.html"])
def test_a_page_is_dark_on_a_dark_device_before_any_script_has_run(page, visit):
    dark = visit(page, scheme="dark").page
    dark.wait_for_function("document.body.dataset.mdColorScheme == 'slate'")
    wanted = dark.evaluate(BACKGROUND)
    for scheme, same in (("dark", True), ("light", False)):
        still = visit(page, scheme=scheme, java_script_enabled=False).page
        assert (still.evaluate(BACKGROUND) == wanted) is same
        fill = "getComputedStyle(document.body).getPropertyValue('--fig-map')"
        assert still.evaluate(fill) == (dark if same else still).evaluate(fill)


def test_a_scheme_that_was_chosen_stands_before_the_page_is_drawn(visit):
    opened = visit("index.html", scheme="dark", over="http")
    for _ in range(2):  # by the device, light
        opened.page.locator(".md-header__option label:visible").click()
    chosen = opened.page.evaluate("document.body.dataset.mdColorScheme")
    opened.page.route("**/*.js", lambda route: route.abort())
    opened.open("convolution/channels.html")
    assert opened.page.evaluate("document.body.dataset.mdColorScheme") == chosen
