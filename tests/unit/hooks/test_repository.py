"""Each page leads to its source and to a form, where somebody says where that is."""

import os
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

import repository

ROOT = Path(__file__).resolve().parents[3]
ACTIONS = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "owner/notes",
    "GITHUB_REF_TYPE": "branch",
    "GITHUB_REF_NAME": "main",
    "GITHUB_SHA": "0123456789abcdef" * 2,
    "GITHUB_EVENT_NAME": "push",
}


@pytest.fixture
def foot(monkeypatch):
    """Give what stands at the foot of a page, built in an environment."""

    def built(environment, repo_url=None, edit_uri=None, canonical=""):
        for name in [name for name in os.environ if name.startswith("GITHUB_")]:
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        config = SimpleNamespace(repo_url=repo_url, edit_uri=edit_uri)
        repository.on_config(config)
        edit = f"{config.repo_url}/{config.edit_uri}a.md" if config.edit_uri else None
        file = SimpleNamespace(src_uri="a.md")
        title = 'A & "B"'
        page = SimpleNamespace(
            file=file, title=title, edit_url=edit, canonical_url=canonical, content="<p>Text.</p>"
        )
        repository.on_nav(None, config=config)
        assert config.repo_url is None  # or the theme would ask another host about it
        repository.on_page_context({}, page=page, config=config)
        return page.content.removeprefix("<p>Text.</p>")

    return built


def links(html):
    return [part.split('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]


def test_without_a_repository_no_page_has_a_link(foot):
    assert foot({}) == ""
    assert foot({"GITHUB_REPOSITORY": "owner/notes"}) == ""


@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_the_pages_of_a_pull_request_may_not_be_there_yet(foot, event):
    assert foot({**ACTIONS, "GITHUB_EVENT_NAME": event}) == ""


def test_a_workflow_says_where_the_source_is(foot):
    form, edit = links(foot(ACTIONS))
    assert edit == "https://github.com/owner/notes/edit/main/docs/a.md"
    assert form.startswith("https://github.com/owner/notes/issues/new?template=wrong.yml&")
    assert parse_qs(urlsplit(form).query) == {
        "template": ["wrong.yml"],
        "title": ['A & "B": '],
        "page": ["docs/a.md at 0123456789ab"],
    }


def test_the_form_names_the_address_where_the_site_has_one(foot):
    form, _ = links(foot(ACTIONS, canonical="https://example.org/a.html"))
    (page,) = parse_qs(urlsplit(form).query)["page"]
    assert page == "https://example.org/a.html (docs/a.md at 0123456789ab)"


def test_a_tag_is_no_branch_to_edit(foot):
    _, edit = links(foot({**ACTIONS, "GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"}))
    assert "/edit/main/" in edit


def test_what_the_site_says_itself_comes_first(foot):
    html = foot(ACTIONS, repo_url="https://example.org/notes/", edit_uri="src/docs/")
    assert links(html) == ["https://example.org/notes/src/docs/a.md"]  # no form there


def test_the_form_has_the_field_that_the_link_fills():
    form = ROOT / ".github" / "ISSUE_TEMPLATE" / repository.FORM
    fields = yaml.safe_load(form.read_text("utf-8"))["body"]
    assert "page" in [part.get("id") for part in fields]
