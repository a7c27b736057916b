"""Students meet nothing before it is defined: pages say what they need, and the nav obeys."""

import posixpath
import re
import runpy
from pathlib import Path

import pytest
import yaml
from mkdocs.utils.yaml import yaml_load

from worked.page.parser import parse

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CONFIG = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
APART = ("Practice", "Exam", "About")
"""Sections to look things up in: they are no chapters."""
FRONT = re.compile(r"\A---\n(.*?)^---\n", re.S | re.M)
LISTED = re.compile(r"^- \[(.+)\]\((.+?)\)$", re.M)
MOST_NAMES = 32


def _sections():
    """Give the sections of the nav: name -> pages; "" for the pages beside them."""
    found = {"": []}
    for entry in CONFIG["nav"]:
        (name, inside) = ("", entry) if isinstance(entry, str) else next(iter(entry.items()))
        if isinstance(inside, str):
            found[""].append(inside)
        else:
            found[name] = inside
    return found


SECTIONS = _sections()
reading = runpy.run_path(str(ROOT / "plugins" / "hooks" / "minutes.py"))["reading"]
CHAPTERS = {name: pages for name, pages in SECTIONS.items() if name and name not in APART}
ORDER = [page for pages in SECTIONS.values() for page in pages]
NOTES = ["notation.md", *(page for pages in CHAPTERS.values() for page in pages[1:])]


def text(page):
    return (DOCS / page).read_text(encoding="utf-8")


def says(page):
    """Give what a page says of itself in its front matter."""
    found = FRONT.match(text(page))
    return yaml.safe_load(found[1]) if found else {}


def title(page):
    return re.search(r"^# (.+)$", FRONT.sub("", text(page)), re.M)[1]


def needs(page):
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(page), n)) for n in says(page)["needs"]
    ]


@pytest.mark.parametrize("page", NOTES)
def test_what_a_page_needs_stands_before_it(page):
    before = set(ORDER[: ORDER.index(page)])
    assert [need for need in needs(page) if need not in before] == []


AHEAD = {
    "orientation/pipeline.md": "it shows a whole network before its parts, and says so",
    "orientation/volumes.md": "it says itself what a ReLU does, in the line above",
}
"""Pages whose visible code uses what a later page defines, and why they may."""
IMPORT = re.compile(r"^from notes\.(\S+) import", re.M)


def taken(page):
    """Give the pages from which the visible code of a page imports."""
    cells = [cell for cell in parse(text(page), page).cells if cell.options.echo]
    code = [cell.code for cell in cells if not cell.options.code_fold]
    return [
        f"{name.replace('.', '/').replace('_', '-')}.md" for name in IMPORT.findall("\n".join(code))
    ]


@pytest.mark.parametrize("page", NOTES)
def test_visible_code_uses_what_earlier_pages_define(page):
    later = [one for one in taken(page) if ORDER.index(one) > ORDER.index(page)]
    assert bool(later) == (page in AHEAD), later


@pytest.mark.parametrize("page", NOTES)
def test_a_page_says_what_it_is_about_what_it_needs_and_its_other_names(page):
    assert set(says(page)) == {"description", "needs", "also"}
    assert len(needs(page)) == len(set(needs(page)))


@pytest.mark.parametrize("page", ORDER)
def test_a_description_goes_on_after_a_colon(page):
    said = says(page).get("description")
    if said is None:
        assert page in SECTIONS["About"] or page == "index.md"
    else:
        assert len(said) <= 110
        assert not said.endswith(".")
        assert said[:1].islower() or said.split()[0].isupper()


def test_another_name_leads_to_one_page():
    names = [(name.lower(), page) for page in ORDER for name in says(page).get("also", ())]
    pages = {}
    for name, page in names:
        pages.setdefault(name, []).append(page)
    assert {name: where for name, where in pages.items() if len(where) > 1} == {}
    assert max(len(says(page).get("also", ())) for page in ORDER) <= MOST_NAMES


def test_no_page_is_also_called_by_the_title_of_another():
    titles = {title(page).lower(): page for page in ORDER}
    wrong = [
        (page, name)
        for page in ORDER
        for name in says(page).get("also", ())
        if titles.get(name.lower(), page) != page
    ]
    assert wrong == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_begins_with_an_overview_of_its_pages_in_order(chapter):
    overview, *pages = CHAPTERS[chapter]
    assert posixpath.basename(overview) == "index.md"
    assert title(overview) == chapter
    folder = posixpath.dirname(overview)
    listed = [
        (name, posixpath.normpath(posixpath.join(folder, to)))
        for name, to in LISTED.findall(text(overview))
    ]
    assert listed == [(title(page), page) for page in pages]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_overview_draws_one_figure_for_each_page(chapter):
    overview, *pages = CHAPTERS[chapter]
    entries = re.split(r"^- \[", text(overview), flags=re.M)[1:]
    assert [entry.count("#| fig-alt: ") for entry in entries] == [1] * len(pages)


HOME_LINK = re.compile(r"^(?P<item>1\.|-)(?: \*Day (?P<day>\d)\*)? \[\]\((?P<to>.+?)\)$", re.M)
PATHS = {"1.": [], "-": []}
for found in HOME_LINK.finditer(text("index.md")):
    PATHS[found["item"]].append((found["day"], found["to"]))
NIGHT = [to for _, to in PATHS["1."]]


def test_the_path_for_a_night_is_short_and_in_order():
    assert 7 <= len(NIGHT) <= 10
    assert [to for to in ORDER if to in NIGHT] == NIGHT
    assert sum(reading(FRONT.sub("", text(page))).minutes for page in NIGHT) <= 120


def test_the_path_for_a_week_goes_through_all_chapters_in_order_and_draws_each():
    listed = [to for _, to in PATHS["-"]]
    overviews = [overview for overview, *_ in CHAPTERS.values()]
    assert listed[: len(overviews)] == overviews
    assert [to for to in SECTIONS["Exam"] if to in listed] == listed[len(overviews) :]
    entries = re.split(r"^- \*Day", text("index.md"), flags=re.M)[1:]
    assert [entry.count("#| fig-alt: ") for entry in entries] == [1] * len(listed)


def test_a_week_has_seven_days_of_at_most_two_hours():
    days = {}
    for day, to in PATHS["-"]:
        pages = next((pages[1:] for pages in CHAPTERS.values() if pages[0] == to), [to])
        minutes = sum(reading(FRONT.sub("", text(page))).minutes for page in pages)
        days[int(day)] = days.get(int(day), 0) + minutes
    assert list(days) == [1, 2, 3, 4, 5, 6, 7]
    assert max(days.values()) <= 120


def test_the_home_page_leads_to_what_stands_in_no_chapter():
    said = text("index.md")
    apart = [page for page in SECTIONS["Exam"] + SECTIONS[""] if page != "index.md"]
    assert [page for page in apart if f"]({page})" not in said] == []
