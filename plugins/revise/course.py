"""Whose cards a deck holds."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """Whose cards they are."""

    key: str
    """What makes notes and decks known again"""
    title: str
    """Of the deck that holds those of the chapters"""
    timestamp: int
    """Seconds since 1970: Anki takes what is newer than what it has"""
    titles: Mapping[str, str]
    """Address of a page -> its title"""
