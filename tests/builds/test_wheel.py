"""What others install: the plugins and what they need, and nothing of this course."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The files of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_the_plugins_and_nothing_of_this_course(names):
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "handbook",
        "revise",
        "texmath",
        "worked",
    }
    assert not [name for name in names if name.endswith("subset.py")]


@pytest.mark.parametrize(
    "name",
    [
        *("worked/assets/worked.css", "worked/assets/worked.js", "worked/py.typed"),
        *("texmath/assets/texmath.css", "texmath/assets/OFL.txt", "texmath/py.typed"),
        *(f"texmath/assets/stix-two-math-{name}.woff2" for name in ("core", "subset")),
        *("handbook/assets/handbook.css", "handbook/py.typed"),
        *("revise/assets/revise-area.js", "revise/py.typed"),
        *("worked/assets/scrollers.js", "worked/downloads/bootstrap.py"),
    ],
)
def test_the_wheel_holds_what_is_no_module(names, name):
    assert name in names


def test_every_module_is_in_the_wheel(names):
    for package in ("handbook", "revise", "texmath", "worked"):
        for path in (ROOT / "plugins" / package).rglob("*.py"):
            if path.name != "subset.py":
                assert path.relative_to(ROOT / "plugins").as_posix() in names
