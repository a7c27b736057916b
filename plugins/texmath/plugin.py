"""MkDocs: formulas on every page, with the style sheet and the font that they need."""

import contextlib
import logging
import os
from collections.abc import Mapping
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from texmath.extension import TexmathExtension
from texmath.formula import read_macros
from texmath.leftovers import MOST, leftovers
from texmath.macros import MacroError, cut_short
from texmath.placeholder import splice
from texmath.problems import Problem, tamed

# what MkDocs counts for its strict mode
LOG: Final = logging.getLogger("mkdocs.plugins.texmath")
ASSETS: Final = Path(__file__).with_name("assets")
SERVED: Final = (
    "texmath.css",
    "stix-two-math-core.woff2",
    "stix-two-math-subset.woff2",
    "OFL.txt",
)
REPORTED: Final = 200
"""bad formulas of one build that are said; the rest are counted"""
FOLDER: Final = "assets/texmath"
STAYED: Final = (
    'formula: "{}" stayed text: formulas stand in the text of a page between dollars; not in '
    "attributes of HTML, values, parameters of a sweep or titles of the menu"
)


class Settings(Config):  # type: ignore[no-untyped-call]
    """What a site sets."""

    macros = option.Type(dict, default={})
    """name -> TeX, in which `#1` is the first argument"""


class SiteExtension(TexmathExtension):
    """The extension of a site; a plugin that keeps what a page's conversion gave asks it."""

    def __init__(self, plugin: "TexmathPlugin", macros: Mapping[object, object]) -> None:
        super().__init__(host=plugin, macros=macros)
        self.plugin = plugin
        self.converter = version("math-core")

    def kept_under(self) -> str:
        """Give what formulas depend on, beside the text: the macros and the converter."""
        return f"{self.converter} {self.macros!r}"

    def left(self) -> dict[str, str] | None:
        """Give the formulas of the page; None where one is bad: that is to be said again."""
        bad = any(problem.page == self.plugin.page[0] for problem in self.plugin.problems)
        return None if bad else self.plugin.of_page

    def leave_again(self, left: dict[str, str]) -> None:
        """Take the formulas of a page that is not converted this time."""
        self.plugin.formulas.update(left)


class TexmathPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """The host of the Markdown extension: knows pages, keeps MathML, collects errors."""

    def __init__(self) -> None:
        self.serving = False
        self.page = ("", 0)
        self.text = ""
        self.formulas: dict[str, str] = {}
        self.of_page: dict[str, str] = {}
        """The formulas of the page that is being rendered"""
        self.problems: list[Problem] = []

    def place(self) -> tuple[str, int]:
        """Name the page that is being rendered, and the lines of its front matter."""
        return self.page

    def keep(self, key: str, mathml: str) -> None:
        """Keep a formula until its page is finished."""
        self.formulas[key] = self.of_page[key] = mathml

    def report(self, problem: Problem) -> None:
        """Log a bad formula; the build goes on to find the others."""
        self.problems.append(problem)
        if len(self.problems) <= REPORTED:
            LOG.error("%s", problem)

    def finish(self) -> None:
        """Let the page be shown, with its boxes; `on_env` decides what becomes of the build."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether somebody is watching; then errors end nothing."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension and the style sheet; begin anew in `mkdocs serve`.

        Raises:
            PluginError: for a macro that cannot be used.
        """
        self.formulas.clear()
        self.problems.clear()
        extension = SiteExtension(self, self._macros(config))
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]
        if f"{FOLDER}/{SERVED[0]}" not in config.extra_css:
            config.extra_css.append(f"{FOLDER}/{SERVED[0]}")
        return config

    def _macros(self, config: MkDocsConfig) -> dict[object, object]:
        """Check the macros, so that an error names the file."""
        said: dict[object, object] = self.config.macros
        file = Path(config.config_file_path or "mkdocs.yml")
        try:
            if said and file.is_file() and (name := cut_short(said, file.read_text("utf-8"))):
                raise MacroError(f"{name}: YAML takes #1 for a comment: put the macro into quotes.")
            read_macros(said)
        except MacroError as error:
            raise PluginError(tamed(f"{file.name}: plugins: texmath: macros: {error}")) from error
        return said

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the style sheet, the font and its licence."""
        for name in SERVED:
            source = str(ASSETS / name)
            if old := files.get_file_from_path(f"{FOLDER}/{name}"):  # for hosts without plugins
                files.remove(old)
            files.append(File.generated(config, f"{FOLDER}/{name}", abs_src_path=source))
        return files

    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Note the page before anybody changes its text: MkDocs has cut the front matter off."""
        root = os.path.dirname(config.config_file_path) if config.config_file_path else "."  # noqa: PTH120
        docs = Path(os.path.relpath(config.docs_dir, root or ".")).as_posix()
        cut = 0
        with contextlib.suppress(OSError, UnicodeDecodeError):  # it is gone, or no text, by now
            if not os.path.isfile(page.file.abs_src_path or __file__):  # noqa: PTH113 - a pipe, say
                raise FileNotFoundError
            cut = page.file.content_string.count("\n") - markdown.count("\n")
        self.page = (f"{docs}/{page.file.src_uri}", max(0, cut))
        self.of_page = {}
        self.text = markdown

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Warn of TeX that stayed text, in the page or in its title."""
        file, cut = self.page
        front = "".join(f"{page.meta.get(key, '')}\n" for key in ("title", "description"))
        title = page.title if isinstance(page.title, str) else ""
        found = [
            *(
                (left.text, cut + left.line if left.line else 0)
                for left in leftovers(html, self.text)
            ),
            *((left.text, 1) for left in leftovers(escape(front), front)),
            *((left.text, 0) for left in leftovers(escape(title), title) if title not in front),
        ]
        for text, line in found[:MOST]:
            LOG.warning("%s", tamed(f"{file}{f':{line}' if line else ''}: {STAYED.format(text)}"))
        if len(found) > MOST:
            LOG.warning("%s", f"{file}: {len(found) - MOST} more places where TeX stayed text")

    @event_priority(-100)
    def on_env(self, env: object, *, config: MkDocsConfig, files: Files) -> None:
        """End a build with bad formulas, now that all pages have been read.

        Raises:
            Abort: exit code 1, strict or not.
        """
        if self.problems and not self.serving:
            if (more := len(self.problems) - REPORTED) > 0:
                LOG.error("and %s more bad formulas", f"{more:,}")
            pages = {problem.page for problem in self.problems}
            raise Abort(f"texmath: bad formulas: {len(self.problems)}, files: {len(pages)}")

    @event_priority(-50)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the MathML in, after the search index, the table of contents, and other plugins.

        They find a formula as `data-tex`, and may take it along where there is no MathML.
        """
        return splice(output, self.formulas)
