"""What the workflows of a pull request take of a stranger's tree, and say of it."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / ".github" / "scripts"
IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", "GIT_COMMITTER_NAME": "a"}
IDENTITY |= {"GIT_COMMITTER_EMAIL": "a", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": ""}
BASE = {
    "mkdocs.yml": "site_name: Base\nnav:\n  - index.md\n",
    "Makefile": "site:\n",
    "docs/index.md": "# Base\n",
    "docs/assets/site.js": "ours()\n",
    "figures/__init__.py": "",
}


class Repository:
    """A repository whose commits are made of any names and modes, as a stranger would."""

    def __init__(self, root):
        self.root = root
        root.mkdir()
        self.git("init", "--quiet")

    def git(self, *arguments, given=b""):
        ran = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=os.environ | IDENTITY,
            input=given,
            capture_output=True,
            check=True,
        )
        return ran.stdout.strip().decode()

    def commit(self, files):
        """Commit path to text, or to (mode, text)."""
        stream = [b"commit refs/heads/new\ncommitter a <a> 1767225600 +0000\ndata 0\ndeleteall\n"]
        for path, held in files.items():
            mode, text = held if isinstance(held, tuple) else ("100644", held)
            name = '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
            if mode == "160000":
                stream.append(f"M {mode} {text} {name}\n".encode())
            else:
                data = text.encode()
                stream.append(f"M {mode} inline {name}\ndata {len(data)}\n".encode() + data + b"\n")
        self.git("fast-import", "--quiet", "--force", given=b"".join(stream))
        self.git("symbolic-ref", "HEAD", "refs/heads/new")


@pytest.fixture
def base(tmp_path):
    repository = Repository(tmp_path / "base")
    repository.commit(BASE)
    repository.git("reset", "--quiet", "--hard")
    return repository


@pytest.fixture
def take(base, tmp_path):
    def taking(changes, *, without=()):
        theirs = Repository(tmp_path / "theirs")
        files = {path: text for path, text in (BASE | changes).items() if path not in without}
        theirs.commit(files)
        summary = tmp_path / "changed.md"
        ran = subprocess.run(
            [sys.executable, SCRIPTS / "take.py", theirs.root, summary],
            cwd=base.root,
            capture_output=True,
            text=True,
        )
        ran.summary = summary.read_text("utf-8") if summary.exists() else None
        return ran

    return taking


def files_of(base):
    return {
        path.relative_to(base.root).as_posix()
        for folder in ("docs", "figures")
        for path in (base.root / folder).rglob("*")
        if path.is_file()
    }


def test_an_honest_page_comes_with_its_place_in_the_navigation(take, base):
    ran = take(
        {
            "docs/new/page.md": "# New\n",
            "mkdocs.yml": "site_name: Base\nnav:\n  - index.md\n  - New:\n      - new/page.md\n",
        }
    )
    assert ran.returncode == 0, ran.stderr
    assert (base.root / "docs/new/page.md").read_text() == "# New\n"
    configuration = json.loads((base.root / "pull.yml").read_text())
    assert configuration == {
        "INHERIT": "mkdocs.yml",
        "nav": ["index.md", {"New": ["new/page.md"]}],
    }


def test_a_page_that_they_remove_is_gone_and_our_scripts_stay(take, base):
    ran = take({"docs/other.md": "# Other\n"}, without=("docs/index.md", "docs/assets/site.js"))
    assert ran.returncode == 0, ran.stderr
    assert files_of(base) == {"docs/other.md", "docs/assets/site.js", "figures/__init__.py"}
    assert "`docs/assets/site.js`: needs a person first" in ran.summary


def test_what_runs_around_the_notes_is_named_and_not_taken(take, base):
    changed = {
        "docs/assets/site.js": "theirs()\n",
        "docs/assets/new.js": "theirs()\n",
        "Makefile": "site:\n\tcurl\n",
        "plugins/hooks/new.py": "theirs()\n",
        "tests/conftest.py": "theirs()\n",
        ".github/workflows/notes.yml": "on: push\n",
        "mkdocs.yml": "site_name: Theirs\nhooks: [plugins/hooks/new.py]\nnav:\n  - index.md\n",
        ".gitignore": "docs/\n",
    }
    ran = take(changed)
    assert ran.returncode == 0, ran.stderr
    named = {line.split("`")[1] for line in ran.summary.splitlines() if line.startswith("- ")}
    assert named == set(changed)
    needing = ran.summary.count("needs a person first")
    assert needing == len(changed) - 2  # the configuration and .gitignore are read by people anyway
    assert (base.root / "docs/assets/site.js").read_text() == "ours()\n"
    assert not (base.root / "docs/assets/new.js").exists()
    assert not (base.root / "plugins").exists()


@pytest.mark.parametrize(
    ("path", "held", "said"),
    [
        ("docs/link.md", ("120000", "/etc/passwd"), "a symbolic link"),
        ("figures/link", ("120000", "../plugins"), "a symbolic link"),
        ("docs/module", ("160000", "1" * 40), "a submodule"),
        ("docs/.gitattributes", "* filter=x\n", "begins with no dot"),
        ("docs/.gitignore", "new.md\n", "begins with no dot"),
        ("docs/.git/config", "[core]\n", "begins with no dot"),
        ("docs/a\nb.md", "# A\n", "a name is letters"),
        ("docs/\n::error::x.md", "# A\n", "a name is letters"),
        ('docs/a"b.md', "# A\n", "a name is letters"),
        ("docs/a`b.md", "# A\n", "a name is letters"),
        ("docs/a'$(id)'.md", "# A\n", "a name is letters"),
        ("docs/a\\b.md", "# A\n", "a name is letters"),
        ("docs/\u202ea.md", "# A\n", "a name is letters"),
        ("docs/-rf", "# A\n", "a name is letters"),
        ("docs/" + "a" * 101 + ".md", "# A\n", "a name is letters"),
        ("docs/INDEX.md", "# A\n", "case of letters"),
        ("docs/large.npz", "a" * 5_000_001, "at most 5000000"),
        ("mkdocs.yml", ("120000", "/etc/passwd"), "no plain file"),
        ("mkdocs.yml", "nav: [index.md", "mkdocs.yml"),
        ("mkdocs.yml", "nav:\n  - https://example.org/\n", "no page of the notes"),
        ("mkdocs.yml", "nav:\n  - ../secret.md\n", "no page of the notes"),
        ("mkdocs.yml", "nav:\n  - A: javascript:alert(1)//.md\n", "no page of the notes"),
        ("mkdocs.yml", "nav:\n  - a: index.md\n    b: index.md\n", "no page of the notes"),
        ("mkdocs.yml", "nav: index.md\n", "a list is wanted"),
        ("mkdocs.yml", "nav: &a\n  - index.md\n  - *a\n", "aliases are not taken"),
        ("mkdocs.yml", "nav: [[&a [index.md], *a]]\n", "mkdocs.yml"),
        ("mkdocs.yml", "nav:\n" + "  - index.md\n" * 2001, "at most 2000 entries"),
        ("mkdocs.yml", "nav: " + "[" * 5000, "mkdocs.yml"),
        ("mkdocs.yml", "#" * 200_001, "at most 200000"),
    ],
)
def test_what_is_no_plain_file_is_refused_by_name(take, base, path, held, said):
    before = files_of(base)
    ran = take({path: held})
    assert ran.returncode == 1
    assert said in ran.stderr
    assert all(line.startswith("refused: ") for line in ran.stderr.splitlines())
    assert "::" not in ran.stderr
    assert files_of(base) == before
    assert not (base.root / "pull.yml").exists()


def test_tags_of_a_configuration_are_passed_over(take, base):
    theirs = (
        "nav:\n  - index.md\n"
        "x: !!python/object/apply:os.system ['touch /tmp/taken']\n"
        "y: !ENV SECRET\n"
    )
    assert take({"mkdocs.yml": theirs}).returncode == 0
    assert json.loads((base.root / "pull.yml").read_text())["nav"] == ["index.md"]


@pytest.mark.parametrize("count", [6_000, pytest.param(100_000, marks=pytest.mark.nightly)])
def test_too_many_files_are_refused_in_one_line(take, count):
    ran = take({f"docs/{number // 300}/{number}.md": "" for number in range(count)})
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "at most 5000" in ran.stderr


def test_a_name_elsewhere_stays_inside_its_line_and_its_code(take):
    ran = take({"a`\n- [x](example.org)": "x", "b\n::error::x": "x"})
    assert ran.returncode == 0, ran.stderr
    lines = ran.summary.splitlines()
    assert [line.count("`") for line in lines if line.startswith("- ")] == [2, 2]
    assert len(lines) == 4
    assert "::" not in ran.stdout


GH = """#!{python}
import json, os, sys
log = os.environ["GH_LOG"]
call = sys.argv[1:]
given = sys.stdin.read() if "--input" in call else ""
with open(log, "a") as file:
    print(json.dumps([call, given]), file=file)
