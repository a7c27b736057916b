"""Practice papers: made from a number, answered, marked and printed."""

import json

import pytest

from axe_of_pages import EACH_SIZE_AND_SCHEME, broken
from opened_from import OVER
from reviewing import OVER_AND_SIZE

PAGE = "exam/papers.html"
ROWS = """() => {
    const plan = revise.papers.drawing.planOf(location.hash);
    return revise.papers.drawing.draw(reviseQuestions.questions, plan)
        .map(([question, number]) => reviseVariants[question.id][number]);
}"""
TEXTS = "all => all.map(one => one.textContent.trim())"


@pytest.fixture
def paper(visit):
    """Open a paper: the visit, and the variants of its questions."""

    def do(plan="#paper=42&minutes=20", **options):
        opened = visit(PAGE + plan, **options)
        opened.page.locator("revise-paper .revise-paper-foot").wait_for()
        return opened, opened.page.evaluate(ROWS)

    return do


def flat(answer):
    return (
        [number for part in answer for number in flat(part)]
        if isinstance(answer, list)
        else [answer]
    )


def answer(sheet, variant, given):
    """Type or choose an answer, as a reader does."""
    if variant["form"] == "choice":
        sheet.locator("input").nth(given).check()
    elif variant["form"] == "words":
        sheet.locator("textarea").fill("Words")
    else:
        for field, number in zip(sheet.locator("input").all(), flat(given), strict=True):
            field.fill(repr(number).replace("-", "−"))


def marked(page):
    page.get_by_role("button", name="Mark the paper").click()
    return page.locator(".revise-paper-total").inner_text()


@OVER_AND_SIZE
def test_a_paper_answered_right_is_right(over, size, paper):
    opened, variants = paper(over=over, size=size)
    page = opened.page
    assert len(variants) > 3
    sheets = page.locator("revise-paper .revise-paper-sheet").all()
    for sheet, variant in zip(sheets, variants, strict=True):
        answer(sheet, variant, variant["answer"])
    words = [variant for variant in variants if variant["form"] == "words"]
    assert marked(page) == f"{len(variants) - len(words)} of {len(variants)} right"
    for box in page.locator(".revise-paper-marking input").all():
        box.check()
    total = page.locator(".revise-paper-total").inner_text()
    assert total == f"{len(variants)} of {len(variants)} right"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.errors == []
    assert opened.foreign == []


@OVER
def test_a_known_mistake_is_named_and_leads_to_the_pages(over, paper):
    opened, variants = paper("#paper=3&minutes=45", over=over)
    page = opened.page
    sheets, named = page.locator("revise-paper .revise-paper-sheet").all(), 0
    for sheet, variant in zip(sheets, variants, strict=True):
        if variant.get("mistakes"):
            answer(sheet, variant, variant["mistakes"][0][1])
            named += 1
    assert named > 3
    assert marked(page).startswith("0 of ")
    assert page.locator(".revise-paper-mistake em").count() == named
    link = page.locator(".revise-paper-summary td a").first
    assert "/exam/" not in link.get_attribute("href")
    cards = page.locator(".revise-paper-cards")
    assert cards.count() > 3
    said = cards.first.inner_text()
    cards.first.click()
    assert page.locator("details.card:target").evaluate("box => box.open")
    assert page.locator("details.card").count() == int(said.split()[0])
    assert opened.errors == []


def test_the_same_number_is_the_same_paper_everywhere(paper):
    texts = []
    for over, size in (("file", "desktop"), ("http", "phone")):
        page = paper("#paper=1&minutes=20&level=1", over=over, size=size)[0].page
        texts.append(page.locator("revise-paper .revise-paper-text").evaluate_all(TEXTS))
    first = page.locator('[data-seed="1"] .revise-paper-asked')
    fixed = first.locator(".revise-paper-text").evaluate_all(TEXTS)
    # the build keeps a size like 3 × 3 on one line
    assert texts[0] == texts[1] == [text.replace("\xa0", " ") for text in fixed]


def test_a_paper_that_was_shared_before_the_questions_changed_says_so(paper):
    opened, _ = paper("#paper=42&set=00000000")
    said = opened.page.locator(".revise-paper-status").inner_text()
    assert "changed since this paper was shared" in said
    opened, _ = paper("#paper=42")
    assert "&set=" in opened.page.url
    assert opened.page.locator("revise-paper > .revise-paper-status").inner_text() == ""


