"""`worked compare`: what a reader sees change, all of it, and nothing else."""

import re
import subprocess

import pytest

from worked.changes import ShownPage, compare_notes, report_page, summary
from worked.changes.shown import ShownCell
from worked.cli.__main__ import main
from worked.protocol.outputs import Text

CELL = "```python {{.run}}\n{}\n```\n"
KERNEL = (
    "# Kernel\n\n```python {.run}\nimport numpy as np\n\n"
    "k = np.array([[0, 1], [2, 3]])\nk * 2\n```\n"
    "\nThe sum is `{python} k.sum()`.\n"
)
DRAWN = (
    "# Drawn\n\n```python {.run}\n#| label: fig-line\n#| fig-cap: A line.\n#| fig-alt: It rises.\n"
    "#| echo: false\nfrom matplotlib.figure import Figure\n\nfigure = Figure((2, 1))\n"
    'figure.add_subplot().plot([0, 1], color="#0072b2")\nfigure\n```\n'
)
EXPORT = "# Export\n\n```python {.run}\n#| export: [twice]\ndef twice(x):\n    return 2 * x\n```\n"
USER = "# User\n\n```python {.run}\nfrom notes.export import twice\n\ntwice(3)\n```\n"
PARTS = ["One paragraph about padding.", "Another one about stride.", CELL.format("print('here')")]
SAME = "# Same\n\nNothing changes here.\n"


def many(number):
    return f"# Page {number}\n\n" + CELL.format(f"print({number}, 'of a page')")


AT_NIGHT = pytest.mark.nightly
PAIRS = {
    "kernel changed": (
        {"index.md": KERNEL, "same.md": SAME},
        {"index.md": KERNEL.replace("2, 3", "2, 5"), "same.md": SAME},
        ["line 3, code: import numpy as np k = np.array([[0, 1], [2, ~~3~~ **5**]]) k * 2",
         "line 3, matrix: 6 → 10 (+66.7%)",
         "line 10, value: 6 → 8 (+33.3%)"],
    ),
    "prose only": (
        {"index.md": "# Title\n\nThe kernel slides.\n\nThe rest stays.\n"},
        {"index.md": "# Title\n\nThe kernel moves.\n\nThe rest stays.\n"},
        ["line 3, prose: The kernel ~~slides~~ **moves**."],
    ),
    "cell moved": (
        {"index.md": "# Title\n\n" + "\n\n".join(PARTS)},
        {"index.md": "# Title\n\n" + "\n\n".join(PARTS[::-1])},
        [],
    ),
    "cell moved to another page": (
        {"index.md": "# Title\n\n" + "\n\n".join(PARTS), "same.md": SAME},
        {"index.md": "# Title\n\n" + PARTS[0], "same.md": SAME + "\n" + "\n\n".join(PARTS[1:])},
        [],
    ),
    "page renamed": (
        {"index.md": SAME, "old.md": KERNEL},
        {"index.md": SAME, "new.md": KERNEL},
        ["line 1, page renamed: docs/old.md → docs/new.md"],
    ),
    "export changed": (
        {"index.md": SAME, "export.md": EXPORT, "user.md": USER},
        {"index.md": SAME, "export.md": EXPORT.replace("2 * x", "3 * x"), "user.md": USER},
        ["line 3, code: …", "line 3, export: twice, which docs/user.md imports",
         "line 3, text printed: 6 → 9 (+50.0%)"],
    ),
    "figure recoloured": (
        {"index.md": DRAWN},
        {"index.md": DRAWN.replace("#0072b2", "#c8500a")},
        ["line 3, fig-line, drawing: …"],
    ),
    "random order of a set": (
        {"index.md": CELL.format("print('kernel', 'stride', 'padding')")},
        {"index.md": CELL.format("print('padding', 'kernel', 'stride')")},
        ["line 1, code: …", "line 1, text printed: …"],
    ),
    "error introduced": (
        {"index.md": "# A\n\n" + CELL.format("print(1)")},
        {"index.md": "# A\n\n" + CELL.format("print(1)\n1 / 0")},
        ["line 5, error introduced: **ZeroDivisionError: division by zero…",
         "line 3, code: …", "line 3, text printed: ~~1~~"],
    ),
    **{
        f"one of {count}": (
            {f"{number}.md": many(number) for number in range(count)},
            {f"{number}.md": many(number) for number in range(count)}
            | {"7.md": many(7) + "\nMore.\n"},
            ["line 7, prose added: **More.**"],
        )
        for count in (40, 200)
    },
    "everything changed": (
        {"index.md": KERNEL, "gone.md": DRAWN},
        {"index.md": "# Other\n\nWords.\n", "came.md": EXPORT},
        ["line 1, page added: …", "line 1, page removed: …", "line 1, heading removed: …",
         "line 1, heading added: …", "line 3, cell removed: …", "line 3, prose added: …",
         "line 10, prose removed: …"],
    ),
}  # fmt: skip


