"""One build: look pages up, run the stale ones, collect what they give."""

from worked.builds.lookup import (
    CachedPage,
    current_entry,
    data_digests,
    export_pointers,
    exported_names,
    look_up,
    read_exports,
)
from worked.builds.progress import Progress
from worked.builds.scheduler import Build, default_workers

__all__ = [
    "Build",
    "CachedPage",
    "Progress",
    "current_entry",
    "data_digests",
    "default_workers",
    "export_pointers",
    "exported_names",
    "look_up",
    "read_exports",
]
