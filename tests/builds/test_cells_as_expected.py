"""A page shows what a careful reader of its code expects, or the build says what is missing."""

import re

import pytest


def test_what_is_written_past_python_is_shown_in_order(build):
    code = "import os\nprint('a')\nos.write(1, b'b')\nprint('c')\nos.write(2, b'd');"
    site, done = build(f"```python {{.run}}\n{code}\n```\n\n```python {{.run}}\nprint('e')\n```\n")
    assert done.log.count("WARNING") == 0
    shown = re.findall(r"<pre[^>]*><code>([^<]*)</code></pre>", site.article("index.html"))
    assert [text.split() for text in shown[-2:]] == [["a", "bc", "d"], ["e"]]


def test_more_than_a_cell_may_print_is_refused_past_python_too(build):
    code = "import os\nfor i in range(300):\n    os.write(1, b'x' * 4096)"
    _, done = build(f"```python {{.run}}\n{code}\n```\n")
    assert "docs/index.md:3: TooMuchError: the cell prints more than" in done.log


def test_the_warning_of_a_value_is_in_the_log_each_time(build):
    page = "```python {.run}\nimport numpy as np\n```\n\nIt is `{python} np.log(np.zeros(1))[0]`.\n"
    site, done = build(page, strict=False)
    said = "docs/index.md:5: RuntimeWarning: divide by zero encountered in log"
    assert said in done.log
    assert "-inf" in site.article("index.html")
    assert said in site.build(strict=False).log


def test_a_warning_of_every_frame_is_said_once(build):
    page = (
        "```python {.run}\n#| sweep: {a: [1, 2, 3]}\n#| label: tbl-a\n"
        "#| tbl-cap: It is `{python} print('a')`-`{python} (print('b'), 1)[1]`.\n1\n```\n"
    )
    _, done = build(page, strict=False)
    assert "docs/index.md:4: value: it is None" in done.log
    page = page.replace("`{python} print('a')`-", "")
    _, done = build(page, strict=False)
    assert done.log.count("docs/index.md:4: print: the value") == 1


def test_the_closing_line_says_what_failed(make):
    site = make({"index.md": "```python {.run}\n1\n```\n\n```python {.run}\n1 / 0\n```\n"})
    for ran in (1, 1):
        done = site.run("-m", "worked.cli", "run")
        assert done.returncode == 1
        assert f"1 page, 2 cells: {ran} ran, 0 kept, 1 without a result in" in done.stdout


