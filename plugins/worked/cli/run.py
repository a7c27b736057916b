"""`worked run`: run the stale cells and keep what they give."""

import argparse

from worked.cli.site import GOOD, WRONG_NOTES, Site
from worked.hosts.mkdocs_site import said_warnings
from worked.hosts.reporting import print_annotations


def run_notes(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked run`."""
    build = site.build(site.pages(chosen.pages))
    results = build.results()
    problems = [problem for result in results for problem in result.problems]
    if problems:
        print(site.notes.report(problems, len(results)))
    warnings = [said for result in results for said in said_warnings(result)]
    print_annotations(site.notes, problems, warnings)
    print(build.closing_line())
    build.close()
    site.leave_results()
    return WRONG_NOTES if problems else GOOD
