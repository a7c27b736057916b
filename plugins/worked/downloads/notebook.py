"""A page as a Jupyter notebook (nbformat 4.5), with its outputs: pure, the same bytes each time."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, assert_never

from worked.downloads.bundle import Bundle, bootstrap_code, remark
from worked.downloads.harmless import as_markdown
from worked.downloads.loop import as_call, is_code
from worked.downloads.prose import ProseReader, displays
from worked.html import matrix_html, rich_html
from worked.page import Cell, PageResult, References, shown_text
from worked.palette import LIGHT
from worked.protocol.outputs import (
    Drawing,
    ExpectedError,
    Frames,
    Matrix,
    Output,
    Rich,
    Text,
    leaves,
)
from worked.protocol.pictures import Picture
from worked.svg import place_svg

_ROOT: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    f' font-family="DejaVu Sans, Verdana, sans-serif" color="{LIGHT["fg"]}"'
)
"""What a page of the site says of its drawings: a notebook shows each as a picture of its own."""
_HIDDEN: Final = {"tags": ["hide-input"], "jupyter": {"source_hidden": True}}

_COLOUR: Final = re.compile(r"var\(--fig-(\w+)\)")
_MISREAD: Final = re.compile(
    r"^(?:>>>|\.\.\.)(?: |$)|^\s*\.{3,}:|^In \[\d+\]: |[\v\f\x1c-\x1e\x85\u2028\u2029]",
    re.MULTILINE,
)
"""What IPython reads in code unlike Python, even inside a text: prompts, and ends of rows."""
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|$#~]")

_Json = dict[str, Any]


def write_notebook(result: PageResult, references: References, carried: Bundle) -> str:
    """Write the notebook of a page that has run."""
    cells = list(_cells(result, ProseReader(result, references, spell_value), carried))
    count = 0
    for cell in cells:
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = count
    about = {
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    # a cell to a line; with an indent, Python's own encoder is not the one written in C
    text = '{"cells": [\n' + ",\n".join(map(_json, cells)) + "\n],\n" + _json(about)[1:] + "\n"
    # JSON cannot hold half of a surrogate pair, which a cell may have printed
    return text.encode("utf-8", "replace").decode()


def _json(value: _Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def spell_value(text: str) -> str:
    """Write the text of a value so that Markdown takes nothing in it for a sign of its own."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _cells(result: PageResult, reader: ProseReader, carried: Bundle) -> Iterator[_Json]:
    for number, passage in enumerate(reader.passages()):
        if passage.prose:
            yield _prose(f"prose-{number}", passage.prose)
        if passage.cell is None:
            continue
        if not (passage.cell.index or carried.is_empty):
            yield _prose("opening-note", remark(carried))
            yield _code("opening", bootstrap_code(carried), _HIDDEN, [])
        got = result.cells[passage.cell.index]
        outputs = got.outputs if got else ()
        each = _is_tuple(passage.cell, outputs)
        code = passage.code(show="display", each=each)
        raises = passage.cell.options.run.raises
        if _MISREAD.search(code) or (raises and not is_code(code)):
            code = as_call(code)
        made = list(_outputs(passage.cell, outputs, reader, each=each))
        yield _code(f"cell-{passage.cell.index}", code, _metadata(passage.cell), made)


def _prose(name: str, text: str) -> _Json:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _rows(as_markdown(text))}


def _code(name: str, code: str, metadata: _Json, outputs: list[_Json]) -> _Json:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "outputs": outputs,
        "source": _rows(code),
    }


def _rows(text: str) -> list[str]:
    """Split a text as notebooks have it: each row with its end."""
    return [row for row in re.split(r"(?<=\n)", text) if row]


