"""The command `worked`: run, check, fix, verify and clean without building a site."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

from worked.builds import Build, Progress
from worked.cache import Store
from worked.cli.check import check_page
from worked.cli.fix import find_changes, unwritable, write_changes
from worked.cli.verify import SECOND_RUN, differences, run_twice
from worked.errors import ConfigError, Problem, WorkedError, describe, report
from worked.exports import ExportGraph
from worked.hosts.manifest import (
    Manifest,
    config_digests,
    listing_digest,
    manifest_path,
    write_manifest,
)
from worked.hosts.mkdocs_plugin import WorkedPlugin
from worked.hosts.mkdocs_site import (
    WorkedConfig,
    chapters,
    notes_folder,
    read_page,
    site_settings,
    site_store,
)
from worked.page import Page, number_labels

GOOD, WRONG_NOTES, WRONG_CALL = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code: 0, 1 (the notes are wrong) or 2 (the call is)."""
    chosen = _parser().parse_args(arguments)
    try:
        config = load_config(chosen.config_file)
        _plugin(config)  # whatever is asked: without it no page is ours
        return int(chosen.act(config, chosen))
    except (ConfigError, ConfigurationError, Abort) as error:
        print(f"worked: {error}", file=sys.stderr)
        return WRONG_CALL
    except (WorkedError, OSError) as error:
        print(f"worked: {error}", file=sys.stderr)
        return WRONG_NOTES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="worked", description=__doc__)
    parser.add_argument("-f", "--config-file", default="mkdocs.yml", help="the site's mkdocs.yml")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, act, said, takes_pages in (
        ("run", _run, "run the stale cells and keep what they give", True),
        ("check", _check, "look at the notes without running anything", True),
        ("fix", _fix, "write into expectations what their cells show", True),
        ("verify", _verify, "run everything twice and name what differs", True),
        ("clean", _clean, "drop every kept result", False),
    ):
        command = commands.add_parser(name, help=said, description=said)
        command.set_defaults(act=act)
        if takes_pages:
            command.add_argument("pages", nargs="*", metavar="PAGE", help="files; all by default")
        if name == "fix":
            said = "write nothing; exit 1 where something would be written"
            command.add_argument("--dry-run", action="store_true", help=said)
        if act is _check:
            said = "list the links to figures and tables, and where they lead"
            command.add_argument("--links", action="store_true", help=said)
    return parser


def _run(config: MkDocsConfig, chosen: argparse.Namespace) -> int:
    settings = site_settings(_plugin(config), config)
    graph = ExportGraph(_pages(config, ()), settings.folder)
    pages = graph.with_exporters(_pages(config, chosen.pages))
    build = Build(pages, settings=settings, store=_store(config), graph=graph, progress=Progress())
    problems = [problem for result in build.results() for problem in result.problems]
    if problems:
        print(report(problems, {page.name: page.text for page in pages}, len(pages)))
    print(build.closing_line())
    build.close()
    _write_manifest(config)
    return WRONG_NOTES if problems else GOOD


def _write_manifest(config: MkDocsConfig) -> None:
    """Write down what hosts without the plugin need to find these results."""
    settings = site_settings(_plugin(config), config)
    place = manifest_path(_store(config).root)
    source = Path(config.config_file_path).resolve()
    pages = ((page.name, chapter) for page, chapter in _chapters(config))
    left = Manifest(
        root=Path(os.path.relpath(source.parent, place.parent.resolve())).as_posix(),
        notes=settings.folder,
        packages=tuple(name for name, _ in settings.packages),
        confined=settings.confinement.mode,
        pages=tuple(pages),
        config=config_digests(source),
        listing=listing_digest(settings.root),
    )
    write_manifest(place, left)


def _check(config: MkDocsConfig, chosen: argparse.Namespace) -> int:
    pages = _pages(config, chosen.pages)
    root = Path(config.docs_dir)
    graph = ExportGraph(_pages(config, ()), notes_folder(config))
    references = number_labels(_chapters(config))
    problems = [problem for page in pages for problem in check_page(page, root)]
    problems += [problem for page in pages for problem in graph.problems(page.name)]
    problems += [problem for page in pages for problem in references.problems(page)]
    if chosen.links:
        for page in pages:
            for link, target in references.links(page):
                place = f"{target.page}:{target.line}"
                print(f"{page.name}:{link.line}: {target.name} ({target.label}) at {place}")
    if problems:
        print(report(problems, {page.name: page.text for page in pages}, len(pages)))
        return WRONG_NOTES
    print(f"worked: nothing wrong in {len(pages)} pages")
    return GOOD


