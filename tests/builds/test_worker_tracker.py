"""What is noted of a page's look-ups and reads: cells that run in a process of their own."""

import os

import pytest

from worked.pool.process import ForkServer
from worked.protocol.dependencies import load_dependencies
from worked.protocol.messages import AS_IT_IS, Job, Task
from worked.sandbox.confinement import Confinement

FILES = {
    "__init__.py": "",
    "maps.py": "from tools import inks\n",
    "inks.py": "INK = 1\n",
    "lines.py": "",
    "data.py": (
        "from pathlib import Path\n"
        "HERE = Path(__file__).parent\n"
        "def read(): return (HERE / 'data' / 'a.txt').read_text()\n"
    ),
    "data/a.txt": "a",
    "sub/__init__.py": "",
    "sub/deep.py": "",
    "portion/part.py": "",
}


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    worker = ForkServer(tmp_path_factory.mktemp("scratch"), confinement=Confinement())
    yield worker
    worker.close()


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "site" / "tools"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def used(worker, package):
    """Run cells; give what each needs, as the build reads it."""

    def run(*codes, values=(), folder=package):
        tasks = tuple(
            Task(
                *(code, 1, True, AS_IT_IS),
                timeout=20.0,
                values=tuple((value, "", 1, False) for value in values),
            )
            for code in codes
        )
        job = Job("docs/a.md", tasks, packages=(("tools", str(folder)),), files=(), scratch="")
        messages = worker.run(job).messages
        assert [message for message in messages if message["frame"] == "problem"] == []
        return [load_dependencies(message["needs"]) for message in messages if "needs" in message]

    return run


def files(found):
    return [name.removeprefix("tools/") for name in found.files]


def test_a_page_that_uses_nothing_of_the_site_needs_nothing_of_it(used):
    (one,) = used("1")
    assert (one.files, one.folders) == ((), ())


def test_an_import_is_noted_with_all_that_it_imports_and_all_that_was_tried(used):
    (one,) = used("import tools.maps")
    assert files(one) == [
        *("__init__.py", "inks.py", "inks/__init__.py", "maps.py", "maps/__init__.py")
    ]
    assert one.folders == ()


@pytest.mark.parametrize(
    "code",
    [
        "from tools import maps",
        "from tools.maps import inks",
        "import importlib; importlib.import_module('tools.maps')",
        "__import__('tools.maps')",
        "import importlib.util as u; u.find_spec('tools.maps'); import tools.maps",
    ],
)
def test_it_does_not_matter_how_a_module_is_imported(used, code):
    assert {"maps.py", "inks.py"} <= set(files(used(code)[0]))


def test_what_a_later_cell_loads_is_no_need_of_an_earlier_one(used):
    first, second = used("import tools.inks", "import tools.lines")
    assert "lines.py" not in files(first)
    assert {"inks.py", "lines.py"} <= set(files(second))


def test_a_second_import_is_a_need_of_its_cell_all_the_same(used):
    _, second = used("import tools.maps", "import tools.maps\ntools.maps.inks.INK")
    assert {"maps.py", "inks.py"} <= set(files(second))


def test_what_a_value_loads_is_noted_with_it(used):
    cell, value = used("1", values=["__import__('tools.inks').inks.INK"])
    assert files(cell) == []
    assert "inks.py" in files(value)


def test_a_module_that_is_not_there_is_noted_by_every_place_that_was_tried(used):
    (one,) = used("try:\n    import tools.fast\nexcept ImportError as e:\n    print(e, e.name)")
    assert {"fast/__init__.py", "fast.py", "fast"} <= set(files(one))


def test_a_module_that_is_not_there_is_none_for_those_who_ask(worker, used):
    code = "import importlib.util\nassert importlib.util.find_spec('tools.fast') is None"
    assert "fast.py" in files(used(code)[0])


