"""Who asks for results: MkDocs, Python-Markdown, Python."""
