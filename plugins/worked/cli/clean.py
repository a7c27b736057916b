"""`worked clean`: drop every kept result."""

import argparse

from worked.cli.site import GOOD, Site
from worked.hosts.manifest import manifest_path


def clean_store(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked clean`."""
    manifest_path(site.store.root).unlink(missing_ok=True)
    print(f"worked: {site.store.clean()} kept results dropped")
    return GOOD
