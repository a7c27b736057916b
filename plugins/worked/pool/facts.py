"""What must be the same on every machine that runs pages of one build, and what differs."""

import contextlib
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from worked.cache import ENGINES
from worked.files import digest, digest_file
from worked.pool.runner import Outcome
from worked.protocol.dependencies import OWN_FOLDER, load_dependencies
from worked.protocol.reading import MalformedError
from worked.versions import InstalledModules, installed_version

_NO_MODULE: Final = re.compile(r"No module named '(\w{1,200})[.\w]{0,1000}'")


def own_facts() -> dict[str, str]:
    """Say, as plain texts, what this machine is for the key of a result."""
    return {
        "Python": sys.version,
        "machine": platform.machine(),
        "system": platform.system(),
        **{name: installed_version(name) for name in ENGINES},
        "code of this plugin": _own_code(),
    }


def differing_facts(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Name everything that differs: `numpy 2.3.1 here, 2.2.6 there`."""
    return [
        f"{name} {_short(here.get(name, ''))} here, {_short(there.get(name, ''))} there"
        for name in sorted(here.keys() | there.keys())
        if here.get(name, "") != there.get(name, "")
    ]


def used_versions(modules: Iterable[str], installed: InstalledModules) -> dict[str, str]:
    """Give the distributions that modules come from on this machine, with their versions."""
    return {name: installed_version(name) for name in sorted(installed.behind(tuple(modules)))}


def loaded_modules(outcome: Outcome) -> set[str]:
    """Name the modules that a page has loaded, or that it could not load."""
    return {name for message in outcome.messages for name in _modules(message)}


def _modules(message: Mapping[str, Any]) -> Iterator[str]:
    with contextlib.suppress(MalformedError):  # whoever collects the messages says so
        yield from load_dependencies(message["needs"]).modules if "needs" in message else ()
    said = message.get("message") if message.get("frame") == "problem" else None
    if isinstance(said, str) and (found := _NO_MODULE.search(said)):
        yield found[1]


def _own_code() -> str:
    """Hash all of this package: cells may read any file of it."""
    root = Path(OWN_FOLDER)
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    return digest(
        [
            f"{path.relative_to(root).as_posix()} {digest_file(path)}"
            for path in files
            if "__pycache__" not in path.parts
        ]
    )


def _short(text: str) -> str:
    return (text if len(text) < 60 else f"{text[:12]}…") if text else "missing"
