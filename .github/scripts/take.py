"""Take the notes and the figures of a pull request into a checkout of its base, and nothing else.

    python .github/scripts/take.py THEIRS SUMMARY

Run in the checkout of the base.  `THEIRS` is a clone whose HEAD is the pull request; only its
objects are read, never its working tree, so that no link, filter or attribute of a stranger is
followed.  `docs/` and `figures/` are replaced by theirs, but for the scripts and styles in
`docs/assets/`; of their `mkdocs.yml` the navigation is taken, as data, into `pull.yml`.
What else they change is named in the file `SUMMARY`, in Markdown.

Exit 0; 1 where something is refused, each with its name; 2 where the call is wrong.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

TAKEN = ("docs", "figures")
OURS = "docs/assets/"  # runs in the browsers of readers
MAX_FILES = 5_000
MAX_FILE = 5_000_000  # bytes
MAX_ALL = 60_000_000  # bytes
MAX_NAMED = 50  # changes that a summary names, and refusals that a log does
MAX_NAV = 2_000  # entries
MAX_DEPTH = 20  # of lists and maps
PLAIN = {"100644": "a file", "100755": "a file"}
KINDS = {"120000": "a symbolic link", "160000": "a submodule"}
PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.,+@ ()-]{0,99}")  # of a path that is taken
PERSON = ("plugins/", "tests/", ".github/", ".ci/", "Makefile", "pyproject.toml", "requirements")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a commit."""

    mode: str
    digest: str
    size: int
    """In bytes; 0 for what is no file."""


def main(arguments: list[str]) -> int:
    """Take, or say what is refused."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    theirs, summary = map(Path, arguments)
    ours, new = tree(Path()), tree(theirs)
    taken = {path: entry for path, entry in new.items() if is_taken(path)}
    refused = [*problems(taken), *clashes(taken)]
    navigation: object = None
    try:
        navigation = navigation_of(theirs, new)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        refused.append(f"mkdocs.yml: {str(error)[:500]}")
    if refused:
        for line in refused[:MAX_NAMED]:
            print(f"refused: {printable(' '.join(line.split()))}", file=sys.stderr)
        if len(refused) > MAX_NAMED:
            print(f"refused: {len(refused) - MAX_NAMED} more", file=sys.stderr)
        return 1
    write(theirs, taken)
    configuration = {"INHERIT": "mkdocs.yml"} | ({"nav": navigation} if navigation else {})
    Path("pull.yml").write_text(json.dumps(configuration), "utf-8")
    changed = sorted(
        path
        for path in ours.keys() | new.keys()
        if ours.get(path) != new.get(path) and not is_taken(path)
    )
    text = told(changed)
    summary.write_text(text, "utf-8")
    print(printable(text))
    return 0


def is_taken(path: str) -> bool:
    """Tell whether a file belongs to the notes, and not to what runs around them."""
    return path.startswith(("docs/", "figures/")) and not path.startswith(OURS)


def tree(repository: Path) -> dict[str, Entry]:
    """List the files of a clone's HEAD: path to entry."""
    listing = git(repository, "ls-tree", "-r", "-z", "--long", "--full-tree", "HEAD")
    entries = {}
    for line in listing.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, digest, size = about.decode("ascii").split()
        name = path.decode("utf-8", "backslashreplace")
        entries[name] = Entry(mode, digest, int(size) if size.isdigit() else 0)
    return entries


def problems(taken: dict[str, Entry]) -> Iterator[str]:
    """Say what of the notes is no plain file with a plain name, or too much."""
    if len(taken) > MAX_FILES:
        yield f"{len(taken)} files in docs/ and figures/: at most {MAX_FILES}"
        return
    if (whole := sum(entry.size for entry in taken.values())) > MAX_ALL:
        yield f"{whole} bytes in docs/ and figures/: at most {MAX_ALL}"
    for path, entry in sorted(taken.items()):
        if entry.mode not in PLAIN:
            yield f"{path}: {KINDS.get(entry.mode, 'no plain file')}; only plain files are taken"
        elif not all(PART.fullmatch(part) for part in PurePosixPath(path).parts):
            yield f"{path}: a name is letters, digits and . _ - + @ , ( ), and begins with no dot"
        elif entry.size > MAX_FILE:
            yield f"{path}: {entry.size} bytes: at most {MAX_FILE}"


