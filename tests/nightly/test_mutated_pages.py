"""Ten thousand pages that nobody would write, other ones each night."""

import datetime
import os
from typing import Final

import pytest

from mutated_pages import Converter, all_hold
from worked.cache.store import Store

SEED: Final = int(os.environ.get("WORKED_TEST_SEED") or f"{datetime.date.today():%Y%m%d}")
"""The day, or what the environment says: what a failure names, to repeat it."""
PAGES: Final = 10_000
BATCHES: Final = 20


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_pages_of_this_night_break_nothing(
    batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = SEED * PAGES
    numbers = range(first + batch, first + PAGES, BATCHES)
    try:
        all_hold(numbers, Converter(), Store(tmp_path_factory.mktemp("store")))
    except BaseException as error:
        error.add_note(f"again: make nightly SEED={SEED}")
        raise
