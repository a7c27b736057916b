"""Hash the code of what takes part in a conversion, as this process runs it."""

import functools
import importlib.util
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from worked.files import digest, digest_file
from worked.versions import installed_version

LIBRARIES: Final = (
    *("jinja2", "markdown", "material", "mkdocs", "nh3", "pygments", "pymdownx", "yaml"),
)
"""Top-level modules that are hashed by the version of their distribution."""
_DISTRIBUTIONS: Final = {
    "material": "mkdocs-material",
    "pymdownx": "pymdown-extensions",
    "yaml": "pyyaml",
}
_BEGAN: Final = time.time()


@functools.cache
def library_versions() -> str:
    """Hash Python's version and those of the libraries that convert."""
    names = [_DISTRIBUTIONS.get(module, module) for module in LIBRARIES]
    return digest(sys.version, [f"{name} {installed_version(name)}" for name in names])


@functools.cache
def code_digest(module: str) -> str:
    """Hash the code that a module comes from: its package, or what lies beside its file.

    Returns:
        The digest; empty where the code is not to be had, or has changed since this process began:
        then what runs may not be what is on the disk.
    """
    try:
        files = sorted(_files(module))
        if not files or any(file.stat().st_mtime > _BEGAN for file in files):
            return ""
        return digest(module, [f"{file.name} {digest_file(file)}" for file in files])
    except (OSError, ImportError, ValueError):
        return ""


def _files(module: str) -> Iterable[Path]:
    top = module.partition(".")[0]
    package = sys.modules.get(top) or sys.modules.get(module)
    spec = getattr(package, "__spec__", None) or importlib.util.find_spec(top)
    if spec is None:
        return ()
    if spec.submodule_search_locations:
        return [file for folder in spec.submodule_search_locations for file in _below(folder)]
    return Path(spec.origin).parent.glob("*.py") if spec.origin else ()  # a hook, say


def _below(folder: str) -> Iterable[Path]:
    return (file for file in Path(folder).rglob("*") if file.suffix in (".py", ".json", ".txt"))