def _metadata(cell: Cell) -> _Json:
    options = cell.options
    tags, jupyter = [], {}
    if not options.echo or options.code_fold:
        tags.append("hide-input")
        jupyter["source_hidden"] = True
    if not options.run.output:
        tags.append("hide-output")
        jupyter["outputs_hidden"] = True
    if options.run.raises:
        tags.append("raises-exception")  # what runs notebooks goes on after it
    return {**({"tags": tags} if tags else {}), **({"jupyter": jupyter} if jupyter else {})}


def _is_tuple(cell: Cell, outputs: tuple[Output, ...]) -> bool:
    """Whether what a cell shows are the parts of its last value, and not figures left open."""
    first = outputs[0].frames[0] if outputs and isinstance(outputs[0], Frames) else outputs
    kinds = [one for one in first if not isinstance(one, Text | ExpectedError)]
    names = [one.slices[0][0] for one in kinds if isinstance(one, Matrix) and one.slices]
    if any(name and not name.startswith("[") for name in names):  # a dict of arrays
        return False
    return len(kinds) > 1 and "plt." not in cell.code and not displays(cell)


def _outputs(
    cell: Cell, outputs: tuple[Output, ...], reader: ProseReader, *, each: bool
) -> Iterator[_Json]:
    """Give what a cell shows, or the loop that stands for a sweep."""
    titles = cell.options.sweep.titles
    if not (titles and outputs and isinstance(outputs[0], Frames)):
        alt = reader.alternative(cell)
        is_result = not (each or displays(cell))
        shown = tuple(leaf for _, leaf in leaves(outputs))  # an animation by all its pictures
        yield from _shown(shown, f"cell-{cell.index}", alt, is_result=is_result)
        return
    for at, (title, frame) in enumerate(zip(titles, outputs[0].frames, strict=True)):
        name, alt = f"cell-{cell.index}-{at}", reader.alternative(cell, at)
        yield from _shown((Text(f"{title}\n"), *frame), name, alt, is_result=False)


def _shown(outputs: tuple[Output, ...], name: str, alt: str, *, is_result: bool) -> Iterator[_Json]:
    """Give outputs; the last can be the cell's own result."""
    last = max(
        (n for n, one in enumerate(outputs) if not isinstance(one, ExpectedError)), default=-1
    )
    for number, output in enumerate(outputs):
        match output:
            case Text(text) if text.endswith("\n") or number < last:
                yield {"output_type": "stream", "name": "stdout", "text": _rows(text)}
            case ExpectedError(kind, message):
                said = f"{kind}: {message}".rstrip(": ")
                yield {
                    "output_type": "error",
                    "ename": kind,
                    "evalue": message,
                    "traceback": said.split("\n"),
                }
            case _:
                data = _data(output, f"{name}-{number}", alt)
                form = "execute_result" if is_result and number == last else "display_data"
                rows = {mime: _rows(text) for mime, text in data.items()}
                yield {"output_type": form, "data": rows, "metadata": {}}


def _data(output: Output, name: str, alt: str) -> dict[str, str]:
    """Give the forms of one output, by their media types."""
    plain = shown_text((output,))
    match output:
        case Drawing(svg):
            return {"image/svg+xml": _picture(svg, name, alt), "text/plain": alt}
        case Picture(mime, data):
            return {mime: data, "text/plain": alt}
        case Matrix():
            return {"text/html": matrix_html(output), "text/plain": plain}
        case Rich("text/html" as mime, source):
            return {mime: rich_html(source), "text/plain": source}
        case Rich(mime, source):
            return {mime: as_markdown(source), "text/plain": source}
        case Text() | ExpectedError() | Frames():
            return {"text/plain": plain}
    assert_never(output)


def _picture(svg: str, name: str, alt: str) -> str:
    """Make a drawing stand alone: in the colours of the light scheme, on their background."""
    placed = place_svg(svg, name, title=alt).replace("<svg", _ROOT, 1)
    placed = placed.replace('style="', f'style="background: {LIGHT["bg"]}; ', 1)
    return _COLOUR.sub(lambda found: LIGHT.get(found[1], LIGHT["fg"]), placed)
