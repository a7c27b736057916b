"""Results into Markdown and HTML."""
