"""A hook of this site: lead from each page to its source, and to a form for what is wrong on it.

The workflows of GitHub say in their environment where the source is.  Where nobody says so, and in
the build of a pull request, whose pages may not be there yet, no page has such a link.
"""

import os
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

FORM = "wrong.yml"  # in .github/ISSUE_TEMPLATE; `page` is a field of it
known: dict[str, str] = {}  # of the site that is built: the repository's address


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take the repository from `mkdocs.yml`, or from the environment of a workflow."""
    known.clear()
    if repository := config.repo_url or repository_of(os.environ):
        known["address"] = repository.rstrip("/")
        config.repo_url = known["address"]
        config.edit_uri = config.edit_uri or f"edit/{branch_of(os.environ)}/docs/"
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, **_: object) -> None:
    """Once each page knows where its source is, hide the repository from the theme.

    Its own link asks another host how many people like the repository.
    """
    config.repo_url = None


def on_page_context(
    context: dict[str, object], page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Put the two links at the foot of a page."""
    if "address" in known and page.edit_url:
        page.content = (page.content or "") + mend(page, known["address"], os.environ)


def repository_of(environment: Mapping[str, str]) -> str:
    """Give the address of the repository; nothing in the build of a pull request."""
    server, name = (environment.get(f"GITHUB_{key}") for key in ("SERVER_URL", "REPOSITORY"))
    is_proposal = environment.get("GITHUB_EVENT_NAME", "").startswith("pull_request")
    return f"{server}/{name}" if server and name and not is_proposal else ""


def branch_of(environment: Mapping[str, str]) -> str:
    """Give the branch whose pages are built."""
    is_branch = environment.get("GITHUB_REF_TYPE") == "branch"
    return environment.get("GITHUB_REF_NAME", "main") if is_branch else "main"


def mend(page: Page, repository: str, environment: Mapping[str, str]) -> str:
    """Write the line with both links; only GitHub has the form."""
    edit = f'<a href="{escape(page.edit_url or "")}">edit this page</a>'
    if "github" not in repository:
        return f'\n<p class="site-mend">You can {edit}.</p>'
    commit = environment.get("GITHUB_SHA", "")[:12]
    place = f"docs/{page.file.src_uri}" + (f" at {commit}" if commit else "")
    where = f"{page.canonical_url} ({place})" if page.canonical_url else place
    query = urlencode({"template": FORM, "title": f"{page.title}: ", "page": where})
    form = f'<a href="{escape(f"{repository}/issues/new?{query}")}">say so</a>'
    return f'\n<p class="site-mend">Something is wrong on this page? You can {form}, or {edit}.</p>'
