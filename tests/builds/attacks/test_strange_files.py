"""Links, pipes and odd names among the notes, and texts that a log would obey."""

import os

import pytest

SECRET = "hunter2 is the password"


def plant(site, kind):
    """Put something that is not a plain file among the notes; give its path as errors name it."""
    docs = site.root / "docs"
    secret = site.root.parent / "secret.md"
    secret.write_text(SECRET)
    match kind:
        case "page that is a link out":
            (docs / "a.md").symlink_to(secret)
        case "picture that is a link out":
            (docs / "a.md").symlink_to(secret.with_suffix(".md"))
        case "folder that is a link out":
            (docs / "a.md").symlink_to(site.root.parent)
        case "pipe":
            os.mkfifo(docs / "a.md")
        case "link to nothing":
            (docs / "a.md").symlink_to("nowhere.md")
        case "link to itself":
            (docs / "a.md").symlink_to("a.md")
        case "name with a line break":
            (docs / "a\n::error::b.md").write_text("# A")


KINDS = (
    *("page that is a link out", "folder that is a link out", "pipe", "link to nothing"),
    *("link to itself", "name with a line break"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_plain_file_ends_an_isolated_build_and_is_named(kind, make, monkeypatch):
    monkeypatch.setenv("WORKED_CONFINE", "isolated")
    site = make({"index.md": "# Home\n"})
    plant(site, kind)
    built = site.build()
    assert "not plain files inside the notes:\n  docs/a" in built.aborted
    assert "\n::" not in built.aborted
    assert not (site.root / "site").exists() or SECRET not in site.html("index.html")


@pytest.mark.parametrize("kind", ["page that is a link out", "pipe", "link to nothing"])
def test_elsewhere_it_is_a_warning(kind, make):
    site = make({"index.md": "# Home\n"})
    plant(site, kind)
    assert "WARNING: docs/a.md: " in site.build(strict=False).log


def test_a_folder_that_leads_to_itself_ends_every_build(make):
    site = make({"index.md": "# Home\n"})
    (site.root / "docs/again").symlink_to(".")
    assert "docs/again: a link that leads to no file" in site.build(strict=False).aborted


def test_a_link_to_a_plain_file_of_the_notes_is_plain(make, monkeypatch):
    monkeypatch.setenv("WORKED_CONFINE", "isolated")
    site = make({"index.md": "# Home\n", "other.md": "# Other\n"})
    (site.root / "docs/alias.md").symlink_to("other.md")
    assert site.build().good


@pytest.mark.parametrize(
    "code",
    [
        "raise ValueError('x' * 20_000_000)",
        "raise ValueError('\\n' * 1_000_000)",
        "import warnings\nfor n in range(20_000): warnings.warn(str(n))",
        "raise type('E' * 1_000_000, (Exception,), {})('a')",
        "raise ValueError('\\x9b31m \\u202e ##[error] \\x07 \\x1b[31m')",
    ],
    ids=["long", "lines", "warnings", "name", "signs"],
)
def test_what_a_cell_says_is_bounded_in_the_log_and_holds_no_signs(code, make):
    site = make({"index.md": f"```python {{.run}}\n{code}\n```\n"})
    log = site.build(strict=False).log
    assert len(log) < 100_000
    assert not any(sign in log for sign in ("\x9b", "\u202e", "\x07", "\x1b", "##["))


def test_a_formula_is_no_command_to_a_build_server(make, config):
    config = config.replace("plugins:", "plugins:\n  - texmath")
    site = make({"index.md": "# A\n\n$\\frac{##[error] \x07 \x1b[31m$\n"}, config)
    log = site.build().log
    assert "formula" in log
    assert not any(sign in log for sign in ("##[", "\x07", "\x1b"))


def test_an_option_that_asks_for_very_much_is_refused_in_few_words(make):
    many = ", ".join(map(str, range(60_000)))
    site = make({"index.md": f"```python {{.run}}\n#| sweep: {{k: [{many}]}}\nk\n```\n"})
    built = site.build()
    assert "frames; at most" in built.log
    assert len(built.log) < 10_000
    site.write({"index.md": f"```python {{.run}}\n#| {'x' * 400_000}: 1\nk\n```\n"})
    built = site.build()
    assert "unknown option" in built.log
    assert len(built.log) < 20_000
