"""What a cell shows, laid out: its outputs, one after another, and their captions."""

from collections.abc import Mapping
from typing import Any, Final, assert_never
from xml.etree import ElementTree

from markdown import Markdown
from markdown.util import AtomicString

from worked.html.context import Conversion, PageContext
from worked.html.elements import arrays_html
from worked.html.outputs import (
    failure_html,
    matrix_html,
    picture_html,
    rich_html,
    signed,
    text_html,
)
from worked.html.rich import put_markdown
from worked.html.sweep import animation_sweep, build_sweep
from worked.page import Cell, Value, fill_caption
from worked.protocol.outputs import (
    Drawing,
    ExpectedError,
    Frames,
    Leaf,
    Matrix,
    Output,
    Rich,
    Text,
    leaves,
)
from worked.protocol.pictures import Picture

PIXELS: Final = 4 / 3
"""of the page, to a point of a drawing"""


class ResultLayout:
    """Builds real elements for what cells show."""

    def __init__(self, md: Markdown, state: Conversion) -> None:
        self.md = md
        self.state = state

    def lay_out(
        self,
        block: ElementTree.Element,
        cell: Cell,
        outputs: tuple[Output, ...],
        context: PageContext,
    ) -> None:
        options, page = cell.options, context.result.page
        box: ElementTree.Element = ElementTree.SubElement(block, "div", {"class": "worked-result"})
        if options.sweep and isinstance(outputs[0], Frames):
            self.sweep(box, cell, outputs[0], context)
            return
        if options.element:
            box = ElementTree.SubElement(box, options.element, {"class": "worked-element"})
            result = context.result.cells[cell.index]
            if result and result.arrays:
                self.raw(box, context.slots.arrays(cell, arrays_html(result.arrays)))
        figures = [n for n, output in enumerate(outputs) if _is_figure(output, cell)]
        if options.tbl_cap or options.label.startswith("tbl-"):
            box = ElementTree.SubElement(box, "figure", {"class": "worked-figure worked-table"})
            _identify(box, options.label, "tbl-")
            self.caption(box, cell, "tbl-cap", context.result.values)
        alt = fill_caption(page, cell, "fig-alt", context.result.values, _plain)
        place = 0
        for number, output in enumerate(outputs):
            # several figures share the last one's caption
            is_first, is_last = number in figures[:1], number in figures[-1:]
            if isinstance(output, Frames):
                self.sweep(
                    box, cell, output, context, place=place, is_named=is_first, has_caption=is_last
                )
                place += len(output.frames)
                continue
            inner = box
            if number in figures:
                inner = ElementTree.SubElement(box, "figure", {"class": "worked-figure"})
                _identify(inner, options.label if is_first else "", "fig-")
            self.leaf(inner, cell, output, context, place=place, alt=alt)
            if is_last:
                self.caption(inner, cell, "fig-cap", context.result.values)
            place += 1

    def sweep(
        self,
        box: ElementTree.Element,
        cell: Cell,
        swept: Frames,
        context: PageContext,
        *,
        place: int = 0,
        is_named: bool = True,
        has_caption: bool = True,
    ) -> None:
        """Lay out the frames of a sweep or an animation.

        A caption with values in it belongs to each frame of a sweep.
        """
        options, result = cell.options, context.result
        drawings = [output for _, output in leaves([swept]) if isinstance(output, Drawing)]
        ways = options.sweep or animation_sweep(len(swept.frames))
        is_table = bool(options.sweep) and (
            bool(options.tbl_cap) or options.label.startswith("tbl-")
        )
        option = "tbl-cap" if is_table else "fig-cap"
        varies = bool(options.sweep) and any(name == option for name, _ in cell.values)
        named = is_table or drawings or options.fig_cap or options.label.startswith("fig-")
        around, slots = build_sweep(
            box,
            ways,
            label=options.label if is_named else "",
            plays=options.play or not options.sweep,
            figure=f"worked-figure{' worked-table' if is_table else ''}" if named else "",
            varies=varies,
            width=round(max((one.width for one in drawings), default=0) * PIXELS),
        )
        _identify(around, options.label if is_named else "", option[:4])
        told = result.frames.get(cell.index, ({},) * len(slots))
        group = "all" if options.sweep else f"all-{place}"
        for at, (slot, outputs) in enumerate(zip(slots, swept.frames, strict=True)):
            values = {**result.values, **told[at]}
            alt = fill_caption(result.page, cell, "fig-alt", values, _plain)
            for output in outputs:
                self.leaf(slot, cell, output, context, place=place, alt=alt, group=group)
                place += 1
            if varies:
                self.caption(slot, cell, option, values, is_first=at == 0)
        if has_caption and not varies:
            self.caption(around, cell, option, result.values)
        for figure in (around, *slots) if is_table else ():
            if figure[-1].tag == "figcaption":  # a table's stands above it
                figure.insert(0, figure[-1])
                del figure[-1]

    def leaf(
        self,
        box: ElementTree.Element,
        cell: Cell,
        output: Leaf,
        context: PageContext,
        *,
        place: int,
        alt: str,
        group: str = "",
    ) -> None:
        """Lay out one output.

        Args:
            box: what it goes into.
            cell: whose it is.
            output: what is shown.
            context: takes what is put in at the end.
            place: its number among the cell's.
            alt: what it says to a reader who cannot see it.
            group: names the drawings that share their common parts; empty for none.
        """
        match output:
            case Drawing():
                self.raw(box, context.slots.drawing(cell, place, alt, output, group=group))
            case Picture():
                self.raw(box, context.slots.picture(cell, place, picture_html(output, alt)))
            case Text():
                self.raw(box, text_html(output))
            case Matrix():
                self.raw(box, matrix_html(output))
            case ExpectedError():
                self.raw(box, failure_html(output))
            case Rich():
                self.rich(box, output, cell.line, alt)
            case _:
                assert_never(output)

    def rich(self, box: ElementTree.Element, output: Rich, line: int, alt: str) -> None:
        match output.mime:
            case "text/html":
                self.raw(box, rich_html(output.source, alt))
            case "text/markdown":
                put_markdown(self.state, box, output.source, line)
            case "text/latex":
                self.formula(box, output.source, line)
            case _:
                assert_never(output.mime)

    def formula(self, box: ElementTree.Element, tex: str, line: int) -> None:
        """Give TeX to whoever reads the page's own formulas; without one it stays as it is."""
        plain = " ".join(tex.strip().strip("$").split())
        if "texmath" not in self.md.preprocessors:
            self.raw(box, text_html(Text(plain)))
            return
        ElementTree.SubElement(box, "p").text = self.typeset(f"$${plain}$$", line)

    def typeset(self, text: str, line: int) -> str:
        """Give the formulas of a text to whoever reads the page's own; `line` is the file's."""
        if "texmath" not in self.md.preprocessors:
            return text
        reader: Any = self.md.preprocessors["texmath"]
        return str(reader.typeset(text, cut=line - 1))

    def caption(
        self,
        figure: ElementTree.Element,
        cell: Cell,
        option: str,
        values: Mapping[int, str],
        *,
        is_first: bool = True,
    ) -> None:
        """Caption a figure or table; one with a label has a number, the first of its captions."""
        assert self.state.context is not None  # noqa: S101 - there are no cells without it
        page = self.state.context.result.page
        text = fill_caption(page, cell, option, values, self.state.put)
        text = self.typeset(text, cell.option_line(option))
        label = cell.options.label if cell.options.label.startswith(f"{option[:3]}-") else ""
        target = self.state.references.resolve(page.name, f"#{label}") if is_first else None
        if not (text or target):
            return
        caption = ElementTree.SubElement(figure, "figcaption")
        if target is None:
            caption.text = text
            return
        name = ElementTree.SubElement(caption, "span", {"class": "worked-number"})
        name.text = AtomicString(f"{target.name}.")
        name.tail = f" {text}" if text else None

    def raw(self, box: ElementTree.Element, html: str) -> None:
        """Put HTML in whose tags are ours or checked."""
        ElementTree.SubElement(box, "p").text = self.state.stash(html)


def _is_figure(output: Output, cell: Cell) -> bool:
    if isinstance(output, Rich):  # HTML with pictures, where it is called a figure
        is_called = bool(cell.options.fig_cap) or cell.options.label.startswith("fig-")
        return is_called and output.mime == "text/html" and "<img" in output.source
    return isinstance(output, Drawing | Picture | Frames)


def _plain(value: Value, text: str | None) -> str:
    return "?" if text is None else signed(text)


def _identify(figure: ElementTree.Element, label: str, kind: str) -> None:
    if label.startswith(kind):
        figure.set("id", label)
