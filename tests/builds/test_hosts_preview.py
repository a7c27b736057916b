"""Edits while a site is served: by MkDocs' own `serve`, without the port and the watching."""

import contextlib
import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from mkdocs.commands import serve as command
from mkdocs.exceptions import ConfigurationError
from mkdocs.livereload import LiveReloadServer

from worked.hosts import begun, mkdocs_plugin

CELL = "```python {{.run}}\n{0}\n```\n"
BOX = re.compile(r'<p class="worked-problem-title">(.*?)</p>')
DRAWN = """# Drawn

```python {.run}
#| fig-alt: A time.
import time

from matplotlib.figure import Figure

figure = Figure()
figure.text(0, 0, str(time.time_ns()))
figure
```

```python {.run}
'last'
```
"""
VANISH = """
from pathlib import Path

def on_files(files, config):
    for path in Path(config.docs_dir).glob("vanish*.md"):
        path.unlink()
    return files
"""
LATER = VANISH.replace("on_files(files, config)", "on_nav(nav, config, files)").replace(
    "return files", "return nav"
)


class Preview:
    """A site while it is served, by what the plugin uses of MkDocs' server."""

    mount_path = "/"
    _shutdown = _want_rebuild = False
    _wanted_epoch = _visible_epoch = 0

    def __init__(self, builder, root):
        self.builder = builder
        self.root = Path(root)
        self.watched = self._watched_paths = []
        self.observer = self
        self.emitters = ()
        self._rebuild_cond = threading.Condition()

    def set_app(self, app):
        self.app = app

    def rebuild(self):
        """Do what the server does when a file has changed; give how the build ended early."""
        try:
            self.builder()
        except Exception as error:
            if not isinstance(error, SystemExit):  # MkDocs prints a traceback then
                raise
            return str(error)
        return ""

    def watch(self, path):
        self.watched.append(path)

    def unwatch(self, path):
        if path not in self.watched:
            raise KeyError(path)
        self.watched.remove(path)

    def article(self, name):
        return (self.root / name).read_text("utf-8").partition("<article>")[2]

    def boxes(self, name):
        return BOX.findall(self.article(name))

    @property
    def pages(self):
        return sorted(path.name for path in self.root.glob("*.html"))


@pytest.fixture
def serve(monkeypatch, pool):
    """Serve a site and play a scene with it: `serve(site, scene)`; `scene` takes the preview.

    Its workers are warm, and stay for the next preview unless they are to be its own.
    """

    def run(site, scene, own_workers=False, **options):
        if not own_workers:
            monkeypatch.setattr(mkdocs_plugin, "WorkerPool", lambda: pool)
        played = []

        class Server(Preview):
            def __init__(self, *, builder, root, **_):
                super().__init__(builder, root)

            def serve(self, **_):
                played.append(self)
                scene(self)

            def shutdown(self):
                pass

        monkeypatch.setattr(command, "LiveReloadServer", Server)
        command.serve(str(site.root / "mkdocs.yml"), **options)
        assert played

    return run


@pytest.fixture
def ran(monkeypatch):
    """Give what ran in the last build: page -> how many of its cells."""
    builds = []

    class Build(begun.Build):
        def __init__(self, *arguments, **named):
            super().__init__(*arguments, **named)
            builds.append(self)

    monkeypatch.setattr(begun, "Build", Build)
    return lambda: {result.page.name: result.ran for result in builds[-1].results() if result.ran}


def test_a_changed_page_runs_alone(make, serve, ran):
    site = make({"index.md": CELL.format("1"), "other.md": CELL.format("2")})

    def scene(preview):
        assert ran() == {"docs/index.md": 1, "docs/other.md": 1}
        site.write({"other.md": CELL.format("40 + 2")})
        assert preview.rebuild() == ""
        assert ran() == {"docs/other.md": 1}
        assert "<code>42</code>" in preview.article("other.html")
        assert preview.rebuild() == ""
        assert ran() == {}

    serve(site, scene)


def test_workers_stay_warm_from_one_save_to_the_next_and_end_with_the_preview(make, serve):
    code = "import os\nprint('worker', os.getppid(), {0})"
    site = make({"index.md": CELL.format(code.format(1))})
    workers = []

    def worker(preview):
        workers.extend(map(int, re.findall(r"worker (\d+)", preview.article("index.html"))))

    def scene(preview):
        worker(preview)
        site.write({"index.md": CELL.format(code.format(2))})
        assert preview.rebuild() == ""
        worker(preview)

    serve(site, scene, own_workers=True)
    first, second = workers
    assert first == second
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_what_unchanged_cells_drew_is_not_drawn_again(make, serve, ran):
    site = make({"index.md": DRAWN})

    def drawn(preview):
        return re.findall(r"\d{19}", preview.article("index.html"))

    def scene(preview):
        before = drawn(preview)
        assert before
        site.write({"index.md": DRAWN.replace("'last'", "'edited'")})
        assert preview.rebuild() == ""
        assert ran() == {"docs/index.md": 1}
        assert "edited" in preview.article("index.html")
        assert drawn(preview) == before

    serve(site, scene)


