"""What a build does when pages are wrong: one site in which everything goes wrong at once.

Every bad page says `HERE` in the line that its error must name, or `BELOW` two lines above it.
"""

import re
from textwrap import indent

import pytest

GOOD = """# Good {number}

```python {{.run}}
import time

{number}, time.time_ns()
```
"""

# page -> (its text, what the error says after `docs/PAGE:LINE: `)
BAD: dict[str, tuple[str, str]] = {
    "name.md": (
        "# A\n\n```python {.run}\ndef f(x):\n    return x + strid  # HERE\n\n\nf(1)\n```\n",
        "NameError: name 'strid' is not defined",
    ),
    "front-matter.md": (
        "---\ntitle: T\n---\n\n\n\n# A\n\n```python {.run}\nunknown  # HERE\n```\n",
        "NameError: name 'unknown' is not defined",
    ),
    "list.md": (
        "- item\n\n    - deeper\n\n        ```python {.run}\n        1 / 0  # HERE\n        ```\n",
        "ZeroDivisionError: division by zero",
    ),
    "tab.md": (
        '=== "A"\n\n    ```python {.run}\n    x = 1\n    x.y  # HERE\n    ```\n',
        "AttributeError: 'int' object has no attribute 'y'",
    ),
    "admonition.md": (
        "---\nt: 1\n---\n!!! note\n\n    ```python {.run}\n    [][1]  # HERE\n    ```\n",
        "IndexError: list index out of range",
    ),
    "card.md": (
        '??? card some-id "Q?"\n    ```python {.run}\n    {}[1]  # HERE\n    ```\n',
        "KeyError: 1",
    ),
    "quotation.md": (
        "> > ```python {.run}\n> > int('x')  # HERE\n> > ```\n",
        "ValueError: invalid literal for int() with base 10: 'x'",
    ),
    "windows.md": (
        "---\r\nt: 1\r\n---\r\n\r\n```python {.run}\r\n\r\nunknown  # HERE\r\n```\r\n",
        "NameError: name 'unknown' is not defined",
    ),
    "syntax.md": (
        "A\n\n```python {.run}\nx = 1\ndef f(:  # HERE\n```\n",
        "SyntaxError: invalid syntax",
    ),
    "class-of-its-own.md": (
        "```python {.run}\nclass Stop(BaseException):\n    pass\n\n\nraise Stop(1)  # HERE\n```\n",
        "Stop: 1",
    ),
    "value.md": (
        "---\nt: 1\n---\n\nText\n\n- in a list: `{python} 1 / 0` HERE\n",
        "ZeroDivisionError: division by zero (in the value `1 / 0`)",
    ),
    "value-below.md": (
        "```python {.run}\nx = 1\n```\n\n!!! note\n    `{python} x:Q` HERE\n",
        "ValueError: Unknown format code 'Q' for object of type 'int' (in the value `x`)",
    ),
    "value-exits.md": (
        "```python {.run}\nx = 1\n```\n\n`{python} exit()` HERE\n",
        "SystemExit: None (in the value `exit()`)",
    ),
    "value-syntax.md": (
        "A\n\n| a |\n|---|\n| `{python} 1 +` HERE |\n",
        "SyntaxError: invalid syntax in the value `1 +`",
    ),
    "option.md": (
        "```python {.run}\n#| label: a\n#| fig-capt: HERE\n1\n```\n",
        "option: unknown option 'fig-capt'; did you mean 'fig-cap'?",
    ),
    "option-in-a-list.md": (
        "---\nt: 1\n---\n\n1. A\n\n    ```python {.run}\n    #| raise: HERE\n    1\n    ```\n",
        "option: unknown option 'raise'; did you mean 'raises'?",
    ),
    "timeout-option.md": (
        "```python {.run}\n#| timeout: soon  # HERE\n1\n```\n",
        "option: option 'timeout' is a number of seconds above 0",
    ),
    "fence.md": (
        "A\n\n```python {.run}  HERE\n```\n",
        "fence: write `python {.run}`, not `python {.run}  HERE`",
    ),
    "unclosed.md": (
        "A\n\nBELOW\n\n```python {.run}\n1\n",
        "fence: the cell is not closed before the end of the page",
    ),
    "unclosed-in-a-tab.md": (
        '---\nt: 1\n---\n=== "A"\n\n    BELOW\n\n    ```python {.run}\n    1\n\nOutside.\n',
        "fence: the cell is not closed before its container's end",
    ),
    "alternative.md": (
        "---\nt: 1\n---\n\nBELOW\n\n```python {.run}\n"
        "from matplotlib.figure import Figure\n\nFigure()\n```\n",
        "fig-alt: a figure without alternative text: add `#| fig-alt: …`",
    ),
    "alternative-and-more.md": (
        "BELOW\n\n```python {.run}\nfrom matplotlib.figure import Figure\n\nFigure()\n```\n\n"
        "```python {.run}\nalso_wrong\n```\n",
        "fig-alt: a figure without alternative text: add `#| fig-alt: …`",
    ),
    "raises-other.md": (
        "```python {.run}\n#| raises: ValueError\n1 / 0  # HERE\n```\n",
        "ZeroDivisionError: division by zero",
    ),
    "raises-nothing.md": (
        "```python {.run}\n#| raises: ValueError\n1  # HERE\n```\n",
        "raises: the cell did not raise ValueError",
    ),
    "files.md": (
        "```python {.run}\n#| files: [data/none.csv]  # HERE\n1\n```\n",
        "files: cannot read ",
    ),
    "markup.md": (
        "```python {.run}\nclass Sketch:  # HERE\n    def _repr_svg_(self):\n"
        "        return '<svg viewBox=\"0 0 1 1\"><script/></svg>'\n\n\nSketch()\n```\n",
        "drawing: an SVG with <script>",
    ),
    "loop.md": (
        "```python {.run}\n#| timeout: 1\nx = 1\nwhile True: pass  # HERE\n```\n",
        "timeout: still running after 1 s",
    ),
    "deaf-loop.md": (
        "```python {.run}\nx = 1\n```\n\n```python {.run}\n#| timeout: 1\n"
        "import signal  # HERE\n\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\n"
        "while True: pass\n```\n",
        "timeout: still running after 1 s",
    ),
    "killed.md": (
        "- A\n\n    ```python {.run}\n    1\n    ```\n\n    ```python {.run}\n"
        "    import os, signal  # HERE\n\n    os.kill(os.getpid(), signal.SIGKILL)\n    ```\n",
        "died: its process was killed by SIGKILL",
    ),
    "kills-its-parent.md": (
        "```python {.run}\nx = 1\n```\n\n```python {.run}\nimport os, signal\n\n"
        "os.kill(os.getppid(), signal.SIGKILL)  # HERE\n```\n",
        "PermissionError: [Errno 1] Operation not permitted; cells have no network",
    ),
    "exits-at-once.md": (
        "```python {.run}\nimport os  # HERE\n\nos._exit(0)\n```\n",
        "died: its process ended early (exit status 0)",
    ),
    "exits.md": (
        "```python {.run}\nimport sys\n\nsys.exit(3)  # HERE\n```\n",
        "SystemExit: 3",
    ),
    "quits.md": (
        "```python {.run}\nquit()  # HERE\n```\n",
        "SystemExit: None",
    ),
    "memory.md": (
        "```python {.run}\nimport numpy as np\n\nnp.ones(2**40)  # HERE\n```\n",
        "MemoryError: Unable to allocate",
    ),
}

