"""Which warnings are the author's."""

import json
import warnings

from worked.worker.notices import concerning


def caught(category: type[Warning], filename: str) -> warnings.WarningMessage:
    return warnings.WarningMessage("a", category, filename, 1)


def test_what_a_library_has_to_mend_is_not_said() -> None:
    installed = [caught(DeprecationWarning, json.__file__), caught(ResourceWarning, json.__file__)]
    assert list(concerning(installed)) == []


def test_what_the_author_can_mend_is_said() -> None:
    own = [
        caught(DeprecationWarning, "docs/index.md"),
        caught(UserWarning, json.__file__),
        caught(RuntimeWarning, "docs/index.md"),
    ]
    assert list(concerning(own)) == own
