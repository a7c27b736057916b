"""Results on disk and in a store that machines share, their keys, and what they depend on.

    store         what is asked: get, put, recall, trim
    recent        what a preview has in memory
    backend       the folder of this machine
    shared        what stands behind it: a pack for each page
    sending       the thread that takes new packs there
    connection    bounded in time; given up at the first failure
    objects       what a place can do; a folder that several machines see
    loop_thread   where a network is waited for
    remote        the same by fsspec, for a bucket or a server
    page_pack packs entry  the forms in which entries travel
    lookups       how the last build's lookups went
    keys fingerprints  on what a result depends

Imports page, protocol, errors, files and versions.
"""

from worked.cache.backend import Backend, FolderBackend
from worked.cache.fingerprints import Fingerprints
from worked.cache.keys import (
    ENGINES,
    base_key,
    cell_key,
    exports_key,
    page_key,
    surroundings,
    values_key,
)
from worked.cache.lookups import drop_lookups, left_lookups
from worked.cache.objects import StoredObject
from worked.cache.place import SharedPlace
from worked.cache.recent import RecentEntries
from worked.cache.shared import WRITING, SharedStore
from worked.cache.store import OWN, STRANGER, Store

__all__ = [
    "ENGINES",
    "OWN",
    "STRANGER",
    "WRITING",
    "Backend",
    "Fingerprints",
    "FolderBackend",
    "RecentEntries",
    "SharedPlace",
    "SharedStore",
    "Store",
    "StoredObject",
    "base_key",
    "cell_key",
    "drop_lookups",
    "exports_key",
    "left_lookups",
    "page_key",
    "surroundings",
    "values_key",
]