def clashes(taken: dict[str, Entry]) -> Iterator[str]:
    """Say which names are one and the same on some systems."""
    seen: dict[str, str] = {}
    for path in sorted(taken):
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            yield f"{path}: differs from {other} by the case of letters only"


def navigation_of(theirs: Path, entries: dict[str, Entry]) -> list[object] | None:
    """Read the navigation of their `mkdocs.yml`, and nothing else of it, as data.

    Raises:
        ValueError: it holds something else than titles and pages of the notes.
    """
    entry = entries.get("mkdocs.yml")
    if entry is None or entry.mode not in PLAIN:
        raise ValueError("is no plain file")
    if entry.size > 200_000:
        raise ValueError(f"{entry.size} bytes: at most 200000")
    text = git(theirs, "cat-file", "blob", entry.digest).decode("utf-8")
    depth = 0
    for event in yaml.parse(text, yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} lists in each other")
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("aliases are not taken")
    read = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  tags are passed over: texts only
    navigation = read.get("nav") if isinstance(read, dict) else None
    if navigation is None:
        return None
    if not isinstance(navigation, list):
        raise ValueError("nav: a list is wanted")
    if sum(1 for _ in pages_of(navigation)) > MAX_NAV:
        raise ValueError(f"nav: at most {MAX_NAV} entries")
    return navigation


def pages_of(navigation: list[object]) -> Iterator[str]:
    """Walk the pages of a navigation.

    Raises:
        ValueError: it holds something else.
    """
    for item in navigation:
        if isinstance(item, dict) and len(item) == 1:
            ((title, item),) = item.items()
            if not isinstance(title, str) or len(title) > 200 or not title.isprintable():
                raise ValueError(f"nav: no title: {title!r:.80}")
        if isinstance(item, list):
            yield from pages_of(item)
        elif isinstance(item, str) and item.endswith(".md") and plain(item):
            yield item
        else:
            raise ValueError(f"nav: no page of the notes: {item!r:.80}")


def plain(path: str) -> bool:
    """Tell whether a path leads into the notes, by plain names."""
    return all(PART.fullmatch(part) for part in path.split("/"))


def write(theirs: Path, files: dict[str, Entry]) -> None:
    """Replace the notes and figures by theirs."""
    for folder in TAKEN:
        for path in Path(folder).iterdir() if Path(folder).is_dir() else ():
            if f"{path.as_posix()}/" == OURS:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    for path, entry in files.items():
        place = Path(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(git(theirs, "cat-file", "blob", entry.digest))


def told(changed: list[str]) -> str:
    """Say in Markdown what else a pull request changes, and who must look at it first."""
    if not changed:
        return ""
    lines = ["**Also changed, and not taken for this build:**", ""]
    for path in changed[:MAX_NAMED]:
        first = path.startswith(PERSON) or path.startswith(OURS)
        lines.append(f"- `{quoted(path)}`" + (": needs a person first" if first else ""))
    if len(changed) > MAX_NAMED:
        lines.append(f"- and {len(changed) - MAX_NAMED} more")
    return "\n".join([*lines, ""])


def quoted(path: str) -> str:
    """Write a name so that it stays inside a code span."""
    return "".join(c if c.isprintable() and c != "`" else f"\\x{ord(c):02x}" for c in path)[:200]


def printable(text: str) -> str:
    """Write a text for a log: no line of it is a command to the build server."""
    lines = "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)
    return lines.replace("::", ": :").replace("##[", "## [")


def git(repository: Path, *arguments: str) -> bytes:
    """Ask git, in a clone."""
    command = ["git", "-C", str(repository), "-c", "core.fsmonitor=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
