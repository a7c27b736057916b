"""Where pages run: what a site and the environment say."""

import pytest

from worked.builds import default_workers
from worked.errors import ConfigError
from worked.hosts.workers import chosen_workers
from worked.pool import MAX_CLUSTER_PAGES


@pytest.mark.parametrize(
    ("option", "variable", "chosen"),
    [
        ("0", "", (default_workers(), "")),
        ("3", "", (3, "")),
        ("3", "5", (5, "")),
        ("3", "0", (default_workers(), "")),
        ("dask://lab", "", (MAX_CLUSTER_PAGES, "dask://lab:8786")),
        ("3", " dask://127.0.0.1:40001/ ", (MAX_CLUSTER_PAGES, "dask://127.0.0.1:40001")),
        ("dask://lab:1", "2", (2, "")),
        ("tls://[::1]:8786", "", (MAX_CLUSTER_PAGES, "tls://[::1]:8786")),
    ],
)
def test_pages_run_where_the_environment_says_else_where_the_site_does(option, variable, chosen):
    assert chosen_workers(option, {"WORKED_WORKERS": variable}) == chosen


@pytest.mark.parametrize(
    "option",
    ["-1", "many", "True", "1.5", "http://lab:8786", "dask://", "dask://a b", "dask://a:x"],
)
def test_what_is_neither_a_number_nor_an_address_is_refused(option):
    with pytest.raises(ConfigError, match="workers"):
        chosen_workers(option, {})
