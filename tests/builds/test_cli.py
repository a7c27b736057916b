"""The command `worked`: what it does, what it says and how it ends."""

import re

import pytest

from worked.cli.__main__ import main

GOOD = "# Good\n\n```python {.run}\n40 + 2\n```\n"
WRONG = "# Wrong\n\n```python {.run}\nunknown\n```\n"


@pytest.fixture
def call(capsys, warm_workers):
    """Call the command for a site: exit code, what it printed, what it complained of."""

    def run(site, *arguments):
        try:
            code = main(["-f", str(site.root / "mkdocs.yml"), *arguments])
        except SystemExit as error:  # the parser's own
            code = error.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_run_fills_the_store(make, call, counted):
    site = make({"index.md": GOOD})
    code, out, _ = call(site, "run")
    assert (code, counted(out)) == (0, (1, 1, 1, 0))
    assert site.build().ran == {}


def test_run_takes_the_named_pages_only(make, call, counted):
    site = make({"index.md": GOOD, "wrong.md": WRONG})
    code, out, _ = call(site, "run", str(site.root / "docs/index.md"))
    assert (code, counted(out)) == (0, (1, 1, 1, 0))


def test_pages_are_named_from_the_current_folder(make, call, counted, monkeypatch):
    site = make({"index.md": GOOD, "deep/wrong.md": WRONG})
    monkeypatch.chdir(site.root / "docs/deep")
    assert call(site, "run", "../index.md")[0] == 0
    assert call(site, "run", "wrong.md")[0] == 1


def test_run_reports_errors_as_the_build_does(make, call):
    site = make({"index.md": GOOD, "wrong.md": WRONG})
    code, out, _ = call(site, "run")
    assert code == 1
    assert "docs/wrong.md:4: NameError: name 'unknown' is not defined\n" in out
    assert "1 of 2 pages failed." in out


def test_run_keeps_what_a_build_has_run(make, call, counted):
    site = make({"index.md": GOOD})
    site.build()
    assert counted(call(site, "run")[1]) == (1, 1, 0, 1)


def test_check_finds_nothing_in_good_notes(make, call):
    assert call(make({"index.md": GOOD}), "check")[:2] == (0, "worked: nothing wrong in 1 pages\n")


REFERRING = {
    "index.md": "# A\n\n[Table](b.md#tbl-b)\n",
    "b.md": "```python {.run}\n#| label: tbl-b\n1\n```\n\n[back](#tbl-b)\n",
}


def test_check_lists_what_links_to_what(make, call):
    code, out, _ = call(make(REFERRING), "check", "--links")
    assert code == 0
    assert out.split("\n")[:2] == [
        "docs/index.md:3: Table 1 (tbl-b) at docs/b.md:2",
        "docs/b.md:6: Table 1 (tbl-b) at docs/b.md:2",
    ]


def test_check_knows_the_labels_of_pages_that_are_not_named(make, call):
    site = make(REFERRING)
    assert call(site, "check", str(site.root / "docs/index.md"))[0] == 0


def test_check_names_links_to_unknown_labels(make, call):
    site = make({**REFERRING, "c.md": "# C\n\n[Table](b.md#tbl-a)\n"})
    code, out, _ = call(site, "check")
    assert code == 1
    assert "docs/c.md:3: reference: there is no label 'tbl-a' in docs/b.md; did you mean" in out


def test_check_runs_nothing(make, call):
    site = make({"index.md": WRONG})
    assert call(site, "check")[0] == 0
    assert not (site.root / ".cache").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```python {.run}\n#| ecko: true\n1\n```\n", "docs/index.md:2: option: unknown option"),
        ("```python {.run}\n#| label: fig-a\n1\n```\n", "docs/index.md:2: fig-alt: a figure with"),
        ("- A\n\n  ```python {.run}\n  1\n  ```\n", "docs/index.md:3: place: the cell is indented"),
        ("```python {.run}\ndef f(:\n```\n", "docs/index.md:2: SyntaxError: invalid syntax"),
        ("```python {.run}\n#| files: [a.csv]\n1\n```\n", "docs/index.md:2: files: there is no f"),
        ("```python {.run}\n1\n", "docs/index.md:1: fence: the cell is not closed"),
        ("`{python} 1 +`\n", "docs/index.md:1: SyntaxError: invalid syntax in the value"),
    ],
    ids=["option", "alternative", "place", "syntax", "files", "fence", "value"],
)
def test_check_says_what_is_wrong(text, said, make, call):
    code, out, _ = call(make({"index.md": text}), "check")
    assert code == 1
    assert out.startswith(said)
    assert out.endswith("1 of 1 page failed.\n")


