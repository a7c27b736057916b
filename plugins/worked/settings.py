"""What a site says about running its cells."""

import sys
from dataclasses import dataclass
from pathlib import Path

from worked import limits
from worked.sandbox import NO_CONFINEMENT, Confinement


@dataclass(frozen=True, slots=True)
class Settings:
    """What the site says about running its cells."""

    root: Path
    """The folder of the notes; the paths of `files:` start here."""
    folder: str = "docs"
    """The same as the pages' names begin."""
    packages: tuple[tuple[str, str], ...] = ()
    """(name, folder) of the site's own packages that cells may import."""
    elements: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(name, its scripts and style sheets below the root) of the custom elements that cells may
    name."""
    timeout: float = limits.DEFAULT_TIMEOUT
    """seconds for one cell, unless it says otherwise"""
    max_timeout: float = limits.DEFAULT_MAX_TIMEOUT
    """seconds that a cell may ask for"""
    page_timeout: float = limits.DEFAULT_PAGE_TIMEOUT
    """seconds for all cells of a page together"""
    variants: int = limits.DEFAULT_VARIANTS
    """How often a cell with a seed runs."""
    workers: int = 2
    """pages at once, at most"""
    cluster: str = ""
    """Address of the Dask scheduler whose workers run pages; empty for this machine alone."""
    confinement: Confinement = NO_CONFINEMENT
    """How cells are closed in."""
    fork: bool = sys.platform == "linux"
    """Whether pages run in forks of a warm process: macOS's own libraries do not survive one, and
    Windows has none."""
