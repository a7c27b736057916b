"""A hook of this site: one style sheet of all, the theme's without the rules that no page uses.

Sheets whose name begins with `print` stay by themselves: no page waits for them.
"""

import re
from functools import lru_cache
from pathlib import Path
from posixpath import basename, dirname, relpath

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from stylesheet import followed, moved, selected, small, usable, without_unused_variables

SHEET = "assets/stylesheets/site.css"
THEME = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
LIGHT, DARK = '[data-md-color-scheme="default"]', '[data-md-color-scheme="slate"]'
DEVICE = '[data-md-color-scheme="device"]'
UNQUOTED = re.compile(r"(\[data-md-color-scheme=)(default|slate)\]")
# of the theme: right to left, colours that this site does not have, and parts that are off
NEVER = re.compile(
    r"\[dir=rtl\]|\[data-md-color-(?:primary|accent)=(?!custom)"
    r"|\.md-(?:annotation|banner|consent|path|social|source|status|tabs|tooltip2?|version)(?![a-z\d])"
    r"|\[role=columnheader\]"
    # while a scheme is set no colour fades, for which browsers style the whole page twice more
    r"|\[data-md-color-switching\]"
)
# every table has a class; as long as a rule asks, browsers style everything below an element
# anew of which any class changes
ASKING = ":not([class])"
CLASSES = re.compile(r'class="([^"]+)"')
WORDS = re.compile(r"\bjs\b|[a-z]+-[\w-]+")  # no class of one word comes from a script


class Sheets:
    """What is joined in one build."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget the build before: a preview has many."""
        self.theme = self.own = self.scripts = ""
        self.classes: set[str] = set()


SHEETS = Sheets()


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Read the sheets, which nobody will ask for, and name to the templates those that stay."""
    SHEETS.begin()
    own = [str(path) for path in config.extra_css]
    env.globals["site_sheet"] = SHEET
    env.globals["site_print"] = [path for path in own if basename(path).startswith("print")]
    config.extra_css = []
    for file in list(files):
        if THEME.fullmatch(file.dest_uri):
            SHEETS.theme += _read(file)
            files.remove(file)
        elif file.dest_uri.endswith(".js"):
            SHEETS.scripts += file.content_string
    for path in own:
        file = files.get_file_from_path(path)
        if file is not None and path not in env.globals["site_print"]:
            SHEETS.own += _read(file)
            files.remove(file)


def _read(file: File) -> str:
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/|@charset [^;]*;", "", file.content_string)
    return moved(small(css), relpath(dirname(file.dest_uri), dirname(SHEET)))


def on_post_template(output: str, **_: object) -> None:
    """See which classes a page has that is no note."""
    on_post_page(output)


def on_post_page(output: str, **_: object) -> None:
    """See which classes a page has."""
    SHEETS.classes.update(CLASSES.findall(output))


def on_post_build(config: MkDocsConfig) -> None:
    """Write the sheet, now that all pages have been seen."""
    names = frozenset(name for some in SHEETS.classes for name in some.split())
    css = joined(SHEETS.theme, SHEETS.own, SHEETS.scripts, names)
    place = Path(config.site_dir, SHEET)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(css, encoding="utf-8")


@lru_cache(maxsize=2)  # a preview asks for the same sheet again
def joined(theme: str, own: str, scripts: str, names: frozenset[str]) -> str:
    """Make one sheet of the theme's and the site's own, for pages and scripts with some classes."""
    known = names.union(WORDS.findall(scripts))  # scripts give classes too
    css = UNQUOTED.sub(r'\1"\2"]', usable(theme, known, NEVER)) + own
    css = selected(css, lambda selector: ASKING not in selector)
    css = without_unused_variables(css, scripts)
    return followed(css, light=LIGHT, dark=DARK, device=DEVICE)