if any("/pulls/" in one for one in call):
    print(json.dumps({{"head": {{"sha": "abc"}}}}))
elif "--paginate" in call:
    print(os.environ["GH_COMMENTS"])
"""


@pytest.fixture
def comment(tmp_path):
    def commenting(files, *, head="abc", ended="success", comments=()):
        folder, programs = tmp_path / "summary", tmp_path / "programs"
        folder.mkdir()
        programs.mkdir()
        for name, text in files.items():
            if isinstance(text, str):
                (folder / name).write_text(text, "utf-8")
            else:
                text(folder / name)
        gh = programs / "gh"
        gh.write_text(GH.format(python=sys.executable))
        gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
        log = tmp_path / "log"
        ran = subprocess.run(
            [sys.executable, SCRIPTS / "comment.py", folder],
            env={
                "PATH": f"{programs}:{os.environ['PATH']}",
                "REPOSITORY": "course/notes",
                "HEAD": head,
                "RUN": "12",
                "ENDED": ended,
                "GH_LOG": str(log),
                "GH_COMMENTS": json.dumps([list(comments)]),
            },
            capture_output=True,
            text=True,
        )
        calls = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        ran.sent = [(call, json.loads(given)["body"]) for call, given in calls if given]
        return ran

    return commenting


def test_the_first_comment_is_written(comment):
    ran = comment({"number.txt": "7\n", "changed.md": "- `Makefile`\n"})
    assert ran.returncode == 0, ran.stderr
    ((call, body),) = ran.sent
    assert call[2:5] == ["--method", "POST", "repos/course/notes/issues/7/comments"]
    assert "- `Makefile`" in body
    assert "https://github.com/course/notes/actions/runs/12" in body


def test_a_later_one_takes_its_place_and_nobody_elses(comment):
    mark = "<!-- notes of this pull request -->"
    comments = [
        {"id": 1, "user": {"login": "mallory"}, "body": mark},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "of another workflow"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{mark}\nold"},
    ]
    ran = comment({"number.txt": "7\n"}, ended="failure", comments=comments)
    ((call, body),) = ran.sent
    assert call[2:5] == ["--method", "PATCH", "repos/course/notes/issues/comments/3"]
    assert "could not be built" in body


def test_a_commit_that_was_left_behind_writes_nothing(comment):
    ran = comment({"number.txt": "7\n"}, head="older")
    assert (ran.returncode, ran.sent) == (0, [])


def test_the_text_of_a_stranger_mentions_nobody_and_leads_nowhere(comment):
    hostile = (
        "@everyone [click](http://evil.example) ![](http://evil.example/x.png) #12\n"
        "www.evil.example "
        "<img src=x> <a href=//evil.example>x</a> [a][b]\n\n[b]: http://evil.example\n"
        "<details><summary>fine</summary></details> http://evil.example \u202e\x1b[31m\n"
        "course/notes#3 javascript:x <!-- -->\n"
    )
    body = comment({"number.txt": "7\n", "compare.md": hostile}).sent[0][1]
    said = body.split("computed by the pull request itself.")[1]
    for part in (
        "@e",
        "](",
        "][",
        "]:",
        "http:",
        "www.",
        "<img",
        "<a",
        "#1",
        "#3",
        "\x1b",
        "\u202e",
        "<!",
    ):
        assert part not in said, part
    assert "<details><summary>fine</summary></details>" in said


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"number.txt": "7; rm"},
        {"number.txt": "0"},
        {"number.txt": "\u0667"},
        {"number.txt": "7\n8\n"},
        {"number.txt": "7\n", "more.md": ""},
        {"number.txt": "7\n", "changed.md": "a" * 20_001},
        {"number.txt": "7\n", "compare.md": "a" * 240_001},
        {"number.txt": "7\n", "changed.md": lambda path: path.symlink_to("/etc/passwd")},
        {"number.txt": "7\n", "changed.md": os.mkfifo},
        {"number.txt": "7\n", "changed.md": Path.mkdir},
        {"number.txt": "7\n", "changed.md": lambda path: path.write_bytes(b"\xff")},
    ],
)
def test_what_a_build_may_not_leave_is_refused(comment, files):
    ran = comment(files)
    assert ran.returncode == 1
    assert ran.stderr.startswith("refused: ")
    assert ran.sent == []


def test_tests_refuse_to_run_what_a_stranger_sent(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/unit/test_palette.py"],
        cwd=SCRIPTS.parents[1],
        env=os.environ | {"WORKED_TRUST": "stranger", "PYTEST_ADDOPTS": "-p no:cacheprovider"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "unconfined" in ran.stderr
