"""Pages as modules: what they export and import, and in which order they run.

Imports page, protocol, errors, files, hints and limits.
"""

import warnings
from pathlib import Path

from worked.exports.bindings import bound_names, syntax_problem
from worked.exports.graph import ExportGraph, dependency_failed
from worked.exports.index import ImportedModule
from worked.exports.kept_exports import RecallText
from worked.exports.page_imports import NO_IMPORTS, PageImports, imports_of

__all__ = [
    "NO_IMPORTS",
    "ExportGraph",
    "ImportedModule",
    "PageImports",
    "RecallText",
    "bound_names",
    "dependency_failed",
    "imports_of",
    "install",
    "syntax_problem",
]


def install(docs: str | Path, store: str | Path | None = None) -> None:
    """Do what `worked.install` does: the old name of it."""
    import worked

    warnings.warn("worked.exports.install is worked.install now", DeprecationWarning, stacklevel=2)
    worked.install(docs, store)