def test_packages_in_packages_are_served(used):
    (one,) = used("import tools.sub.deep, tools.portion.part")
    assert {"sub/__init__.py", "sub/deep.py", "portion", "portion/part.py"} <= set(files(one))


def test_bytecode_is_neither_read_nor_written(used, package):
    import py_compile

    source = package / "inks.py"
    py_compile.compile(str(source))
    about = source.stat()
    source.write_text("INK = 2\n")
    os.utime(source, ns=(about.st_atime_ns, about.st_mtime_ns))
    before = sorted(package.rglob("*"))
    (one,) = used("import tools.inks\nassert tools.inks.INK == 2")
    assert not [name for name in files(one) if name.endswith(".pyc")]
    assert sorted(package.rglob("*")) == before


@pytest.mark.parametrize(
    "code",
    [
        "from tools import data; data.read()",
        "import tools, os; open(os.path.join(tools.__path__[0], 'data', 'a.txt')).close()",
        "import tools, os; os.close(os.open(tools.__path__[0] + '/data/a.txt', os.O_RDONLY))",
        "import tools, os; os.chdir(tools.__path__[0]); open('data/a.txt').close()",
        "import tools; open(tools.__path__[0] + '/data/../data/a.txt').close()",
        "import tools; open((tools.__path__[0] + '/data/a.txt').encode()).close()",
        "from importlib import resources as r; r.files('tools').joinpath('data/a.txt').read_text()",
        "import tools.data, numpy as np; np.fromfile(tools.data.HERE / 'data/a.txt')",
    ],
)
def test_data_that_a_package_reads_is_noted(used, code):
    (one,) = used(code)
    assert "data/a.txt" in files(one)


def test_data_that_is_not_there_is_noted(used):
    (one,) = used("import tools.data as d\ntry: open(d.HERE / 'b.txt')\nexcept OSError: pass")
    assert "b.txt" in files(one)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.listdir(d.HERE / 'data')",
        "import os; list(os.scandir(d.HERE / 'data'))",
        "sorted((d.HERE / 'data').glob('*.txt'))",
        "import os; list(os.walk(d.HERE / 'data'))",
        "import os; os.chdir(d.HERE / 'data'); os.listdir()",
        "import os; os.listdir(os.open(d.HERE / 'data', os.O_RDONLY))",
        "import glob; glob.glob(str(d.HERE / 'data/*'))",
    ],
)
def test_a_listing_is_noted(used, code):
    (one,) = used(f"import tools.data as d\n{code}")
    assert "tools/data" in one.folders


def test_a_listing_of_the_package_itself_is_noted(used):
    (one,) = used("import tools, pkgutil; [m.name for m in pkgutil.iter_modules(tools.__path__)]")
    assert "tools" in one.folders


def test_reads_elsewhere_are_not_noted(used, package):
    (package.parent / "toolsmith.txt").write_text("")
    (one,) = used(
        f"open({str(package.parent / 'toolsmith.txt')!r}).close()\nopen('/etc/hostname').close()\n"
        "import os; os.listdir(); os.listdir('/')"
    )
    assert (one.files, one.folders) == ((), ())


def test_a_package_behind_a_link_is_known_by_both_names(used, package):
    link = package.parent / "link"
    link.symlink_to(package)
    code = "from tools import data\nopen(data.HERE.resolve() / 'data' / 'a.txt').close()"
    (one,) = used(code, folder=link)
    assert {"data.py", "data/a.txt"} <= set(files(one))


def test_modules_of_others_are_noted_and_none_of_pythons_or_the_sites(used):
    (one,) = used("import json, tools, numpy.linalg")
    assert {"numpy", "matplotlib"} <= set(one.modules)
    assert not {"json", "sys", "tools", "worked", "__main__"} & set(one.modules)


def test_a_module_that_a_later_cell_loads_is_no_need_of_an_earlier_one(used):
    first, second = used("1", "import yaml")
    assert "yaml" not in first.modules
    assert "yaml" in second.modules
