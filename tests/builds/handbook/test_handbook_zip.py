"""The site as a zip."""

import io
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handbook.archive import zipped

NAME = "heat-in-one-dimension"


@pytest.fixture(scope="module")
def unpacked(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(course / "files" / f"{NAME}.zip") as archive:
        archive.extractall(folder)
    return folder / NAME


def test_the_zip_holds_the_site_but_for_what_is_left_out(course: Path, unpacked: Path) -> None:
    packed = {path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file()}
    built = {path.relative_to(course) for path in course.rglob("*") if path.is_file()}
    left = {path.as_posix() for path in built - packed}
    assert left == {"rod/steps.py", *(f"files/{one.name}" for one in (course / "files").iterdir())}


def test_no_link_of_the_zip_leads_to_what_is_left_out(unpacked: Path) -> None:
    page = (unpacked / "rod" / "steps.html").read_text("utf-8")
    assert 'href="steps.ipynb"' in page
    assert "steps.py" not in page
    assert "notebook</a></p>" in page
    lychee = shutil.which("lychee", path=Path(sys.executable).parent)
    assert lychee
    command = [lychee, "--offline", "--no-progress", "--include-fragments", "--exclude-path", "404"]
    done = subprocess.run([*command, unpacked], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_site_offers_what_was_built_and_the_zip_does_not(course: Path, unpacked: Path) -> None:
    assert f'href="files/{NAME}.zip" download' in (course / "index.html").read_text("utf-8")
    assert "files/" not in (unpacked / "index.html").read_text("utf-8")
    assert "<!-- handbook" not in (unpacked / "index.html").read_text("utf-8")


def test_a_site_that_builds_no_file_offers_none(plain: Path) -> None:
    assert "handbook" not in (plain / "index.html").read_text("utf-8")
    assert not (plain / "files").exists()


def test_building_files_changes_the_site_only_where_it_offers_them(
    plain: Path, course: Path
) -> None:
    for page in plain.rglob("*.html"):
        name = page.relative_to(plain)
        if name.as_posix() != "index.html":
            assert (course / name).read_text("utf-8") == page.read_text("utf-8"), name


def test_the_same_site_gives_the_same_bytes(plain: Path) -> None:
    date = datetime(2026, 1, 1, 1, 2, 4, tzinfo=UTC)
    first = zipped(plain, "notes", date, [])
    for path in plain.rglob("*.html"):
        path.touch()
    assert zipped(plain, "notes", date, []) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        entries = archive.infolist()
    assert [one.filename for one in entries] == sorted(one.filename for one in entries)
    assert {one.date_time for one in entries} == {(2026, 1, 1, 1, 2, 4)}


def test_a_date_before_the_first_that_a_zip_knows_is_that(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>text</p>")
    packed = zipped(tmp_path, "notes", datetime(1970, 1, 1, tzinfo=UTC), [])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_line_that_announced_what_is_left_out_goes_with_it(tmp_path: Path) -> None:
    line = '<p>Take it: <a href="a.py">a</a>, <a href="a.gz">b</a></p>'
    page = f'{line}<p>As <a href="a.py">a</a> is.</p>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    for name in ("a.py", "a.gz"):
        (tmp_path / name).write_text("1", "utf-8")
    packed = zipped(tmp_path, "notes", datetime(2026, 1, 1, tzinfo=UTC), ["*.py", "*.gz"])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["notes/index.html"]
        assert archive.read("notes/index.html").decode() == "<p>As  is.</p>"
