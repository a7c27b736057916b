"""What readers take away: it is where the links say, and it runs where there is nothing else."""

import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from worked.page.parser import parse

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(
    path.relative_to(DOCS).as_posix().removesuffix(".md")
    for path in DOCS.rglob("*.md")
    if parse(path.read_text("utf-8"), path.name).cells
)
# trained weights of another page; a data file; a cell that raises, and sweeps
RUN = ["seeing/feature-maps", "about/speed", "convolution/output-size"]


def joined(outputs):
    """Join what was printed in a row: a kernel sends it in as many pieces as it likes."""
    whole = []
    for stream, group in groupby(outputs, key=lambda one: one.get("name")):
        parts = list(group)
        if stream:  # nothing else has a name
            parts = [{**parts[0], "text": "".join(part["text"] for part in parts)}]
        whole += parts
    return whole


def printed(outputs):
    return "".join(one["text"] for one in outputs if one["output_type"] == "stream")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_cells_offers_files_that_are_there(page, site):
    html = (site / f"{page}.html").read_text("utf-8")
    found = re.findall(r'<a href="([^"]+)" download aria-label="([^"]+)"', html)
    stem = page.rpartition("/")[2]
    assert [address for address, _ in found] == [f"{stem}.ipynb", f"{stem}.py"]
    notebook = (site / page).with_suffix(".ipynb").read_text("utf-8")
    nbformat.validate(nbformat.reads(notebook, as_version=4))
    script = (site / page).with_suffix(".py").read_text("utf-8")
    assert compile(script, page, "exec")
    assert str(DOCS.parent) not in notebook + script


@pytest.mark.parametrize("page", ["about/store", "bibliography"])
def test_a_page_without_cells_offers_nothing(page, site):
    assert "worked-downloads" not in (site / f"{page}.html").read_text("utf-8")


# a kernel takes seconds to start
@pytest.mark.parametrize(
    "page", [RUN[-1], *(pytest.param(page, marks=pytest.mark.nightly) for page in RUN[:-1])]
)
def test_a_notebook_runs_alone_and_gives_what_the_page_gives(page, site, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "settings"))
    notebook = nbformat.read((site / page).with_suffix(".ipynb"), as_version=4)
    before = [joined(cell.get("outputs", [])) for cell in notebook.cells]
    NotebookClient(notebook, resources={"metadata": {"path": tmp_path}}, timeout=120).execute()
    for cell, known in zip(notebook.cells, before, strict=True):
        came = joined(cell.get("outputs", []))
        assert [one["output_type"] for one in came] == [one["output_type"] for one in known]
        assert printed(came) == printed(known)
        for one, other in zip(came, known, strict=True):
            if "image/svg+xml" in other.get("data", {}):
                assert "image/png" in one["data"], cell["id"]


@pytest.mark.parametrize("page", RUN)
def test_a_script_runs_alone_and_prints_what_the_page_prints(page, site, tmp_path):
    path = (site / page).with_suffix(".py")
    done = subprocess.run(
        [sys.executable, "-I", path], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(path.with_suffix(".ipynb"), as_version=4)
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    for row in printed(outputs).splitlines():
        assert row in done.stdout
    for one in outputs:
        if one["output_type"] == "error":
            assert f"{one['ename']}: {one['evalue']}\n" in done.stdout


SAID = pytest.mark.parametrize("said", ["notebook", "script"])


def link(page, said):
    return page.get_by_role("link", name=f"Download this page’s code: {said}", exact=True)


@SAID
def test_a_link_saves_its_file(said, visit, site):
    page = visit("convolution/output-size.html", over="http").page
    with page.expect_download() as saving:
        link(page, said).click()
    name = saving.value.suggested_filename
    assert Path(saving.value.path()).read_bytes() == (site / "convolution" / name).read_bytes()


@SAID
def test_a_link_opens_its_file_from_a_folder(said, visit):
    # a browser saves nothing from one file to another, whatever the link asks for
    page = visit("convolution/output-size.html").page
    link(page, said).click()
    page.wait_for_url(re.compile(r"output-size\.(ipynb|py)$"))
    assert "# Output size" in page.inner_text("body")


def test_search_does_not_find_the_links(site):
    assert "Download this page" not in (site / "search/search_index.json").read_text("utf-8")
