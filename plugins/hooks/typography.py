"""A hook of this site: keep what is read as one together at the end of a line."""

import re

from mkdocs.plugins import event_priority

SIGN = " × "
JOINED = "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}"
CODE = re.compile(r"(<pre\b.*?</pre>)", re.S)  # it is copied as it stands
BEFORE = re.compile(r"\d(?:</\w+>)*\Z")
AFTER = re.compile(r"(?:<(?!/)[^>]+>)*\d")
NEAR = 100
"""How far back a digit is looked for, with the tags that end after it."""


@event_priority(-22)  # papers are in the page, and no card has been read
def on_post_page(output: str, **_: object) -> str:
    """Keep a size such as 3 × 3 on one line, also where its numbers are computed.

    Only now, so that search and the notebooks have plain spaces.
    """
    if SIGN not in output:
        return output
    parts = enumerate(CODE.split(output))
    return "".join(part if number % 2 else joined(part) for number, part in parts)


def joined(html: str) -> str:
    """Join the sizes in a part of a page."""
    done, *rest = html.split(SIGN)
    for part in rest:
        is_size = AFTER.match(part) and BEFORE.search(done[-NEAR:])
        done = f"{done}{JOINED if is_size else SIGN}{part}"
    return done
