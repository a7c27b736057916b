"""Who asks for results: MkDocs, Python-Markdown, Python; each module is a door of its own.

Imports builds, downloads, pool, cache, exports, html, review, settings, worker, annotations, page,
sandbox, protocol, errors, files, limits, versions and deadline.
"""