def test_a_paper_is_made_and_marked_by_keyboard_alone(visit):
    page = visit(PAGE).page
    page.get_by_label("Paper", exact=True).first.focus()
    page.keyboard.type("")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.locator("revise-paper .revise-paper-foot").wait_for()
    assert "#paper=12" in page.url
    assert page.evaluate("document.activeElement.matches('.revise-paper-head')")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Mark the paper":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.revise-paper-total')")


@EACH_SIZE_AND_SCHEME
def test_a_paper_is_accessible(size, scheme, paper):
    page = paper("#paper=3&minutes=45", size=size, scheme=scheme, over="http")[0].page
    assert broken(page, within="article") == []
    marked(page)
    assert broken(page, within="revise-paper") == []


def test_a_paper_and_its_solutions_are_printed_apart(paper):
    page = paper()[0].page
    page.evaluate("globalThis.print = () => {}")
    page.emulate_media(media="print")
    asked, key = page.locator("revise-paper .revise-paper-asked"), page.locator(".revise-paper-key")
    fixed = page.locator(".revise-paper-fixed").first
    assert asked.is_visible()
    assert not key.is_visible()
    page.evaluate("document.documentElement.dataset.revisePrint = 'solutions'")
    assert key.is_visible()
    assert not asked.is_visible()
    assert not fixed.is_visible()
    page.evaluate("document.documentElement.dataset.revisePrint = 'paper'")
    assert asked.is_visible()
    assert not key.is_visible()
    assert not fixed.is_visible()
    assert not page.get_by_role("button", name="Print the paper").is_visible()


def test_the_clock_can_be_hidden(paper):
    page = paper()[0].page
    assert "left" in page.get_by_role("timer").inner_text()
    page.get_by_role("button", name="Hide the clock").click()
    assert not page.locator(".revise-paper-time").is_visible()


def test_without_scripts_three_papers_and_their_solutions_stand_there(visit):
    page = visit(PAGE, java_script_enabled=False).page
    assert page.locator(".revise-paper-fixed .revise-paper-asked").count() == 3
    assert page.locator(".revise-paper-asked .revise-paper-text").count() > 20
    page.locator(".revise-paper-solutions summary").first.click()
    assert page.locator(".revise-paper-solutions li").first.is_visible()


@OVER
def test_a_question_is_asked_again_on_its_own_page(over, visit):
    opened = visit("practice/sizes.html", over=over)
    page = opened.page
    question = page.locator(".worked[id^=question-]").first
    before = question.inner_text()
    question.get_by_role("button").click()
    sheet = question.locator(".revise-paper-sheet")
    sheet.wait_for()
    name = question.get_attribute("id").removeprefix("question-")
    variant = page.evaluate(f"reviseVariants[{json.dumps(name)}][1]")
    assert sheet.locator(".revise-paper-text").inner_text() not in before
    answer(sheet, variant, variant["answer"])
    page.keyboard.press("Enter")
    assert question.locator(".revise-paper-verdict").inner_text().startswith("Right")
    assert opened.errors == []
    assert opened.foreign == []


READINGS = {
    "3": [3],
    "−3": [-3],
    "–3": [-3],
    "- 3": [-3],
    "1/2": [0.5],
    "-1/2": [-0.5],
    "1 1/2": [1.5],
    "−1 1/2": [-1.5],
    "1½": [1.5],
    "0,5": [0.5],
    ".5": [0.5],
    "1.": [1],
    "50 348 032": [50348032],
    "50\u202f348\u202f032": [50348032],
    "50,348,032": [50348032],
    "50.348.032": [50348032],
    "1.234.567,5": [1234567.5],
    "1,234": [1234, 1.234],
    "1’000": [1000],
    "1e-3": [0.001],
    "6·10⁻⁹": [6e-9],
    "6 × 10^-9": [6e-9],
    "10^3": [1000],
    "2,5e3": [2500],
    "12 %": [0.12],
    "3 pixels": [3],
    "": [],
    "abc": [],
    "1/0": [],
    "--3": [],
    "1/2/3": [],
    "3 pixel": [],
}


def test_numbers_are_read_as_people_write_them(visit):
    page = visit(PAGE).page
    found = page.evaluate(
        """all => {
            const { readings } = revise.papers.answers;
            return Object.fromEntries(all.map(one => [one, readings(one, 'pixels')]));
        }""",
        list(READINGS),
    )
    assert found == READINGS
