"""The command `worked`: run, check, fix, compare and more without building a site."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from worked.cli.check import check_notes
from worked.cli.clean import clean_store
from worked.cli.compare import compare_states
from worked.cli.fix import fix_notes
from worked.cli.kept import describe_store
from worked.cli.new import new_page
from worked.cli.run import run_notes
from worked.cli.site import NOBODY_READS, WRONG_CALL, WRONG_NOTES, Site
from worked.cli.verify import verify_notes
from worked.errors import ConfigError, WorkedError
from worked.pool import EndingSignals


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code: 0, 1 (the notes are wrong) or 2 (the call is)."""
    chosen = _parser().parse_args(arguments)
    signals = EndingSignals()
    signals.listen()
    try:
        with closing(Site(load_config(chosen.config_file))) as site:
            code = int(chosen.act(site, chosen))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # nobody reads on, as after `| head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except (ConfigError, ConfigurationError, Abort) as error:
        print(f"worked: {error}", file=sys.stderr)
        return WRONG_CALL
    except (WorkedError, OSError) as error:
        print(f"worked: {error}", file=sys.stderr)
        return WRONG_NOTES
    finally:
        signals.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="worked", description=__doc__)
    parser.add_argument("-f", "--config-file", default="mkdocs.yml", help="the site's mkdocs.yml")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, act, said, takes_pages in (
        ("run", run_notes, "run the stale cells and keep what they give", True),
        ("check", check_notes, "look at the notes without running anything", True),
        ("fix", fix_notes, "write into expectations what their cells show", True),
        ("verify", verify_notes, "run everything twice and name what differs", True),
        ("compare", compare_states, "say what a reader sees change", False),
        ("new", new_page, "write a page to begin with", False),
        ("clean", clean_store, "drop every kept result", False),
        ("store", describe_store, "say what is kept, here and in the shared store", False),
    ):
        command = commands.add_parser(name, help=said, description=said)
        command.set_defaults(act=act)
        if takes_pages:
            command.add_argument("pages", nargs="*", metavar="PAGE", help="files; all by default")
        if name == "new":
            command.add_argument("path", metavar="PATH", help="docs/chapter/name.md")
        if name == "compare":
            command.add_argument("old", metavar="OLD", help="a revision of git, or a folder")
            said = "as OLD; the working tree by default"
            command.add_argument("new", metavar="NEW", nargs="?", default="", help=said)
            said = "write the comparison page, whole in one file"
            command.add_argument("--html", metavar="FILE", help=said)
            said = "write the summary, in Markdown, instead of printing it"
            command.add_argument("--markdown", metavar="FILE", help=said)
            said = "exit 0 also where something changed"
            command.add_argument("--exit-zero", action="store_true", help=said)
        if name == "clean":
            said = "drop what is in the shared store, and nothing here"
            command.add_argument("--remote", action="store_true", help=said)
        if name == "fix":
            said = "write nothing; exit 1 where something would be written"
            command.add_argument("--dry-run", action="store_true", help=said)
        if name == "check":
            said = "list the links to figures and tables, and where they lead"
            command.add_argument("--links", action="store_true", help=said)
            said = "exit 1 on warnings as well"
            command.add_argument("--strict", action="store_true", help=said)
            said = "what is added to the report: `github` adds annotations, as in its workflows"
            command.add_argument("--format", choices=("text", "github"), help=said)
    return parser


if __name__ == "__main__":
    sys.exit(main())
