"""The element that stands for a sweep: a list of frames, each with its own address.

As it stands it is a list of small multiples, for print and for readers without JavaScript; the
script `worked.js` shows one frame at a time and adds the controls.
"""

import json
from xml.etree import ElementTree

from markdown.util import AtomicString

from worked.html.outputs import signed
from worked.page import Cell

_TAG = "worked-sweep"


def build_sweep(
    box: ElementTree.Element, cell: Cell, *, figure: str, varies: bool, width: float
) -> tuple[ElementTree.Element, list[ElementTree.Element]]:
    """Build the element with its empty frames.

    Args:
        box: what it goes into.
        cell: the sweep.
        figure: classes of the figure around the frames; empty for none.
        varies: whether each frame has a caption of its own.
        width: of the widest drawing, pixels; 0 for none.

    Returns:
        The figure, or what stands for it, and its frames.
    """
    options = cell.options
    told = [[name, [str(value) for value in values]] for name, values in options.sweep.parameters]
    sweep = ElementTree.SubElement(
        box,
        _TAG,
        {"class": "worked-sweep", "data-parameters": json.dumps(told, ensure_ascii=False)},
    )
    if options.play:
        sweep.set("data-play", "")
    around = ElementTree.SubElement(
        sweep, "figure" if figure else "div", {"class": figure} if figure else {}
    )
    frames = ElementTree.SubElement(around, "div", {"class": "worked-frames"})
    if width:
        frames.set("style", f"--worked-width: {width:g}px")
    slots = []
    for frame, address in zip(options.sweep.frames, options.sweep.addresses, strict=True):
        tag = "figure" if varies else "div"
        slot = ElementTree.SubElement(frames, tag, {"class": "worked-frame"})
        if options.label:
            slot.set("id", f"{options.label}:{address}")
        title = ElementTree.SubElement(slot, "p", {"class": "worked-frame-title"})
        title.text = AtomicString(
            ", ".join(
                f"{name}\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{signed(str(value))}"
                for name, value in frame
            )
        )
        slots.append(slot)
    return around, slots
