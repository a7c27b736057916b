"""The whole notes, built twice with nothing in common: the same bytes."""

import shutil
from pathlib import Path

from far_builders import build, builders, differing

ROOT = Path(__file__).resolve().parents[2]
NOTES = ("docs", "figures", "plugins")


def test_these_notes_have_the_same_bytes_everywhere(tmp_path):
    built, kept = [], ROOT / ".cache" / "worked"
    for number, environment in enumerate(builders(tmp_path)):
        folder = tmp_path / str(number) / "notes"
        for name in NOTES:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        if kept.is_dir() and not number:  # the first shows what another build ran, if there was one
            ignored = shutil.ignore_patterns(".aside-*")
            shutil.copytree(kept, folder / ".cache" / "worked", ignore=ignored)
        built.append(build(folder, environment))
    assert differing(*built) == []
    assert len(built[0]) > 20
