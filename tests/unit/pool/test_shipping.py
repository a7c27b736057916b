"""What a page needs, packed here and laid out elsewhere."""

import json
import os

import pytest

from worked.pool.shipping import Depot, Shipper, UnreadableError
from worked.protocol.messages import AS_IT_IS, Job, Module, Task

TASK = Task("print(1)", 3, show=True, options=AS_IT_IS, timeout=30.0, values=())
MODULE = Module("notes.a", "docs/a.md", "def f(): ...", ("f", "x"), {"x": [1.5, "\ud800"]})


@pytest.fixture
def job(tmp_path):
    """A job with all that a page may need."""
    package = tmp_path / "site/own"
    (package / "deep/__pycache__").mkdir(parents=True)
    (package / "__init__.py").write_text("A = 1\n", "utf-8")
    (package / "deep/table.bin").write_bytes(bytes(range(256)))
    (package / "deep/__pycache__/x.pyc").write_bytes(b"old")
    (package / "alias.py").symlink_to(package / "__init__.py")
    (tmp_path / "secret").write_text("secret", "utf-8")
    (package / "out").symlink_to(tmp_path / "secret")
    os.mkfifo(package / "pipe")
    (tmp_path / "site/data.csv").write_text("1,2\n", "utf-8")
    files = (("in/data.csv", str(tmp_path / "site/data.csv")),)
    return Job("docs/b.md", (TASK,), (("own", str(package)),), files, "", (MODULE,), 60.0)


@pytest.fixture
def depot(tmp_path):
    return Depot(tmp_path / "elsewhere")


def listed(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_job_is_the_same_elsewhere_but_for_its_places(job, depot, tmp_path):
    parcel = Shipper().pack(job)
    depot.keep(parcel.parts)
    there = depot.unpack(parcel.order)
    assert (there.name, there.tasks, there.timeout) == (job.name, job.tasks, job.timeout)
    assert there.modules == job.modules
    ((name, data),) = there.files
    assert (name, (tmp_path / data).read_text("utf-8")) == ("in/data.csv", "1,2\n")
    assert str(tmp_path / "site") not in parcel.order.decode()


def test_a_package_has_its_files_and_folders_and_links_but_nothing_from_outside(
    job, depot, tmp_path
):
    parcel = Shipper().pack(job)
    depot.keep(parcel.parts)
    ((name, folder),) = depot.unpack(parcel.order).packages
    package = tmp_path / folder
    assert package.name == name == "own"
    assert listed(package) == [
        *("__init__.py", "alias.py", "deep", "deep/__pycache__", "deep/table.bin")
    ]
    assert (package / "deep/table.bin").read_bytes() == bytes(range(256))
    assert (package / "alias.py").readlink().as_posix() == "__init__.py"
    assert b"secret" not in parcel.parts.values()


def test_the_same_content_has_the_same_parts_wherever_it_is(job, tmp_path):
    first = Shipper().pack(job)
    (tmp_path / "site").rename(tmp_path / "moved")
    places = (("own", str(tmp_path / "moved/own")),)
    files = (("in/data.csv", str(tmp_path / "moved/data.csv")),)
    moved = Job(job.name, job.tasks, places, files, "", job.modules, job.timeout)
    (tmp_path / "moved/own/alias.py").unlink()
    (tmp_path / "moved/own/alias.py").symlink_to("__init__.py")
    assert Shipper().pack(moved) == first


def test_a_file_that_has_changed_is_packed_anew(job, depot, tmp_path):
    shipper = Shipper()
    shipper.pack(job)
    (tmp_path / "site/own/__init__.py").write_text("A = 2\n", "utf-8")
    parcel = shipper.pack(job)
    assert b"A = 2\n" in parcel.parts.values()
    assert b"A = 1\n" not in parcel.parts.values()


def test_a_data_file_that_has_gone_is_named(job, tmp_path):
    (tmp_path / "site/data.csv").unlink()
    with pytest.raises(UnreadableError, match="No such file") as caught:
        Shipper().pack(job)
    assert caught.value.name == "in/data.csv"


def test_a_data_file_that_became_a_pipe_is_named(job, tmp_path):
    (tmp_path / "site/data.csv").unlink()
    os.mkfifo(tmp_path / "site/data.csv")
    with pytest.raises(UnreadableError, match="not a plain file"):
        Shipper().pack(job)


def test_a_part_that_is_damaged_is_not_kept(job, depot, tmp_path):
    digest = next(iter(Shipper().pack(job).parts))
    with pytest.raises(ValueError, match="damaged"):
        depot.keep({digest: b"something else"})
    assert not (tmp_path / "elsewhere").exists()


def test_a_job_whose_parts_have_not_come_is_not_laid_out(job, depot):
    with pytest.raises(FileNotFoundError):
        depot.unpack(Shipper().pack(job).order)


def test_an_order_is_plain_json(job):
    assert json.loads(Shipper().pack(job).order)["name"] == "docs/b.md"
