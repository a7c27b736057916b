"""The command `revise`: look at the cards of the notes, or list them, without building a site."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import get_files, set_exclusions

from revise.boxes import Box, boxes_in
from revise.checking import CARD, remarks, theme_classes, wrong_ids

GOOD, WRONG_NOTES, WRONG_CALL = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code: 0, 1 (the cards are wrong) or 2 (the call is)."""
    parser = argparse.ArgumentParser(prog="revise", description=__doc__)
    parser.add_argument("-f", "--config-file", default="mkdocs.yml", help="the site's mkdocs.yml")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    commands.add_parser("check", help="find cards that a learner would stumble over")
    commands.add_parser("ids", help="write the ids of all cards, one a line")
    chosen = parser.parse_args(arguments)
    try:
        config = load_config(chosen.config_file)
        plugin = config.plugins.get("revise")
    except (ConfigurationError, Abort) as error:
        print(f"revise: {error}", file=sys.stderr)
        return WRONG_CALL
    if plugin is None:
        print(f"revise: {chosen.config_file} does not list the plugin `revise`", file=sys.stderr)
        return WRONG_CALL
    boxes = written(config, (CARD, *plugin.config["exercises"]))
    return _list(boxes) if chosen.command == "ids" else _check(boxes, config)


def written(config: MkDocsConfig, kinds: Sequence[str]) -> list[Box]:
    """Read the boxes of all pages of a site.

    Args:
        config: of the site.
        kinds: of the boxes.
    """
    files = get_files(config)
    set_exclusions(files, config)
    root = Path(config.config_file_path or ".").parent
    return [
        box
        for file in files.documentation_pages()
        for box in boxes_in(file.content_string, _name(Path(file.abs_src_path or ""), root), kinds)
    ]


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _list(boxes: list[Box]) -> int:
    for name in sorted(box.names[0] for box in boxes if box.kind == CARD and box.names):
        print(name)
    return GOOD


def _check(boxes: list[Box], config: MkDocsConfig) -> int:
    found = [*wrong_ids(boxes, theme_classes(config.theme.dirs)), *remarks(boxes)]
    for problem in sorted(found, key=lambda one: (one.file, one.line)):
        print(problem)
    cards = sum(box.kind == CARD for box in boxes)
    print(f"revise: {cards:,} cards, {len(found)} to mend" if found else f"revise: {cards:,} cards")
    return WRONG_NOTES if found else GOOD


if __name__ == "__main__":
    sys.exit(main())
