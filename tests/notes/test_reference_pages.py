"""What the pages about the plugins say is what the plugins do."""

import ast
import builtins
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from worked.cli.__main__ import _parser
from worked.hosts.mkdocs_config import WorkedConfig
from worked.page.options import OPTIONS, READ_OPTIONS

ROOT = Path(__file__).resolve().parents[2]
ABOUT = ROOT / "docs/about"
EXAMPLE = re.compile(r"^````markdown\n(.*?)^````\n\n", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)


def read(name):
    return (ABOUT / name).read_text("utf-8")


def rows(text, head):
    """The first column of the table that begins with a head, each name without its marks."""
    table = text.partition(f"| {head} |")[2].partition("\n\n")[0].split("\n")[2:]
    return {re.sub(r"[\[`]", "", row.split("|")[1]).partition("]")[0].strip() for row in table}


def test_every_example_of_the_reference_stands_there_live():
    text = read("reference.md")
    examples = list(EXAMPLE.finditer(text))
    assert len(examples) > 12
    assert [e[1] for e in examples if not text.startswith(e[1], e.end())] == []


def test_the_reference_has_every_option_of_a_cell():
    text = read("reference.md").partition("## Options of a cell")[2]
    assert rows(text, "option") >= set(OPTIONS)


def test_every_option_of_the_plugin_is_described_with_its_default():
    text = read("commands.md")
    for name, option in WorkedConfig._schema:
        assert f"| `{name}` | `{json.dumps(option.default).strip(chr(34))}` |" in text


def test_every_command_is_described():
    commands = next(a.choices for a in _parser()._actions if isinstance(a.choices, dict))
    text = read("commands.md")
    assert [name for name in commands if f"`worked {name}" not in text] == []


def kinds(path):
    """The kinds of problems that a module raises under their own name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = {"Problem": 2, "problem_message": 1, "wrong": 1}.get(name)
            yield from node.args[place : place + 1] if place else ()
            if name in ("Problem", "replace", "report_text"):
                yield from (word.value for word in node.keywords if word.arg == "kind")
            if ast.unparse(node.func).endswith("problems.append"):
                yield from (arg.elts[1] for arg in node.args if isinstance(arg, ast.Tuple))
        elif isinstance(node, ast.FunctionDef) and node.name == "report_text":
            yield from node.args.defaults
        elif (isinstance(node, ast.Return) and path.name == "validate.py") or (
            isinstance(node, ast.Assign) and ast.unparse(node).startswith("kind, said = ")
        ):
            yield from node.value.elts[:1] if isinstance(node.value, ast.Tuple) else ()
        elif isinstance(node, ast.Assign) and ast.unparse(node).startswith("kind = "):
            yield from (node.value.body, node.value.orelse) if is_choice(node) else ()


def is_choice(node):
    return isinstance(node.value, ast.IfExp)


def test_every_kind_of_error_is_described():
    found = {
        node.value
        for path in (ROOT / "plugins/worked").rglob("*.py")
        if path.name != "values.py"  # names kinds of values
        for node in kinds(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    }
    python = {name for name in found if hasattr(builtins, name)}
    # the text of an option that is read is named by the option
    assert rows(read("commands.md"), "kind") == (found - python) | {
        option.name for option in READ_OPTIONS
    }


def fences(text, language):
    return [found[3] for found in FENCE.finditer(text) if found[2] == language]


def run(line, folder):
    done = subprocess.run(line, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def course(tmp_path):
    """The ten lines of the page, as files."""
    text = read("another-course.md").partition("## Ten lines")[2]
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(fences(text, "yaml")[0])
    (tmp_path / "docs/index.md").write_text(fences(text, "markdown")[0])
    return tmp_path


def test_the_script_of_an_element_stands_in_the_reference_as_it_is():
    script = (ROOT / "docs/assets/pick-entry.js").read_text("utf-8")
    assert fences(read("reference.md"), "js") == [script]


def test_the_lines_for_an_element_make_one(course):
    text = read("another-course.md").partition("## Something to play with")[2]
    config = course / "mkdocs.yml"
    kept = [line for line in config.read_text().splitlines() if not line.startswith("plugins:")]
    config.write_text("\n".join([*kept, fences(text, "yaml")[0]]))
    (course / "docs/assets").mkdir()
    (course / "docs/assets/show-sum.js").write_text(fences(text, "js")[0])
    page = course / "docs/index.md"
    page.write_text(f"{page.read_text()}\n{fences(text, 'markdown')[0]}")
    run([sys.executable, "-m", "mkdocs", "build", "--strict"], course)
    html = (course / "site/index.html").read_text("utf-8")
    assert '<show-sum class="worked-element"><script type="application/json"' in html
    assert '<script src="assets/show-sum.js" defer></script>' in html


def test_the_ten_lines_are_ten_and_make_a_site(course):
    files = [course / "mkdocs.yml", course / "docs/index.md"]
    assert sum(len(file.read_text().split("\n")) - 1 for file in files) == 10
    run([sys.executable, "-m", "mkdocs", "build", "--strict"], course)
    html = (course / "site/index.html").read_text("utf-8")
    assert "<math" in html
    assert "0.25" in html
    assert "assets/worked.css" in html


# that the three make the same of one site is tested where hosts are
AT_NIGHT = [pytest.param(host, marks=pytest.mark.nightly) for host in ("mkdocs", "properdocs")]


@pytest.mark.parametrize("host", ["zensical", *AT_NIGHT])
def test_the_lines_for_zensical_make_the_same_site_with_each_host(host, course):
    text = read("another-course.md").partition("### Zensical")[2]
    (course / "mkdocs.yml").write_text(fences(text, "yaml")[0])
    copies, commands = (shell.strip().split("\n") for shell in fences(text, "sh"))
    for line in copies:
        run([sys.executable, *shlex.split(line)[1:]], course)
    for line in commands:
        command, *options = shlex.split(line)
        module = {"worked": "worked.cli", "zensical": host}[command]
        run([sys.executable, "-m", module, *options], course)
    html = (course / "site/index.html").read_text("utf-8")
    assert "<math" in html
    assert "0.25" in html
    fonts = [f"texmath/stix-two-math-{name}.woff2" for name in ("core", "subset")]
    for style in ("worked.css", "texmath/texmath.css", *fonts):
        assert (course / "site/assets" / style).is_file()
    assert html.count("assets/worked.css") == html.count("assets/texmath/texmath.css") == 1
