"""`worked store`: what is kept here and in the shared store, and whether the last build used it."""

import argparse
from collections.abc import Sequence
from datetime import datetime

from worked.cache import left_lookups
from worked.cli.site import GOOD, Site


def describe_store(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked store`."""
    entries = site.store.entries()
    sizes, times = [one.size for one in entries], [one.used for one in entries]
    print(f"here    {site.store.root}: {_held(sizes, times, 'results', 'used')}")
    if site.shared:
        packs = site.shared.listing()
        sizes, times = [one.size for one in packs], [one.changed for one in packs]
        print(f"shared  {site.shared.place.name}: {_held(sizes, times, 'packs', 'written')}")
    counts = left_lookups(site.store.root)
    if total := sum(counts.values()):
        rates = [f"{where} {count} ({count / total:.0%})" for where, count in counts.items()]
        print(f"last build  {total} looked up: {', '.join(rates)}")
    return GOOD


def _held(sizes: Sequence[int], times: Sequence[float], what: str, did: str) -> str:
    if not sizes:
        return "nothing"
    days = [datetime.fromtimestamp(time).astimezone().date() for time in (min(times), max(times))]
    return f"{len(sizes)} {what}, {_size(sum(sizes))}, {did} {days[0]} to {days[1]}"


def _size(count: int) -> str:
    return f"{count / 10**6:.1f} MB" if count >= 10**5 else f"{count / 1000:.1f} kB"