FORGER = """A

```python {.run}
import json, os, struct  # HERE


def forge(**message):
    body = json.dumps(message).encode()
    for number in range(3, 30):
        try:
            if os.readlink(f"/proc/self/fd/{number}").startswith("pipe"):
                os.write(number, struct.pack(">I", len(body)) + body)
        except OSError:
            pass


ACT
```

```python {.run}
2
```

`{python} 3`
"""
# what a cell may write on its pipe -> what is said of it
FORGED = {
    "end.md": ('forge(frame="end"); os._exit(0)', "died: "),
    "no-step.md": ('forge(frame="cell", step=99, result={})', "died: sent something else"),
    "no-result.md": (
        'forge(frame="cell", step=0, result={"outputs": [{"type": "drawing"}], '
        '"warnings": [], "arrays": {}, "variants": []})',
        "died: sent something else",
    ),
    "no-problem.md": ('forge(frame="problem", line="1")', "died: sent something else"),
    "no-json.md": (
        'forge(frame="x"); [os.write(n, b"\\0\\0\\0\\1x") for n in range(3, 30)'
        ' if os.path.exists(f"/proc/self/fd/{n}")'
        ' and os.readlink(f"/proc/self/fd/{n}").startswith("pipe")]',
        "died: sent a message that is not JSON",
    ),
    "begins-forever.md": (
        "import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0)\n"
        'while True: forge(frame="begin", step=0); time.sleep(0.01)',
        "timeout: still running after 1 s",
    ),
}
BAD |= {
    f"forged/{name}": (
        FORGER.replace("ACT", act).replace(
            "{.run}\nimport json", "{.run}\n#| timeout: 1\nimport json"
        ),
        said,
    )
    for name, (act, said) in FORGED.items()
}
GOODS = {f"good/{number}.md": GOOD.format(number=number) for number in (1, 2)}


