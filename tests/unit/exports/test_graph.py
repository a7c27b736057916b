"""Exports: what a page hands to others, and what is wrong with it, without running anything."""

import ast
import base64
import io
import json
import textwrap

import numpy as np
import pytest

from worked.exports.graph import ExportGraph
from worked.page.parser import parse
from worked.protocol.exported import is_exported_value
from worked.worker.codec import decode_export, encode_exports


def cells(*codes):
    """Write a page; a cell begins on line 4 and ends with an empty line."""
    fences = [f"```python {{.run}}\n{textwrap.dedent(code).strip()}\n```\n" for code in codes]
    return "# Page\n\n" + "\n".join(fences)


CORRELATE = cells(
    """
    #| export: [correlate, Padded]
    import numpy as np

    SIZE: int = 3
    EDGE = (1, -1)


    def correlate(x, w=EDGE):
        return [int(np.dot(x[i : i + len(w)], w)) for i in range(len(x) - len(w) + 1)]


    class Padded:
        size = SIZE

        def __call__(self, x):
            return correlate([0, *x, 0])
    """,
    "correlate([1, 2, 4])",
)


def problems(pages):
    """List what can be said of pages without running them: `file:line: kind: message`."""
    read = [parse(text, f"docs/{name}") for name, text in pages.items()]
    graph = ExportGraph(read, "docs")
    return [
        problem.headline.removeprefix("docs/")
        for page in read
        for problem in sorted({*page.problems, *graph.problems(page.name)})
    ]


# what is wrong as it is written

