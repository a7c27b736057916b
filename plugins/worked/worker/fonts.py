"""The list of matplotlib's own fonts, so that no process has to read them all to find one.

matplotlib makes such a list where it finds none, from 61 metrics of PostScript fonts that no
drawing here uses, and from what is installed on the machine.  `python -m worked.worker.fonts`
writes this one anew, for the matplotlib that is installed; any other makes its own, as ever.
"""

import json
import shutil
from pathlib import Path
from typing import Final

import matplotlib as mpl

_ENDINGS: Final = {".afm", ".otf", ".ttc", ".ttf"}


def place_font_list(folder: Path = Path(__file__).parent) -> bool:
    """Put the list where matplotlib looks for one, before it does; false where it does not fit.

    Args:
        folder: where the list lies.
    """
    for path in folder.glob("fontlist-v*.json"):  # the name is of matplotlib's own form
        listed = json.loads(path.read_bytes())
        names = {font["fname"] for font in [*listed["afmlist"], *listed["ttflist"]]}
        if names == _own_fonts():
            shutil.copyfile(path, Path(mpl.get_cachedir(), path.name))
            return True
    return False


def _own_fonts() -> set[str]:
    """List the fonts that come with matplotlib, as the list names them."""
    data = Path(mpl.get_data_path())
    return {
        path.relative_to(data).as_posix()
        for path in Path(data, "fonts").rglob("*")
        if path.suffix in _ENDINGS
    }


def font_list() -> tuple[str, str]:
    """Give the name and the text of the list; needs `MPL_IGNORE_SYSTEM_FONTS` to be set."""
    from matplotlib import font_manager  # which makes a list as soon as it is imported

    manager = font_manager.FontManager()
    for fonts in (manager.afmlist, manager.ttflist):
        fonts.sort(key=repr)
    path = Path(mpl.get_cachedir(), f"fontlist-v{manager.__version__}.json")
    font_manager.json_dump(manager, path)
    return path.name, f"{path.read_text('utf-8')}\n"


def write_font_list() -> None:
    """Write the list beside this module, in place of any other."""
    name, text = font_list()
    folder = Path(__file__).parent
    for old in folder.glob("fontlist-v*.json"):
        old.unlink()
    (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write_font_list()
