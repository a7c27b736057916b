"""What the values of a step gave, and its one JSON form."""

from dataclasses import asdict, dataclass
from typing import Any

from worked.protocol.reading import fields_of, list_of, text_of, whole_of


@dataclass(frozen=True, slots=True)
class ValueWarning:
    """A warning that Python raised in a value, or what the value printed."""

    number: int
    """Of the value, in the order of the texts."""
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class ValuesResult:
    """All that the values of one step gave."""

    texts: tuple[str, ...] = ()
    warnings: tuple[ValueWarning, ...] = ()

    def __add__(self, other: "ValuesResult") -> "ValuesResult":
        """Put another's texts after these."""
        shifted = (
            ValueWarning(len(self.texts) + each.number, each.kind, each.message)
            for each in other.warnings
        )
        return ValuesResult(self.texts + other.texts, (*self.warnings, *shifted))


def dump_values(values: ValuesResult) -> dict[str, Any]:
    """Turn what values gave into plain JSON values."""
    return asdict(values)


def load_values(data: object) -> ValuesResult:
    """Read `dump_values`'s form back, checking every type on the way.

    Raises:
        MalformedError: when anything is not exactly as `dump_values` writes it.
    """
    fields = fields_of(data, "texts", "warnings")
    return ValuesResult(
        texts=tuple(text_of(text) for text in list_of(fields["texts"])),
        warnings=tuple(_warning(item) for item in list_of(fields["warnings"])),
    )


def _warning(data: object) -> ValueWarning:
    fields = fields_of(data, "number", "kind", "message")
    return ValueWarning(
        whole_of(fields["number"]), text_of(fields["kind"]), text_of(fields["message"])
    )
