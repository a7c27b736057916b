"""Run the Python cells of Markdown notes while the site builds."""

from pathlib import Path


def install(docs: str | Path, store: str | Path | None = None) -> None:
    """Make `from notes.convolution.output_size import …` work here; nothing can take it back.

    The site's own packages, which exported functions may import, have to be on the import path.

    Args:
        docs: the folder of the notes.
        store: where results are kept; None for `.cache/worked` beside the notes.
    """
    from worked.hosts import python  # a worker process loads no more than it runs

    python.install_notes(docs, store)
