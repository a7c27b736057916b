"""Papers that are drawn from a number, and the Markdown of questions outside of their page."""

from dataclasses import replace

import pytest

from revise import Question
from revise.papers.bank import BankQuestion, set_print, slug
from revise.papers.drawing import LEVELS, Mulberry, Plan, draw_paper
from revise.papers.printed import PlanError, paper_html, paper_print, read_slot
from revise.papers.scripts import question_script
from revise.papers.typesetting import QuestionSetter


def banked(name, topic, level=1, minutes=2):
    variants = tuple({"text": f"<p>{name} {n}</p>", "said": str(n)} for n in range(5))
    return BankQuestion(name, topic, level, minutes, f"p.html#question-{name}", variants, name)


BANK = [banked(f"q{n}", f"topic {n % 3}", 1 + n % 3, 2 + n % 4) for n in range(30)]


def test_the_generator_is_mulberry32():
    chance = Mulberry(42)  # from the published JavaScript
    assert [chance.draw() for _ in range(3)] == [2581720956, 1925393290, 3661312704]


def test_the_same_number_gives_the_same_paper():
    papers = [draw_paper(BANK, Plan(7)) for _ in range(2)]
    assert papers[0] == papers[1] == draw_paper(reversed(BANK), Plan(7))
    assert papers[0] != draw_paper(BANK, Plan(8))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("minutes", [20, 45, 90])
def test_a_paper_keeps_to_its_plan(seed, minutes):
    for level, levels in LEVELS.items():
        paper = draw_paper(BANK, Plan(seed, minutes, level))
        asked = [question for question, _ in paper]
        assert len({one.id for one in asked}) == len(asked)
        assert {one.level for one in asked} <= set(levels)
        assert minutes - 5 < sum(one.minutes for one in asked) <= minutes or len(asked) == len(
            [one for one in BANK if one.level in levels]
        )
        assert [one.level for one in asked] == sorted(one.level for one in asked)


def test_topics_take_turns():
    paper = draw_paper(BANK, Plan(3, 45))
    counts = [sum(one.topic == f"topic {n}" for one, _ in paper) for n in range(3)]
    assert max(counts) - min(counts) <= 1


def test_a_paper_may_be_about_some_topics():
    paper = draw_paper(BANK, Plan(3, 20, topics=("topic-1",)))
    assert {one.topic for one, _ in paper} == {"topic 1"}


def test_a_question_that_changes_changes_the_print_of_its_papers_only():
    paper = {one.id for one, _ in draw_paper(BANK, Plan(1, 20))}
    other = next(one for one in BANK if one.id not in paper)
    for changed, same in ((other, True), (next(o for o in BANK if o.id in paper), False)):
        bank = [replace(one, print="new") if one is changed else one for one in BANK]
        assert (paper_print(bank, Plan(1, 20)) == paper_print(BANK, Plan(1, 20))) is same
        assert set_print(bank) != set_print(BANK)


@pytest.mark.parametrize("options", ["", "minutes=20 ", "seed=a ", "seed=1 minutes=21 ", "x=1 "])
def test_a_paper_of_a_page_that_cannot_be_made_is_refused(options):
    with pytest.raises(PlanError):
        read_slot(options)


def test_a_paper_of_a_page_has_its_solutions_and_its_print():
    html = paper_html(BANK, Plan(1, 20), lambda to: f"../{to}")
    assert html.count("<li>") == 2 * len(draw_paper(BANK, Plan(1, 20)))
    assert f"{paper_print(BANK, Plan(1, 20))} of questions {set_print(BANK)}" in html


@pytest.mark.parametrize(
    ("name", "address"), [("Output size", "output-size"), ("Größe & Form", "groe-form")]
)
def test_a_topic_has_an_address(name, address):
    assert slug(name).replace("ss", "") == address


def settled(text, macros=None, **more):
    variant = Question(text, 1, **more)._variant_()
    (one,) = QuestionSetter(macros).settle([variant], lambda to: "" if "no" in to else f"at/{to}")
    return one


def test_markdown_of_a_question_becomes_html_with_formulas():
    one = settled("Is $x^2$ *large*?", {}, steps=["First", "Then `code`"])
    assert "<math>" in one["text"]
    assert "<em>large</em>" in one["text"]
    assert one["steps"] == ["First", "Then <code>code</code>"]


def test_html_in_a_question_stays_text():
    one = settled("<script>alert(1)</script> <b onclick=a>b</b>")
    assert "<script" not in one["text"]
    assert "<b " not in one["text"]
    assert "![a](b.png)".count("<img") == settled("![a](b.png) c")["text"].count("<img")


@pytest.mark.parametrize("to", ["nowhere.md", "no", "javascript:no"])
def test_a_link_that_leads_nowhere_is_an_error(to):
    with pytest.raises(ValueError, match="leads nowhere"):
        settled(f"[a]({to})")


def test_a_link_leads_to_the_address_in_the_site():
    assert 'href="at/b.md#c"' in settled("[a](b.md#c)")["text"]


def test_a_link_that_is_a_formula_has_a_name():
    assert '<a aria-label="x+1" href="at/b.md"><math>' in settled("[$x + 1$](b.md)", {})["text"]


def test_a_bad_formula_is_an_error():
    with pytest.raises(ValueError, match="frac"):
        settled(r"$\frac{1$", {})


def test_no_text_ends_the_script_it_is_in():
    script = question_script(replace(BANK[0], variants=({"text": "</script>"},)))
    assert "</script" not in script
