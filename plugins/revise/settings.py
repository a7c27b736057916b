"""What a site sets."""

from mkdocs.config import config_options as option
from mkdocs.config.base import Config


class Settings(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin."""

    name = option.Optional(option.Type(str))
    """Under which browsers keep what a reader knows; else the site's name says it"""
    exercises = option.ListOfItems(option.Type(str), default=[])
    """Boxes that hold a question and its answer and are no cards: they get addresses too"""
