"""What a page can do to the results of another, and to its own later ones."""

import pytest

GOOD = """# Good

```python {.run}
import math
```

Between.

```python {.run}
math.sqrt(16)
```
"""
EVIL = "`{python} [setattr(__import__('math'), 'sqrt', lambda x: 666), 1][1]`"


def good_page(site):
    assert site.build().good
    assert "<code>4.0</code>" in site.article("good.html")


@pytest.mark.parametrize(
    "evil",
    [
        GOOD.replace("Between.", EVIL),
        GOOD.replace("# Good", f"# Good\n\n{EVIL}"),
        GOOD.replace("import math", f"#| fig-cap: {EVIL}\n#| fig-alt: a\nimport math"),
        GOOD.replace("Between.", EVIL.replace("1][1]", "1/0]")),
    ],
    ids=["between", "before", "caption", "error"],
)
def test_a_value_of_one_page_does_not_answer_for_another(make, evil):
    site = make({"evil.md": evil, "index.md": "# Home\n"})
    site.build()
    site.write({"good.md": GOOD})
    (site.root / "docs/evil.md").unlink()
    good_page(site)


def test_a_page_whose_value_drew_gives_what_a_clean_build_gives_without_it(make):
    cell = "```python {.run}\n%s\n```\n"
    draws = "import numpy as np\nrng = np.random.default_rng(0);"
    page = cell % draws + "\nDrawn: %s.\n\n" + cell % "round(float(rng.random()), 6)"
    site = make({"index.md": page % "`{python} round(float(rng.random()), 3)`"})
    assert site.build().good
    site.write({"index.md": page % "nothing"})
    assert site.build().good
    shown = site.article("index.html")
    clean = make({"index.md": page % "nothing"}, folder="clean")
    assert clean.build().good
    assert shown == clean.article("index.html")


def test_what_a_refused_value_has_changed_is_not_kept(make):
    cell = "```python {.run}\n%s\n```\n"
    page = cell % "held = [1];" + "\nHeld: %s.\n\n" + cell % "print('sum', sum(held))"
    site = make({"index.md": page % "`{python} held.append(2)`"})
    assert not site.build().good
    site.write({"index.md": page % "`{python} len(held)`"})
    assert site.build().good
    assert "sum 1" in site.article("index.html")


SWEPT = """```python {.run}
#| sweep: {k: [16, 25]}
#| tbl-cap: CAPTION
import math
math.sqrt(k)
```
"""


def test_a_value_in_a_frame_of_a_sweep_does_not_answer_for_the_next_frame_of_another(make):
    site = make({"evil.md": SWEPT.replace("CAPTION", EVIL), "index.md": "# Home\n"})
    assert site.build().good
    assert "666" in site.article("evil.html")
    site.write({"evil.md": SWEPT.replace("CAPTION", "a")})
    assert site.build().good
    assert "666" not in site.article("evil.html")


CALLS = "class Calls:\n    count = 0\n\n    def {}(self):\n        Calls.count += 1\n        {}\n"
HELD = {
    "a generator": (
        "import random\nrandom.seed(1);",
        "`{python} random.random()`",
        "random.random()",
    ),
    "an iterator": ("held = iter(range(9));", "`{python} next(held)`", "next(held)"),
    "a repr": (f"{CALLS.format('__repr__', 'return str()')}\nCalls()", "", "Calls.count"),
    "HTML": (f"{CALLS.format('_repr_html_', 'return str(1)')}\nCalls()", "", "Calls.count"),
    "shown": (
        f"{CALLS.format('__repr__', 'return str()')}\ndisplay(Calls(), Calls())",
        "",
        "Calls.count",
    ),
    "in a frame": (
        "#| sweep: {k: [1, 2]}\n#| tbl-cap: `{python} random.random()`\nimport random\nk",
        "",
        "__import__('random').random()",
    ),
}
"""What changes by being said: (a cell, a value below it, what the next cell sees of it)."""


@pytest.mark.parametrize("name", HELD)
def test_what_is_kept_changes_what_runs_below_it_as_it_did_at_first(name, make):
    first, value, seen = HELD[name]
    page = f"```python {{.run}}\n{first}\n```\n\n{value}\n\n```python {{.run}}\n{seen}, %r\n```\n"
    site = make({"index.md": page % "before"})
    assert site.build().good
    site.write({"index.md": page % "after"})
    built = site.build()
    assert built.ran == {"docs/index.md": 1}
    clean = make({"index.md": page % "after"}, folder="clean")
    assert clean.build().good
    assert site.article("index.html") == clean.article("index.html")


LIAR = """
import gc

VALUE = 666
# deny that anything was used: empty what every tracker of this process has noted
for one in gc.get_objects():
    if type(one).__name__ == "DependencyTracker":
        one._files = one._listed = type("Nothing", (set,), {"add": lambda *_: None})()
"""


def test_a_package_of_a_stranger_does_not_answer_for_a_trusted_build(make, config, monkeypatch):
    config = config.replace("workers: 1", "workers: 1, packages: [tools]")
    page = "```python {.run}\nimport tools\n\ntools.VALUE\n```\n"
    site = make({"index.md": page}, config)
    site.put("tools/__init__.py", LIAR)
    monkeypatch.setenv("WORKED_TRUST", "stranger")
    assert site.build().good
    assert "666" in site.article("index.html")
    site.put("tools/__init__.py", "VALUE = 4\n")
    monkeypatch.delenv("WORKED_TRUST")
    assert site.build().good
    assert "<code>4</code>" in site.article("index.html")


def test_a_word_that_is_no_trust_is_refused(make, monkeypatch):
    monkeypatch.setenv("WORKED_TRUST", "nobody")
    built = make({"index.md": "# A\n"}).build()
    assert "WORKED_TRUST: 'own' or 'stranger', not 'nobody'" in built.aborted
