"""The element that stands for a sweep: a list of frames, each with its own address.

As it stands it is a list of small multiples, for print and for readers without JavaScript; the
script `worked.js` shows one frame at a time and adds the controls.
"""

import json
from xml.etree import ElementTree

from markdown.util import AtomicString

from worked.html.outputs import signed
from worked.protocol.sweeps import Sweep

_TAG = "worked-sweep"


def animation_sweep(frames: int) -> Sweep:
    """Give an animation as a sweep over its frames, counted from 1."""
    return Sweep((("frame", tuple(range(1, frames + 1))),))


def build_sweep(
    box: ElementTree.Element,
    ways: Sweep,
    *,
    label: str,
    plays: bool,
    figure: str,
    varies: bool,
    width: float,
) -> tuple[ElementTree.Element, list[ElementTree.Element]]:
    """Build the element with its empty frames.

    Args:
        box: what it goes into.
        ways: the parameters and their values.
        label: of the figure; empty for none.
        plays: whether a reader may step through it.
        figure: classes of the figure around the frames; empty for none.
        varies: whether each frame has a caption of its own.
        width: of the widest drawing, pixels; 0 for none.

    Returns:
        The figure, or what stands for it, and its frames.
    """
    told = [[name, [str(value) for value in values]] for name, values in ways.parameters]
    sweep = ElementTree.SubElement(
        box,
        _TAG,
        {"class": "worked-sweep", "data-parameters": json.dumps(told, ensure_ascii=False)},
    )
    if plays:
        sweep.set("data-play", "")
    around = ElementTree.SubElement(
        sweep, "figure" if figure else "div", {"class": figure} if figure else {}
    )
    frames = ElementTree.SubElement(around, "div", {"class": "worked-frames"})
    if width:
        frames.set("style", f"--worked-width: {width:g}px")
    slots = []
    for frame, address in zip(ways.frames, ways.addresses, strict=True):
        tag = "figure" if varies else "div"
        slot = ElementTree.SubElement(frames, tag, {"class": "worked-frame"})
        if label:
            slot.set("id", f"{label}:{address}")
        title = ElementTree.SubElement(slot, "p", {"class": "worked-frame-title"})
        title.text = AtomicString(
            ", ".join(
                f"{name}\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{signed(str(value))}"
                for name, value in frame
            )
        )
        slots.append(slot)
    return around, slots
