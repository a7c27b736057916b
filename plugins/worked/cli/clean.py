"""`worked clean`: drop every kept result, of this machine or of the shared store."""

import argparse

from worked.cache import drop_lookups
from worked.cli.site import GOOD, Site
from worked.errors import ConfigError
from worked.hosts.manifest import manifest_path


def clean_store(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked clean`."""
    if chosen.remote:
        shared = site.shared
        if shared is None:
            raise ConfigError("no shared store: `store` and WORKED_STORE name no URL")
        print(f"worked: {shared.clean()} packs dropped in {shared.place.name}")
        return GOOD
    manifest_path(site.store.root).unlink(missing_ok=True)
    drop_lookups(site.store.root)
    print(f"worked: {site.store.clean()} kept results dropped")
    return GOOD
