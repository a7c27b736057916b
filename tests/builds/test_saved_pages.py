"""A saved page is shown before the whole site is built, and as that build has it."""

import re
import threading
import time
from pathlib import Path

import pytest
from mkdocs.commands import serve as command
from mkdocs.livereload import LiveReloadServer

from worked.hosts import mkdocs_plugin, saved_pages, staged_server

CELL = "```python {{.run}}\n{0}\n```\n"
CAPTIONED = """```python {{.run}}
#| label: tbl-{0}
#| tbl-cap: Of {0}.
class Table:
    def _repr_markdown_(self):
        return "| a |\\n|---|\\n| 1 |"


Table()
```
"""
HOOK = """
def on_post_build(config):
    from pathlib import Path

    path = Path(config.site_dir, "finished.html")
    if path.exists():
        path.write_text(path.read_text("utf-8") + "<!-- finished -->", "utf-8")

def on_page_content(html, **_):
    return html + "<p>hooked</p>"
"""
PAGES = {
    "index.md": "# Home\n\nFirst.\n\n" + CELL.format("40 + 2"),
    "other.md": "# Other\n\n[home](index.md#first) [Table](labelled.md#tbl-one)\n\n"
    + CELL.format("6 * 7"),
    "labelled.md": "# Labelled\n\n" + CAPTIONED.format("one"),
    "lends.md": "# Lends\n\n" + CELL.format("#| export: [three]\nthree = 3"),
    "takes.md": "# Takes\n\n" + CELL.format("from notes.lends import three\nthree"),
    "fronted.md": "---\ntitle: Fronted\n---\n\nText.\n",
    "finished.md": "# Finished\n",
}


