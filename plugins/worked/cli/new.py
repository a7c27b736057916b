"""`worked new`: a page to begin with."""

import argparse
import re
from importlib import resources
from pathlib import Path
from typing import Final

from worked.cli.site import GOOD, Site
from worked.errors import ConfigError

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
"""of a file or folder: other pages import from it, and readers type its address"""


def new_page(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked new`; a file that is there stays as it is.

    Raises:
        ConfigError: the path is no new page of the site.
    """
    path = Path(chosen.path).resolve()
    folder = site.folder.resolve()
    if not path.is_relative_to(folder) or path.suffix != ".md":
        raise ConfigError(f"{chosen.path}: a page is a file …/name.md below {site.folder}")
    place = path.relative_to(folder)
    for part in place.with_suffix("").parts:
        if not _NAME.fullmatch(part):
            said = "a name is small letters, digits and -, and begins with a letter"
            raise ConfigError(f"{chosen.path}: {part!r}: {said}")
    title = place.stem.replace("-", " ").capitalize()
    text = resources.files("worked").joinpath("assets/page.md").read_text("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text.replace("# Title\n", f"# {title}\n", 1))
    except FileExistsError:
        raise ConfigError(f"{chosen.path} is there already") from None
    print(f"worked: {chosen.path} is written; add `- {place.as_posix()}` to nav in mkdocs.yml")
    return GOOD
