"""Large operators: what stands below and above them."""

from collections.abc import Callable
from typing import Final

from texmath.place import Place
from texmath.tokens import Tokens

_LIMITS: Final = (r"\limits", r"\nolimits", r"\displaylimits")


def mathop(place: Place) -> None:
    first, last = place.given()
    _large(place, last, place.tokens.all[first].start)


def limit(body: str) -> Callable[[Place], None]:
    """Write a word for a large operator."""
    return lambda place: _large(place, place.at, place.tokens.all[place.at].end, body)


def _large(place: Place, last: int, start: int, body: str = "") -> None:
    """Take the scripts of a large operator into it, so that they can stand below and above.

    Args:
        place: the command.
        last: the token that ends the operator.
        start: where what stays of it begins.
        body: what is written before that.
    """
    tokens, edits = place.tokens, place.edits
    at, kind = tokens.after(last), "displaylimits"
    end = tokens.all[last].end
    if tokens.text(at) in _LIMITS:
        kind = tokens.text(at)[1:]
        edits.replace(end, tokens.all[at].end, "")
        at = tokens.after(at)
    scripts = _scripts_end(tokens, at)
    if scripts is None:
        edits.replace(place.start, start, rf"\mathop{{{body}}}" if body else r"\mathop ")
        return
    opening = rf"\mathop{{{edits.shape('mathop', kind)}{body}"
    edits.replace(place.start, start, opening + ("}" if body else ""))
    if not body:
        edits.close(end, place.start)
    edits.close(scripts, place.start)


def _scripts_end(tokens: Tokens, at: int) -> int | None:
    """Give the offset after the scripts that begin with a token; None where there are none."""
    end = None
    while tokens.text(at) in ("_", "^", "'"):
        if tokens.text(at) == "'":
            end = tokens.all[at].end
        elif found := tokens.argument(at):
            at = found[1]
            while tokens.text(found[0]).startswith("\\") and tokens.text(at + 1) == "{":
                at = tokens.closing(at + 1) or at  # \mathrm{max}: no group, but read as one
            end = tokens.all[at].end
        at = tokens.after(at)
    return end


def operatorname(place: Place) -> None:
    r"""Give `\operatorname{x}\limits` its limits: it has none."""
    _, last = place.given()
    at = place.tokens.after(last)
    if place.tokens.text(at) in _LIMITS:
        limits = place.tokens.all[at]
        star = "*" if limits.text == r"\limits" else ""
        place.edits.replace(
            place.start, place.start + len(r"\operatorname"), rf"\operatorname{star}"
        )
        if not star:
            place.edits.replace(limits.start, limits.end, "")


def integral(place: Place) -> None:
    following = place.tokens.text(place.tokens.after(place.at))
    limits = "" if following in _LIMITS else r"\limits"
    place.edits.replace(place.start, place.start + len(r"\intop"), rf"\int{limits}")