def test_check_says_what_asks_for_more_time_than_the_site_gives(make, call, config):
    pages = {"index.md": GOOD.replace("40", "#| timeout: 90\n40")}
    assert call(make(pages), "check")[0] == 0
    site = make(pages, config.replace("worked: {", "worked: {max_timeout: 60, "))
    for command in ("check", "run"):
        code, out, _ = call(site, command)
        assert code == 1
        assert "docs/index.md:4: option: option 'timeout' is at most 60 here" in out


def test_check_takes_the_named_pages_only(make, call):
    site = make({"index.md": GOOD, "wrong.md": "```python {.run}\n1\n"})
    assert call(site, "check", str(site.root / "docs/index.md"))[0] == 0


@pytest.mark.parametrize("command", ["run", "check", "verify"])
def test_a_page_that_is_no_utf_8_is_an_error_of_the_notes(command, make, call):
    site = make({"index.md": GOOD})
    (site.root / "docs/latin.md").write_bytes(b"Gr\xf6\xdfe\n")
    code, out, err = call(site, command)
    assert code == 1
    assert "docs/latin.md:1: encoding: the file is not UTF-8 text" in out
    assert err == ""


def test_clean_drops_what_was_kept(make, call):
    site = make({"index.md": GOOD})
    call(site, "run")
    code, out, _ = call(site, "clean")
    assert code == 0
    assert re.fullmatch(r"worked: [1-9]\d* kept results dropped\n", out)
    assert site.build().ran == {"docs/index.md": 1}


def test_clean_of_nothing_is_no_error(make, call):
    assert call(make({"index.md": GOOD}), "clean")[:2] == (0, "worked: 0 kept results dropped\n")


@pytest.mark.parametrize("command", ["run", "check", "verify"])
@pytest.mark.parametrize("name", ["docs/none.md", "mkdocs.yml", "docs"])
def test_a_name_that_is_no_page_is_a_wrong_call(name, command, make, call):
    site = make({"index.md": GOOD})
    code, out, err = call(site, command, str(site.root / name))
    assert (code, out) == (2, "")
    assert re.match(r"worked: \S+ is not a page below \S+docs\n", err)


@pytest.mark.parametrize("command", ["run", "check", "verify", "clean"])
def test_without_a_configuration_the_call_is_wrong(command, tmp_path, capsys):
    assert main(["-f", str(tmp_path / "none.yml"), command]) == 2
    assert re.match(
        r"worked: Config file '\S+none\.yml' does not exist\.\n", capsys.readouterr().err
    )


@pytest.mark.parametrize("command", ["run", "check", "verify", "clean"])
def test_without_the_plugin_the_call_is_wrong(command, make, call, config):
    site = make({"index.md": GOOD}, re.sub(r"plugins:\n.*\n", "plugins: []\n", config))
    code, _, err = call(site, command)
    assert code == 2
    assert "mkdocs.yml: the plugin `worked` is not switched on" in err


def test_a_wrong_option_of_the_plugin_is_a_wrong_call(make, call, config):
    site = make({"index.md": GOOD}, config.replace("workers: 1", "workers: many"))
    assert call(site, "run")[0] == 2


def test_a_package_that_is_not_there_is_a_wrong_call(make, call, config):
    site = make({"index.md": GOOD}, config.replace("worked: {", "worked: {packages: [none], "))
    code, _, err = call(site, "run")
    assert (code, err) == (2, "worked: worked: packages: no package 'none' beside mkdocs.yml\n")


@pytest.mark.parametrize("arguments", [(), ("walk",), ("run", "--fast")])
def test_a_call_that_cannot_be_understood_is_wrong(arguments, make, call):
    code, _, err = call(make({"index.md": GOOD}), *arguments)
    assert code == 2
    assert err.startswith("usage: worked")


def test_help_says_the_commands(make, call):
    code, out, _ = call(make({}), "--help")
    assert code == 0
    assert all(name in out for name in ("run", "check", "verify", "clean"))


def test_it_runs_as_a_module(make):
    done = make({"index.md": WRONG}).run("-m", "worked.cli", "run")
    assert (done.returncode, done.stderr) == (1, "")
    assert "docs/index.md:4: NameError" in done.stdout
