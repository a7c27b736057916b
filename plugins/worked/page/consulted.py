"""References that note what was asked of them: what a page shows depends on the answers alone."""

from dataclasses import dataclass, field

from worked.page.references import LabelTarget, References


@dataclass(frozen=True, slots=True)
class ConsultedReferences(References):
    """The labels of a site, and what one page has asked of them."""

    consulted: dict[str, str] = field(default_factory=dict)
    """Link -> what it leads to."""

    def resolve(self, page: str, target: str) -> LabelTarget | None:
        """Find what a link on a page leads to, and note it."""
        found = References.resolve(self, page, target)
        self.consulted[target] = _described(found)
        return found


def answers_are_current(consulted: object, references: References, page: str) -> bool:
    """Whether a page would get the same answers now."""
    return isinstance(consulted, dict) and all(
        _described(References.resolve(references, page, target)) == answer
        for target, answer in consulted.items()
    )


def _described(found: LabelTarget | None) -> str:
    """Write down what a page can show of a label: not its line."""
    return f"{found.name} {found.page} {found.label} {found.frames}" if found else ""
