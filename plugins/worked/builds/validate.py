"""Whether what came back is what the page asked for, and may be shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from worked import limits
from worked.errors import Problem
from worked.markup import UncleanError, check_html
from worked.page import SAFE_TEX, Cell, Page, Step, difference, excess, shown_text
from worked.protocol.exported import is_exported_value
from worked.protocol.outputs import (
    CellResult,
    Drawing,
    ExpectedError,
    Frames,
    Leaf,
    Matrix,
    Output,
    Rich,
    Text,
    extent,
    leaves,
    load_result,
)
from worked.protocol.pictures import Picture, PictureError, picture_bytes, picture_size
from worked.protocol.reading import MalformedError
from worked.protocol.values import ValuesResult, load_values
from worked.svg import UnsafeError, check_svg

_IMG: Final = re.compile(r"<img\b[^>]*>")


def read_result(data: object, cell: Cell | None, variants: int = 0) -> CellResult:
    """Read what a cell gave: one set of outputs for each frame that the page asks for.

    Args:
        data: as `dump_result` writes it.
        cell: what ran; None for no code.
        variants: how often a cell with a seed ran.

    Raises:
        MalformedError: of another form, or with another number of frames or variants.
    """
    result = load_result(data)
    frames = len(cell.options.sweep.frames) if cell else 0
    if not has_form(result, frames):
        raise MalformedError(f"a result that does not have the {frames} frames of its cell")
    if tuple(result.arrays) != (cell.options.run.arrays if cell else ()):
        raise MalformedError("arrays with other names than its cell asks for")
    if len(result.variants) != variants:
        raise MalformedError(f"a result that does not have the {variants} variants of its cell")
    return result


def has_form(result: CellResult, frames: int) -> bool:
    """Whether a result is that of a cell with so many frames; 0 for a cell that is not a sweep.

    Such a cell may show animations.
    """
    swept = [output for output in result.outputs if isinstance(output, Frames)]
    if not frames:
        each = [frame for one in swept for frame in one.frames]
        are_drawn = all(len(frame) == 1 and isinstance(frame[0], Drawing) for frame in each)
        return are_drawn and all(0 < len(one.frames) <= limits.MAX_FRAMES for one in swept)
    return len(result.outputs) == 1 and [len(output.frames) for output in swept] == [frames]


def read_values(data: object, step: Step) -> ValuesResult | None:
    """Read what a step's values gave; None where it is not that."""
    try:
        given = load_values(data)
    except MalformedError:
        return None
    if len(given.texts) != len(step.slots):
        return None
    if not all(0 <= notice.number < len(given.texts) for notice in given.warnings):
        return None
    # what goes into a formula is read as TeX in the midst of Markdown, and comes from a stranger
    pairs = zip(given.texts, step.slots, strict=True)
    if any(len(text) > limits.MAX_VALUE for text in given.texts):
        return None
    is_safe = all(SAFE_TEX.fullmatch(text) for text, value in pairs if value.tex)
    return given if is_safe else None


def read_exports(values: object, names: tuple[str, ...]) -> dict[str, Any] | None:
    """Check the values that a step exports; None where they are not that."""
    if not isinstance(values, dict) or set(values) != set(names):
        return None
    return values if all(is_exported_value(coded) for coded in values.values()) else None


def unsafe(page: Page, cell: Cell | None, result: CellResult) -> Problem | None:
    """Look for anything in what a cell shows that may not be in a page, or is too much for one."""
    titles = cell.options.sweep.titles if cell else ()
    line = cell.line if cell else 1
    if not all(map(_fits, result.outputs)):
        most = f"{limits.MAX_SWEEP_DRAWINGS:,} characters"
        said = f"the frames' drawings have more than {most} together"
        return Problem(page.name, line, "drawing", said)
    shown = list(leaves(result.outputs)) if titles else result.outputs
    if len(shown) > limits.MAX_OUTPUTS * max(1, len(titles)):
        said = f"the cell shows more than {limits.MAX_OUTPUTS} outputs"
        return Problem(page.name, line, "output", said)
    for frame, output in leaves(result.outputs):
        kind, said = _refused(output)
        if said:
            where = f" (where {titles[frame]})" if titles else ""
            return Problem(page.name, line, kind, f"{said}{where}")
    return None


def _fits(output: Output) -> bool:
    """Whether the drawings of a sweep or an animation are not too much for one page."""
    if not isinstance(output, Frames):
        return True
    drawn = (len(leaf.svg) for _, leaf in leaves([output]) if isinstance(leaf, Drawing))
    return sum(drawn) <= limits.MAX_SWEEP_DRAWINGS


def has_clean_words(result: CellResult) -> bool:
    """Whether all that a cell shows but its drawings may be in a page."""
    words = (leaf for _, leaf in leaves(result.outputs) if not isinstance(leaf, Drawing))
    return not any(said for _, said in map(_refused, words))


