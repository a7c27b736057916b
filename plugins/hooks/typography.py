"""A hook of this site: keep what is read as one together at the end of a line."""

import re

TIMES = re.compile(
    r"(?s:<pre\b.*?</pre>)"  # code is copied as it stands
    r"|(?<=\d)(?P<before>(?:</\w+>)*) × (?P<after>(?:<(?!/)[^>]+>)*)(?=\d)"
)


def on_post_page(output: str, **_: object) -> str:
    """Keep a size such as 3 × 3 on one line, also where its numbers are computed.

    Only now, so that search and the notebooks have plain spaces.
    """
    return TIMES.sub(_joined, output)


def _joined(found: re.Match[str]) -> str:
    if found["before"] is None:
        return found[0]
    return f"{found['before']}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{found['after']}"
