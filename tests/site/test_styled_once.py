"""How often a browser styles a whole page before it stands: on a phone, each time costs."""

import re

import pytest

ASKS = re.compile(r":not\(\[class\]\)|[+~]\s*\*|\[data-md-color-switching\]")
"""What has a browser style everything below an element anew when one class of that changes, or
everything behind when something is put in."""
MOST = 2
"""With the page itself, and with what comes while it is read."""


def events(page, act):
    """Record what the browser does while a page is loaded."""
    session, found, ended = page.context.new_cdp_session(page), [], []
    session.on("Tracing.dataCollected", lambda some: found.extend(some["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    categories = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
    session.send("Tracing.start", {"traceConfig": {"includedCategories": categories}})
    act()
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(10)
    return found


@pytest.mark.parametrize("name", ["convolution/output-size.html", "exam/formula-sheet.html"])
def test_a_whole_page_is_styled_as_seldom_as_can_be(name, visit):
    opened = visit("404.html", size="phone", over="http")
    page = opened.page

    def act():
        page.goto(opened.home + name, wait_until="networkidle")

    counts = [
        event["args"]["elementCount"]
        for event in events(page, act)
        if event["name"] == "UpdateLayoutTree" and event["args"].get("elementCount")
    ]
    elements = page.evaluate("document.querySelectorAll('*').length")
    assert max(counts) > elements / 4  # it is the style of pages that is counted
    assert sum(count > elements / 2 for count in counts) <= MOST, (elements, sorted(counts)[-9:])


def test_no_rule_has_everything_styled_anew(site):
    css = (site / "assets/stylesheets/site.css").read_text("utf-8")
    heads = re.findall(r"[^{}]+(?=\{)", css)
    assert len(heads) > 500
    assert [head for head in heads if ASKS.search(head)] == []


def test_every_table_has_a_class(site):
    wrong = [
        str(path.relative_to(site))
        for path in sorted(site.rglob("*.html"))
        if re.search(r"<table(?![^>]*\sclass=)", path.read_text("utf-8"))
    ]
    assert wrong == []
