"""One build: look pages up, run the stale ones, collect what they give.

Imports pool, cache, exports, settings, page, svg, markup, protocol, errors, files, hints and
limits.
"""

from worked.builds.cached import CachedPage
from worked.builds.compare import differences
from worked.builds.elements import element_problems
from worked.builds.lookup import look_up, timeout_problems
from worked.builds.progress import Progress
from worked.builds.recent import RecentPages
from worked.builds.scheduler import Build, default_workers

__all__ = [
    "Build",
    "CachedPage",
    "Progress",
    "RecentPages",
    "default_workers",
    "differences",
    "element_problems",
    "look_up",
    "timeout_problems",
]
