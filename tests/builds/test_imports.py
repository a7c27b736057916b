"""What importing a module loads."""

import subprocess
import sys

import pytest


def libraries(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def loaded(module: str) -> set[str]:
    """The top-level modules that importing one loads."""
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return libraries(set(done.stdout.split()))


@pytest.mark.parametrize(
    "module",
    [
        *("worked.hosts.mkdocs_plugin", "worked.html.extension", "worked.hosts.markdown"),
        *("worked.builds.scheduler", "worked.cli.__main__", "texmath.plugin"),
    ],
)
def test_a_build_loads_neither_numpy_nor_matplotlib(module: str) -> None:
    names = loaded(module)
    assert module.partition(".")[0] in names
    assert not names & {"numpy", "matplotlib", "figures"}


@pytest.mark.parametrize("module", ["worked.worker.server", "worked.worker.run"])
def test_a_worker_loads_neither_mkdocs_nor_markdown(module: str) -> None:
    assert not loaded(module) & {"mkdocs", "markdown", "yaml", "nh3"}
