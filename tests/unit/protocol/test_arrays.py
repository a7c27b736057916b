"""What the build believes of the arrays that a page's process sends: nothing."""

import base64
import contextlib
import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked import limits
from worked.protocol.arrays import handed_size, read_arrays
from worked.protocol.reading import MalformedError

GOOD: dict[str, Any] = {"dtype": "uint8", "shape": [2, 2], "data": "AAECAw=="}


def refused(value: object) -> str:
    with pytest.raises(MalformedError) as caught:
        read_arrays({"x": value})
    return str(caught.value)


def test_a_good_array_is_taken_and_counted() -> None:
    assert read_arrays({"x": GOOD}) == {"x": GOOD}
    assert (
        handed_size({"x": GOOD})
        == len('{"x":{"dtype":"uint8","shape":[2,2],"data":"AAECAw=="}}') * 3 // 4
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"shape": [2, 3]},
        {"shape": [4, 2]},
        {"shape": [-2, -2]},
        {"shape": [2.0, 2]},
        {"shape": [True, 4]},
        {"shape": 4},
        {"shape": [10**400, 0]},
        {"shape": [1] * 8 + [4]},
        {"dtype": "float64"},
        {"dtype": "object"},
        {"dtype": ["uint8"]},
        {"dtype": None},
        {"data": "AAECAw"},
        {"data": "AAEC Aw=="},
        {"data": "</script>"},
        {"data": [0, 1, 2, 3]},
        {"more": 1},
    ],
)
def test_an_array_that_lies_is_refused(changed: dict[str, object]) -> None:
    assert refused({**GOOD, **changed})
    assert refused([{"deep": {**GOOD, **changed}}])


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 2**60, 10**400, {"dtype": 1}])
def test_a_value_that_json_or_javascript_does_not_have_is_refused(value: object) -> None:
    assert refused(value)


def test_too_much_is_refused() -> None:
    half = base64.b64encode(bytes(limits.MAX_HANDED // 2)).decode()
    big = {"dtype": "uint8", "shape": [limits.MAX_HANDED // 2], "data": half}
    assert "bytes" in refused([big, big])
    assert "arrays" in refused([copy.copy(GOOD) for _ in range(limits.MAX_ARRAYS + 1)])
    assert "bytes" in refused([0] * limits.MAX_HANDED)
    deep: Any = 1
    for _ in range(limits.MAX_ARRAYS_DEPTH + 1):
        deep = [deep]
    assert "deep" in refused(deep)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["dtype", "shape", "data", "a"]), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_whatever_is_sent_is_taken_or_malformed(value: object) -> None:
    with contextlib.suppress(MalformedError):
        read_arrays(value)
