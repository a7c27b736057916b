"""A hook of this site: without an address of its own it has no sitemap, not an empty one."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

NEEDS_ADDRESS = "sitemap.xml"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out what names every page in full, where nobody has said where that is."""
    if not config.site_url:
        config.theme.static_templates.discard(NEEDS_ADDRESS)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """A template that is none any more would be copied as it stands."""
    if not config.site_url and (file := files.get_file_from_path(NEEDS_ADDRESS)):
        files.remove(file)
    return files
