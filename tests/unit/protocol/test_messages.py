"""Messages between the build and its workers."""

import contextlib
import io
import json
import struct
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked import limits
from worked.protocol.messages import (
    Job,
    MessageError,
    Module,
    RunOptions,
    Task,
    Unpacker,
    memory_cost,
    pack_job,
    pack_message,
    receive_message,
    unpack_job,
)
from worked.protocol.sweeps import Sweep

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=8,
)
MESSAGES = st.dictionaries(st.text(), JSON, max_size=4)
PAIRS = st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple)
SCALARS = st.one_of(st.booleans(), st.integers(-9, 9), st.floats(-1, 1), st.text())
SWEEPS = st.lists(st.tuples(st.text(), st.lists(SCALARS).map(tuple)), max_size=2).map(
    lambda parameters: Sweep(tuple(parameters))
)
TASKS = st.builds(
    Task,
    code=st.text(),
    line=st.integers(1),
    show=st.booleans(),
    options=st.builds(
        RunOptions,
        output=st.booleans(),
        raises=st.text(),
        sweep=SWEEPS,
        arrays=st.lists(st.text()).map(tuple),
    ),
    timeout=st.floats(0.1, 100),
    values=st.lists(st.tuples(st.text(), st.text(), st.integers(1), st.booleans()), max_size=3).map(
        tuple
    ),
    exports=st.lists(st.text(), max_size=3).map(tuple),
    export_line=st.integers(1),
)
MODULES = st.builds(
    Module,
    name=st.text(),
    page=st.text(),
    source=st.text(),
    names=st.lists(st.text(), max_size=3).map(tuple),
    values=st.dictionaries(st.text(), JSON, max_size=3),
)
JOBS = st.builds(
    Job,
    name=st.text(),
    tasks=st.lists(TASKS, max_size=3).map(tuple),
    packages=PAIRS,
    files=PAIRS,
    scratch=st.text(),
    modules=st.lists(MODULES, max_size=2).map(tuple),
)


def chunks(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    """Cut bytes into pieces of these sizes, and one of the rest."""
    for size in sizes:
        yield data[:size]
        data = data[size:]
    yield data


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


@given(st.lists(MESSAGES, max_size=4), st.lists(st.integers(0, 9), max_size=40))
def test_messages_come_through_in_any_pieces(messages: list[dict], sizes: list[int]) -> None:
    unpacker = Unpacker()
    data = b"".join(map(pack_message, messages))
    got = [message for piece in chunks(data, sizes) for message in unpacker.feed(piece)]
    assert got == messages


@given(MESSAGES)
def test_a_message_comes_through_byte_by_byte(message: dict) -> None:
    unpacker = Unpacker()
    got = [list(unpacker.feed(bytes([byte]))) for byte in pack_message(message)]
    assert got == [*[[]] * (len(got) - 1), [message]]


@given(st.lists(MESSAGES, max_size=3))
def test_messages_are_read_one_at_a_time(messages: list[dict]) -> None:
    stream = io.BytesIO(b"".join(map(pack_message, messages)))
    assert [receive_message(stream.read) for _ in messages] == messages
    assert receive_message(stream.read) is None


@given(MESSAGES, st.data())
def test_a_stream_that_ends_early_gives_no_message(message: dict, data: st.DataObject) -> None:
    whole = pack_message(message)
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    assert list(Unpacker().feed(part)) == []
    assert receive_message(io.BytesIO(part).read) is None


@given(JOBS)
def test_a_job_comes_through(job: Job) -> None:
    message = receive_message(io.BytesIO(pack_job(job)).read)
    assert unpack_job(message) == job


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\\\ud800", "é😀\x00"])
def test_text_that_is_no_unicode_comes_through(text: str) -> None:
    assert list(Unpacker().feed(pack_message({"a": text}))) == [{"a": text}]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b'"a"',
        b"null",
        b"{",
        b"{}{}",
        b"\xff\xfe\xfd",
        b"\x80\x04N.",
        b"[" * 10**5,
    ],
)
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(MessageError):
        list(Unpacker().feed(framed(body)))
    with pytest.raises(MessageError):
        receive_message(io.BytesIO(framed(body)).read)


@given(JSON.filter(lambda value: not isinstance(value, dict)))
def test_json_that_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(MessageError):
        list(Unpacker().feed(framed(json.dumps(value).encode())))


@given(st.binary())
def test_no_bytes_raise_anything_but_a_wire_error(data: bytes) -> None:
    for stream in (data, framed(data)):
        with contextlib.suppress(MessageError):
            list(Unpacker().feed(stream))
        with contextlib.suppress(MessageError):
            receive_message(io.BytesIO(stream).read)


def test_a_length_past_the_largest_is_refused_before_the_body_is_read() -> None:
    head = struct.pack(">I", limits.MAX_MESSAGE + 1)
    with pytest.raises(MessageError):
        list(Unpacker().feed(head))
    stream = io.BytesIO(head + b"body")
    with pytest.raises(MessageError):
        receive_message(stream.read)
    assert stream.read() == b"body"


def test_a_message_past_the_largest_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MESSAGE", 10)
    assert pack_message({"a": 1})
    with pytest.raises(MessageError, match="at most 10"):
        pack_message({"a": "long text"})


@pytest.mark.parametrize(
    "unit", ["[]", "{}", "1000", "1.5", '"a"', '"\u00e9"', "[[]]", '{"a":1}', '["plain",1]']
)
def test_what_a_message_costs_in_memory_is_estimated_from_above(unit: str) -> None:
    body = f"[{unit}{f',{unit}' * 20_000}]".encode()
    tracemalloc.start()
    try:
        kept = json.loads(body)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept) > 20_000
    assert taken < memory_cost(body) * 1.5


def test_one_wide_letter_makes_a_text_wide() -> None:
    assert memory_cost(b'["' + b"a" * 1000 + '\U0001f600"]'.encode()) > 4000
    assert memory_cost(b'["' + b"a" * 1000 + rb'\ud83d\ude00"]') > 4000
    assert memory_cost(b'["' + b"a" * 1000 + b'"]') < 2000


def test_signs_inside_of_a_long_text_cost_nothing() -> None:
    text = json.dumps({"svg": "M 1,2 [3, 4] " * 500_000}).encode()
    assert memory_cost(text) < 2 * len(text)


def test_messages_that_take_too_much_memory_together_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_HELD", 10_000)
    unpacker = Unpacker()
    many = pack_message({}) * 1_000
    with pytest.raises(MessageError, match="more than 10000 bytes of memory"):
        list(unpacker.feed(many))
