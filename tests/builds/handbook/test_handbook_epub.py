"""The EPUB of another course, read back."""

import zipfile
from pathlib import Path

import pytest

from epub_reader import NAMES, Epub, checked, needs_java, read_epub
from tests.builds.handbook.conftest import build

EPUB = Path("files", "heat-in-one-dimension.epub")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the course with an EPUB alone."""
    root = tmp_path_factory.mktemp("reader")
    done = build(root, "epub")
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def epub(reader: Path) -> Epub:
    return read_epub(reader / EPUB)


@needs_java
def test_the_checker_of_the_w3c_finds_nothing(reader: Path) -> None:
    assert checked(reader / EPUB) == ""


def test_everything_in_the_file_is_in_the_manifest_with_what_it_holds(epub: Epub) -> None:
    items = {one.get("href"): one for one in epub.items().values()}
    packed = {name.removeprefix("EPUB/") for name in epub.files if name.startswith("EPUB/")}
    assert {*items, "package.opf"} == packed
    for name, tree in epub.documents():
        kinds = {"mathml": "m:math", "svg": "s:svg"}
        holds = {kind for kind, tag in kinds.items() if tree.find(f".//{tag}", NAMES) is not None}
        assert {*(items[name].get("properties") or "").split()} - {"nav"} == holds, name
    assert {one.get("properties") for one in items.values()} >= {"nav", "cover-image"}


def test_it_is_read_in_the_order_of_the_contents(epub: Epub) -> None:
    (toc,) = epub.tree("nav.xhtml").xpath("//h:nav[@epub:type='toc']", namespaces=NAMES)
    links = [one.get("href") for one in toc.iterfind(".//h:a", NAMES)]
    assert epub.spine() == ["cover.xhtml", "title.xhtml", "nav.xhtml", *links]
    said = ["".join(one.itertext()) for one in toc.iterfind(".//h:a", NAMES)]
    assert said == ["Heat", "1 The rod", "1.1 Steps", "Answers", "Code"]
    assert len(toc.findall("h:ol/h:li/h:ol/h:li", NAMES)) == 1


def test_every_reference_leads_to_something(epub: Epub) -> None:
    assert epub.dangling() == []
    links = [one.get("href", "") for _, tree in epub.documents() for one in tree.iter("{*}a")]
    assert any("#" in one for one in links)


def test_a_link_to_what_is_not_in_the_book_is_text(epub: Epub) -> None:
    rod = epub.tree(epub.spine()[4])
    (link,) = [one for one in rod.iter("{*}a") if one.text == "about"]
    assert link.get("href") is None


def test_ids_are_there_once_and_what_is_named_is_there(epub: Epub) -> None:
    for name, tree in epub.documents():
        ids = [one.get("id") for one in tree.iter() if one.get("id")]
        assert len(ids) == len({*ids}), name
        for element in tree.iter():
            named = (element.get("aria-labelledby") or "").split()
            assert {*named} <= {*ids}, name


def test_formulas_and_drawings_are_there_with_what_they_show(epub: Epub) -> None:
    trees = dict(epub.documents())
    assert any(tree.find(".//m:math//m:mi", NAMES) is not None for tree in trees.values())
    (drawing,) = [one for tree in trees.values() for one in tree.iterfind(".//s:svg", NAMES)]
    title = drawing.findtext("s:title", None, NAMES)
    assert title == "A line that falls from left to right."
    assert drawing.get("aria-labelledby") == drawing.find("s:title", NAMES).get("id")
    assert "var(" not in "".join(map(str, (one.attrib for one in drawing.iter())))


def test_the_font_of_formulas_comes_with_its_licence(epub: Epub) -> None:
    fonts = {name for name in epub.files if name.startswith("EPUB/fonts/")}
    assert fonts == {
        "EPUB/fonts/OFL.txt",
        "EPUB/fonts/stix-two-math-core.woff2",
        "EPUB/fonts/stix-two-math-subset.woff2",  # of the dot over the u
    }
    assert b"SIL OPEN FONT LICENSE" in epub.files["EPUB/fonts/OFL.txt"]


def test_nothing_in_it_runs_or_asks(epub: Epub) -> None:
    for name, tree in epub.documents():
        tags = {one.tag.rpartition("}")[2] for one in tree.iter() if isinstance(one.tag, str)}
        assert not tags & {"script", "input", "button", "form", "details", "iframe"}, name
        assert not [tag for tag in tags if "-" in tag], name


def test_a_question_and_its_answer_lead_to_each_other(epub: Epub) -> None:
    names = epub.spine()
    rod, answers = epub.tree(names[4]), epub.tree(names[6])
    links = [one for one in rod.iter("{*}a") if "handbook-to" in one.get("class", "")]
    assert [one.get("href") for one in links] == [
        f"{names[6]}#handbook-answers.{n}" for n in (1, 2)
    ]
    (entry,) = answers.iterfind(".//h:div[@id='handbook-answers.1']", NAMES)
    assert "From warm to cold." in "".join(entry.itertext())
    assert entry.find(".//h:a", NAMES).get("href") == f"{names[4]}#handbook-answers-from.1"


def test_a_box_that_says_nothing_but_answer_says_so_once(epub: Epub) -> None:
    here = ".//h:div[@id='handbook-answers-from.2']"
    (asked,) = epub.tree(epub.spine()[4]).iterfind(here, NAMES)
    assert "".join(asked.itertext()).strip() == "Answer\N{NO-BREAK SPACE}2"


def test_what_a_script_would_fill_leaves_no_trace(epub: Epub) -> None:
    (home,) = epub.tree(epub.spine()[3]).iterfind(".//h:section", NAMES)
    assert ["".join(one.itertext()).strip() for one in home] == [
        "Heat",
        "Read the rod, then its figure.",
        "These stay.",
    ]


def test_it_says_what_it_is_and_who_can_read_it(epub: Epub) -> None:
    said = {
        one.get("property"): one.text
        for one in epub.package.iterfind(".//o:meta[@property]", NAMES)
    }
    assert said["dcterms:modified"] == "2026-01-01T00:00:00Z"
    assert epub.package.findtext(".//dc:creator", None, NAMES) == "A. Lecturer"
    features = {
        one.text
        for one in epub.package.iterfind(
            ".//o:meta[@property='schema:accessibilityFeature']", NAMES
        )
    }
    assert {"MathML", "alternativeText", "tableOfContents"} <= features


def test_the_site_offers_it(reader: Path) -> None:
    assert f'href="{EPUB.as_posix()}" download' in (reader / "index.html").read_text("utf-8")


def test_the_same_site_gives_the_same_book(reader: Path, tmp_path: Path) -> None:
    done = build(tmp_path, "epub")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / EPUB).read_bytes() == (reader / EPUB).read_bytes()
    with zipfile.ZipFile(reader / EPUB) as archive:
        assert archive.infolist()[0].filename == "mimetype"
