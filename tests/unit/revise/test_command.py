"""`revise check` says where to mend what; its exit code says whether there is something."""

import pytest

from revise.command import main

SITE = "site_name: Small\nplugins: [revise]\nexclude_docs: drafts/\n"


@pytest.fixture
def site(tmp_path):
    """Write a site; give how the command is called on it."""

    def write(pages, config=SITE):
        for name, text in pages.items():
            page = tmp_path / "docs" / name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf-8")
        (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
        return lambda command: main(["-f", str(tmp_path / "mkdocs.yml"), command])

    return write


def test_good_cards_are_counted(site, capsys):
    assert site({"a.md": '??? card a "Q?"\n\n    A.\n'})("check") == 0
    assert capsys.readouterr().out == "revise: 1 cards\n"


def test_everything_to_mend_is_said_at_once_in_the_order_of_the_files(site, capsys):
    run = site(
        {
            "b.md": '---\ntitle: B\n---\n??? card a "Q?"\n\n    A.\n',
            "a.md": '??? card a "Q?"\n\n    A.\n\n??? card "R?"\n\n    A.\n',
            "drafts/c.md": '??? card a "Q?"\n\n    A.\n',
        }
    )
    assert run("check") == 1
    assert capsys.readouterr().out.split("\n") == [
        "docs/a.md:5: card: no id before the question: a reader's progress is kept under it",
        "docs/b.md:4: card: the id 'a' is taken by docs/a.md:1",
        "docs/b.md:4: card: it asks the same as docs/a.md:1",
        "revise: 3 cards, 3 to mend",
        "",
    ]


def test_ids_are_listed_in_order(site, capsys):
    assert site({"a.md": '??? card b "Q?"\n    A.\n\n??? card a "R?"\n    A.\n'})("ids") == 0
    assert capsys.readouterr().out == "a\nb\n"


def test_a_site_without_the_plugin_is_a_wrong_call(site, capsys):
    assert site({"a.md": "# A"}, "site_name: Small\nplugins: []\n")("check") == 2
    assert "does not list the plugin `revise`" in capsys.readouterr().err


def test_a_site_that_is_not_there_is_a_wrong_call(tmp_path, capsys):
    assert main(["-f", str(tmp_path / "mkdocs.yml"), "check"]) == 2
    assert capsys.readouterr().err.startswith("revise: ")
