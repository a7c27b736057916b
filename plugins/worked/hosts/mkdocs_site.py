"""What MkDocs says of a site, in the words of the plan: options, pages, chapters, places."""

import contextlib
import errno
import functools
import os
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.nav import Navigation, Section, get_navigation

from worked import limits
from worked.cache import Store
from worked.downloads import DOWNLOAD_ENDINGS
from worked.errors import ConfigError, Problem
from worked.files import is_inside, plain_newlines
from worked.hosts.lent import lent_elements, with_lent_packages
from worked.hosts.manifest import leave_manifest
from worked.hosts.mkdocs_config import WorkedConfig, config_root, seconds
from worked.hosts.mkdocs_elements import ARRAY_READER, site_elements
from worked.hosts.notes import Notes
from worked.hosts.site_store import site_place
from worked.hosts.tree import StrangeFile, checked_tree
from worked.hosts.workers import chosen_workers
from worked.page import Page, PageResult, parse
from worked.protocol.messages import NOTES_PACKAGE
from worked.sandbox import FLOOR, Confinement, choose, probe
from worked.settings import Settings

STYLE_SHEET: Final = "assets/worked.css"
SCRIPT: Final = "assets/worked.js"
_PARTS: Final = {SCRIPT: (SCRIPT, "assets/scrollers.js")}
"""What a file of the site is put together from."""


def said_warnings(result: PageResult) -> Iterator[Problem]:
    """Give the warnings of a page as the log says them; of very many, how many more there are."""
    found = result.warnings
    yield from found[: limits.MAX_WARNINGS]
    if (more := len(found) - limits.MAX_WARNINGS) > 0:
        said = f"and {more:,} more of this page"
        yield Problem(result.page.name, found[-1].line, "warnings", said)


def look_at_tree(chosen: WorkedConfig, config: MkDocsConfig) -> list[StrangeFile]:
    """Find what is not a plain file in the folder of the notes; see `checked_tree`."""
    demanded = "isolated" in (chosen.confine, os.environ.get(FLOOR, ""))
    return checked_tree(Path(config.docs_dir), notes_folder(config), is_refused=demanded)


def link_assets(config: MkDocsConfig) -> None:
    """Have every page of a site load the plugin's style sheet and script."""
    if STYLE_SHEET not in config.extra_css:
        config.extra_css.insert(0, STYLE_SHEET)
    if SCRIPT not in map(str, config.extra_javascript):
        config.extra_javascript.insert(0, SCRIPT)


def put_assets(files: Files, config: MkDocsConfig) -> None:
    """Put the plugin's style sheet and scripts among a site's files."""
    for asset in (STYLE_SHEET, SCRIPT, ARRAY_READER):
        if old := files.get_file_from_path(asset):  # a copy, for hosts without plugins
            files.remove(old)
        parts = map(resources.files("worked").joinpath, _PARTS.get(asset, (asset,)))
        content = "\n".join(part.read_text("utf-8") for part in parts)
        files.append(File.generated(config, asset, content=content))


def taken_paths(pages: Mapping[str, Page], files: Files) -> Iterator[Problem]:
    """Say which downloads would take the place of a file that the site has already."""
    places = {file.dest_uri: file.src_uri for file in files}
    for uri, page in pages.items():
        file = files.src_uris.get(uri) if page.cells else None
        for ending in DOWNLOAD_ENDINGS if file else ():
            place = download_path(file, ending) if file else ""
            if place in places:
                said = f"the download would be {place}, as {places[place]} is: rename that file"
                yield Problem(page.name, 1, "downloads", f"{said}, or set `downloads: false`")


def download_path(file: File, ending: str) -> str:
    """Give the place of a page's download: in the folder of its HTML."""
    name = f"{PurePosixPath(file.src_uri).stem}{ending}"
    return PurePosixPath(file.dest_uri).with_name(name).as_posix()


def chapters(nav: Navigation, pages: Mapping[str, Page]) -> Iterator[tuple[Page, int]]:
    """Give the pages in the order of the navigation, each with its chapter.

    A chapter is a section of the navigation's top level, counted from 1; pages outside of all have
    chapter 0, and come last where they are not in the navigation at all.
    """
    left = dict(pages)
    sections = [item for item in nav.items if isinstance(item, Section)]
    for host in nav.pages:
        page = left.pop(host.file.src_uri, None)
        if page is not None:
            top = next(reversed(list(host.ancestors)), None)  # the nearest comes first
            yield page, sections.index(top) + 1 if isinstance(top, Section) else 0
    yield from ((page, 0) for page in left.values())


def read_page(file: File, config: MkDocsConfig) -> Page:
    """Read a page of the site as its file has it, front matter included."""
    try:
        return _parsed(plain_newlines(_content(file)), page_name(file, config))
    except UnicodeDecodeError:
        problem = Problem(page_name(file, config), 1, "encoding", "the file is not UTF-8 text")
    except OSError as error:  # it was there when it was listed
        said = f"the file cannot be read: {error.strerror}"
        problem = Problem(page_name(file, config), 1, "file", said)
    return Page(page_name(file, config), "", (), (), problems=(problem,))


