"""The site of another course, with and without formulas."""

from pathlib import Path

import pytest

from card_sites import PAGES, build_cards, documented


@pytest.fixture(scope="session")
def documented_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site by what the documentation shows, and nothing else."""
    root = tmp_path_factory.mktemp("documented")
    done = build_cards(root, PAGES)
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it with `texmath`, an address, and pages as files."""
    root = tmp_path_factory.mktemp("course")
    more = "site_url: https://heat.example.org/course/\nuse_directory_urls: false\n"
    config = documented().replace("worked,", "worked, texmath,") + more
    done = build_cards(root, PAGES, config)
    assert done.returncode == 0, done.stderr
    return root / "site"
