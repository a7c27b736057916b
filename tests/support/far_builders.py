"""Two who build, far from each other: other folders, hashes, time zones and languages."""

import os
import subprocess
import sys
from pathlib import Path


def builder(folder: Path, *, seed: str, zone: str, language: str) -> dict[str, str]:
    """Give the environment of somebody who builds."""
    places = {name: folder / name.lower() for name in ("HOME", "TMPDIR")}
    for place in places.values():
        place.mkdir(parents=True)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("WORKED")},
        **{name: str(place) for name, place in places.items()},
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": seed,
        "SOURCE_DATE_EPOCH": "1767225600",
        "TZ": zone,
        "LANG": language,
        "LC_ALL": language,
    }


def build(root: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """Build a site: its files."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def builders(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Give the environments of two who build, in folders below one."""
    return (
        builder(folder / "a", seed="1", zone="UTC", language="C.UTF-8"),
        builder(folder / "b" / "deeper", seed="4242", zone="Asia/Kathmandu", language="C"),
    )


def differing(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """List the files that are not alike."""
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )
