"""The list of fonts that spares matplotlib reading them all."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.font_manager import FontManager

from worked.worker import fonts

LIST = next(Path(fonts.__file__).parent.glob("fontlist-v*.json"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which matplotlib looks for a list, empty."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(mpl, "get_cachedir", lambda: str(folder))
    return folder


def test_the_list_is_put_where_matplotlib_looks_for_it(cache: Path) -> None:
    assert fonts.place_font_list()
    assert (cache / LIST.name).read_bytes() == LIST.read_bytes()


def test_a_list_of_other_fonts_is_not_put_there(cache: Path, tmp_path: Path) -> None:
    listed = json.loads(LIST.read_bytes())
    listed["ttflist"][0]["fname"] = "fonts/ttf/Another.ttf"
    (tmp_path / LIST.name).write_text(json.dumps(listed), "utf-8")
    assert not fonts.place_font_list(tmp_path)
    assert not list(cache.iterdir())


@pytest.mark.skipif(
    LIST.name != f"fontlist-v{FontManager.__version__}.json",
    reason="another matplotlib, which makes a list of its own",
)
def test_the_list_is_the_one_that_matplotlib_makes_of_its_own_fonts(tmp_path: Path) -> None:
    """`python -m worked.worker.fonts` writes it anew."""
    code = "from worked.worker.fonts import font_list; print(font_list()[1], end='')"
    changed = {"MPLCONFIGDIR": str(tmp_path), "MPL_IGNORE_SYSTEM_FONTS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **changed},
        capture_output=True,
        check=True,
    )
    assert done.stdout == LIST.read_bytes()


def test_a_worker_finds_the_same_font_with_the_list_and_without(tmp_path: Path) -> None:
    code = "from matplotlib.font_manager import findfont; print(findfont('sans:bold:size=9'))"
    found = set()
    for name in ("with", "without"):
        folder = tmp_path / name
        folder.mkdir()
        if name == "with":
            shutil.copyfile(LIST, folder / LIST.name)
        changed = {"MPLCONFIGDIR": str(folder), "MPL_IGNORE_SYSTEM_FONTS": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **changed},
            capture_output=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