F = "def f():\n    return 1"
NAMED = "def correlate():\n    return 1"
WRONG = {
    "undefined": (
        {"a.md": cells("x = 1", f"#| export: [g]\n{F}")},
        ["a.md:8: export: neither this cell nor one above it defines 'g'"],
    ),
    "undefined-near": (
        {"a.md": cells(f"#| echo: true\n#| export: [corelate]\n{NAMED}")},
        ["a.md:5: export: neither this cell nor one above it defines 'corelate'; did you mean 'co"],
    ),
    "defined-below": (
        {"a.md": cells("#| export: f", F)},
        ["a.md:4: export: neither this cell nor one above it defines 'f'"],
    ),
    "deleted": (
        {"a.md": cells(f"#| export: f\n{F}\ndel f")},
        ["a.md:4: export: neither this cell nor one above it defines 'f'"],
    ),
    "twice": (
        {"a.md": cells(f"#| export: f\n{F}", "#| export: [f]\n1")},
        ["a.md:10: export: 'f' is exported by line 4 already"],
    ),
    "twice-in-one": (
        {"a.md": cells(f"#| export: [f, f]\n{F}")},
        ["a.md:4: option: option 'export' names 'f' twice"],
    ),
    "no-name": (
        {"a.md": cells(f"#| export: [f.g]\n{F}")},
        ["a.md:4: option: option 'export' names 'f.g', which is not a name that Python could"],
    ),
    "no-list": (
        {"a.md": cells(f"#| export: 3\n{F}")},
        ["a.md:4: option: option 'export' is a list of names that the page defines"],
    ),
    "raises": (
        {"a.md": cells(f"#| export: f\n#| raises: ValueError\n{F}")},
        ["a.md:4: export: a cell that must raise an exception exports nothing"],
    ),
    "syntax": (
        {"a.md": cells(f"#| export: f\n{F}\n1 +")},
        ["a.md:7: SyntaxError: invalid syntax"],
    ),
    "body": (
        {"a.md": cells("#| export: f\ndef f():\n    y = 1\n    return y + missing")},
        ["a.md:7: export: 'f' is exported and uses 'missing', which the page does not define"],
    ),
    "default": (
        {"a.md": cells("x = [1]", "#| export: f\ndef f(a, b=x):\n    return a")},
        ["a.md:9: export: 'f' is exported and uses 'x', which is not a literal constant: make it"],
    ),
    "decorator": (
        {"a.md": cells(f"def twice(f):\n    return f\n\n\n#| c\n@twice\n{F}", "#| export: f\n1")},
        ["a.md:9: export: 'f' is exported and uses 'twice', which is not exported: export it too"],
    ),
    "base": (
        {"a.md": cells("#| export: B\nclass A: pass\n\nclass B(A):\n    pass")},
        ["a.md:7: export: 'B' is exported and uses 'A', which is not exported: export it too"],
    ),
    "inner-function": (
        {"a.md": cells("#| export: f\ndef f():\n    return [lambda: far for _ in range(3)]")},
        ["a.md:6: export: 'f' is exported and uses 'far', which the page does not define"],
    ),
    "set-twice": (
        {"a.md": cells("N = 1\nN = 2", "#| export: f\ndef f():\n    return N")},
        ["a.md:11: export: 'f' is exported and uses 'N', which has more than one meaning"],
    ),
    "counted": (
        {"a.md": cells("N = 1\nN += 1", "#| export: f\ndef f():\n    return N")},
        ["a.md:11: export: 'f' is exported and uses 'N', which is not a literal constant"],
    ),
    "built-in-of-its-own": (
        {"a.md": cells("sum = [].append", "#| export: f\ndef f():\n    return sum(1)")},
        ["a.md:10: export: 'f' is exported and uses 'sum', which is not a literal constant"],
    ),
    "digit": (
        {"2d.md": cells(f"#| export: f\n{F}")},
        ["2d.md:4: export: '2d' in the page's path is not a name that Python could import"],
    ),
    "keyword": (
        {"deep/lambda.md": cells(f"#| export: f\n{F}")},
        ["deep/lambda.md:4: export: 'lambda' in the page's path is not a name that Python"],
    ),
    "clash": (
        {"a-b.md": cells(f"#| export: f\n{F}"), "a_b.md": "# Nothing"},
        ["a-b.md:4: export: docs/a_b.md would be the module 'notes.a_b' as well: rename one"],
    ),
    "self": (
        {"a.md": cells(f"#| export: f\n{F}", "from notes.a import f")},
        ["a.md:10: import: pages import each other in a circle: docs/a.md -> docs/a.md"],
    ),
    "not-exported": (
        {
            "a.md": cells("import os\n\nfrom notes.b import correlat"),
            "b.md": cells(f"#| export: [correlate]\n{NAMED}"),
        },
        ["a.md:6: import: docs/b.md does not export 'correlat'; did you mean 'correlate'?"],
    ),
    "import-of-an-import": (
        {
            "a.md": cells("from notes.b import np"),
            "b.md": cells(f"#| export: f\nimport numpy as np\n{F}"),
        },
        ["a.md:4: import: docs/b.md does not export 'np'"],
    ),
    "exports-nothing": (
        {"a.md": cells("def g():\n    from notes.b import f"), "b.md": cells(F)},
        ["a.md:5: import: docs/b.md exports nothing; a cell's option `export` names what"],
    ),
    "no-page": (
        {
            "a.md": cells("import notes.part.corelate_it"),
            "part/correlate-it.md": CORRELATE,
        },
        [
            "a.md:4: import: no page has the module 'notes.part.corelate_it'; "
            "did you mean 'notes.part.correlate_it'?"
        ],
    ),
    "no-page-at-all": (
        {"a.md": cells("import notes")},
        ["a.md:4: import: name the page: `import notes.…`"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_has_its_file_and_line(name):
    pages, expected = WRONG[name]
    found = problems(pages)
    assert len(found) == len(expected), found
    assert all(one.startswith(other) for one, other in zip(found, expected, strict=True)), found


GOOD = {
    "builtins": "def f(x):\n    return sorted(map(len, x)), __name__, ValueError",
    "recursion": "def f(n):\n    return f(n - 1) if n else 0",
    "inner-names": "def f(x):\n    g = lambda y: y + x\n    return [g(z) for z in x if (w := z)]",
    "class": "import abc\nclass f(abc.ABC):\n    size = 3\n    other = size\n    def g(self):\n"
    "        return __class__, super().__init__()",
    "decorator": "import functools\n@functools.lru_cache(maxsize=3)\ndef f():\n    return 1",
    "negative-and-text": "A, = 1,\nB = -1.5\nC = ('a', (B'b', None))\ndef f(b=B):\n    return b, C",
    "one-line": "import os, sys; A = 1; B = '''a\nb'''\ndef f(): return os, sys, A, B",
    "future": "from __future__ import annotations\nN = 2\ndef f(x: int) -> int:\n    return N",
    "array": "import numpy as np\nf = np.ones(3)",
    "constant": "f = 3",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_good_stays_so_and_keeps_its_lines(name):
    pages = {"a.md": cells(f"#| export: f\n{GOOD[name]}"), "b.md": cells("from notes.a import *")}
    assert problems(pages) == []
    graph = ExportGraph([parse(text, f"docs/{name}") for name, text in pages.items()], "docs")
    (needed,) = graph.imported_modules("docs/b.md")
    space = {"__name__": "notes.a"}
    exec(compile(needed.source, "a.md", "exec"), space)
    assert ("f" in space) is (name != "array")
    page = pages["a.md"].split("\n")
    for number, line in enumerate(needed.source.split("\n")):
        assert line in page[number] or line.startswith("from __future__") or ";" in line


def test_a_circle_is_named_with_its_chain_on_each_of_its_pages():
    page = "#| export: {0}\ndef {0}():\n    from notes.{1} import {1}"
    names = {"a": "b", "b": "c", "c": "a"}
    pages = {f"{one}.md": cells(page.format(one, other)) for one, other in names.items()}
    circle = "import: pages import each other in a circle: "
    assert problems(pages) == [
        f"a.md:6: {circle}docs/a.md -> docs/b.md -> docs/c.md -> docs/a.md",
        f"b.md:6: {circle}docs/b.md -> docs/c.md -> docs/a.md -> docs/b.md",
        f"c.md:6: {circle}docs/c.md -> docs/a.md -> docs/b.md -> docs/c.md",
    ]


def test_pages_that_neither_export_nor_import_are_not_parsed(monkeypatch):
    def refuse(source, *_, **__):
        raise AssertionError(f"parsed: {source}")

    monkeypatch.setattr(ast, "parse", refuse)
    assert problems({"a.md": cells("x = 1", "1 +"), "2d.md": cells("y")}) == []


# the values themselves


def test_values_come_back_as_they_were():
    given = {
        "numbers": [1, -(2**70), 0.1, float("inf"), 1 + 2j, True, None, "ä\n"],
        "scalars": (np.float32(0.5), np.int8(-3), np.bool_(True), np.str_("a")),
        "arrays": [np.zeros((0, 3)), np.asfortranarray(np.eye(3)), np.array(5), np.array(["a"])],
        3: {(1, "a"): np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])},
    }
    coded = json.loads(json.dumps(encode_exports(["x"], {"x": given})["x"]))
    got = decode_export(coded)
    assert got["numbers"] == given["numbers"]
    assert [type(one) for one in got["scalars"]] == [type(one) for one in given["scalars"]]
    for one, other in zip(got["arrays"], given["arrays"], strict=True):
        assert (one.shape, one.dtype, one.tolist()) == (other.shape, other.dtype, other.tolist())
        assert one.flags.writeable
    assert got[3][1, "a"].dtype.names == ("a", "b")


def test_a_pickle_among_the_values_is_refused():
    stream = io.BytesIO()
    np.save(stream, np.array([{}]), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        decode_export(["array", base64.b64encode(stream.getvalue()).decode()])


@pytest.mark.parametrize(
    "coded",
    [
        *(None, [], "plain", ["plain"], ["plain", [1]], ["complex", 1], ["array", 3]),
        *(["pickle", "gA"], ["dict", [1]], ["dict", [["plain", 1]]], ["list", ["plain"]]),
        ["list", 1],
    ],
)
def test_what_is_no_value_is_not_taken_from_a_page(coded):
    assert not is_exported_value(coded)
    assert not is_exported_value(["list", coded])


def test_every_value_that_is_written_is_taken():
    given = {"a": (1, 0.5, None, True, "x", 1j, [np.ones(2), np.float32(1)], {2: []})}
    assert is_exported_value(encode_exports(["a"], given)["a"])