def _chapters(config: MkDocsConfig) -> Iterator[tuple[Page, int]]:
    files = get_files(config)
    pages = {file.src_uri: read_page(file, config) for file in files.documentation_pages()}
    return chapters(get_navigation(files, config), pages)


def _fix(config: MkDocsConfig, chosen: argparse.Namespace) -> int:
    files = _files(config, chosen.pages)
    settings = site_settings(_plugin(config), config)
    graph = ExportGraph(_pages(config, ()), settings.folder)
    pages = graph.with_exporters(list(files.values()))
    build = Build(pages, settings=settings, store=_store(config), graph=graph, progress=Progress())
    problems: list[Problem] = []
    count = 0
    for path, result in zip(files, build.results(), strict=False):  # the given pages come first
        page = result.page.name
        problems += [problem for problem in result.problems if problem.kind != "expect"]
        wanted = []
        for change in find_changes(result):
            if problem := unwritable(page, change):
                problems.append(problem)
            else:
                wanted.append(change)
                said = Problem(page, change.expectation.line, "expect", f"\n{change.difference}")
                print(f"{describe(said, '')}\n")
        if wanted and not chosen.dry_run:
            write_changes(path, page, result, wanted)
        count += len(wanted)
    build.close()
    if problems:
        print(report(problems, {page.name: page.text for page in pages}, len(pages)))
    noun = "expectation" if count == 1 else "expectations"
    print(f"worked: {count} {noun} {'would be ' if chosen.dry_run else ''}rewritten")
    return WRONG_NOTES if problems or (chosen.dry_run and count) else GOOD


def _verify(config: MkDocsConfig, chosen: argparse.Namespace) -> int:
    settings = site_settings(_plugin(config), config)
    graph = ExportGraph(_pages(config, ()), settings.folder)
    pages = graph.with_exporters(_pages(config, chosen.pages))
    first, again = run_twice(pages, settings, graph)
    problems: list[Problem] = []
    for pair in zip(first, again, strict=True):
        problems += differences(*pair)
        if all(run.problems for run in pair):
            problems += pair[0].problems
    if problems:
        print(report(problems, {page.name: page.text for page in pages}, len(pages)))
        print(f"worked: {SECOND_RUN}")
        return WRONG_NOTES
    cells, values = (
        sum(len(getattr(page, name)) for page in pages) for name in ("cells", "values")
    )
    print(f"worked: two runs agree: {len(pages)} pages, {cells} cells, {values} values")
    return GOOD


def _clean(config: MkDocsConfig, chosen: argparse.Namespace) -> int:
    store = _store(config)
    manifest_path(store.root).unlink(missing_ok=True)
    print(f"worked: {store.clean()} kept results dropped")
    return GOOD


def _plugin(config: MkDocsConfig) -> WorkedConfig:
    found = config.plugins.get("worked")
    if not isinstance(found, WorkedPlugin):
        raise ConfigError(f"{config.config_file_path}: the plugin `worked` is not switched on")
    return found.config


def _store(config: MkDocsConfig) -> Store:
    return site_store(_plugin(config), config)


def _pages(config: MkDocsConfig, wanted: Sequence[str]) -> list[Page]:
    """Read the site's pages, or those that are named by their files; see `_files`."""
    return list(_files(config, wanted).values())


def _files(config: MkDocsConfig, wanted: Sequence[str]) -> dict[Path, Page]:
    """Read the site's pages, or those that are named by their files.

    Raises:
        ConfigError: a name that is no page of the site.
    """
    pages = {
        Path(file.abs_src_path or "").resolve(): read_page(file, config)
        for file in get_files(config).documentation_pages()
    }
    chosen = [Path(name).resolve() for name in wanted]
    for path, name in zip(chosen, wanted, strict=True):
        if path not in pages:
            raise ConfigError(f"{name} is no page below {config.docs_dir}")
    return {path: pages[path] for path in chosen or pages}


if __name__ == "__main__":
    sys.exit(main())