def test_a_deleted_page_leaves_nothing_behind(make, serve):
    site = make({"index.md": "# A\n", "gone.md": DRAWN + CELL.format("unknown")})

    def scene(preview):
        assert len(preview.boxes("gone.html")) == 1
        (site.root / "docs/gone.md").unlink()
        assert preview.rebuild() == ""
        assert preview.pages == ["index.html"]
        assert preview.boxes("index.html") == []

    serve(site, scene)


def test_a_renamed_page_keeps_its_results(make, serve, ran):
    site = make({"index.md": "# A\n", "old.md": DRAWN})

    def scene(preview):
        before = re.findall(r"\d{19}", preview.article("old.html"))
        (site.root / "docs/old.md").rename(site.root / "docs/new.md")
        assert preview.rebuild() == ""
        assert ran() == {}
        assert preview.pages == ["index.html", "new.html"]
        assert re.findall(r"\d{19}", preview.article("new.html")) == before

    serve(site, scene)


def test_an_error_comes_and_goes(make, serve):
    site = make({"index.md": CELL.format("1")})

    def scene(preview):
        seen = []
        for code in ("1 / 0", "2", "unknown", "3"):
            site.write({"index.md": CELL.format(code)})
            assert preview.rebuild() == ""
            seen.append([box.split(":")[2].strip() for box in preview.boxes("index.html")])
        assert seen == [["ZeroDivisionError"], [], ["NameError"], []]

    serve(site, scene)


def test_broken_front_matter_is_text_and_cells_run(make, serve):
    tops = ("---\ntitle: [\n---\n", "---\ntitle: a\n", "---\n- a\n---\n", "---\n\x00\n---\n")
    site = make({"index.md": "# A\n"})
    names = [f"page-{number}" for number in range(len(tops))]

    def scene(preview):
        for name, top in zip(names, tops, strict=True):
            site.write({f"{name}.md": f"{top}\nText.\n\n{CELL.format('40 + 2')}"})
        assert preview.rebuild() == ""
        for name in names:
            assert "<code>42</code>" in preview.article(f"{name}.html")
            assert preview.boxes(f"{name}.html") == []
            site.write({f"{name}.md": f"---\ntitle: B\n---\n\n{CELL.format('40 + 2')}"})
        assert preview.rebuild() == ""
        for name in names:
            assert "<code>42</code>" in preview.article(f"{name}.html")
            assert "title" not in preview.article(f"{name}.html")

    serve(site, scene)


def test_a_file_that_is_no_text_is_an_error_of_its_page(make, serve):
    site = make({"index.md": "# A\n"})

    def scene(preview):
        (site.root / "docs/latin.md").write_bytes(b"Gr\xf6\xdfe\n")
        assert preview.rebuild() == ""
        (box,) = preview.boxes("latin.html")
        assert box == "docs/latin.md:1: encoding: the file is not UTF-8 text"

    serve(site, scene)


def test_a_file_that_vanishes_before_it_is_read_is_an_error_of_its_page(make, serve, config):
    site = make({"index.md": CELL.format("40 + 2")}, config + "hooks: [hook.py]\n")
    site.put("hook.py", VANISH)

    def scene(preview):
        site.write({"vanish.md": CELL.format("1")})
        assert preview.rebuild() == ""
        (box,) = preview.boxes("vanish.html")
        assert box == "docs/vanish.md:1: file: the file cannot be read: No such file or directory"
        assert "<code>42</code>" in preview.article("index.html")
        assert preview.rebuild() == ""
        assert preview.pages == ["index.html"]

    serve(site, scene)


def test_a_file_that_vanishes_while_it_runs_is_shown_as_it_was(make, serve, config):
    site = make({"index.md": "# A\n"}, config + "hooks: [hook.py]\n")
    site.put("hook.py", LATER)

    def scene(preview):
        site.write({"vanish.md": CELL.format("40 + 2")})
        assert preview.rebuild() == ""
        assert "<code>42</code>" in preview.article("vanish.html")
        assert preview.boxes("vanish.html") == []

    serve(site, scene)


def test_a_file_that_is_edited_while_it_runs_is_shown_as_it_ran(make, serve, config):
    site = make({"index.md": "# A\n"}, config + "hooks: [hook.py]\n")
    site.put("hook.py", LATER.replace("path.unlink()", "path.write_text('# Edited')"))

    def scene(preview):
        site.write({"vanish.md": CELL.format("40 + 2")})
        assert preview.rebuild() == ""
        assert "<code>42</code>" in preview.article("vanish.html")
        assert preview.rebuild() == ""
        assert "Edited" in preview.article("vanish.html")

    serve(site, scene)


@pytest.fixture
def packaged(make, config):
    site = make(
        {"index.md": CELL.format("import tools\n\ntools.one + 41")},
        config.replace("worked: {", "worked: {packages: [tools], "),
    )
    site.put("tools/__init__.py", "one = 1\n")
    return site


