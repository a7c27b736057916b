"""Folders that killed builds have left."""

import subprocess
import sys

from worked.pool.monitor import own_prefix, remove_leftovers


def test_the_folders_of_builds_that_are_gone_are_removed_and_no_others(tmp_path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], text=True,
                          capture_output=True, check=True).stdout.strip()  # fmt: skip
    (tmp_path / f"worked-build-{gone}-abc" / "page").mkdir(parents=True)
    kept = [f"{own_prefix()}abc", "worked-build-x-1", "worked-verify-1", "other"]
    for name in kept:
        (tmp_path / name).mkdir()
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
