"""What a preview remembers from one build to the next: most of a site does not change."""

from dataclasses import dataclass, field

from worked.builds import RecentPages
from worked.cache import RecentEntries
from worked.hosts.kept_downloads import RecentDownloads


@dataclass(frozen=True, slots=True)
class Remembered:
    """One preview's."""

    entries: RecentEntries = field(default_factory=RecentEntries)
    pages: RecentPages = field(default_factory=RecentPages)
    downloads: RecentDownloads = field(default_factory=RecentDownloads)
