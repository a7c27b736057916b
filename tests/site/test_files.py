"""The files of the site, read without a browser."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nesting import read

ROOT = Path(__file__).resolve().parents[2]


def article(path: Path) -> str:
    found = re.search(r"<article.*?</article>", path.read_text("utf-8"), re.DOTALL)
    assert found, path
    return found[0]


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_articles_are_nested_as_html_wants(site):
    for path in pages(site):
        assert (path.name, read(article(path)).wrong) == (path.name, [])


def test_ids_are_unique_even_when_all_pages_are_put_together(site):
    drawn: list[str] = []
    for path in pages(site):
        ids = read(article(path)).ids
        assert len(ids) == len(set(ids)), path
        drawn += [name for name in ids if name.startswith("w-")]
    assert len(drawn) == len(set(drawn))


def test_links_inside_the_site_lead_somewhere(site):
    command = shutil.which("lychee", path=str(Path(sys.executable).parent))
    assert command, "lychee comes with the tests' requirements"
    # the server shows 404.html at any address, so its links begin at the root
    named = [str(path) for path in pages(site) if path.name != "404.html"]
    done = subprocess.run(
        [command, "--offline", "--include-fragments", "--no-progress", *named],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_pages_are_light(site):
    for path in pages(site):
        assert len(gzip.compress(path.read_bytes())) < 300_000, path


def test_the_search_index_holds_words_and_no_markup(site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    text = " ".join(entry["text"] for entry in index["docs"])
    assert "<svg" not in text
    assert "<math" not in text
    assert "viewBox" not in text
    assert "4.07021" in text or "4.0702" in text


@pytest.mark.parametrize("ending", [".map", "tinyseg.js", "wordcut.js"])
def test_what_no_reader_needs_is_left_out(ending, site):
    assert not [path for path in site.rglob("*") if path.name.endswith(ending)]


def test_no_file_names_the_machine_or_another_host_for_a_script(site):
    root = str(Path(__file__).resolve().parents[2])
    for path in [*pages(site), *site.rglob("*.json")]:
        text = path.read_text("utf-8")
        assert root not in text
        assert not re.search(r'<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?//', text), path


def test_a_size_stays_on_one_line(site):
    kept = 0
    for path in pages(site):
        text = re.sub(r"<pre\b.*?</pre>", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"<[^>]+>", "", text)
        assert not re.search(r"\d × \d", text), path.name
        kept += len(re.findall("\\d\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}\\d", text))
    assert kept > 100


def test_templates_are_compiled_once(site):
    assert list((ROOT / ".cache" / "templates" / "trimmed").glob("*.cache"))
