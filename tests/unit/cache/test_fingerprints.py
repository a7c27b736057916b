"""What stands after the names, and whether it still does."""

import json
import os
import time
from importlib import metadata

import pytest

from worked.cache.fingerprints import Fingerprints
from worked.protocol.dependencies import Dependencies
from worked.protocol.reading import MalformedError


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "site" / "tools"
    (folder / "data").mkdir(parents=True)
    (folder / "maps.py").write_text("a = 1\n")
    (folder / "data" / "a.txt").write_text("a")
    return folder


@pytest.fixture
def begin(package):
    """Begin a build, once the clock that stamps files has moved on."""

    def fingerprints(folder=package):
        probe = package.parent / "probe"
        written = time.time_ns()
        while True:
            probe.write_text("")
            if probe.stat().st_ctime_ns > written:
                break
        while True:  # the last change is older than the build
            begun = Fingerprints((("tools", str(folder)),))
            if begun.are_older([probe]):
                return begun

    return fingerprints


def taken(fingerprints, *files, folders=(), modules=()):
    found = fingerprints.of(Dependencies(files, tuple(folders), tuple(modules)))
    return json.loads(json.dumps(found))  # as the store gives it back


def test_what_has_not_changed_still_holds(begin):
    then = taken(begin(), "tools/maps.py", "tools/none.py", "tools/data", folders=["tools"])
    assert set(then["files"]) == {"tools/maps.py", "tools/none.py", "tools/data"}
    assert begin().are_current(then)


def edit(package):
    path = package / "maps.py"
    about = path.stat()
    path.write_text("a = 2\n")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def turn_into_a_folder(package):
    (package / "maps.py").unlink()
    (package / "maps.py").mkdir()


CHANGES = [
    edit,
    turn_into_a_folder,
    lambda package: (package / "maps.py").unlink(),
    lambda package: (package / "none.py").write_text(""),
    lambda package: (package / "none.py").mkdir(),
    lambda package: (package / "data" / "b.txt").write_text(""),
    lambda package: (package / "data" / "a.txt").unlink(),
    lambda package: (package / "data" / "a.txt").rename(package / "data" / "A.txt"),
]


@pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
def test_what_has_changed_does_not_hold(change, begin, package):
    then = taken(begin(), "tools/maps.py", "tools/none.py", folders=["tools/data"])
    change(package)
    assert not begin().are_current(then)


def test_what_is_not_named_may_change(begin, package):
    then = taken(begin(), "tools/maps.py", folders=["tools/data"])
    (package / "other.py").write_text("")
    (package / "data" / "a.txt").write_text("b")  # the listing is of names
    assert begin().are_current(then)


def test_a_touched_file_still_holds(begin, package):
    then = taken(begin(), "tools/maps.py")
    os.utime(package / "maps.py")
    assert begin().are_current(then)


def test_what_holds_does_so_in_another_checkout(begin, package):
    then = taken(begin(), "tools/maps.py", "tools/none.py", folders=["tools/data"])
    assert begin(package.rename(package.parent / "moved")).are_current(then)
    assert str(package) not in json.dumps(then)


@pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
def test_what_changes_during_a_build_is_not_kept(change, begin, package):
    fingerprints = begin()
    change(package)
    assert taken(fingerprints, "tools/maps.py", "tools/none.py", folders=["tools/data"]) is None


def test_a_folder_that_is_exchanged_during_a_build_is_not_kept(begin, package):
    (package.parent / "new").mkdir()
    (package.parent / "new" / "a.txt").write_text("new")
    fingerprints = begin()
    (package / "data").rename(package.parent / "old")
    (package.parent / "new").rename(package / "data")
    assert taken(fingerprints, "tools/data/a.txt") is None


def test_a_file_that_was_hashed_before_it_changed_is_not_kept(begin, package):
    fingerprints = begin()
    then = taken(fingerprints, "tools/maps.py")
    edit(package)
    assert then
    assert taken(fingerprints, "tools/maps.py") is None


def test_data_that_changes_during_a_build_is_not_older(begin, package):
    path = package / "data" / "a.txt"
    fingerprints = begin()
    assert fingerprints.are_older([path])
    path.write_text("b")
    assert not fingerprints.are_older([path])


def test_a_link_inside_a_package_counts_as_what_it_leads_to(begin, package):
    (package / "link.py").symlink_to("maps.py")
    then = taken(begin(), "tools/link.py")
    edit(package)
    assert not begin().are_current(then)


def lead_out(package):
    (package / "out").symlink_to("/etc")
    return "tools/out/hostname"


def lead_up(package):
    (package / "up").symlink_to("..")
    return "tools/up/secret"


@pytest.mark.parametrize(
    "lead",
    [
        *(lead_out, lead_up),
        *(lambda _, path=path: path for path in ("other/a", "tools/../a", "/etc/passwd", "", "a")),
    ],
)
def test_a_path_out_of_the_packages_is_refused_and_holds_never(lead, begin, package):
    path = lead(package)
    for kind in ("files", "folders"):
        with pytest.raises(MalformedError):
            begin().of(Dependencies(**{kind: (path,)}))
        kinds = {"files": {}, "folders": {}, "versions": {}}
        assert not begin().are_current({**kinds, kind: {path: ""}})


@pytest.mark.parametrize("name", ["loop", "pipe", "a" * 300, "\udc80", "a\ud800"])
def test_odd_names_do_no_harm(name, begin, package):
    if name == "loop":
        (package / name).symlink_to(name)
    if name == "pipe":
        os.mkfifo(package / name)
    then = taken(begin(), f"tools/{name}", folders=[f"tools/{name}"])
    assert then
    assert begin().are_current(then)


@pytest.mark.parametrize(
    "entry", [None, [], {}, {"files": {}}, {"files": [], "folders": {}, "versions": {}}, 1, "a"]
)
def test_what_was_never_written_does_not_hold(entry, begin):
    assert not begin().are_current(entry)


def test_modules_count_by_the_version_of_their_distribution(begin, monkeypatch):
    then = taken(begin(), modules=["numpy", "mpl_toolkits", "no_such_module"])
    assert then["versions"] == {name: metadata.version(name) for name in ("matplotlib", "numpy")}
    assert begin().are_current(then)
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0" if name == "numpy" else real(name))
    assert not begin().are_current(then)


def test_a_distribution_that_is_gone_does_not_hold(begin, monkeypatch):
    then = taken(begin(), modules=["numpy"])

    def gone(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", gone)
    assert not begin().are_current(then)
