"""A hook of this site: leave out and mend what the theme ships, and compile it once."""

import contextlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

UNUSED = re.compile(
    r".*\.map"  # source maps
    r"|assets/javascripts/lunr/(?:min/.*|tinyseg\.js|wordcut\.js)"  # search in other languages
)
NAMELESS = 'data-md-component="search" role="dialog"'
CONTENTS = '<nav class="md-nav" aria-label="'
# the box that this label would tick is gone with the theme's own menu
TITLE = re.compile(r'<label class="md-nav__title" for="__toc">(.*?)</label>', re.S)
DRAWER = 'data-md-toggle="drawer"'


def on_files(files: Files, **_: object) -> Files:
    """Remove the theme's files that match `UNUSED`; they are named in nothing that we publish."""
    for file in [file for file in files if UNUSED.fullmatch(file.dest_uri)]:
        files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Have no blank lines where the templates branch: half a kilobyte of what each page sends.

    Keep the compiled templates: compiling them anew is a tenth of a build that runs no cell.
    """
    env.trim_blocks = env.lstrip_blocks = True
    folder = Path(config.config_file_path).parent / ".cache" / "templates" / "trimmed"
    with contextlib.suppress(OSError):  # of a folder that can only be read
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return env


def on_post_template(output: str, config: MkDocsConfig, **_: object) -> str:
    """Mend the pages that are no notes: 404.html."""
    return on_post_page(output, config)


def on_post_page(output: str, config: MkDocsConfig, **_: object) -> str:
    """Name what a screen reader could not tell apart, and leave out scripts without work.

    The search is a dialog without a name; a part of the page's contents may be called like a
    section of the site.  Without a script the box that opens the menu is what the keyboard reaches.
    """
    named = output.replace(NAMELESS, f'{NAMELESS} aria-label="Search"')
    named = named.replace(DRAWER, f'{DRAWER} aria-label="Menu"')
    named = named.replace(CONTENTS, f"{CONTENTS}On this page: ")
    named = TITLE.sub(r'<div class="md-nav__title">\1</div>', named)
    for path, needed in config.extra["scripts_with"].items():
        if needed not in named:
            named = re.sub(rf'<script [^>]*src="[^"]*{re.escape(path)}"></script>\s*', "", named)
    return named
