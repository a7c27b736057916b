"""Run the Python cells of Markdown notes while the site builds.

From the top floor to the ground; a package imports lower floors only:

    7  cli        the command `worked`, a module for each subcommand
    6  hosts      who asks for results: MkDocs, Python-Markdown, Python
    5  builds     one build: look up, run, collect
       changes    what a reader sees change between two states of the notes
    4  pool       worker processes seen from outside
       downloads  notebook and script of a page
       review     what a reviewer would say of a page, as warnings
    3  worker     runs inside worker processes; only here are NumPy and matplotlib
       cache      results on disk: store, keys, fingerprints of what they depend on
       exports    pages as modules: what they export and import, in which order
       html       results into Markdown and HTML
       settings   what a site says about running
    2  page       one page as written; nothing runs
       svg        a drawing as text: compact, check, place, share parts
       markup     HTML that an object says of itself: clean, check
       sandbox    close a process in
       annotations  problems as GitHub shows them beside the lines
    1  protocol   what build and worker say to each other: plain data and its JSON
       errors     what is wrong with the notes, said so that an author can mend it
    0  deadline files hints limits numerals palette versions: modules that stand alone

What runs pages (worker, pool, cache, builds) and what shows them (html, downloads, changes) do not
know each other: they meet in hosts and cli.  `docs/about/inside.md` follows one page through all of
it.
"""

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
