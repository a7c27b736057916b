"""Any site has cards by ten lines of configuration: addresses, a desk, a list, files."""

import csv
import json
import re

import pytest

from card_sites import PAGES, PLAIN, build_cards, documented

AREA = (
    '<revise-area data-desk="../../index.html" data-site="heat-in-one-dimension" hidden>'
    "</revise-area>"
)


def deck(site):
    """Read the script that a desk loads."""
    text = (site / "assets/revise-cards.js").read_text("utf-8")
    return json.loads(text.removeprefix("globalThis.reviseCards = "))


def table(site):
    with (site / "assets/cards.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_documented_configuration_has_at_most_ten_lines():
    assert documented().count("\n") <= 10


def test_a_page_with_cards_has_the_area_and_its_script(documented_site):
    page = (documented_site / "rod/flow/index.html").read_text("utf-8")
    assert page.count(AREA) == 1
    assert 'e.src="../../assets/revise-area.js"' in page
    assert '<details class="card" id="card-flow">' in page
    assert (documented_site / "assets/revise-area.js").is_file()


def test_a_page_without_cards_loads_nothing(documented_site):
    for name in ("404.html", "search.html"):
        if (documented_site / name).exists():
            assert "revise-" not in (documented_site / name).read_text("utf-8")


def test_the_desk_knows_its_site_and_loads_the_cards_first(documented_site):
    page = (documented_site / "index.html").read_text("utf-8")
    assert '<revise-desk data-site="heat-in-one-dimension">Ask me.</revise-desk>' in page
    scripts = re.findall(r'src="(assets/revise-[\w-]+\.js)"', page)
    assert scripts[0] == "assets/revise-cards.js"
    assert "assets/revise-desk.js" in scripts


def test_the_script_has_all_cards_with_links_seen_from_the_desk(documented_site):
    said = deck(documented_site)
    assert said["version"] == 1
    assert [page["url"] for page in said["pages"]] == ["rod/flow/", "rod/steps/"]
    assert said["pages"][0]["chapter"] == "Rod"
    assert said["pages"][0]["minutes"] == 1
    flow, _, drawn, stable = said["cards"]
    assert (flow["id"], flow["page"], stable["page"]) == ("flow", 0, 1)
    assert "<em>warm</em>" in flow["answer"]
    assert re.findall('href="([^"]+)"', flow["answer"]) == [
        "rod/steps/#stable",
        "rod/flow/#the-rod",
    ]
    assert drawn["answer"].count("<svg") == 1
    assert "headerlink" not in json.dumps(said)


def test_the_list_leads_to_every_card_without_a_script(documented_site):
    page = (documented_site / "index.html").read_text("utf-8")
    assert "<summary>Rod</summary>" in page
    for one in ("flow/#card-flow", "flow/#card-flow-halves", "steps/#card-steps-stable"):
        assert page.count(f'<a href="rod/{one}">') == 1


def test_the_files_are_offered_with_their_sizes(documented_site):
    page = (documented_site / "index.html").read_text("utf-8")
    (line,) = re.findall(r'<p class="revise-files">.*?</p>', page)
    for name, size in re.findall(r'href="([^"]+)" download>[^<]+</a> \((\d+)\u00a0kB\)', line):
        assert round((documented_site / name).stat().st_size / 1000) in (int(size), int(size) - 1)
    assert line.count("download") == 2


def test_the_table_has_plain_text_and_tex(course):
    flow, halves, drawn, stable = table(course)
    assert flow == {
        "id": "flow",
        "chapter": "Rod",
        "question": r"Where does heat flow, at \(\alpha < 1\) say?",
        "answer": "From warm to cold, see steps and above.",
        "link": "https://heat.example.org/course/rod/flow.html#card-flow",
    }
    assert halves["answer"] == "3, and\n" + r"\[\frac{6}{2} = 3\]"
    assert drawn["answer"] == "A line that falls."
    assert stable["answer"] == "Half a square."


def test_the_page_shows_its_formulas_as_mathml_all_the_same(course):
    page = (course / "rod/flow.html").read_text("utf-8")
    assert "data-tex" not in page
    assert "<mfrac>" in page
    assert "<mfrac>" in deck(course)["cards"][1]["answer"]


def test_a_desk_below_another_folder_has_its_own_way_to_pages(tmp_path):
    pages = {**PAGES, "index.md": "# Heat\n", "exam/desk.md": PAGES["index.md"]}
    done = build_cards(tmp_path, pages, documented() + "use_directory_urls: false\n")
    assert done.returncode == 0, done.stderr
    (flow, *_) = deck(tmp_path / "site")["cards"]
    assert 'href="../rod/steps.html#stable"' in flow["answer"]
    page = (tmp_path / "site/exam/desk.html").read_text("utf-8")
    assert '<a href="../rod/flow.html#card-flow">' in page
    assert 'href="../assets/cards.csv"' in page


def test_without_files_nothing_is_offered(tmp_path):
    config = documented().replace("revise]", "revise: {files: false}]")
    done = build_cards(tmp_path, PLAIN, config)
    assert done.returncode == 0, done.stderr
    assert not [*(tmp_path / "site").rglob("cards.*")]
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert "revise-files" not in page
    assert "<!-- revise" not in page


def test_a_site_without_cards_gets_no_files(tmp_path):
    done = build_cards(tmp_path, {"index.md": "# Heat\n\n<!-- revise: files -->\n"})
    assert done.returncode == 0, done.stderr
    assert not [*(tmp_path / "site").rglob("*cards*")]


def test_an_id_that_is_taken_ends_the_build_with_both_places(tmp_path):
    again = '---\na: b\n---\n# A\n\n??? card steps-stable "Again?"\n\n    Yes.\n'
    done = build_cards(tmp_path, {**PLAIN, "again.md": again})
    assert done.returncode == 1
    said = "docs/rod/steps.md:5: card: the id 'steps-stable' is taken by docs/again.md:6"
    assert said in done.stderr
    assert not (tmp_path / "site/index.html").exists()


def test_an_id_that_is_a_class_of_the_theme_ends_the_build(tmp_path):
    done = build_cards(tmp_path, {"index.md": '??? card navbar "Q?"\n\n    A.\n'})
    assert done.returncode == 1
    assert "docs/index.md:1: card: 'navbar' is a class of the theme" in done.stderr


def test_a_site_has_one_desk(tmp_path):
    done = build_cards(tmp_path, {**PLAIN, "two.md": "<revise-desk></revise-desk>\n"})
    assert done.returncode == 1
    assert "a site has one" in done.stderr


@pytest.mark.parametrize("plugins", ["revise, worked", "revise"])
def test_the_plugin_needs_no_place_in_the_list_and_no_other_plugin(tmp_path, plugins):
    config = documented().replace("worked, revise", plugins)
    pages = {**PAGES, "rod/flow.md": PAGES["rod/steps.md"].replace("steps-", "flow-")}
    done = build_cards(tmp_path, pages, config)
    assert done.returncode == 0, done.stderr
    assert [card["id"] for card in deck(tmp_path / "site")["cards"]] == [
        "flow-stable",
        "steps-stable",
    ]
