"""Who asks for results: MkDocs, Python-Markdown, Python; each module is a door of its own."""
