"""The store of a site that MkDocs builds, and what of it outlives one build of a preview."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from worked.cache import RecentEntries, SharedStore, Store
from worked.errors import ConfigError
from worked.hosts.mkdocs_config import WorkedConfig, config_root
from worked.hosts.remembered import Remembered
from worked.hosts.store_place import StorePlace, store_place, time_to_send
from worked.hosts.strangers import writer


def site_place(chosen: WorkedConfig, config: MkDocsConfig) -> StorePlace:
    """Find out where the results of a site are kept."""
    try:
        return store_place(chosen.store, config_root(config))
    except ConfigError as error:
        raise Abort(f"worked: {error}") from error


def site_store(
    chosen: WorkedConfig,
    config: MkDocsConfig,
    *,
    recent: RecentEntries | None = None,
    shared: SharedStore | None = None,
) -> Store:
    """Give the store of one build.

    Args:
        recent: what a preview has in memory.
        shared: what stands behind the folder for several machines.
    """
    if chosen.store_limit < 0:
        raise Abort("worked: store_limit: a number of MB, or 0 for no limit")
    root, limit = site_place(chosen, config).folder, chosen.store_limit * 10**6
    return Store(root, limit, writer=writer(), recent=recent, shared=shared)


class BuildStores:
    """The stores of one command: one for each build of a preview, with what they have in common."""

    def __init__(self, remembered: Remembered | None = None) -> None:
        """Begin with a command.

        Args:
            remembered: by a preview; None for a build.
        """
        self.remembered = remembered
        self._shared: SharedStore | None = None
        self._store: Store | None = None

    def next(self, chosen: WorkedConfig, config: MkDocsConfig) -> Store:
        """Give the store of the next build."""
        recent = self.remembered.entries if self.remembered else None
        if recent:
            recent.turn()
        place = site_place(chosen, config)
        name = place.shared.name if place.shared else ""
        if self._shared and self._shared.place.name != name:  # the configuration was edited
            self.close()
        if self._shared is None:
            self._shared = place.open_shared(writer(), sends_at_end=recent is not None)
        self._store = site_store(chosen, config, recent=recent, shared=self._shared)
        return self._store

    def close(self) -> None:
        """Send what is left to the shared store."""
        if self._store:
            if self.remembered:
                self._store.trim(always=True)
            self._store.close(time_to_send())
        self._store = self._shared = None
