"""What a cell hands to an element: exact, or an error that says why."""

import base64

import numpy as np
import pytest

from worked import limits
from worked.protocol.arrays import ITEM_SIZES, read_arrays
from worked.worker.arrays import ArraysError, encode_arrays


def coded(value: object) -> object:
    written = encode_arrays(("x",), {"x": value})
    assert read_arrays(written) is written
    return written["x"]


def numbers(array: dict[str, str]) -> np.ndarray:
    raw = base64.b64decode(array["data"])
    return np.frombuffer(raw, np.dtype(array["dtype"]).newbyteorder("<")).reshape(array["shape"])


def refusal(value: object) -> str:
    with pytest.raises(ArraysError) as caught:
        encode_arrays(("x",), {"x": value})
    return str(caught.value)


@pytest.mark.parametrize("dtype", sorted(ITEM_SIZES))
@pytest.mark.parametrize("shape", [(), (0,), (5,), (2, 3, 4)])
def test_an_array_comes_back_as_it_was(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.asarray(np.random.default_rng(0).standard_normal(shape) * 100).astype(dtype)
    written = coded(array)
    assert written["dtype"] == dtype
    np.testing.assert_array_equal(numbers(written), array, strict=True)


def test_the_order_and_the_bytes_of_an_array_in_memory_make_no_difference() -> None:
    plain = np.arange(6.0).reshape(2, 3)
    for other in (np.asfortranarray(plain), plain.astype(">f8"), np.flip(plain[::-1, ::-1])):
        assert coded(other) == coded(plain)


@pytest.mark.parametrize(
    ("dtype", "narrow"), [("int64", "int32"), ("uint64", "uint32"), ("float16", "float32")]
)
def test_what_javascript_lacks_is_handed_over_in_what_holds_it(dtype: str, narrow: str) -> None:
    array = np.array([0, 1, 255], dtype)
    assert coded(array)["dtype"] == narrow
    np.testing.assert_array_equal(numbers(coded(array)), array)


def test_numbers_texts_lists_and_dicts_are_what_they_are_in_json() -> None:
    given = {"a": [1, 2.5, True, "é</script>"], "b": (np.float32(0.5), np.int64(3))}
    assert coded(given) == {"a": [1, 2.5, True, "é</script>"], "b": [0.5, 3]}


def test_arrays_may_stand_in_lists_and_dicts() -> None:
    given = {"kernels": [np.eye(2, dtype=np.int8)]}
    assert numbers(coded(given)["kernels"][0]).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (np.array([2**40]), "an array of int64 whose numbers do not fit into int32"),
        (np.array([1j]), "an array of complex128"),
        (np.array(["a"]), "an array of <U1"),
        (np.array([None]), "an array of object"),
        (np.zeros(1, "M8[s]"), "an array of datetime64[s]"),
        (float("nan"), "the number nan"),
        (2**60, "beyond 2**53"),
        (None, "holds a NoneType: an element takes arrays"),
        (lambda: 0, "holds a function"),
        ({1: 2}, "the key 1"),
        ({"dtype": 2}, "the key 'dtype'"),
        (np.zeros((1,) * 9), "has 9 axes; at most 8"),
        (np.zeros(limits.MAX_HANDED + 1, np.uint8), "takes 262,145 bytes; a cell has 262,144"),
        ([np.zeros(limits.MAX_HANDED // 2, np.uint8)] * 3, "the arrays take"),
        ("x" * 2 * limits.MAX_HANDED, "the arrays take"),
        ([np.zeros(1)] * 65, "65 arrays; a cell has 64: stack them"),
    ],
)
def test_what_cannot_be_handed_over_is_an_error_that_says_why(value: object, said: str) -> None:
    assert said in refusal(value)


def test_lists_in_lists_have_an_end() -> None:
    deep: list[object] = []
    deep.append(deep)
    assert "lists in each other" in refusal(deep)


def test_an_array_may_be_called_as_its_parts_are() -> None:
    written = encode_arrays(("dtype",), {"dtype": np.zeros(3)})
    assert read_arrays(written)["dtype"]["shape"] == [3]


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ArraysError, match="'y' was not defined when the cell had run"):
        encode_arrays(("y",), {"x": 1})
