"""Pages as modules: what they export and import, and in which order they run."""

import warnings
from pathlib import Path


def install(docs: str | Path, store: str | Path | None = None) -> None:
    """Do what `worked.install` does: the old name of it."""
    import worked

    warnings.warn("worked.exports.install is worked.install now", DeprecationWarning, stacklevel=2)
    worked.install(docs, store)
