"""What a cell shows, and its one JSON form: the pipe, the store and the tests all use it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal, get_args

from worked.protocol.arrays import read_arrays
from worked.protocol.pictures import PICTURE_MIMES, Picture
from worked.protocol.reading import MalformedError, fields_of, list_of, number_of, text_of, whole_of
from worked.protocol.variants import read_variants


@dataclass(frozen=True, slots=True)
class Text:
    """What was printed, or the `repr` of the last expression."""

    text: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """An array of numbers, already formatted."""

    shape: tuple[int, ...]
    dtype: str
    slices: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    """(name and index of a slice, its rows of numbers); one without an index for up to two axes."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as one SVG for both colour schemes; ids are neutral until it is placed."""

    svg: str
    width: float
    """points"""
    height: float
    """points"""


@dataclass(frozen=True, slots=True)
class Rich:
    """What an object says of itself by `_repr_html_` and its like; not to be trusted."""

    mime: "Mime"
    source: str


@dataclass(frozen=True, slots=True)
class ExpectedError:
    """The exception that a cell with `raises` had to raise."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class CellWarning:
    """A warning that Python raised in a cell: said in the build's log, not on the page."""

    line: int
    """Counted from 0 at the first line of the cell's code: the cell may move on its page."""
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Frames:
    """What a sweep shows: for each combination its outputs, none of which is a sweep again.

    Also what an animation shows: one drawing for each of its pictures.
    """

    frames: tuple[tuple["Leaf", ...], ...]


Mime = Literal["text/html", "text/markdown", "text/latex"]
MIMES: Final[tuple[Mime, ...]] = get_args(Mime)
"""The media types in which an object may say itself."""

Words = Text | Matrix | Rich | ExpectedError
Leaf = Words | Drawing | Picture
Output = Leaf | Frames

OUTPUT_KINDS: Final[dict[str, type[Output]]] = {
    "frames": Frames,
    "text": Text,
    "matrix": Matrix,
    "drawing": Drawing,
    "picture": Picture,
    "rich": Rich,
    "expectederror": ExpectedError,
}
OUTPUT_NAMES: Final = {cls: name for name, cls in OUTPUT_KINDS.items()}
_Readers = dict[str, Callable[[object], Output]]


@dataclass(frozen=True, slots=True)
class CellResult:
    """All that running one cell gave."""

    outputs: tuple[Output, ...]
    warnings: tuple[CellWarning, ...] = ()
    arrays: Mapping[str, Any] = field(default_factory=dict)
    """What goes to the element around the outputs: name -> value, as JSON."""
    variants: tuple[Mapping[str, Any], ...] = ()
    """What each variant says of itself, as JSON; none of a cell without a seed."""


def dump_result(result: CellResult) -> dict[str, Any]:
    """Turn a result into plain JSON values."""
    return {
        "outputs": [_dumped(output) for output in result.outputs],
        "warnings": [asdict(notice) for notice in result.warnings],
        "arrays": dict(result.arrays),
        "variants": [dict(one) for one in result.variants],
    }


def _dumped(output: Output) -> dict[str, Any]:
    plain: dict[str, Any] = asdict(output)
    if isinstance(output, Frames):
        plain = {"frames": [[_dumped(leaf) for leaf in frame] for frame in output.frames]}
    return {"type": OUTPUT_NAMES[type(output)], **plain}


def leaves(outputs: Iterable[Output]) -> Iterator[tuple[int, Leaf]]:
    """Give outputs, and those of each frame in their place, with the frame's number; 0 for none."""
    for output in outputs:
        if isinstance(output, Frames):
            yield from ((n, leaf) for n, frame in enumerate(output.frames) for leaf in frame)
        else:
            yield 0, output


