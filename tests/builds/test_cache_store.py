"""The store between processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from worked.cache.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache" / "worked")


def files(store: Store) -> list[Path]:
    return [path for path in store.root.rglob("*") if not path.is_dir()]


TOO_LARGE = """
import pathlib, resource, sys
from worked.errors import StoreError
from worked.cache.store import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
store = Store(pathlib.Path(sys.argv[1]))
store.put("ab" * 32, {"small": 1})
try:
    store.put("cd" * 32, {"large": "a" * 100_000})
except StoreError as error:
    print(error)
print(store.get("ab" * 32), store.get("cd" * 32))
"""


def test_a_file_that_may_not_grow_is_an_error_without_leftovers(store: Store) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOO_LARGE, str(store.root)], capture_output=True, text=True
    )
    said, found = done.stdout.splitlines()
    assert "File too large" in said
    assert found == "{'small': 1} None"
    assert len(files(store)) == 1


WRITER = """
import pathlib, sys
from worked.cache.store import Store
store = Store(pathlib.Path(sys.argv[1]), limit=20_000)
for turn in range(150):
    for number in range(8):
        key = f"{number:02}" * 32
        entry = store.get(key)
        assert entry is None or entry == {"a": str(number) * 3000}, entry
        store.put(key, {"a": str(number) * 3000})
    store.trim()
"""


def test_processes_that_write_and_trim_at_once_never_see_a_damaged_entry(store: Store) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(store.root)], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [writer.communicate()[1] for writer in writers]
    assert (said, [writer.returncode for writer in writers]) == ([b""] * 3, [0] * 3)
    assert not [path for path in files(store) if path.suffix != ".json"]
