"""What a site and its environment ask for."""

import pytest

from handbook.settings import Settings


def asked(said: dict[str, object]) -> tuple[list[str], list[str]]:
    """Give the formats, and what is wrong."""
    settings = Settings()
    settings.load_dict(said)
    errors, _ = settings.validate()
    return settings.formats, [str(error) for _, error in errors]


@pytest.mark.parametrize("said", ["pdf zip", "zip,pdf", ["pdf", "zip", "pdf"]])
def test_formats_are_a_text_or_a_list(said: object) -> None:
    assert asked({"formats": said}) == (["zip", "pdf"], [])


def test_nothing_is_built_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDBOOK", raising=False)
    assert asked({}) == ([], [])


def test_the_environment_asks_where_the_site_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK", "zip")
    assert asked({}) == (["zip"], [])
    assert asked({"formats": "pdf"}) == (["pdf"], [])
    assert asked({"formats": []}) == ([], [])


def test_an_unknown_format_is_named() -> None:
    assert asked({"formats": "doc"})[1] == ["'doc' is none of zip, pdf, epub"]
