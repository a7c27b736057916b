"""What a worker of a cluster answers: read as a stranger's."""

import json

import pytest

from worked.pool.answers import Answer, pack_answer, read_answer
from worked.pool.runner import Outcome
from worked.protocol.reading import MalformedError

OUTCOME = Outcome(({"frame": "end", "x": ["\ud800", 0.1]},), "died", 3, {0: 0.25, 3: 1.5})
ANSWER = Answer("crew", OUTCOME, lost="gone", unable="full", used={"numpy": "2.0"})


def test_an_answer_comes_back_as_it_was():
    assert read_answer(pack_answer(ANSWER)) == ANSWER


@pytest.mark.parametrize(
    "change",
    [
        {"crew": 1},
        {"messages": {}},
        {"messages": ["end"]},
        {"ending": None},
        {"step": True},
        {"step": "0"},
        {"took": [[0]]},
        {"took": [["0", 1.0]]},
        {"took": [[0, float("nan")]]},
        {"used": {"numpy": 2}},
        {"used": []},
        {"more": 1},
    ],
)
def test_an_answer_of_another_form_is_refused(change):
    plain = json.loads(pack_answer(ANSWER)) | change
    with pytest.raises(MalformedError):
        read_answer(json.dumps(plain).encode())


@pytest.mark.parametrize("data", [ANSWER, "{}", b"{", b"[" * 100_000, b"\xff", b"[]", None])
def test_what_is_no_json_in_bytes_is_refused(data):
    with pytest.raises(MalformedError):
        read_answer(data)
