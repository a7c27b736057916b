"""Results on disk: the store, its keys, and what they depend on.

Imports page, protocol, errors, files and versions.
"""

from worked.cache.backend import Backend
from worked.cache.fingerprints import Fingerprints
from worked.cache.keys import ENGINES, base_key, cell_key, exports_key, page_key, values_key
from worked.cache.store import OWN, STRANGER, RecentEntries, Store

__all__ = [
    "ENGINES",
    "OWN",
    "STRANGER",
    "Backend",
    "Fingerprints",
    "RecentEntries",
    "Store",
    "base_key",
    "cell_key",
    "exports_key",
    "page_key",
    "values_key",
]
