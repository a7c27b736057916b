"""One line on a terminal, and nothing anywhere else."""

import io

from worked.builds.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(stream: io.StringIO) -> str:
    progress = Progress(stream)
    progress.begin(2, 7)
    progress.page(3)
    progress.page(4)
    return stream.getvalue()


def test_a_terminal_sees_pages_and_cells() -> None:
    said = run(Terminal())
    assert "worked: 0/2 pages, cells" in said
    assert "worked: 1/2 pages, cells" in said
    assert "3/7" in said


def test_nothing_of_it_stays() -> None:
    assert run(Terminal()).endswith("\r\x1b[K")


def test_what_is_no_terminal_sees_nothing() -> None:
    assert run(io.StringIO()) == ""


def test_where_nothing_runs_there_is_nothing_to_see() -> None:
    stream = Terminal()
    Progress(stream).begin(0, 0)
    assert stream.getvalue() == ""
