"""A hook of this site: leave out what the theme ships and no reader of ours needs."""

import re

from mkdocs.structure.files import Files

UNUSED = re.compile(
    r".*\.map"  # source maps
    r"|assets/javascripts/lunr/(?:min/.*|tinyseg\.js|wordcut\.js)"  # search in other languages
)


def on_files(files: Files, **_: object) -> Files:
    """Remove the theme's files that match `UNUSED`; they are named in nothing that we publish."""
    for file in [file for file in files if UNUSED.fullmatch(file.dest_uri)]:
        files.remove(file)
    return files