@pytest.fixture
def states(make, tmp_path, warm_workers):
    """Write a site and two states of it beside it."""

    def written(old, new):
        site = make({"index.md": "# Site\n"})
        for name, pages in {"old": old, "new": new}.items():
            for page, text in pages.items():
                site.put(f"states/{name}/docs/{page}", text)
        return site

    return written


@pytest.fixture
def compare(states, capsys):
    def compared(old, new, *options):
        site = states(old, new)
        folders = [str(site.root / "states" / name) for name in ("old", "new")]
        code = main(["-f", str(site.root / "mkdocs.yml"), "compare", *folders, *options])
        return code, capsys.readouterr().out, site

    return compared


def told(summary):
    """The changes of a summary, without the marks that keep Markdown from reading them."""
    lines = [line[2:] for line in summary.splitlines() if line.startswith("- ")]
    return [re.sub(r"\\(.)", r"\1", line) for line in lines]


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=AT_NIGHT if name == "one of 200" else ()) for name in PAIRS],
)
def test_exactly_what_changed_is_told(compare, name):
    old, new, wanted = PAIRS[name]
    code, out, _ = compare(old, new)
    got = told(out)
    assert len(got) == len(wanted), out
    for line in wanted:
        start = line.rstrip("…")
        assert any(one.startswith(start) if start != line else one == line for one in got), out
    assert code == (1 if wanted else 0)


def test_nothing_has_changed_since_nothing_did(compare):
    code, out, _ = compare({"index.md": KERNEL}, {"index.md": KERNEL})
    assert code == 0
    assert (
        out
        == "Nothing that a reader sees has changed: 3 blocks and cells of 1 pages are the same.\n"
    )


def test_exit_zero_is_for_those_who_want_it(compare):
    assert compare({"index.md": "# A\n"}, {"index.md": "# B\n"}, "--exit-zero")[0] == 0


def test_a_number_says_whether_it_is_within_what_the_page_allows(compare):
    page = CELL.format("print(1.5)") + "\n```text {.expect rtol=0.1}\n1.5\n```\n"
    states = [{"index.md": page.replace("print(1.5)", f"print({x})")} for x in (1.5, 1.53)]
    _, out, _ = compare(*states)
    assert told(out)[1] == "line 1, text printed: 1.5 → 1.53 (+2.0%), within the tolerance"


def test_a_number_before_a_comma_is_the_number(compare):
    page = "```python {{.run}}\nx = {}\n```\n\nIt is `{{python}} x`, and 1,000 more.\n"
    _, out, _ = compare({"index.md": page.format(40)}, {"index.md": page.format(50)})
    assert told(out)[1] == "line 5, value: 40 → 50 (+25.0%)"


def took(old, new, shown="1"):
    """Give a page of one cell in two states that took so many seconds."""
    cells = (
        ShownCell(3, "tbl-a", "", "f()", (("", Text(text)),), (), (), took=seconds)
        for text, seconds in (("1", old), (shown, new))
    )
    return [[ShownPage("docs/a.md", (cell,))] for cell in cells]


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [(1.0, 9.0, True), (9.0, 1.0, True), (0.1, 1.5, False), (10.0, 13.0, False),
     (None, 9.0, False), (9.0, None, False)],
)  # fmt: skip
def test_a_cell_s_time_is_told_where_it_is_known_and_clearly_another(old, new, is_told):
    changes = compare_notes(*took(old, new))
    assert changes.changes == ()
    assert ("docs/a.md line 3: " in summary(changes)) == is_told
    assert ("Time of cells" in report_page(changes, "old", "new")) == is_told


