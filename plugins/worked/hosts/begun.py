"""Start the build of a site, taking what an earlier one has worked out of its pages' texts."""

from collections.abc import Iterable

from mkdocs.exceptions import Abort

from worked.builds import Build, Progress, RecentPages
from worked.cache import Store
from worked.errors import ConfigError
from worked.exports import ExportGraph, RecallText
from worked.hosts.code import code_digest, library_versions
from worked.page import Page, find_kinds
from worked.pool import WorkerPool
from worked.settings import Settings


def get_ready(pool: WorkerPool, settings: Settings) -> None:
    """Let what runs pages get ready: some will run."""
    try:
        pool.configure(settings)
    except ConfigError as error:
        raise Abort(f"worked: {error}") from error
    pool.warm_up()


def begun_build(
    pages: Iterable[Page],
    settings: Settings,
    store: Store,
    *,
    pool: WorkerPool | None,
    recent: RecentPages | None,
) -> Build:
    """Start running the pages of a site; see `Build`."""
    found = list(pages)
    try:
        store.begin({page.name: page.text for page in found})
        graph = ExportGraph(found, settings.folder, _recall(store))
        return Build(
            found,
            settings=settings,
            store=store,
            graph=graph,
            progress=Progress(),
            pool=pool,
            recent=recent,
        )
    except (OSError, ConfigError) as error:  # a file of a package that cannot be read, say
        raise Abort(f"worked: {error}") from error


def _recall(store: Store) -> RecallText | None:
    """Give what keeps texts in a store; None where the code that runs is not that on the disk."""
    if not (own := code_digest("worked")):
        return None
    code = [own, library_versions(), *find_kinds()]
    return lambda page, source, make: store.recall([*code, *source], make, page=page)
