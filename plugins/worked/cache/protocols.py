"""What URLs of shared stores need, told without loading it."""

import importlib.util
import re
from typing import Final

from worked.errors import ConfigError

_EXTRAS: Final = {
    **dict.fromkeys(("s3", "s3a"), ("s3fs", "s3")),
    **dict.fromkeys(("gs", "gcs"), ("gcsfs", "gcs")),
    **dict.fromkeys(("az", "abfs", "abfss", "adl"), ("adlfs", "azure")),
    **dict.fromkeys(("http", "https"), ("aiohttp", "http")),
}
"""Protocol -> (the library that speaks it, the extra of this distribution that installs it)."""
WEB: Final = ("http", "https")
"""Protocols by which nothing is written."""


def can_be_written(url: str) -> bool:
    """Whether the protocol of a URL has a way to write."""
    return protocol(url) not in WEB


def check_installed(url: str) -> None:
    """See to it that what a URL needs is there, without loading it.

    Raises:
        ConfigError: it is not; the message says how to install it.
    """
    library, extra = _EXTRAS.get(protocol(url), ("fsspec", ""))
    missing = [one for one in ("fsspec", library) if importlib.util.find_spec(one) is None]
    if missing:
        wanted = f"'mkdocs-worked[{extra}]'" if extra else "fsspec"
        raise ConfigError(
            f"store: {shown(url)} needs {missing[-1]}, which is not installed: pip install {wanted}"
        )


def shown(url: str) -> str:
    """Give a URL as it may be said: without the secrets that it may hold."""
    return re.sub(r"//[^/@]*@", "//", url).partition("?")[0]


def protocol(url: str) -> str:
    """Give what a URL begins with."""
    return url.partition("://")[0].lower()