def place(name: str) -> str:
    """Say where a bad page's error is."""
    lines = BAD[name][0].splitlines()
    here = [number for number, line in enumerate(lines, 1) if "HERE" in line]
    below = [number + 2 for number, line in enumerate(lines, 1) if "BELOW" in line]
    return f"docs/{name}:{(here + below)[0]}"


@pytest.fixture(scope="module")
def site(make_once):
    return make_once(
        {"index.md": "# Home\n", **GOODS, **{name: bad[0] for name, bad in BAD.items()}}
    )


@pytest.fixture(scope="module")
def first(site):
    """Build it: nothing is known, everything runs."""
    done = site.run("-m", "mkdocs", "build")
    return done, site.published


@pytest.fixture(scope="module")
def mended(site, first):
    """Build it again with every page mended."""
    site.write(
        {
            name: f"# Mended\n\n```python {{.run}}\n{number}\n```\n"
            for number, name in enumerate(BAD, 1000)
        }
    )
    return site.build()


def test_the_build_exits_with_1(first):
    assert first[0].returncode == 1


def test_no_page_is_published(first):
    assert first[1] == []


def test_the_report_is_no_traceback(first):
    assert "Traceback" not in first[0].stderr + first[0].stdout


@pytest.mark.parametrize("name", BAD)
def test_an_error_names_its_line_and_what_is_wrong(name, first):
    headlines = re.findall(r"docs/\S+:\d+: .*", first[0].stderr)
    mine = [
        line for line in headlines if line.removeprefix("ERROR   -  ").startswith(f"docs/{name}:")
    ]
    assert any(line.startswith(f"{place(name)}: {BAD[name][1]}") for line in mine), mine


@pytest.mark.parametrize("name", sorted(set(BAD) - {"alternative-and-more.md"}))
def test_one_fault_is_one_error(name, first):
    assert len(re.findall(rf"docs/{re.escape(name)}:\d+: \w", first[0].stderr)) == 1


def test_two_faults_of_a_page_are_both_said(first):
    assert "docs/alternative-and-more.md:10: NameError: name 'also_wrong'" in first[0].stderr


def test_an_error_quotes_the_page_and_the_calls_that_led_there(first):
    assert (
        "docs/name.md:5: NameError: name 'strid' is not defined\n"
        "  3 | ```python {.run}\n"
        "  4 | def f(x):\n"
        "> 5 |     return x + strid  # HERE\n"
        "  called at docs/name.md:8\n"
    ) in first[0].stderr


def test_all_bad_pages_are_counted_and_no_good_one(first):
    assert f"{len(BAD)} of {len(BAD) + 3} pages failed." in first[0].stderr
    assert "docs/good" not in first[0].stderr


def test_mending_the_pages_makes_the_build_succeed(mended, site):
    assert mended.good, mended.log
    assert len(site.published) == len(BAD) + 3


def test_what_good_pages_gave_beside_bad_ones_is_kept(mended):
    assert not [name for name in mended.ran if name.startswith("docs/good")]


def test_every_mended_page_runs(mended):
    assert mended.ran == {f"docs/{name}": 1 for name in BAD}


def test_a_strict_build_fails_alike(make):
    site = make({"index.md": GOOD.format(number=1) + "\n```python {.run}\nunknown\n```\n"})
    done = site.run("-m", "mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert "docs/index.md:10: NameError: name 'unknown' is not defined" in done.stderr
    assert site.published == []


def test_a_failing_build_leaves_no_older_site_that_could_be_published(make):
    site = make({"index.md": "`{python} 1`\n"})
    assert site.build().good
    site.write({"index.md": "`{python} 1 / 0`\n"})
    assert not site.build().good
    assert site.published == []


def test_failures_are_tried_again_by_the_next_build(make):
    site = make({"index.md": "```python {.run}\n1\n```\n\n```python {.run}\nunknown\n```\n"})
    first, second = site.build(), site.build()
    assert "NameError" in first.log
    assert "NameError" in second.log
    assert first.ran == second.ran == {"docs/index.md": 1}


def test_a_container_holds_its_line_numbers_at_every_depth(make):
    text = "```python {.run}\nunknown\n```\n"
    for box in ('=== "A"', "!!! note", "- item", '??? card an-id "Q?"'):
        text = f"{box}\n\n{indent(text, '    ')}"
    site = make({"index.md": f"---\ntitle: A\n---\n\n{text}"})
    assert "docs/index.md:14: NameError" in site.build().log