def extent(output: Text | Matrix | ExpectedError) -> int:
    """Count the characters of what is shown as text, and 16 for each number of an array."""
    match output:
        case Text(text):
            return len(text)
        case ExpectedError(kind, message):
            return len(kind) + len(message)
        case Matrix(shape, dtype, slices):
            rows = [row for _, part in slices for row in part]
            axes = len(dtype) + sum(len(str(axis)) for axis in shape)
            index = sum(16 + len(name) for name, _ in slices)
            return axes + index + sum(16 + sum(16 + len(word) for word in row) for row in rows)


def load_result(data: object) -> CellResult:
    """Read `dump`'s form back, checking every type on the way.

    Raises:
        MalformedError: when anything is not exactly as `dump` writes it.
    """
    fields = fields_of(data, "outputs", "warnings", "arrays", "variants")
    return CellResult(
        outputs=tuple(_output(item, _READERS) for item in list_of(fields["outputs"])),
        warnings=tuple(_warning(item) for item in list_of(fields["warnings"])),
        arrays=read_arrays(fields["arrays"]),
        variants=read_variants(fields["variants"]),
    )


def _output(data: object, readers: _Readers) -> Output:
    kind = data.get("type") if isinstance(data, dict) else None
    read = readers.get(kind) if isinstance(kind, str) else None
    if read is None or not isinstance(data, dict):
        raise MalformedError(
            f"no output of type {kind:.80}" if isinstance(kind, str) else "no output"
        )
    return read({key: value for key, value in data.items() if key != "type"})


def _text(data: object) -> Text:
    return Text(text_of(fields_of(data, "text")["text"]))


def _matrix(data: object) -> Matrix:
    fields = fields_of(data, "shape", "dtype", "slices")
    slices: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    for item in list_of(fields["slices"]):
        pair = list_of(item)
        if len(pair) != 2:
            raise MalformedError("a slice is an index and rows")
        rows = tuple(tuple(text_of(number) for number in list_of(row)) for row in list_of(pair[1]))
        slices.append((text_of(pair[0]), rows))
    shape = tuple(whole_of(axis) for axis in list_of(fields["shape"]))
    return Matrix(shape=shape, dtype=text_of(fields["dtype"]), slices=tuple(slices))


def _drawing(data: object) -> Drawing:
    fields = fields_of(data, "svg", "width", "height")
    return Drawing(text_of(fields["svg"]), number_of(fields["width"]), number_of(fields["height"]))


def _picture(data: object) -> Picture:
    fields = fields_of(data, "mime", "data", "width", "height")
    mime = next((known for known in PICTURE_MIMES if known == text_of(fields["mime"])), None)
    if mime is None:
        raise MalformedError("a picture of another type")
    sides = number_of(fields["width"]), number_of(fields["height"])
    return Picture(mime, text_of(fields["data"]), *sides)


def _rich(data: object) -> Rich:
    fields = fields_of(data, "mime", "source")
    given = text_of(fields["mime"])
    mime = next((known for known in MIMES if known == given), None)
    if mime is None:
        raise MalformedError(f"no media type of ours: {given!r:.80}")
    return Rich(mime, text_of(fields["source"]))


def _frames(data: object) -> Frames:
    frames = list_of(fields_of(data, "frames")["frames"])
    return Frames(tuple(tuple(_leaf(item) for item in list_of(frame)) for frame in frames))


def _leaf(data: object) -> Leaf:
    output = _output(data, _LEAVES)
    assert not isinstance(output, Frames)  # noqa: S101 - not among them
    return output


def _expected_error(data: object) -> ExpectedError:
    fields = fields_of(data, "kind", "message")
    return ExpectedError(text_of(fields["kind"]), text_of(fields["message"]))


def _warning(data: object) -> CellWarning:
    fields = fields_of(data, "line", "kind", "message")
    return CellWarning(
        whole_of(fields["line"]), text_of(fields["kind"]), text_of(fields["message"])
    )


_LEAVES: Final[_Readers] = {
    "text": _text,
    "matrix": _matrix,
    "drawing": _drawing,
    "picture": _picture,
    "rich": _rich,
    "expectederror": _expected_error,
}
_READERS: Final[_Readers] = {**_LEAVES, "frames": _frames}
