"""The names of what a page needs, as they come from its process."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked import limits
from worked.protocol.dependencies import Dependencies, dump_dependencies, load_dependencies
from worked.protocol.reading import MalformedError

NONE = {"files": [], "folders": [], "modules": []}


def test_needs_come_back():
    some = Dependencies(("tools/a.py", "tools/é/b"), ("tools",), ("numpy",))
    assert load_dependencies(dump_dependencies(some)) == some


@pytest.mark.parametrize("kind", ["files", "folders"])
@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/etc/passwd", "//a", "..", "../a", "tools/..", "tools/../../a", "tools/"),
        *("tools//a", ".", "./tools", "tools/./a", "tools/\0"),
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(kind, path):
    with pytest.raises(MalformedError, match="none inside a package"):
        load_dependencies({**NONE, kind: [path]})


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"files": [], "folders": []},
        {**NONE, "keys": []},
        {**NONE, "files": "a"},
        {**NONE, "files": [1]},
        {**NONE, "modules": {"a": 1}},
        {**NONE, "files": [["a"]]},
    ],
)
def test_another_form_is_refused(data):
    with pytest.raises(MalformedError):
        load_dependencies(data)


@pytest.mark.parametrize(
    "names", [["a"] * (limits.MAX_DEPENDENCIES + 1), ["a" * (limits.MAX_DEPENDENCY_NAME + 1)]]
)
def test_too_much_is_refused(names):
    for kind in NONE:
        with pytest.raises(MalformedError, match="more than"):
            load_dependencies({**NONE, kind: names})


JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*NONE, "x"]), inner),
)


@given(JSON)
def test_any_json_is_needs_or_is_refused(data):
    with contextlib.suppress(MalformedError):
        assert dump_dependencies(load_dependencies(data)) == data
