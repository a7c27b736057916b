"""What a page offers to take away: its notebook and its script, and the line that says so."""

import base64
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from worked.downloads.bundle import Bundle, pack_bundle
from worked.downloads.notebook import write_notebook
from worked.downloads.script import write_script
from worked.errors import WorkedError
from worked.exports import ExportGraph
from worked.files import data_file, is_inside, plain_newlines
from worked.page import PageResult, References
from worked.settings import Settings

DOWNLOAD_ENDINGS: Final = {".ipynb": "notebook", ".py": "script"}
"""Ending of a download -> what a reader calls it."""
DOWNLOADS_SLOT: Final = '<div class="worked-downloads"></div>'
"""Stands for the line until search has read the page."""

ResultOf = Callable[[str], PageResult]
"""Takes the name of a page and gives what it gave."""


Texts = dict[str, str]
"""Ending of a download -> its text."""
Pack = Callable[[], Bundle]
"""Puts together what a page carries along."""
KeepTexts = Callable[[PageResult, Pack, Callable[[], Texts]], Texts]
"""Gives what an earlier build has made of the same result and bundle; makes it else."""


def fresh_texts(result: PageResult, pack: Pack, make: Callable[[], Texts]) -> Texts:
    """Make the downloads of a page, and keep nothing."""
    return make()


class CarryError(WorkedError, OSError):
    """A file that a page's download would have to hold, and that cannot be had."""


def downloads_line(stem: str) -> str:
    """Write the line of a page, whose downloads lie beside it: no script, relative links."""
    links = (
        f'<a href="{quote(stem)}{ending}" download'
        f' aria-label="Download this page’s code: {said}">{said}</a>'
        for ending, said in DOWNLOAD_ENDINGS.items()
    )
    return f'<p class="worked-downloads">Download this page’s code: {", ".join(links)}</p>'


class Downloads:
    """Makes the files of one build, a page at a time."""

    def __init__(
        self,
        settings: Settings,
        graph: ExportGraph,
        references: References,
        *,
        results: ResultOf,
        keep: KeepTexts = fresh_texts,
    ) -> None:
        self._settings = settings
        self._graph = graph
        self._references = references
        self._results = results
        self._keep = keep
        self._find = cache(self._look)

    def files(self, result: PageResult) -> Mapping[str, bytes]:
        """Make the files of a page that has run: ending -> content.

        Raises:
            CarryError: a data file or a module of the site cannot be read.
        """

        @cache
        def pack() -> Bundle:
            return self._bundle(result)

        def make() -> Texts:
            return {
                ".ipynb": write_notebook(result, self._references, pack()),
                ".py": write_script(result, self._references, pack()),
            }

        texts = self._keep(result, pack, make)
        return {ending: texts[ending].encode() for ending in DOWNLOAD_ENDINGS}

    def write(self, result: PageResult, page: Path) -> None:
        """Write the files of a page that has run beside its HTML.

        Args:
            result: what the page gave.
            page: the place of its HTML, with the stem of its Markdown file.

        Raises:
            CarryError: as for `files`.
            OSError: a file cannot be written.
        """
        for ending, content in self.files(result).items():
            page.parent.mkdir(parents=True, exist_ok=True)
            page.with_name(f"{page.name}{ending}").write_bytes(content)

    def _bundle(self, result: PageResult) -> Bundle:
        page = result.page
        imported_modules = self._graph.imported_modules(page.name)
        values: dict[str, Mapping[str, Any]] = {
            needed.page: self._results(needed.page).exports for needed in imported_modules
        }
        lines = {
            name: cell.option_line("files")
            for cell in reversed(page.cells)
            for name in cell.options.files
        }
        return pack_bundle(
            [cell.code for cell in page.cells],
            imported_modules=imported_modules,
            values=values,
            files={name: self._data(page.name, line, name) for name, line in sorted(lines.items())},
            find=self._find,
        )

    def _data(self, page: str, line: int, name: str) -> str:
        try:
            return base64.b64encode(data_file(self._settings.root, name).read_bytes()).decode()
        except (OSError, RuntimeError) as error:  # it was there when the page was looked up
            why = getattr(error, "strerror", None) or str(error)
            said = f"{page}:{line}: files: cannot carry {name} in downloads: {why}"
            raise CarryError(f"{said}; `downloads: false` does without") from error

    def _look(self, module: str) -> str | None:
        """Find the source of a module of the site's own packages."""
        name, *inner = module.split(".")
        folder = dict(self._settings.packages).get(name)
        if folder is None:
            return None
        stem = Path(folder, *inner)
        for path in (Path(stem, "__init__.py"), stem.with_name(f"{stem.name}.py")):
            # a link, which anybody can send, may not lead out of the package
            if path.is_file() and is_inside(path, Path(folder)):
                return _read(path, PurePosixPath(name, *path.relative_to(folder).parts))
        return None


def _read(path: Path, name: PurePosixPath) -> str:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        said = f"cannot carry {name} in downloads: {why}; `downloads: false` does without"
        raise CarryError(said) from error
    return plain_newlines(text)
