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

_LETTER: Final = (
    r"<(?P<tag>m[in])(?: [^>]*)?>(?P<sign>[^<&]|[\d.]+)</(?P=tag)>"
    r'|<mo stretchy="false">(?P<bracket>[^<&])</mo>'
)
"""one letter, number or bracket"""
_SCRIPTED: Final = re.compile(rf"<(?P<kind>msub|msup|msubsup)>(?P<letter>{_LETTER})")
_LOW: Final = frozenset("acegmnopqrsuvwxyzıαγεϵηικμνοπρςστυχω")
"""letters that reach no higher than x"""
_DEEP: Final = frozenset("fgjpqyQβγζημξρςφϕχψ")
"""letters that reach below the line"""

_PRIME: Final = re.compile(
    r"<mo(?: [^>]*)?>(?P<primes>[′″‴⁗])</mo>"
    r"(?=(?:(?:<m[ino][^>]*>[^<]*</m[ino]>)*</mrow>)?</msu(?:p|bsup)>)"
)
_LOWERED: Final = (
    r'<mpadded voffset="-0.44em" height="0.5em" depth="0">'
    r'<mo mathsize="140%">\g<primes></mo></mpadded>'
)

_STRUT: Final = '<mspace height="0.77em" depth="0.2em"/>'
"""with the room below the line of a root, as high as the smallest sign"""
_HIGH: Final = r"<m(?:frac|under|table|sqrt|root)|<mo[^>]*>[∏∐∑∫-∳⋀-⋃⨀-⨑]"
_ROOT: Final = re.compile(rf"<msqrt>(?P<inside>(?:(?!{_HIGH}).)*?)</msqrt>", re.DOTALL)
_HIGHER_ROOT: Final = re.compile(rf"<mroot>(?:<mrow>|(?P<letter>{_LETTER}))")


@lru_cache(maxsize=4096)
def drawn(mathml: str) -> str:
    """Give a `<math>` element as it is drawn."""
    mathml = _SCRIPTED.sub(_placed, mathml)
    # on lines of its own a root keeps twice the room above, so that a square takes the next sign
    mathml = _ROOT.sub(rf'<msqrt displaystyle="false">{_STRUT}\g<inside></msqrt>', mathml)
    mathml = _HIGHER_ROOT.sub(_filled, mathml)
    return _PRIME.sub(_LOWERED, mathml)


def _placed(found: re.Match[str]) -> str:
    """Take a letter to be low, so that no rule moves its scripts."""
    sign, kind = found["sign"] or "", found["kind"]
    height = ' height="0.58em"' if "sup" in kind and sign not in _LOW else ""
    depth = ' depth="0"' if "sub" in kind and (found["bracket"] or sign in _DEEP) else ""
    if not height + depth:
        return found[0]
    return f"<{kind}><mpadded{height}{depth}>{found['letter']}</mpadded>"


def _filled(found: re.Match[str]) -> str:
    if not found["letter"]:
        return f"<mroot><mrow>{_STRUT}"
    return f'<mroot displaystyle="false"><mrow>{_STRUT}{found["letter"]}</mrow>'