class Preview:
    """A site while it is served: what is built, and what would be loaded again."""

    def __init__(self, server, site):
        self.server, self.site, self.root = server, site, Path(server.root)
        self.builds = 0
        build = server.builder.__self__._build

        def counted():
            self.builds += 1
            build()

        server.builder.__self__._build = counted

    def rebuild(self):
        """Do what the server does when something has changed; give the builds of the whole site."""
        before, server = self.builds, self.server
        server._wanted_epoch = server._visible_epoch + 1
        server._want_rebuild = False
        server.builder()
        self.reloads = server._wanted_epoch > server._visible_epoch
        server._visible_epoch = server._wanted_epoch
        return self.builds - before

    def save(self, name, text):
        self.site.put(f"docs/{name}", text)
        return self.rebuild()

    def html(self, name):
        return (self.root / name).read_text("utf-8")

    def everything(self):
        return {str(path): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture
def serve(make, config, monkeypatch, pool):
    """Serve a site of several pages and play a scene with it: `serve(scene)`."""

    def run(scene, pages=PAGES, more="", idle=600, **options):
        monkeypatch.setattr(mkdocs_plugin, "WorkerPool", lambda: pool)
        monkeypatch.setattr(staged_server, "IDLE", idle)
        site = make(pages, f"{config}hooks: [hook.py]\n{more}")
        site.put("hook.py", HOOK)
        site.put("docs/data.csv", "1\n")
        played = []

        class Server(LiveReloadServer):
            def serve(self, **_):
                played.append(self)
                scene(Preview(self, site))

        monkeypatch.setattr(command, "LiveReloadServer", Server)
        command.serve(str(site.root / "mkdocs.yml"), **options)
        assert played

    return run


def test_a_saved_page_is_shown_alone(serve):
    def scene(preview):
        before = preview.everything()
        assert preview.save("index.md", PAGES["index.md"] + "\nSaved.\n") == 0
        assert "<p>Saved.</p>" in preview.html("index.html")
        assert "<p>hooked</p>" in preview.html("index.html")
        after = preview.everything()
        assert [Path(name).name for name in after if after[name] != before[name]] == ["index.html"]

    serve(scene)


EDITS = {
    "prose": ("index.md", PAGES["index.md"] + "\nSaved.\n"),
    "prose before cells": ("index.md", PAGES["index.md"].replace("First.", "A.\n\nB.")),
    "a heading": ("index.md", PAGES["index.md"].replace("First.", "## First\n\nText.")),
    "a title": ("index.md", PAGES["index.md"].replace("# Home", "# Away")),
    "a cell": ("index.md", PAGES["index.md"].replace("40", "50")),
    "a cell more": ("index.md", PAGES["index.md"] + "\n" + CELL.format("'new'")),
    "a label": ("labelled.md", "# L\n\n" + CAPTIONED.format("two") + CAPTIONED.format("one")),
    "an error": ("index.md", "# Home\n\n" + CELL.format("1 / 0")),
    "a link to nowhere": ("index.md", "# Home\n\n[gone](other.md#nowhere)\n"),
    "prose of a page that lends": ("lends.md", "Text.\n\n" + PAGES["lends.md"]),
    "a page that takes": ("takes.md", PAGES["takes.md"].replace("\nthree\n", "\nthree + 4\n")),
}


@pytest.mark.parametrize("edit", EDITS)
def test_it_is_shown_as_the_whole_site_has_it(edit, serve):
    name, text = EDITS[edit]

    def scene(preview):
        assert preview.save(name, text) == 0
        shown = preview.html(name.replace(".md", ".html"))
        assert shown != ""
        assert preview.rebuild() == 1
        assert preview.html(name.replace(".md", ".html")) == shown

    serve(scene)


def _new_page(site):
    site.put("docs/new.md", "# New\n")


def _gone_page(site):
    (site.root / "docs/other.md").unlink()


def _two_and_data(site):
    site.put("docs/index.md", "# Home\n")
    site.put("docs/data.csv", "2\n")


CHANGES = {
    "front matter": lambda site: site.put("docs/fronted.md", "---\ntitle: New\n---\n\nText.\n"),
    "a new page": _new_page,
    "a page that is gone": _gone_page,
    "data": lambda site: site.put("docs/data.csv", "2\n"),
    "a page and data": _two_and_data,
    "the configuration": lambda site: site.put(
        "mkdocs.yml", (site.root / "mkdocs.yml").read_text().replace("Small", "Large")
    ),
    "a theme file": lambda site: site.put("theme/main.html", "<p>{{ page.content }}</p>"),
    "a hook": lambda site: site.put("hook.py", HOOK + "\n"),
    "a value that others take": lambda site: site.put(
        "docs/lends.md", PAGES["lends.md"].replace("= 3", "= 4")
    ),
    "a page that others finish": lambda site: site.put("docs/finished.md", "# Finished\n\nText.\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_whole_site_is_built_for_what_other_pages_show(change, serve):
    def scene(preview):
        CHANGES[change](preview.site)
        assert preview.rebuild() == 1
        assert preview.rebuild() == 1

    serve(scene)


def test_a_changed_theme_is_in_the_next_page_too(serve):
    def scene(preview):
        preview.site.put("theme/main.html", "<p>changed {{ page.content }}</p>")
        assert preview.save("index.md", PAGES["index.md"] + "\nSaved.\n") == 1
        assert "changed" in preview.html("index.html")

    serve(scene)


def test_an_error_comes_and_goes(serve):
    def scene(preview):
        for code, boxes in (("1 / 0", 1), ("2", 0), ("unknown", 1), ("3", 0)):
            assert preview.save("index.md", "# Home\n\n" + CELL.format(code)) == 0
            assert preview.html("index.html").count("worked-problem-title") == boxes

    serve(scene)


def test_after_a_build_that_failed_the_whole_site_is_built(serve, config):
    def scene(preview):
        good = (preview.site.root / "mkdocs.yml").read_text("utf-8")
        preview.site.put("mkdocs.yml", "site_name: A\nplugins: [none]\n")
        with pytest.raises(SystemExit):
            preview.rebuild()
        preview.site.put("docs/index.md", "# Home\n")
        with pytest.raises(SystemExit):
            preview.rebuild()
        preview.site.put("mkdocs.yml", good)
        assert preview.rebuild() == 1
        assert preview.save("index.md", "# Home again\n") == 0

    serve(scene)


def test_where_one_page_cannot_be_shown_the_whole_site_is_built(serve, monkeypatch):
    def fail(*_arguments, **_named):
        raise RuntimeError("no")

    def scene(preview):
        with monkeypatch.context() as patch:
            patch.setattr(saved_pages, "_build_page", fail)
            assert preview.save("index.md", "# Home\n\nSaved.\n") == 1
        assert "Saved." in preview.html("index.html")
        with monkeypatch.context() as patch:  # of a MkDocs that has no such function
            patch.setattr(saved_pages, "_build_page", None)
            assert preview.save("index.md", "# Home\n\nTwice.\n") == 1
        assert preview.save("index.md", "# Home\n\nThrice.\n") == 0

    serve(scene)


@pytest.mark.parametrize("options", [{"strict": True}, {"build_type": "clean"}])
def test_a_strict_preview_builds_the_whole_site(options, serve):
    def scene(preview):
        assert preview.save("index.md", "# Home\n") == 1

    if "build_type" in options:
        with pytest.raises(AttributeError):  # nothing stands before the builder
            serve(scene, {"index.md": "# Home\n"}, **options)
    else:
        serve(scene, {"index.md": "# Home\n"}, **options)


def answered(preview, address):
    """Load an address in a thread of its own."""
    got = []

    def load():
        def start(status, _headers):
            got.append(status)

        answer = preview.server.get_app()({"PATH_INFO": address}, start)
        got.append(b"".join(answer).decode("utf-8", "replace"))
        getattr(answer, "close", bool)()

    thread = threading.Thread(target=load, daemon=True)
    thread.start()
    return thread, got


def test_who_asks_for_another_page_waits_for_the_whole_site(serve):
    def scene(preview):
        assert preview.save("labelled.md", EDITS["a label"][1]) == 0
        thread, got = answered(preview, "/labelled.html")
        thread.join(30)
        assert "Table 2" in got[1]
        assert not preview.server._want_rebuild
        for address in ("/other.html", "/", "/search/search_index.json"):
            waiting, _ = answered(preview, address)
            waiting.join(0.05)
            assert waiting.is_alive()
        other, got = answered(preview, "/other.html")
        with preview.server._rebuild_cond:
            wants = preview.server._rebuild_cond.wait_for(
                lambda: preview.server._want_rebuild, timeout=30
            )
        assert wants
        assert preview.rebuild() == 1
        with preview.server._epoch_cond:
            preview.server._epoch_cond.notify_all()
        other.join(30)
        assert re.search(r"Table (\d)", got[1])[1] == "2"

    serve(scene)


def test_style_sheets_do_not_wait(serve):
    def scene(preview):
        assert preview.save("index.md", "# Home\n") == 0
        thread, got = answered(preview, "/assets/worked.css")
        thread.join(30)
        assert got[0] == "200 OK"

    serve(scene)


def test_browsers_load_again_only_what_has_changed(serve):
    def scene(preview):
        assert preview.save("index.md", "# Home\n\nSaved.\n") == 0
        assert preview.reloads
        assert preview.rebuild() == 1
        assert not preview.reloads
        assert preview.save("labelled.md", EDITS["a label"][1]) == 0
        assert preview.rebuild() == 1  # the number of a table on another page
        assert preview.reloads

    serve(scene)


def test_the_whole_site_is_wanted_once_nobody_writes(serve):
    def scene(preview):
        began = time.monotonic()
        assert preview.save("index.md", "# Home\n\nSaved.\n") == 0
        server = preview.server
        with server._rebuild_cond:
            assert server._rebuild_cond.wait_for(lambda: server._want_rebuild, timeout=30)
        assert time.monotonic() - began >= 0.2
        assert preview.rebuild() == 1

    serve(scene, idle=0.2)


def test_nothing_is_wanted_once_the_preview_has_ended(serve):
    servers = []

    def scene(preview):
        assert preview.save("index.md", "# Home\n\nSaved.\n") == 0
        servers.append(preview.server)

    serve(scene, idle=0.3)
    time.sleep(0.5)
    assert not servers[0]._want_rebuild
