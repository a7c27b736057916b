"""The id of a card never changes: what readers know is kept under it, in browsers and in Anki."""

from pathlib import Path

from revise.command import main

LISTED = Path(__file__).with_name("card_ids.txt").read_text(encoding="utf-8").split()


def ids(capsys):
    assert main(["-f", str(Path(__file__).parents[2] / "mkdocs.yml"), "ids"]) == 0
    return capsys.readouterr().out.split()


def test_no_card_that_somebody_may_have_learned_is_gone(capsys):
    assert sorted({*LISTED} - {*ids(capsys)}) == []


def test_a_new_card_is_listed_by_revise_ids(capsys):
    new = sorted({*ids(capsys)} - {*LISTED})
    assert new == [], "run: .venv/bin/revise ids > tests/notes/card_ids.txt"
    assert sorted({*LISTED}) == LISTED
