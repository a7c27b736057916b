"""A learner's own Anki takes the deck, and takes a newer one without a note twice."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from revise.anki import anki_deck
from revise.cards import Card
from revise.course import Course
from revise.elsewhere import Carrier

collection = pytest.importorskip("anki.collection", reason="there is no Anki for this Python here")

FIRST, LATER = 1_767_225_600, 1_767_312_000
TEX = r'<span class="texmath" data-texmath="0" data-tex="i &lt; \frac{1}{2}">i</span>'
CARDS = (
    Card("flow", "rod/flow.html", "The rod", f"Where to, for {TEX}?", "<p>To warm.</p>"),
    Card("halves", "rod/flow.html", "The rod", "What is half of 6?", "<p>3</p>"),
    Card("end", "end.html", "", "Is it over?", '<p>Yes, see <a href="rod/flow.html">flow</a>.</p>'),
)


def deck(cards=CARDS, *, time=FIRST, site="https://heat.example.org"):
    course = Course("heat", "Heat", time, {"rod/flow.html": "Flow &amp; heat"})
    return anki_deck(cards, Carrier(site, Path(), {}), course)


@pytest.fixture
def anki(tmp_path):
    """A new collection of Anki, and how it imports a deck."""
    opened = collection.Collection(str(tmp_path / "collection.anki2"))

    def imports(content):
        package = tmp_path / "cards.apkg"
        package.write_bytes(content)
        return opened.import_anki_package(
            collection.ImportAnkiPackageRequest(
                package_path=str(package), options=collection.ImportAnkiPackageOptions()
            )
        ).log

    opened.imports = imports
    yield opened
    opened.close()


def note(opened, name):
    (found,) = opened.find_notes(f"Id:{name}")
    return opened.get_note(found)


def test_the_course_is_a_deck_and_each_chapter_one_in_it(anki):
    anki.imports(deck())
    names = {one.name for one in anki.decks.all_names_and_ids(skip_empty_default=True)}
    assert names == {"Heat", "Heat::The rod"}
    assert len(anki.find_cards('"deck:Heat::The rod"')) == 2
    assert len(anki.find_cards("deck:Heat")) == 3


def test_a_card_shows_question_and_answer_with_tex_and_the_way_back(anki):
    anki.imports(deck())
    (shown,) = note(anki, "flow").cards()
    assert r"\(i &lt; \frac{1}{2}\)" in shown.question()
    assert "To warm." not in shown.question()
    assert "To warm." in shown.answer()
    link = '<a href="https://heat.example.org/rod/flow.html#card-flow">Flow &amp; heat</a>'
    assert link in shown.answer()
    assert 'href="https://heat.example.org/rod/flow.html">flow</a>' in note(anki, "end")["Answer"]


def test_without_an_address_of_the_site_nothing_leads_nowhere(anki):
    anki.imports(deck(site=""))
    for name in ("flow", "halves", "end"):
        (shown,) = note(anki, name).cards()
        assert "<a " not in shown.answer()
        assert 'class="source"' not in shown.answer()
    assert note(anki, "end")["Answer"] == "<p>Yes, see flow.</p>"


def test_a_mended_card_is_updated_and_keeps_its_schedule(anki):
    first = anki.imports(deck())
    assert len(first.new) == 3
    anki.decks.select(anki.decks.id("Heat"))
    for _ in range(2):
        chosen = anki.sched.getCard()
        chosen.start_timer()
        anki.sched.answerCard(chosen, 4)  # easy: it comes back in days
    learned = anki.find_cards("is:review")
    assert len(learned) == 2
    schedule = {one: _schedule(anki.get_card(one)) for one in anki.find_cards("")}

    mended = tuple(replace(card, answer=card.answer.replace("warm", "cold")) for card in CARDS)
    again = anki.imports(deck(mended, time=LATER))

    assert anki.note_count() == anki.card_count() == 3
    assert (len(again.new), len(again.updated)) == (0, 3)
    assert note(anki, "flow")["Answer"] == "<p>To cold.</p>"
    assert {one: _schedule(anki.get_card(one)) for one in anki.find_cards("")} == schedule


def _schedule(card):
    return card.type, card.queue, card.due, card.ivl, card.factor, card.reps


def test_importing_the_same_deck_again_changes_nothing(anki):
    anki.imports(deck())
    again = anki.imports(deck())
    assert (len(again.new), len(again.updated)) == (0, 0)
    assert anki.note_count() == 3


def test_a_new_card_is_added_in_its_place(anki):
    anki.imports(deck())
    more = Card("more", "rod/flow.html", "The rod", "What more?", "<p>This.</p>")
    again = anki.imports(deck((*CARDS, more), time=LATER))
    assert len(again.new) == 1
    assert len(anki.find_cards('"deck:Heat::The rod"')) == 3


def test_two_courses_do_not_take_each_others_notes(anki):
    anki.imports(deck())
    other = Course("cold", "Cold", FIRST, {})
    anki.imports(anki_deck(CARDS, Carrier("", Path(), {}), other))
    assert anki.note_count() == 6


def test_a_drawing_comes_along_as_a_file_in_the_colours_of_paper(anki, course):
    anki.imports((course / "assets/cards.apkg").read_bytes())
    answer = note(anki, "flow-drawn")["Answer"]
    picture = re.search(r'<img src="(?P<name>[\w-]+\.svg)" alt="A line that falls.">', answer)
    drawn = Path(anki.media.dir(), picture["name"]).read_text("utf-8")
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "--fig-fg:#" in drawn
    assert anki.media.check().missing == []


def test_the_built_deck_has_every_card_of_the_course(anki, course):
    anki.imports((course / "assets/cards.apkg").read_bytes())
    names = {anki.get_note(one)["Id"] for one in anki.find_notes("")}
    assert names == {"flow", "flow-halves", "flow-drawn", "steps-stable"}
    assert r"\[\frac{6}{2} = 3\]" in note(anki, "flow-halves")["Answer"]


def test_equal_cards_at_an_equal_time_give_equal_bytes():
    packed = deck()
    assert packed == deck()
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert json.loads(package.read("media")) == {}
