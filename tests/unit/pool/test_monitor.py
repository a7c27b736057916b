"""What a page uses, seen from outside, and folders that killed builds have left."""

import ctypes
import errno
import mmap
import os
import subprocess
import sys

import pytest

from worked import limits
from worked.pool.folders import own_prefix, remove_leftovers
from worked.pool.monitor import ResourceMonitor


def test_the_folders_of_builds_that_are_gone_are_removed_and_no_others(tmp_path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], text=True,
                          capture_output=True, check=True).stdout.strip()  # fmt: skip
    (tmp_path / f"worked-build-{gone}-abc" / "page").mkdir(parents=True)
    kept = [f"{own_prefix()}abc", "worked-build-x-1", "worked-verify-1", "other"]
    for name in kept:
        (tmp_path / name).mkdir()
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


@pytest.fixture
def look(tmp_path, monkeypatch):
    """Look at this process and at a folder, with small limits."""
    monkeypatch.setattr(limits, "MAX_FILES", 10)
    monkeypatch.setattr(limits, "MAX_DISK", 2**20)
    monkeypatch.setattr(limits, "MAX_FILE_SIZE", 2**19)
    return ResourceMonitor(os.getpid(), tmp_path).excess


def test_a_page_of_few_files_is_well(look, tmp_path):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_bytes(bytes(1000))
    assert look() == ""


def test_files_and_folders_are_counted(look, tmp_path):
    for number in range(6):
        (tmp_path / f"{number}/in").mkdir(parents=True)
    assert look() == "made more than 10 files and folders"


def test_files_are_counted_below_the_longest_path(look, tmp_path):
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(9):
        os.mkdir("d" * 255, dir_fd=folder)
        below = os.open("d" * 255, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    for number in range(3):
        os.close(os.open(f"{number}", os.O_CREAT, dir_fd=folder))
    os.close(folder)
    assert look() == "made more than 10 files and folders"
    subprocess.run(["rm", "-rf", str(tmp_path / ("d" * 255))], check=True)


def test_folders_too_deep_to_look_at_are_too_much(look, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FOLDER_DEPTH", 4)
    (tmp_path / "a/b/c").mkdir(parents=True)
    assert look() == ""
    (tmp_path / "a/b/c/d").mkdir(parents=True)
    assert look() == "made folders more than 4 deep"


def test_a_folder_that_lets_nobody_in_is_too_much(look, tmp_path, monkeypatch):
    def opened(name, *rest, **more):
        if name == "dark":  # to root, every folder opens
            raise PermissionError(errno.EACCES, "Permission denied", name)
        return open_file(name, *rest, **more)

    open_file = os.open
    monkeypatch.setattr(os, "open", opened)
    (tmp_path / "dark").mkdir(0o300)
    assert look() == "made a folder that nobody can look into"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_file_without_a_name_is_counted_while_it_is_open(look, tmp_path):
    with (tmp_path / "gone").open("wb") as file:
        file.write(bytes(2**21))
        file.flush()
        (tmp_path / "gone").unlink()
        assert look() == "wrote more than 1 MiB to its folder"
    assert look() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_file_without_a_name_counts_as_large_while_it_is_mapped(look, tmp_path):
    libc, held = ctypes.CDLL(None), []  # Python's own `mmap` keeps the file open
    libc.mmap.restype = ctypes.c_void_p
    for _ in range(3):
        with (tmp_path / "gone").open("w+b") as file:
            file.write(bytes(4096))
            file.flush()
            flags = mmap.PROT_READ, mmap.MAP_SHARED
            held.append(libc.mmap(None, 4096, *flags, file.fileno(), ctypes.c_long(0)))
        (tmp_path / "gone").unlink()
    assert look() == "wrote more than 1 MiB to its folder"
    for address in held:
        libc.munmap(ctypes.c_void_p(address), 4096)
    assert look() == ""


def test_nobody_looks_where_the_kernel_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILES", 0)
    (tmp_path / "file").touch()
    assert ResourceMonitor(os.getpid(), tmp_path, is_bounded=True).excess() == ""
