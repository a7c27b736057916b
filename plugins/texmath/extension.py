"""Python-Markdown: formulas between dollars become MathML.

A preprocessor of priority 25.9 finds them: after the cells of `worked` (26), before superfences
(25), and below 30, where the stash is emptied.  It keeps the number of lines, so that whoever
comes later still counts right.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from markdown import Markdown
from markdown.extensions import Extension

from texmath.formula import read_macros
from texmath.host import Host, Standalone
from texmath.processors import (
    AttributeProcessor,
    DisplayProcessor,
    FormulaPreprocessor,
    MathPostprocessor,
    Settle,
    Stash,
)

NAME: Final = "texmath"
NOTHING: Final[Mapping[object, object]] = MappingProxyType({})


class TexmathExtension(Extension):
    """Formulas; with a host their MathML is put in by it, otherwise at the end of the page.

    Args:
        host: who looks after the pages.
        macros: those of all formulas: name -> TeX, in which `#1` is the first argument.

    Raises:
        MacroError: for macros that cannot be used.

    Raises (from `Markdown.convert`, without a host):
        FormulasError: all the bad formulas of the page.
    """

    def __init__(
        self, host: Host | None = None, macros: Mapping[object, object] = NOTHING, **options: object
    ) -> None:
        super().__init__(**options)
        self.host = host
        self.macros = read_macros(macros)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the host's name
        """Add the parts to a Markdown object; each object has a stash of its own."""
        stash, alone = Stash(), Standalone()
        md.ESCAPED_CHARS.append("$")
        md.preprocessors.register(
            FormulaPreprocessor(md, stash, self.host or alone, self.macros), NAME, 25.9
        )
        # below lists, quotations and boxes, which take their marks off the line; above paragraphs
        md.parser.blockprocessors.register(DisplayProcessor(md.parser, stash), NAME, 12)
        # below the inline patterns (20), lists of attributes (8) and abbreviations (7), which write
        # attributes; above the table of contents (5)
        md.treeprocessors.register(AttributeProcessor(md, stash), NAME, 6)
        if self.host is None:
            splicer = MathPostprocessor(md, alone.formulas)
            md.treeprocessors.register(Settle(md, splicer), f"{NAME}-settle", -100)
            md.postprocessors.register(splicer, NAME, 1)
