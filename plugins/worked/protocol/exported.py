"""The one form in JSON of values that pages hand to each other; `worked.worker.codec` writes it."""

from worked import limits


def is_exported_value(coded: object, depth: int = 0) -> bool:
    """Whether something is a value as a page's process writes it."""
    if not isinstance(coded, list) or not coded or depth > limits.MAX_EXPORT_DEPTH:
        return False
    kind, *rest = coded
    match kind:
        case "plain":
            return len(rest) == 1 and isinstance(rest[0], bool | int | float | str | None)
        case "complex":
            return len(rest) == 2 and all(isinstance(part, float) for part in rest)
        case "array" | "scalar":
            return len(rest) == 1 and isinstance(rest[0], str)
        case "list" | "tuple":
            return all(is_exported_value(part, depth + 1) for part in rest)
        case "dict":
            pairs = [pair for pair in rest if isinstance(pair, list) and len(pair) == 2]
            return len(pairs) == len(rest) and all(
                is_exported_value(part, depth + 1) for pair in pairs for part in pair
            )
    return False
