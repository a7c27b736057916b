"""What every test is subject to."""

import os
from typing import Final

import pytest
from hypothesis import settings

# no deadline: a busy machine is not a defect
settings.register_profile("day", deadline=None, max_examples=30)
settings.register_profile("night", deadline=None, max_examples=500)
settings.load_profile("night" if "WORKED_TEST_SEED" in os.environ else "day")


TRAINED: Final = (
    *("adversarial", "choosing", "debugging", "detection", "feature_maps", "grad_cam"),
    *("losses", "pipeline", "saliency", "segmentation", "trained_network", "training_run"),
    "transfer",
)
"""The tests of notes for which the same network is trained."""


def pytest_configure(config: pytest.Config) -> None:
    """Run nothing of a stranger's: tests import pages and figures, unconfined.

    What the tests make, on purpose, is nothing to annotate in a workflow of GitHub.
    """
    os.environ.pop("GITHUB_ACTIONS", None)
    for name in ("WORKED_STORE", "WORKED_STORE_READ_ONLY"):  # ours is no place for test results
        os.environ.pop(name, None)
    if os.environ.get("WORKED_TRUST") == "stranger":
        said = "WORKED_TRUST=stranger: tests run the pages and figures here unconfined; read them"
        raise pytest.UsageError(f"{said} first, then unset it")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep the tests of a file, which share what is set up for them, in one process.

    What trains a network is kept together too, so that it trains once, and what needs Firefox, so
    that one starts; the pages of the site, which are most of the work, are read by folders.  It
    says so here, since the `xdist_group` of pytest-xdist 3.8 comes to nothing with pytest 9.2.
    """
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            if file in [f"tests/notes/test_{name}.py" for name in TRAINED]:
                return "trained"
            if test.endswith(("-phone]", "-desktop]", "-bare]")):
                page, _, way = test.partition("[")[2].rpartition("-")
                return f"{file} {page.rpartition('/')[0]} {way}"
            return "Firefox" if "firefox" in nodeid.lower() else file

    return Scheduling(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Run two processes more than there are cores: many tests wait, for a browser or a kill."""
    return 2 + (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Say once for each folder what is skipped there; in continuous integration it has failed."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    elif report.skipped and isinstance(report.longrepr, tuple):
        report.longrepr = (str(item.path.parent), None, report.longrepr[2])
    return report
