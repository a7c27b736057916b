"""What TeX does when it draws a formula and MathML Core leaves out, said in MathML.

- Scripts of one letter or number stand at one height, however far the letter itself reaches up or
  down: browsers lower the index of β and raise the square of f.
- A prime is no smaller than beside a letter of the text: as a script of a script it floats.
- A root sign is never lower than what it stands over, with what is left over shared: browsers hang
  it below a low letter.  An invisible strut fills the smallest sign.
"""

import re
from functools import lru_cache
from typing import Final

_LETTER: Final = r"<(?P<tag>m[in])(?: [^>]*)?>(?:[^<&]|&\w+;|[\d.]+)</(?P=tag)>"
"""one letter, or one number"""
_SCRIPTED: Final = re.compile(rf"<(?P<kind>msub|msup|msubsup)>(?P<letter>{_LETTER})")
_ROOM: Final = {
    "msub": 'depth="0"',
    "msup": 'height="0.58em"',
    "msubsup": 'height="0.58em" depth="0"',
}
"""kind of script -> how high and deep its base is taken to be, so that no rule moves the script"""

_PRIME: Final = re.compile(
    r"<mo(?: [^>]*)?>(?P<primes>[′″‴⁗])</mo>"
    r"(?=(?:(?:<m[ino][^>]*>[^<]*</m[ino]>)*</mrow>)?</msup>|[^<]*</msubsup>)"
)
_LOWERED: Final = (
    r'<mpadded voffset="-0.44em" height="0.5em" depth="0"><mo mathsize="140%">\g<primes></mo></mpadded>'
)

_STRUT: Final = '<mspace height="0.77em" depth="0.2em"/>'
_DISPLAY_STRUT: Final = '<mspace height="0.74em" depth="0.11em"/>'
"""Lower, since a root sign on lines of its own keeps more room above what it stands over; with
more, the sign over a square would be the next larger one."""
_ROOT: Final = re.compile(rf"<mroot>(?:<mrow>|(?P<letter>{_LETTER}))|<msqrt>")


@lru_cache(maxsize=4096)
def typeset(mathml: str) -> str:
    """Give a `<math>` element as it is drawn."""
    strut = _DISPLAY_STRUT if 'display="block"' in mathml else _STRUT
    mathml = _SCRIPTED.sub(_placed, mathml)
    mathml = _ROOT.sub(lambda found: _filled(found, strut), mathml)
    return _PRIME.sub(_LOWERED, mathml)


def _placed(found: re.Match[str]) -> str:
    return f"<{found['kind']}><mpadded {_ROOM[found['kind']]}>{found['letter']}</mpadded>"


def _filled(found: re.Match[str], strut: str) -> str:
    if found["letter"]:
        return f"<mroot><mrow>{strut}{found['letter']}</mrow>"
    return f"{found[0]}{strut}"
