"""Cells that run once for each variant, in this process."""

import numpy as np
import pytest

from worked import limits
from worked.builds.cached import CachedPage, KnownStep
from worked.builds.job import make_job
from worked.page.parser import parse
from worked.protocol.outputs import CellResult
from worked.settings import Settings
from worked.worker.cell import CellFailedError
from worked.worker.variants import generator, run_variants

HEAD = "```python {.run}\n#| question: a\n#| topic: b2\n#| level: 1\n"


class Told:
    """Says its data as a question does."""

    def __init__(self, data):
        self.data = data

    def _variant_(self):
        return self.data

    def __repr__(self):
        return str(self.data["n"])


@pytest.fixture
def ran(tmp_path):
    """Run a cell with a seed: its result, and what was sent."""

    def do(code, *, variants=3, known=False, **names):
        page = parse(f"{HEAD}{code}\n```\n", "docs/a.md")
        result = CellResult(()) if known else None
        steps = (KnownStep(page.steps[0], "", "", result=result, exports={}, variants=variants),)
        (task,) = make_job(CachedPage(page, (*steps,)), Settings(tmp_path)).tasks or (None,)
        sent, namespace = [], {"Told": Told, **names}
        try:
            result = run_variants(job(page, tmp_path), task, namespace, sent.append)
        except CellFailedError:
            result = None
        return result, sent, namespace

    return do


def job(page, root):
    steps = tuple(KnownStep(step, "", "", exports={}) for step in page.steps)
    return make_job(CachedPage(page, steps), Settings(root))


def test_each_variant_has_numbers_of_its_own(ran):
    result, sent, _ = ran("Told({'n': rng.integers(10**9)})")
    assert sent == []
    assert [one["n"] for one in result.variants] == [
        generator("question a", number).integers(10**9) for number in range(3)
    ]
    assert len({one["n"] for one in result.variants}) == 3


def test_the_numbers_depend_on_the_id_and_the_variant_alone():
    first = [generator("question a", 1).integers(1000, size=4) for _ in range(2)]
    assert (first[0] == first[1]).all()
    assert generator("question a", 1).random() != generator("question b", 1).random()


def test_a_variant_leaves_nothing_to_the_next(ran):
    result, _, namespace = ran("seen.append(1)\nTold({'n': len(seen)})", seen=[])
    assert [one["n"] for one in result.variants] == [1, 1, 1]
    assert namespace["seen"] == []
    assert "rng" not in namespace


def test_global_generators_are_put_back(ran):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    ran("import numpy as np\nTold({'n': np.random.rand()})")
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_only_the_first_variant_is_shown(ran):
    result, _, _ = ran("Told({'n': rng.integers(10**9)})")
    (shown,) = result.outputs
    assert shown.text == f"{result.variants[0]['n']}"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1", "this ends with nothing (in variant 0)"),
        ("1", "an object of type int (in variant 0)"),
        ("Told({'n': float('nan')})", "nan"),
        ("Told([1])", "a dict of names"),
        ("Told({'n': object()})", "object"),
        (f"Told({{'n': 'a' * {limits.MAX_VARIANT * 2}}})", "64 KiB"),
        ("1 / 0", "division by zero"),
    ],
)
def test_what_no_variant_can_say_is_an_error_of_its_line(ran, code, said):
    result, sent, _ = ran(code)
    assert result is None
    (problem,) = sent
    assert said in problem["message"]
    assert problem["line"] == 5


def test_the_variant_that_fails_is_named(ran):
    _, sent, _ = ran("Told({'n': 1 / len(kept)} if kept.append(1) or 1 else 0)", kept=[])
    assert sent == []
    _, sent, _ = ran("assert rng.random() < 0.9\nTold({'n': 1})", variants=50)
    assert "(in variant " in sent[0]["message"]


def test_all_data_of_a_cell_have_a_limit(ran):
    most = limits.MAX_ALL_VARIANTS // limits.MAX_VARIANT
    size = limits.MAX_VARIANT * 4 // 3 - 100
    result, sent, _ = ran(f"Told({{'n': 'a' * {size}}})", variants=most + 2)
    assert result is None
    assert "all variants take more than 1 MiB" in sent[0]["message"]
