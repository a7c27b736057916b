"""`worked new`: a page that builds as it is written."""

import pytest

from worked.cli.__main__ import main

STRICT = "  - worked: {workers: 1, downloads: false}"


@pytest.fixture
def new(make, capsys, monkeypatch):
    site = make({"index.md": "# Home\n"})
    monkeypatch.chdir(site.root)

    def written(path):
        code = main(["new", path])
        said = capsys.readouterr()
        return code, said.out + said.err, site

    return written


def test_a_new_page_builds_as_it_is(new):
    code, said, site = new("docs/seeing/grad-cam.md")
    assert code == 0
    assert "add `- seeing/grad-cam.md` to nav" in said
    built = site.build()
    assert built.good, built.log
    assert "Grad cam" in site.html("seeing/grad-cam.html")
    assert ">5<" in site.article("seeing/grad-cam.html")
    assert "half a sentence" not in site.article("seeing/grad-cam.html")


def test_a_page_that_is_there_stays(new):
    code, said, site = new("docs/index.md")
    assert code == 2
    assert "is there already" in said
    assert (site.root / "docs/index.md").read_text() == "# Home\n"


@pytest.mark.parametrize(
    "path",
    ["index.md", "docs/page.txt", "docs/../page.md", "docs/A page.md", "docs/2d.md", "docs/.md"],
)
def test_a_path_that_is_no_page_is_a_wrong_call(new, path):
    code, said, site = new(path)
    assert code == 2
    assert path in said
    assert [one.name for one in site.root.rglob("*.md")] == ["index.md"]
