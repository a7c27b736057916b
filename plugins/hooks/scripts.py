"""A hook of this site: publish its scripts without their comments, which readers would wait for."""

import re

from mkdocs.structure.files import Files

OWN = re.compile(r"assets/[\w-]+\.js")
HEAD = re.compile(r"\A\s*/\*.*?\*/\s*", re.S)
LINE = re.compile(r"^[ \t]*//.*\n", re.M)


def on_files(files: Files, **_: object) -> Files:
    """Drop the comment at the head, and lines that are nothing but one."""
    for file in files:
        if OWN.fullmatch(file.dest_uri):
            file.content_string = LINE.sub("", HEAD.sub("", file.content_string))
    return files