def _refused(output: Leaf) -> tuple[str, str]:
    """Say why an output may not be in a page: (kind, message), empty where it may."""
    try:
        match output:
            case Drawing(svg, width, height):
                check_svg(svg)
                if not all(0 < side <= limits.MAX_DRAWING_SIDE for side in (width, height)):
                    return "drawing", f"a drawing of {width:,.6g} × {height:,.6g} points"
            case Picture(mime, data, width, height):
                picture_size(mime, picture_bytes(data))
                if not all(0 < side <= limits.MAX_PICTURE_SIDE for side in (width, height)):
                    return "picture", f"a picture of {width:,.6g} × {height:,.6g} pixels"
            case Rich("text/html", source):
                check_html(source)
            case Rich("text/markdown", source) if len(source) > limits.MAX_MARKDOWN:
                return "markdown", f"Markdown of {len(source):,} characters"
            case Rich("text/markdown", source):
                if beyond := excess(source):
                    return "markdown", f"line {beyond[0]} of an object's Markdown {beyond[1]}"
            case Rich("text/latex", source) if len(source) > limits.MAX_FORMULA:
                return "formula", f"a formula of {len(source):,} characters"
            case Text() | Matrix() | ExpectedError() if extent(output) > limits.MAX_SHOWN:
                return "output", f"more than {limits.MAX_SHOWN:,} characters in one output"
    except UnsafeError as error:
        return "drawing", str(error)
    except UncleanError as error:
        return "html", str(error)
    except PictureError as error:
        return "picture", str(error)
    return "", ""


def _unshown(cell: Cell, outputs: Sequence[Leaf]) -> Iterator[tuple[str, str]]:
    """Give the options that name or describe what the cell does not show, and what to say."""
    options = cell.options
    shows = "shows nothing" if not outputs else "shows something else"
    if not (any(map(_is_picture, outputs)) or (options.sweep and outputs)):
        named = {"label": options.label.startswith("fig-")}
        named |= {"fig-cap": bool(options.fig_cap), "fig-alt": bool(options.fig_alt)}
        for option in [option for option, is_given in named.items() if is_given][:1]:
            yield option, f"it belongs to a figure, and the cell {shows}"
    if options.label.startswith("tbl-") and not any(map(_is_table, outputs)):
        yield "label", f"it belongs to a table, and the cell {shows}"
    elif options.tbl_cap and not outputs:
        yield "tbl-cap", f"it belongs to a result, and the cell {shows}"


def _is_picture(output: Leaf) -> bool:
    return isinstance(output, Drawing | Picture) or bool(_pictures(output))


def _pictures(output: Leaf) -> list[str]:
    """Give the pictures in an object's HTML, each as its tag is written."""
    if isinstance(output, Rich) and output.mime == "text/html":
        return _IMG.findall(output.source)
    return []


def _needs_words(output: Leaf) -> bool:
    """Whether a reader who cannot see an output knows nothing of it."""
    if isinstance(output, Drawing | Picture):
        return True
    return any(' alt="' not in tag for tag in _pictures(output))


def _picture_bytes(outputs: Sequence[Leaf]) -> int:
    """Count the bytes of all pictures of pixels, about."""
    letters = sum(len(one.data) for one in outputs if isinstance(one, Picture))
    letters += sum(len(tag) for one in outputs for tag in _pictures(one))
    return letters * 3 // 4


def _is_table(output: Leaf) -> bool:
    if isinstance(output, Rich):
        mark = {"text/html": "<table", "text/markdown": "|", "text/latex": "&"}[output.mime]
        return mark in output.source
    if isinstance(output, Text):  # printed in columns, over several lines
        return output.text.strip().count("\n") > 0
    return isinstance(output, Matrix)


def judge(page: Page, cells: Mapping[int, CellResult | None]) -> Iterator[Problem]:
    """Say what cells show that their options or expectations do not allow.

    Args:
        page: whose cells they are.
        cells: index of a cell -> what it gave; None where it did not run to its end.
    """
    room = limits.MAX_PAGE_PICTURES
    for cell in page.cells:
        got = cells.get(cell.index)
        if got is None:  # the cell has failed, and says so
            continue
        outputs = [output for _, output in leaves(got.outputs)]
        room -= _picture_bytes(outputs)
        if room < 0:
            most = limits.size(limits.MAX_PAGE_PICTURES)
            said = (
                f"the pictures of this page down to here take more than {most}: show smaller ones"
            )
            yield Problem(page.name, cell.line, "picture", said)
            return
        if any(map(_needs_words, outputs)) and not cell.options.fig_alt:
            said = "a figure without alternative text: add `#| fig-alt: …`"
            yield Problem(page.name, cell.fence_line, "fig-alt", said)
        for option, said in _unshown(cell, outputs):
            yield Problem(page.name, cell.option_line(option), option, said)
    for one in page.expectations:
        got = cells.get(one.cell)
        if got is None:  # the cell has failed, and says so
            continue
        titles = page.cells[one.cell].options.sweep.titles
        diff = difference(one.text, shown_text(got.outputs, titles), one.tolerance)
        if diff:
            said = f"the cell shows something else (- expected, + shown)\n{diff}"
            yield Problem(page.name, one.line, "expect", said)
