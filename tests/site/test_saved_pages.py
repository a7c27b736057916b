"""Every page of these notes, saved in a preview, is shown as a build of the whole site has it."""

import contextlib
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "http://127.0.0.1/"
COPIED = ("docs", "figures", "plugins", ".cache")
ADDED = "\nA paragraph that is **new**, on padding and $x^2$.\n"


def load(root, site):
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=False)
    config.site_url = ADDRESS
    return config


@pytest.mark.nightly
def test_a_saved_page_is_shown_as_the_whole_site_has_it(tmp_path):
    root, site = tmp_path / "notes", tmp_path / "site"
    for name in COPIED:
        with contextlib.suppress(FileNotFoundError):  # nothing is kept yet
            shutil.copytree(ROOT / name, root / name)
    shutil.copy2(ROOT / "mkdocs.yml", root)
    config = load(root, site)
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config, serve_url=ADDRESS)
        saved = config.plugins["worked"].saved
        saved.confirm()
        files = saved._read.files.documentation_pages()
        shown, left = {}, []
        for file in files:
            path = Path(file.abs_src_path)
            text = path.read_text("utf-8")
            at = max(text.rfind("\n## "), text.rfind("\n\n"))
            path.write_text(text[:at] + "\n" + ADDED + text[at:] + ADDED, "utf-8")
            if saved.show([str(path)]):
                shown[file] = Path(file.abs_dest_path).read_bytes()
            else:
                left.append(file.src_uri)
        config = load(root, site)
        build(config, serve_url=ADDRESS)
        whole = {file: Path(file.abs_dest_path).read_bytes() for file in shown}
        # what others finish; overviews say how long the pages that were edited after them take
        assert left == ["exam/flashcards.md", "exam/revise.md"]
        assert len(shown) > 70
        late = [file.src_uri for file in shown if shown[file] != whole[file]]
        again = [file for file in shown if file.src_uri in late]
        for file in again:
            path = Path(file.abs_src_path)
            path.write_text(path.read_text("utf-8") + ADDED, "utf-8")
        saved.confirm()
        for file in again:
            assert saved.show([str(Path(file.abs_src_path))]), file.src_uri
        shown = {file: Path(file.abs_dest_path).read_bytes() for file in again}
        build(load(root, site), serve_url=ADDRESS)
        assert [
            file.src_uri for file in again if Path(file.abs_dest_path).read_bytes() != shown[file]
        ] == []
    finally:
        config.plugins.on_shutdown()