def test_the_time_of_a_cell_that_shows_something_else_is_told_too():
    (one,) = compare_notes(*took(1.0, 9.0, shown="2")).times
    assert (one.line, one.where, one.told) == (3, "tbl-a", "1 s → 9 s")


def test_a_state_that_is_kept_runs_nothing_again(compare, states, capsys, monkeypatch):
    _, _, site = compare({"index.md": KERNEL}, {"index.md": KERNEL})
    monkeypatch.setattr("worked.builds.scheduler.WorkerPool.take", None, raising=False)
    folders = [str(site.root / "states" / name) for name in ("old", "new")]

    def ran(*_, **__):
        raise AssertionError("a cell ran")

    monkeypatch.setattr("worked.builds.scheduler.Build._settle", ran)
    assert main(["-f", str(site.root / "mkdocs.yml"), "compare", *folders]) == 0


def test_a_folder_may_be_named_from_here_and_brings_its_own_packages(states, capsys, monkeypatch):
    page = CELL.format("import drawn\nprint(drawn.SIZE)")
    site = states({"index.md": page}, {"index.md": page})
    site.put("mkdocs.yml", site.config.replace("workers: 1", "workers: 1, packages: [drawn]"))
    for place, size in (("", 1), ("states/old/", 2), ("states/new/", 3)):
        site.put(f"{place}drawn/__init__.py", f"SIZE = {size}\n")
    monkeypatch.chdir(site.root)
    assert main(["compare", "states/old", "states/new"]) == 1
    assert told(capsys.readouterr().out) == ["line 1, text printed: 2 → 3 (+50.0%)"]


def test_a_revision_is_taken_from_git(states, capsys, monkeypatch):
    site = states({}, {})
    git = ["git", "-c", "user.name=a", "-c", "user.email=a", "-C", str(site.root)]
    site.write({"index.md": KERNEL})
    for arguments in (["init", "-q"], ["add", "docs"], ["commit", "-qm", "one"], ["tag", "one"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    site.write({"index.md": KERNEL.replace("2, 3", "2, 4")})
    assert main(["-f", str(site.root / "mkdocs.yml"), "compare", "one"]) == 1
    assert any("6 → 7" in line for line in told(capsys.readouterr().out))


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD"])
def test_an_unknown_state_is_a_wrong_call(states, capsys, name):
    site = states({}, {})
    assert main(["-f", str(site.root / "mkdocs.yml"), "compare", "--", name]) == 2
    assert "neither a folder nor a revision" in capsys.readouterr().err


def test_a_link_in_a_revision_is_refused(states, capsys):
    site = states({}, {})
    git = ["git", "-c", "user.name=a", "-c", "user.email=a", "-C", str(site.root)]
    (site.root / "docs" / "link.md").symlink_to("/etc/passwd")
    for arguments in (["init", "-q"], ["add", "docs"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    assert main(["-f", str(site.root / "mkdocs.yml"), "compare", "HEAD"]) == 1
    assert "'docs/link.md' is no plain file" in capsys.readouterr().err


def test_a_summary_is_bounded_and_says_what_it_left_out(compare):
    old = {
        f"{n}.md": f"# Page {n}\n\n" + "\n\n".join(f"Word {i} {n}." for i in range(60))
        for n in range(40)
    }
    new = {name: text.replace("Word", "Other words") for name, text in old.items()}
    _, out, _ = compare(old, new)
    assert len(out) <= 60_000
    assert re.search(r"\d+ more changes are left out", out)


def test_a_summary_holds_no_markup_of_a_stranger(compare):
    hostile = "@everyone [a](http://evil.example) <img src=x> | `x` | #1 **bold** ![](x)\n"
    _, out, _ = compare({"index.md": "# A\n"}, {"index.md": "# A\n\n" + hostile})
    (line,) = [line for line in out.splitlines() if line.startswith("- ")]
    assert not re.search(r"(?<!\\)[@\[\]<>|`#!]", line[2:])