FIGURE = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
NOTHING = {
    "printed": ("#| label: fig-x\n#| fig-cap: C", "print(1)", "shows something else"),
    "closed": ("#| label: fig-x\n#| fig-alt: a", f"{FIGURE}plt.close(fig)", "shows nothing"),
    "silent": (
        "#| label: fig-x\n#| fig-alt: a",
        "from matplotlib.figure import Figure\nfig = Figure()\nfig;",
        "shows nothing",
    ),
    "dropped": ("#| label: fig-x\n#| fig-alt: a\n#| output: false", FIGURE, "shows nothing"),
    "no table": ("#| label: tbl-x", "print(1)", "shows something else"),
    "figure as table": ("#| label: tbl-x\n#| fig-alt: a", FIGURE, "shows something else"),
    "assignment": ("#| label: tbl-x\n#| tbl-cap: C", "x = 1", "shows nothing"),
    "raised": ("#| label: fig-x\n#| raises: ValueError", "raise ValueError", "something else"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_label_names_what_its_cell_shows(build, name):
    options, code, said = NOTHING[name]
    _, done = build(f"# T\n\n```python {{.run}}\n{options}\n{code}\n```\n")
    assert "docs/index.md:4: label: it belongs to a " in done.log
    assert said in done.log


@pytest.mark.parametrize("option", ["fig-cap", "fig-alt", "tbl-cap"])
def test_a_caption_belongs_to_something(build, option):
    _, done = build(f"```python {{.run}}\n1;\n```\n\n```python {{.run}}\n#| {option}: C\n1;\n```\n")
    assert f"docs/index.md:6: {option}: it belongs to a " in done.log


def test_labels_of_what_is_there_are_good(build):
    page = (
        f"```python {{.run}}\n#| label: fig-a\n#| fig-alt: a\n{FIGURE}ax.plot([1, 2])\n```\n\n"
        "```python {.run}\n#| label: tbl-a\n#| tbl-cap: C\nimport numpy as np\nnp.eye(2)\n```\n\n"
        "```python {.run}\n#| label: fig-b\n#| fig-cap: C\n#| sweep: {a: [1, 2]}\na\n```\n"
    )
    _, done = build(page)
    assert "ERROR" not in done.log


def test_printed_text_looks_as_in_a_terminal(build):
    code = (
        "import sys\nfor n in range(3):\n    print(f'\\r{n} of 2', end='', file=sys.stderr)\n"
        "print('\\n\\x1b[1;32mgood\\x1b[0m <b>')"
    )
    site, done = build(
        f"```python {{.run}}\n{code}\n```\n\n```text {{.expect}}\n2 of 2\ngood <b>\n```\n\n"
        "```python {.run}\n#| raises: ValueError\nraise ValueError('\\x1b[31mred\\x1b[0m')\n```\n"
    )
    assert done.good, done.log
    article = site.article("index.html")
    assert '2 of 2\n<span class="worked-bold worked-green">good</span> &lt;b&gt;' in article
    assert 'ValueError: <span class="worked-red">red</span>' in article


def test_an_error_is_told_without_colours(build):
    _, done = build("```python {.run}\nraise ValueError('\\x1b[31mred\\x1b[0m')\n```\n")
    assert "docs/index.md:2: ValueError: red\n" in done.log


PLACES = {
    "footnote": "A.[^1]\n\n[^1]: Note.\n\n    {cell}\n\n    More.\n",
    "definition": "Term\n:   Meaning.\n\n    {cell}\n\n    More.\n",
    "after a definition": "Term\n:   Meaning.\n\n{cell}\n\nMore.\n",
    "after a list": "- item\n\n{cell}\n\nMore.\n",
    "after a footnote": "A.[^1]\n\n[^1]: Note.\n\n{cell}\n\nMore.\n",
    "division": '<div markdown="1">\n\n{cell}\n\n</div>\n\nMore.\n',
    "tight": "Above.\n{cell}\nMore.\n",
    "under a table": "| a |\n|---|\n| 1 |\n{cell}\n\nMore.\n",
}
OUT_OF_IT = {"after a definition": "</dl>", "after a list": "</ul>", "under a table": "</table>"}


@pytest.mark.parametrize("expects", [False, True])
@pytest.mark.parametrize("name", PLACES)
def test_a_cell_stands_where_it_was_written(build, name, expects):
    inner = "    " if name in ("footnote", "definition") else ""
    rows = ["```python {.run}", 'print("shown")', "```"]
    rows += ["", "```text {.expect}", "shown", "```"] if expects else []
    cell = "\n".join(f"{inner}{row}" if row else "" for row in rows).lstrip()
    site, done = build(PLACES[name].format(cell=cell))
    assert done.good, done.log
    article = site.article("index.html")
    assert article.count("<code>shown</code>") == 1
    assert re.search(r"<p>More\.", article)
    if name in ("footnote", "definition"):
        last = article.rindex("</dd>" if name == "definition" else "</li>")
        assert article.index("<code>shown</code>") < article.index("More.") < last
    if name in OUT_OF_IT:
        assert article.index(OUT_OF_IT[name]) < article.index("<code>shown</code>")


def test_a_cell_in_raw_html_is_told_what_is_missing(build):
    _, done = build("<div>\n```python {.run}\n1\n```\n</div>\n")
    assert "docs/index.md:2: place: " in done.log
    assert '`<div markdown="1">`' in done.log


@pytest.mark.parametrize("code", ['open("a.csv")', 'import numpy as np\nnp.loadtxt("data/a.csv")'])
def test_data_that_is_not_named_is_told_how_to_be(build, code):
    _, done = build(f"```python {{.run}}\n{code}\n```\n")
    assert re.search(r"`#\| files: \[(?:a\.csv|…)\]`", done.log)


def test_a_picture_that_a_cell_wrote_is_told_where_to_be_shown(make):
    code = 'import matplotlib.pyplot as plt\nplt.savefig("plots/p.png")'
    page = f"# T\n\n```python {{.run}}\n{code}\n```\n\nText ![p](plots/p.png) and ![q](q.png).\n"
    site = make({"a/b.md": page})
    done = site.build(strict=False)
    assert "docs/a/b.md:8: picture: plots/p.png is not a file of the notes" in done.log
    assert "the cell of line 4 writes" in done.log
    site.put("docs/a/plots/p.png", "")
    site.write({"a/b.md": page.replace('plt.savefig("plots/p.png")', 'print("plots/p.png")')})
    assert "picture:" not in site.build(strict=False).log


def test_a_descriptor_that_a_cell_closes_is_missed_by_nobody(build):
    site, done = build("```python {.run}\nimport os\nos.close(1)\nprint('x')\n```\n")
    assert done.good, done.log
    assert "<code>x</code>" in site.article("index.html")


REFUSED = {
    "import subprocess\nsubprocess.run(['ls'])": "`_execute_child` of subprocess.py; cells have",
    "from multiprocessing import Pool\nPool(2)": "cells have no network, start no processes",
    "import os\nos.fork()": "cells have no network, start no processes",
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_names_the_call_and_the_rule(build, code):
    _, done = build(f"```python {{.run}}\n{code}\n```\n")
    assert "docs/index.md:3: PermissionError: " in done.log
    assert REFUSED[code] in done.log


ASYNC = """import asyncio

async def late(x):
    await asyncio.sleep(0.001)
    return await asyncio.to_thread(lambda: 2 * x)

async def all_of_them():
    return await asyncio.gather(*map(late, range(3)))

asyncio.run(all_of_them())"""


def test_tasks_of_one_process_wait_for_each_other(build):
    site, done = build(f"```python {{.run}}\n{ASYNC}\n```\n")
    assert done.good, done.log
    assert "<code>[0, 2, 4]</code>" in site.article("index.html")