_parsed = functools.lru_cache(maxsize=1024)(parse)  # a preview reads the same pages again


def _content(file: File) -> str:
    """Read a page, which must not be a pipe: nobody might ever write into it."""
    path = file.abs_src_path
    if path and os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
        raise OSError(errno.EINVAL, "it is not a plain file")
    return file.content_string


def current_text(file: File) -> str | None:
    """Give a page's text as it stands by now; None where it is gone or no text."""
    try:
        return _content(file)
    except (OSError, UnicodeDecodeError):
        return None


def page_name(file: File, config: MkDocsConfig) -> str:
    """Name a page as errors do: its path from the folder of `mkdocs.yml`."""
    return f"{notes_folder(config)}/{file.src_uri}"


def notes_folder(config: MkDocsConfig) -> str:
    """Name the folder of the notes from that of `mkdocs.yml`."""
    return _below(config.docs_dir, config_root(config))


@functools.lru_cache(maxsize=8)
def _below(docs: str, root: Path) -> str:
    """Give the notes' folder as seen from the root, once for all pages."""
    # not Path.relative_to: `docs_dir` may lie beside that folder
    return Path(os.path.relpath(Path(docs).resolve(), root)).as_posix()


def site_settings(chosen: WorkedConfig, config: MkDocsConfig) -> Settings:
    """Turn the site's configuration into the plan's."""
    root = config_root(config)
    packages = tuple((package, str(root / package)) for package in sorted(chosen.packages))
    for package, place in packages:
        if package == NOTES_PACKAGE:
            raise Abort(f"worked: packages: {package!r} is the name of the pages' own modules")
        if not package.isidentifier():
            raise Abort(f"worked: packages: {package!r} is not a name that a cell could import")
        if not Path(place, "__init__.py").is_file():
            raise Abort(f"worked: packages: no package {package!r} beside mkdocs.yml")
        if not is_inside(Path(place), root):
            raise Abort(f"worked: packages: {package!r} is a link that leads elsewhere")
    try:
        workers, cluster = chosen_workers(str(chosen.workers), os.environ)
    except ConfigError as error:
        raise Abort(f"worked: {error}") from error
    return Settings(
        root=Path(config.docs_dir).resolve(),
        folder=notes_folder(config),
        packages=with_lent_packages(packages),
        elements=(*site_elements(chosen.elements, Path(config.docs_dir)), *lent_elements()),
        timeout=seconds("timeout", chosen.timeout, chosen.max_timeout),
        max_timeout=seconds("max_timeout", chosen.max_timeout, limits.MAX_TIMEOUT),
        page_timeout=seconds("page_timeout", chosen.page_timeout, limits.MAX_TIMEOUT),
        variants=_variants(chosen.variants),
        workers=workers,
        cluster=cluster,
        confinement=site_confinement(chosen),
    )


def _variants(given: int) -> int:
    if not 1 < given <= limits.MAX_VARIANTS:
        raise Abort(f"worked: variants: a number from 2 to {limits.MAX_VARIANTS}")
    return given


def site_confinement(chosen: WorkedConfig) -> Confinement:
    """Settle on how cells are closed in."""
    try:
        floor = os.environ.get(FLOOR, "")
        return choose(chosen.confine, floor=floor, able=probe())
    except ConfigError as error:
        raise Abort(f"worked: {error}") from error


def read_notes(chosen: WorkedConfig, config: MkDocsConfig) -> Notes:
    """Read every page of a site, in the order of its navigation, without building it."""
    look_at_tree(chosen, config)
    files = get_files(config)
    pages = {file.src_uri: read_page(file, config) for file in files.documentation_pages()}
    return Notes(site_settings(chosen, config), chapters(get_navigation(files, config), pages))


def leave_results(notes: Notes, store: Store, config: MkDocsConfig) -> None:
    """Write down what others need to find the results of a build; nothing of a site on stdin."""
    if config.config_file_path:
        with contextlib.suppress(OSError):  # beside a store that can only be read
            leave_manifest(notes, store.root, Path(config.config_file_path))


def is_cold(chosen: WorkedConfig, config: MkDocsConfig) -> bool:
    """Whether nothing can have been kept so far, and a page has cells: they will run."""
    place = site_place(chosen, config)
    if place.shared or (place.folder.exists() and any(place.folder.iterdir())):
        return False
    pages = sorted(Path(config.docs_dir).rglob("*.md"))
    return any(map(_has_code, pages))


def _has_code(path: Path) -> bool:
    with contextlib.suppress(OSError):  # it is said when the page is read
        data = path.read_bytes() if path.is_file() else b""
        return b"{.run" in data or b"`{python}" in data
    return False
