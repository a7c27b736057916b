"""What a build writes down of a site, for whoever wants its results without its plugin.

One small JSON file beside the store: the pages in the order in which they are read, each with its
chapter, and what the keys of the store depend on.  Results are not in it: they are looked up in the
store, by what the pages hold now, so that an old manifest can be refused but never show an old
result.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from worked.errors import ManifestError
from worked.files import MARKDOWN, digest, digest_file, write_atomically
from worked.hosts.notes import Notes

MANIFEST_FORMAT: Final = "3"
REMEDY: Final = "run `worked run` in the folder of mkdocs.yml, then build again"
_PARENT: Final = re.compile(r"^INHERIT:\s*['\"]?(.+?)['\"]?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A site as its configuration says it is."""

    root: str
    """The folder of `mkdocs.yml`, from the manifest's own."""
    notes: str
    """The folder of the notes from that of `mkdocs.yml`, as the pages' names begin."""
    packages: tuple[str, ...]
    """The site's own packages, beside `mkdocs.yml`."""
    elements: tuple[str, ...]
    """The custom elements that cells may name."""
    variants: int
    """How often a cell with a seed runs, which is in the keys."""
    confined: str
    """The mode of the cells' confinement, which is in the keys."""
    pages: tuple[tuple[str, int], ...]
    """(name, chapter), in the order in which they are read; 0 for none."""
    config: Mapping[str, str]
    """File of the configuration, from its folder -> digest."""
    listing: str
    """Digest of the names of all Markdown files, also those that are no pages."""


def leave_manifest(notes: Notes, store: Path, config: Path) -> None:
    """Write down what others need to find the results of a build.

    Args:
        notes: the site's; pages without a file of their own are left out.
        store: the folder of the results.
        config: the site's `mkdocs.yml`.
    """
    settings, place = notes.settings, manifest_path(store)
    root = config.resolve().parent
    left = Manifest(
        root=Path(os.path.relpath(root, place.parent.resolve())).as_posix(),
        notes=settings.folder,
        packages=tuple(name for name, _ in settings.packages),
        elements=tuple(name for name, _ in settings.elements),
        variants=settings.variants,
        confined=settings.confinement.mode,
        pages=tuple(
            (page.name, chapter) for page, chapter in notes.chapters if (root / page.name).is_file()
        ),
        config=config_digests(config.resolve()),
        listing=listing_digest(settings.root),
    )
    write_manifest(place, left)


def manifest_path(store: Path) -> Path:
    """Give the manifest's place, from that of the store."""
    return store.with_name(f"{store.name}.json")


def write_manifest(place: Path, manifest: Manifest) -> None:
    """Write a manifest, the same bytes for the same site; what reads it never sees a half."""
    text = json.dumps({"format": MANIFEST_FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
    if place.is_file() and place.read_bytes() == f"{text}\n".encode():
        return
    write_atomically(place, f"{text}\n".encode())


def read_manifest(place: Path) -> Manifest:
    """Read a manifest that holds for the site as it is now.

    Raises:
        ManifestError: there is none, it is damaged, or the site has changed.
    """
    try:
        manifest = _load(json.loads(place.read_text("utf-8")))
    except FileNotFoundError as error:
        raise ManifestError(f"there is no {place}: {REMEDY}") from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ManifestError(f"{place} cannot be read ({error}): {REMEDY}") from error
    root = place.parent / manifest.root
    changed = [name for name, was in manifest.config.items() if _now(root / name) != was]
    if changed:
        raise ManifestError(f"{changed[0]} has changed since {place} was written: {REMEDY}")
    if listing_digest(root / manifest.notes) != manifest.listing:
        said = f"pages of {manifest.notes} are new or gone since {place} was written"
        raise ManifestError(f"{said}: {REMEDY}")
    return manifest


def config_digests(config: Path) -> dict[str, str]:
    """Hash the files of a configuration: it and those that it inherits from."""
    found: dict[str, str] = {}
    place = config
    while (name := os.path.relpath(place, config.parent)) not in found and place.is_file():
        found[name] = digest_file(place)
        parent = _PARENT.search(place.read_text("utf-8", "replace"))
        place = place.parent / parent[1] if parent else place
    return found


def listing_digest(notes: Path) -> str:
    """Hash the names of the Markdown files below a folder."""
    return digest("listing", sorted(_files(notes)))


def _files(notes: Path) -> Iterator[str]:
    for folder, _, names in os.walk(notes, followlinks=True):
        for name in names:
            if name.endswith(MARKDOWN):
                yield Path(folder, name).relative_to(notes).as_posix()


def _now(path: Path) -> str:
    try:
        return digest_file(path)
    except OSError:
        return ""


def _load(data: object) -> Manifest:
    """Check every type on the way.

    Raises:
        ValueError: it is not what `write` writes.
    """
    names = [field.name for field in fields(Manifest)]
    if (
        not isinstance(data, dict)
        or set(data) != {"format", *names}
        or data["format"] != MANIFEST_FORMAT
    ):
        raise ValueError("of another form")
    texts = [data[name] for name in ("root", "notes", "confined", "listing")]
    texts += [*_list(data["packages"]), *_list(data["elements"]), *_pairs(data["config"])]
    pages = tuple((name, chapter) for name, chapter in _list(data["pages"]))
    texts += [name for name, _ in pages]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("no text where there should be one")
    if not all(isinstance(number, int) for number in [data["variants"], *dict(pages).values()]):
        raise ValueError("no number where there should be one")
    known: dict[str, Any] = {name: data[name] for name in names}
    lists = {name: tuple(data[name]) for name in ("packages", "elements")}
    return Manifest(**known | lists | {"pages": pages})


def _list(data: object) -> list[Any]:
    if not isinstance(data, list):
        raise ValueError("no list where there should be one")
    return data


def _pairs(data: object) -> list[Any]:
    if not isinstance(data, dict):
        raise ValueError("no names where there should be some")
    return [*data, *data.values()]
