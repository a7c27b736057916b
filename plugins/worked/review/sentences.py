"""Where one sentence of a line ends and the next begins."""

import re
from typing import Final

_END: Final = re.compile(
    r"(?P<last>\S+?)[.!?](?:[\"”’»)\]]|\*{1,2}|_|\[\^[^\]]+\])*\s+(?=[\"“‘«(\[*_]*[A-Z])"
)
_SHORT: Final = re.compile(
    r"(?:^|[\s(\[“\"'*_])(?:[A-Z]|[A-Z]\.(?:[A-Z]\.?)*|[a-z]|e\.g|i\.e|cf|vs|etc|al|ca|resp|approx|no|nos|vol|ed|eds"
    r"|pp?|figs?|eqs?|sec|secs|ch|app|thm|prof|dr|mr|mrs|ms|st|jr|sr|inc|dept|univ|proc|conf|int)$",
    re.IGNORECASE,
)
_ENUMERATED: Final = re.compile(r"^\(?\d{1,3}$")


def sentences(line: str) -> list[str]:
    """Split a line of prose; an abbreviation, an initial or a number in a list ends none."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(line):
        before = line[: end.end("last")]
        if not _SHORT.search(before) and not _ENUMERATED.search(before):
            found.append(line[start : end.end()].strip())
            start = end.end()
    return [*found, line[start:].strip()]
