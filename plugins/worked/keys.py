"""The key of a result: a hash of everything that it came from.

Code, the options that change what runs, the versions of what runs it, the site's own packages, the
data files, and the key of the cell before.  Captions, alternative texts and prose are not in it.
"""

import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Final

from worked.page import Cell, Value
from worked.store import FORMAT, digest, digest_file

ENGINES: Final = ("numpy", "matplotlib")
"""Distributions whose version changes what cells show."""


def base(packages: tuple[tuple[str, str], ...], confined: str) -> str:
    """Hash what every cell depends on: versions, and the packages that cells may import.

    Args:
        packages: (name, folder) pairs.
        confined: the mode of the cells' confinement.
    """
    versions = [f"{name} {metadata.version(name)}" for name in ENGINES]
    here = [sys.version, platform.machine(), platform.system(), confined]
    sources = [
        f"{name}/{path.relative_to(folder).as_posix()} {digest_file(path)}"
        for name, folder in packages
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    own = [digest_file(path) for path in sorted(Path(__file__).parent.glob("*.py"))]
    return digest(FORMAT, versions, here, sources, own)


def of_cell(cell: Cell, before: str, *, root: Path) -> str:
    """Hash a cell on top of all that ran before it.

    Raises:
        OSError: when one of its data files cannot be read.
    """
    files = [f"{name} {digest_file(root / name)}" for name in cell.options.files]
    chosen = [str(cell.options.output), cell.options.raises]
    return digest("cell", before, cell.code, chosen, files)


def of_values(values: tuple[Value, ...], cell: str) -> str:
    """Hash the values behind a cell; `cell` is its key."""
    return digest("values", cell, [f"{value.expression}\n{value.spec}" for value in values])
