"""Every way in which a build ends, and what is left of it: nothing that goes on or takes room."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from processes import AT_LAST, are_gone, working_in
from worked.pool.pool import WorkerPool

CELL = "```python {{.run}}\n{0}\n```\n\n"
ENDLESS = CELL.format("#| timeout: 600\nimport time\n\nwhile True:\n    time.sleep(1)")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
COMMANDS = {
    "build": ("-m", "mkdocs", "build", "-q"),
    "serve": ("-m", "mkdocs", "serve", "-q", "-a", "127.0.0.1:0"),
    "run": ("-m", "worked.cli", "run"),
    "verify": ("-m", "worked.cli", "verify"),
    "fix": ("-m", "worked.cli", "fix", "--dry-run"),
}


def some(*names, of):
    """Take these by day, and the others at night."""
    return [name if name in names else pytest.param(name, marks=pytest.mark.nightly) for name in of]


class Command:
    """A command that runs an endless cell, with a folder for all that it puts aside."""

    def __init__(self, site, *arguments, **streams):
        self.scratch = site.root.parent / f"scratch of {site.root.name}"
        self.scratch.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=site.root,
            env={
                **os.environ,
                "NO_MKDOCS_2_WARNING": "1",
                "PYTHONWARNINGS": "ignore",
                "TMPDIR": str(self.scratch),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=streams.get("stderr", subprocess.PIPE),
            text=True,
            start_new_session=True,
        )

    def wait_for_a_page(self):
        until = time.monotonic() + AT_LAST
        while len(working_in(self.scratch)) < 2:  # the worker, and its page
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < until

    def said(self):
        """Wait for the end; give all that was said."""
        out, err = self.process.communicate(timeout=AT_LAST)
        return out + (err or "")

    def has_left_nothing(self):
        left = [path.name for path in self.scratch.iterdir()]
        return are_gone(self.scratch) and left == []


@pytest.fixture
def begun(make):
    """Begin a command whose page never ends."""
    started = []

    def begin(name, **streams):
        site = make({"index.md": ENDLESS})
        command = Command(site, *COMMANDS[name], **streams)
        started.append(command)
        command.wait_for_a_page()
        return command

    yield begin
    for command in started:
        with contextlib.suppress(ProcessLookupError):
            command.process.kill()
        command.process.communicate()


@LINUX
@pytest.mark.parametrize("name", some("build", "serve", "run", of=COMMANDS))
def test_a_command_that_is_ended_leaves_nothing_and_dies_of_the_signal(name, begun):
    command = begun(name)
    command.process.send_signal(signal.SIGTERM)
    assert command.said() == "worked: ended by SIGTERM\n"
    assert command.process.returncode == -signal.SIGTERM
    assert command.has_left_nothing()


@LINUX
@pytest.mark.parametrize("name", some("SIGQUIT", of=["SIGHUP", "SIGQUIT"]))
def test_other_signals_end_a_build_in_the_same_way(name, begun):
    command = begun("build")
    command.process.send_signal(getattr(signal, name))
    assert command.said() == f"worked: ended by {name}\n"
    assert command.process.returncode == -getattr(signal, name)
    assert command.has_left_nothing()


@LINUX
def test_a_terminal_that_is_gone_is_no_other_end(begun):
    reader, writer = os.pipe()
    command = begun("build", stderr=writer)
    os.close(reader)
    os.close(writer)
    command.process.send_signal(signal.SIGHUP)
    command.said()
    assert command.process.returncode == -signal.SIGHUP
    assert command.has_left_nothing()


@LINUX
@pytest.mark.parametrize("name", some("build", "run", of=["build", "serve", "run"]))
def test_ctrl_c_twice_leaves_nothing(name, begun):
    command = begun(name)
    command.process.send_signal(signal.SIGINT)
    command.process.send_signal(signal.SIGINT)
    assert "Traceback" not in command.said()
    assert command.has_left_nothing()


@LINUX
def test_a_signal_that_the_caller_ignores_stays_ignored(make):
    site = make({"index.md": CELL.format("print(6 * 7)")})
    script = f"trap '' HUP; {sys.executable} -m mkdocs build -q & kill -HUP $!; wait $!"
    done = subprocess.run(["sh", "-c", script], cwd=site.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "42" in site.article("index.html")


@LINUX
def test_the_build_after_one_that_was_ended_is_right(make):
    site = make({"index.md": CELL.format("print(6 * 7)") + ENDLESS})
    command = Command(site, *COMMANDS["build"])
    command.wait_for_a_page()
    command.process.terminate()
    command.said()
    site.write({"index.md": CELL.format("print(6 * 7)")})
    assert site.build().good
    assert "42" in site.article("index.html")
    assert list((site.root / ".cache").rglob(".aside-*")) == []


HOOKS = {
    "an error": "raise RuntimeError('a hook fails')",
    "an end": "raise SystemExit(3)",
    "an interruption": "raise KeyboardInterrupt",
    "a refusal": "from mkdocs.exceptions import Abort\n    raise Abort('no')",
}


@LINUX
@pytest.mark.parametrize(
    ("why", "event"),
    [
        pytest.param(why, event, marks=[] if n == m else [pytest.mark.nightly])
        for n, event in enumerate(["on_nav", "on_page_markdown", "on_env", "on_post_build"])
        for m, why in enumerate(HOOKS)
    ],
)
def test_a_build_that_another_plugin_ends_leaves_nothing(why, event, make, config):
    """Its own page still runs at the time of the first two events."""
    page = ENDLESS if event in ("on_nav", "on_page_markdown") else CELL.format("1")
    site = make({"index.md": page}, f"{config}\nhooks: [hook.py]\n")
    site.put("hook.py", f"def {event}(*_, **__):\n    {HOOKS[why]}\n")
    command = Command(site, *COMMANDS["build"])
    command.said()
    assert command.process.returncode not in (0, None)
    assert command.has_left_nothing()


@LINUX
def test_a_program_that_only_builds_leaves_nothing(make):
    """Nobody tells the plugin that a build begins or ends."""
    site = make({"index.md": CELL.format("1 / 0"), "other.md": ENDLESS})
    script = (
        "from mkdocs.commands.build import build\nfrom mkdocs.config import load_config\n"
        "build(load_config('mkdocs.yml'))"
    )
    site.put("hook.py", "def on_page_markdown(*_, **__):\n    raise ValueError\n")
    site.put("mkdocs.yml", f"{site.config}\nhooks: [hook.py]\n")
    command = Command(site, "-c", script)
    assert "ValueError" in command.said()
    assert command.has_left_nothing()


# --- pipes


@LINUX
@pytest.mark.parametrize("arguments", [("check", "--links"), ("run",)])
def test_a_command_whose_reader_has_gone_says_nothing(arguments, make):
    links = "".join(f"[Figure](#fig-{number}) " for number in range(5000))
    site = make({"index.md": links + CELL.format("1")})
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "worked.cli", *arguments],
        cwd=site.root,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@LINUX
def test_a_build_whose_reader_has_gone_builds_on(make):
    site = make({"index.md": CELL.format("print(6 * 7)")})
    script = f"{sys.executable} -m mkdocs build 2>&1 | true"
    subprocess.run(["sh", "-c", script], cwd=site.root)
    assert "42" in site.article("index.html")


# --- data that goes

GOING = {
    "deleted": "path.unlink()",
    "a folder": "path.unlink(); path.mkdir()",
    "a pipe": "path.unlink(); os.mkfifo(path)",
    "its folder deleted": "shutil.rmtree(path.parent)",
    "a link out": "path.unlink(); path.symlink_to('/etc/passwd')",
}
READS = CELL.format("#| files: [data/a.txt]\nprint(len(open('data/a.txt').read()))")


@pytest.mark.parametrize("how", GOING)
@pytest.mark.parametrize("moment", ["before", "run", "on_env", "on_page_context"])
def test_data_that_goes_is_an_error_that_names_it(how, moment, make, config, monkeypatch):
    site = make({"index.md": f"a\n\n{READS}"}, config.replace(", downloads: false", ""))
    path = site.put("docs/data/a.txt", "1234")

    def go(*_):
        if not going:
            exec(GOING[how], {"os": os, "path": path, "shutil": shutil})
            going.append(how)

    going = []
    if moment == "before":
        go()
    elif moment == "run":
        known = WorkerPool.submit
        monkeypatch.setattr(WorkerPool, "submit", lambda *job: (go(), known(*job)))
    else:
        site.put(
            "hook.py",
            f"from test_builds_endings import GO\n\n\ndef {moment}(*_, **__):\n    GO[0]()\n",
        )
        site.put("mkdocs.yml", f"{site.config}\nhooks: [hook.py]\n")
        monkeypatch.setitem(sys.modules, "test_builds_endings", sys.modules[__name__])
        monkeypatch.setattr(sys.modules[__name__], "GO", [go])
    built = site.build(strict=False)
    if moment == "run" and how == "a link out":
        return  # it is copied as it was resolved, or refused
    said = built.log + built.aborted
    assert "docs/index.md:4: files: cannot " in said
    assert "data/a.txt" in said
    assert not built.good
    assert "root:" not in said
    assert not list((site.root / "site").rglob("*.ipynb"))


GO = [lambda: None]


@pytest.mark.parametrize("how", ["deleted", "a folder", "a pipe"])
@pytest.mark.parametrize("moment", ["on_files", "on_page_markdown", "on_env", "on_page_context"])
def test_a_page_that_goes_is_no_traceback(how, moment, make, config, monkeypatch):
    config = config.replace("plugins:", "plugins:\n  - texmath")
    site = make({"index.md": f"a $\\alpha$ $\\nosuch$\n\n{CELL.format('print(6 * 7)')}"}, config)
    path = site.root / "docs/index.md"
    going = []

    def go(*_):
        if not going:
            exec(GOING[how], {"os": os, "path": path, "shutil": shutil})
            going.append(how)

    hook = f"from test_builds_endings import GO\n\n\ndef {moment}(*_, **__):\n    GO[0]()\n"
    site.put("hook.py", hook)
    site.put("mkdocs.yml", f"{site.config}\nhooks: [hook.py]\n")
    monkeypatch.setitem(sys.modules, "test_builds_endings", sys.modules[__name__])
    monkeypatch.setattr(sys.modules[__name__], "GO", [go])
    built = site.build(strict=False)
    assert re.search(r"docs/index.md:1: (formula|file): ", built.log + built.aborted)


# --- no room


def test_no_room_for_temporary_files_ends_the_build_and_says_what_to_do(make, monkeypatch):
    site = make({"index.md": CELL.format("1")})

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("worked.pool.folders.tempfile.mkdtemp", full)
    said = re.escape("No space left on device. Free some space, or name another place in TMPDIR")
    with pytest.raises(Abort, match=said):
        build(load_config(str(site.root / "mkdocs.yml")))


@LINUX
@pytest.mark.parametrize("name", some("build", of=["build", "run", "verify"]))
def test_what_a_killed_command_leaves_the_next_build_removes(name, begun, make):
    command = begun(name)
    command.process.kill()
    command.said()
    assert are_gone(command.scratch)
    assert [path.name for path in command.scratch.iterdir()] != []
    site = make({"index.md": CELL.format("1")}, folder=command.scratch.name.partition(" of ")[2])
    after = Command(site, *COMMANDS["build"])
    assert after.said() == ""
    assert after.has_left_nothing()
