"""How a number is written for readers: with a real minus sign, and its power of ten raised."""

import re
from typing import Final

_MINUS: Final = re.compile(
    r"(?<![\w)\]])-(?=\.?\d|inf)"  # of a number: in `2024-01-01` and `a-1` it is a hyphen
    r"|-(?=(?:[\d.]+(?:·?10)?[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*|inf|nan)j)"  # of an imaginary part
)
_POWER: Final = re.compile(
    r"(?<![\w.])(?P<digits>[\d,]*\.?\d+|\d+\.)[eE](?P<power>[+-]?\d{1,4})(?!\d)"
)
_NUMERIC: Final = re.compile(r"[\s\d.,()\[\]e+%…-]*")
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_numeric(text: str) -> bool:
    """Whether a text is a number, or a tuple or list of numbers."""
    return bool(_NUMERIC.fullmatch(text) and re.search(r"\d", text))


def typeset_number(text: str) -> str:
    """Write the numbers of a text for readers: `-9.5e-07` is −9.5·10⁻⁷."""
    return _MINUS.sub("\N{MINUS SIGN}", _POWER.sub(_raised, text))


def _raised(found: re.Match[str]) -> str:
    digits, power = found["digits"], int(found["power"])
    if not digits.strip("0.,"):
        return "0"
    ten = f"10{str(power).translate(_RAISED)}"
    if not power:
        return digits
    return ten if digits == "1" else f"{digits}·{ten}"
