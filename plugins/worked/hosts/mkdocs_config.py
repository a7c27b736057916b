"""The plugin's options in `mkdocs.yml`."""

from pathlib import Path

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from worked import limits
from worked.hosts.store_place import DEFAULT_STORE
from worked.review import RULES
from worked.sandbox import CHOICES


class WorkedConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in `mkdocs.yml`."""

    packages = c.Type(list, default=[])
    """Packages beside `mkdocs.yml` that cells may import."""
    timeout = c.Type((int, float), default=limits.DEFAULT_TIMEOUT)
    """Seconds for one cell, unless it asks for more or less."""
    max_timeout = c.Type((int, float), default=limits.DEFAULT_MAX_TIMEOUT)
    """Seconds that a cell may ask for."""
    page_timeout = c.Type((int, float), default=limits.DEFAULT_PAGE_TIMEOUT)
    """Seconds for all cells of a page together."""
    variants = c.Type(int, default=limits.DEFAULT_VARIANTS)
    """How often a cell with a seed runs."""
    workers = c.Type((int, str), default=0)
    """Processes, 0 for one per core; or the address of a Dask scheduler, `dask://host:8786`.

    WORKED_WORKERS in the environment takes its place."""
    confine = c.Choice(CHOICES, default="auto")
    """How cells are closed in; WORKED_CONFINE in the environment sets the least there must be."""
    elements = c.Type(dict, default={})
    """Custom elements that cells may name: name -> its script, or scripts and style sheets."""
    store = c.Type(str, default=DEFAULT_STORE)
    """Where results are kept, from the folder of `mkdocs.yml`; or a URL that machines share."""
    store_limit = c.Type(int, default=500)
    """MB that kept results may take; 0 for any number."""
    downloads = c.Type(bool, default=True)
    """Whether a page with cells offers its notebook and its script."""
    glossary = c.Optional(c.Type(str))
    """The page that lists the terms, below the notes' folder: for `worked check`."""
    unchecked = c.ListOfItems(c.Choice(tuple(RULES)), default=[])
    """Rules of a reviewer that `worked check` does without."""
    pure_extensions = c.Type(list, default=[])
    """Extensions of Markdown that make the same HTML of the same text: see `hosts.pure`."""


def seconds(name: str, value: float, most: float) -> float:
    """Check an option that is a number of seconds.

    Raises:
        Abort: it is none, or too large.
    """
    if not 0 < value <= most:
        least = " (see `max_timeout`)" if name == "timeout" else ""
        raise Abort(f"worked: {name}: seconds above 0, at most {most:g}{least}")
    return float(value)


def config_root(config: MkDocsConfig) -> Path:
    """Give the folder of `mkdocs.yml`; where it came on stdin, the current one."""
    path = config.config_file_path
    return Path(path).resolve().parent if path else Path.cwd()
