"""A hook of this site: without an address of its own it has no sitemap, rather than an empty one."""

from mkdocs.config.defaults import MkDocsConfig

NEEDS_ADDRESS = "sitemap.xml"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out what names every page in full, where nobody has said where that is."""
    if not config.site_url:
        config.theme.static_templates.discard(NEEDS_ADDRESS)
    return config
