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
# the list of a chapter is named by a label that holds an arrow; the name is the link before it
CHAPTER = re.compile(
    r'(?P<link><div class="md-nav__link md-nav__container">\s*<a )(?P<rest>.*?<label\b[^>]*?)'
    r'(?P<id> id="__nav_\w+_label")',
    re.S,
)


def on_files(files: Files, **_: object) -> Files:
    """Remove the theme's files that match `UNUSED`; they are named in nothing that we publish."""
    for file in [file for file in files if UNUSED.fullmatch(file.dest_uri)]:
        files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> Environment:
    """Keep the compiled templates: compiling them anew is a tenth of a build that runs no cell."""
    folder = Path(config.config_file_path).parent / ".cache" / "templates"
    with contextlib.suppress(OSError):  # of a folder that can only be read
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return env


def on_post_template(output: str, **_: object) -> str:
    """Mend the pages that are no notes: 404.html."""
    return on_post_page(output)


def on_post_page(output: str, **_: object) -> str:
    """Name what a screen reader could not tell apart.

    The search is a dialog without a name; a part of the page's contents may be called like a
    section of the site; the list of a chapter with an overview has no name either.
    """
    named = output.replace(NAMELESS, f'{NAMELESS} aria-label="Search"')
    named = CHAPTER.sub(lambda f: f"{f['link']}{f['id'].strip()} {f['rest']}", named)
    return named.replace(CONTENTS, f"{CONTENTS}On this page: ")