def test_a_package_that_does_not_import_shows_in_the_page(packaged, serve):
    broken = {
        "one = = 1\n": "SyntaxError: invalid syntax",
        "one = unknown\n": "NameError: name &#x27;unknown&#x27; is not defined (in tools/__init",
        "import nothing\n": "ModuleNotFoundError: No module named &#x27;nothing&#x27;",
        "raise SystemExit\n": "SystemExit",
        "one = 1\x00\n": "SyntaxError: source code string cannot contain null bytes",
    }

    def scene(preview):
        assert "<code>42</code>" in preview.article("index.html")
        for text, said in broken.items():
            packaged.put("tools/__init__.py", text)
            assert preview.rebuild() == ""
            (box,) = preview.boxes("index.html")
            assert box.startswith(f"docs/index.md:2: {said}")
        packaged.put("tools/__init__.py", "one = 2\n")
        assert preview.rebuild() == ""
        assert "<code>43</code>" in preview.article("index.html")
        assert preview.boxes("index.html") == []

    serve(packaged, scene)


def test_a_package_whose_folder_is_gone_is_said_and_comes_back(packaged, serve):
    def scene(preview):
        shutil.rmtree(packaged.root / "tools")
        assert preview.rebuild() == "worked: packages: no package 'tools' beside mkdocs.yml"
        packaged.put("tools/__init__.py", "one = 3\n")
        assert preview.rebuild() == ""
        assert "<code>44</code>" in preview.article("index.html")
        assert preview.watched.count(str(packaged.root.resolve() / "tools")) == 1

    serve(packaged, scene)


def test_a_file_of_a_package_that_cannot_be_read_is_said(packaged, serve, monkeypatch):
    from worked.cache import keys

    def refuse(path):
        raise PermissionError(13, "Permission denied", "tools/__init__.py")

    def scene(preview):
        with monkeypatch.context() as patch:
            patch.setattr(keys, "digest_file", refuse)
            said = "worked: [Errno 13] Permission denied: 'tools/__init__.py'"
            assert preview.rebuild() == said
        assert preview.rebuild() == ""

    serve(packaged, scene)


def test_a_broken_configuration_is_said_and_can_be_mended(make, serve, config):
    site = make({"index.md": CELL.format("1")})

    def scene(preview):
        for broken in ("plugins: [worked: {timeout: many}]", "plugins: [none]", "theme: none"):
            site.put("mkdocs.yml", f"site_name: A\n{broken}\n")
            assert "Aborted with a configuration error" in preview.rebuild()
        site.put("mkdocs.yml", config)
        site.write({"index.md": CELL.format("40 + 2")})
        assert preview.rebuild() == ""
        assert "<code>42</code>" in preview.article("index.html")

    serve(site, scene)


def test_a_configuration_that_is_no_yaml_can_be_mended(make, serve, config):
    site = make({"index.md": CELL.format("40 + 2")})

    def scene(preview):
        site.put("mkdocs.yml", "site_name: [\n")
        with pytest.raises(ConfigurationError):  # MkDocs says it itself, and goes on
            preview.rebuild()
        site.put("mkdocs.yml", config)
        assert preview.rebuild() == ""
        assert "<code>42</code>" in preview.article("index.html")

    serve(site, scene)


def test_a_package_that_is_added_to_the_configuration_is_watched(packaged, serve, config):
    packaged.put("mkdocs.yml", config)

    def scene(preview):
        folder = str(packaged.root.resolve() / "tools")
        assert folder not in preview.watched
        packaged.put("mkdocs.yml", packaged.config)
        assert preview.rebuild() == ""
        assert folder in preview.watched

    serve(packaged, scene)


def test_a_dirty_build_shows_the_page_that_changed(make, serve, ran):
    site = make({"index.md": CELL.format("1"), "other.md": DRAWN})

    def scene(preview):
        site.write({"index.md": CELL.format("40 + 2")})
        assert preview.rebuild() == ""
        assert ran() == {"docs/index.md": 1}
        assert "<code>42</code>" in preview.article("index.html")
        assert "<svg" in preview.article("other.html")

    serve(site, scene, build_type="dirty")


def test_a_folder_that_was_away_is_watched_by_the_real_server(packaged, tmp_path):
    """Its watcher ends with the folder; the next build begins another."""
    from mkdocs.config import load_config

    config = load_config(str(packaged.root / "mkdocs.yml"))
    plugin = config.plugins["worked"]
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), polling_interval=0.02)
    folder = packaged.root / "tools"
    try:
        plugin.on_serve(server, config=config, builder=None)
        server.observer.start()
        (first,) = server.observer.emitters
        shutil.rmtree(folder)
        first.join(30)
        packaged.put("tools/__init__.py", "one = 1\n")
        from worked.hosts.mkdocs_site import site_settings
        from worked.hosts.watching import watch_packages

        watch_packages(server, site_settings(plugin.config, config))
        (second,) = server.observer.emitters
        assert second.is_alive()
        assert second is not first
        watch_packages(server, site_settings(plugin.config, config))
        assert list(server.observer.emitters) == [second]
    finally:
        server.observer.stop()
        server.observer.join(30)
        server.server_close()
        plugin.on_shutdown()
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(folder)
