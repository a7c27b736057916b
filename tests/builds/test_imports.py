"""What importing a module loads."""

import subprocess
import sys


def libraries(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def loaded(*modules: str) -> set[str]:
    """The top-level modules that importing these loads."""
    code = f"import sys, {', '.join(modules)}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return libraries(set(done.stdout.split()))


def test_a_build_loads_neither_numpy_nor_matplotlib() -> None:
    names = loaded(
        *("worked.hosts.mkdocs_plugin", "worked.html.extension", "worked.hosts.markdown"),
        *("worked.builds.scheduler", "worked.cli.__main__", "texmath.plugin"),
    )
    assert names >= {"worked", "texmath"}
    assert not names & {"numpy", "matplotlib", "figures"}


def test_a_worker_loads_neither_mkdocs_nor_markdown() -> None:
    names = loaded("worked.worker.server", "worked.worker.run")
    assert names >= {"worked", "numpy"}
    assert not names & {"mkdocs", "markdown", "yaml", "nh3"}
