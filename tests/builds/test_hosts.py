"""The same site by MkDocs, by its fork ProperDocs and by Zensical, which knows no plugins."""

import dataclasses
import json
import re
import shutil

import pytest
from markdown import Markdown

from worked.cli.__main__ import main
from worked.errors import ManifestError, NotesError

CONFIG = """
site_name: Small
use_directory_urls: false
theme: {name: material, custom_dir: theme}
plugins:
  - worked: {workers: 2, packages: [shapes], downloads: false}
markdown_extensions:
  - worked
  - admonition
  - attr_list
  - md_in_html
  - tables
  - toc
  - pymdownx.details
  - pymdownx.highlight: {anchor_linenums: false}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
nav:
  - index.md
  - First: [first/kernels.md]
  - Second: [second/maps.md]
"""
THEME = "<!doctype html><title>{{ page.title }}</title><article>\n{{ page.content }}\n</article>\n"
INDEX = """---
title: Start
---
# Start

Nothing runs here; see [Figure](second/maps.md#fig-map) and [Table](first/kernels.md#tbl-sizes).
"""
KERNELS = """# Kernels of `{python} 3` rows

```python {.run}
#| export: [twice, kernel]
import numpy as np

kernel = np.arange(9.0).reshape(3, 3)


def twice(x):
    return 2 * x
```

=== "A tab"

    ```python {.run}
    #| label: tbl-sizes
    #| tbl-cap: Entries of a kernel with `{python} kernel.size`.
    kernel
    ```

The sum is `{python} kernel.sum():.1f}`.

```python {.run}
print(kernel.mean())
```

```text {.expect}
4.0
```
""".replace(":.1f}`", ":.1f`")
MAPS = """# Maps

```python {.run}
#| label: fig-map
#| fig-cap: A <map> of `{python} twice(2)`.
#| fig-alt: A line & more, `{python} kernel.max()` high.
import matplotlib.pyplot as plt
import shapes
from notes.first.kernels import kernel, twice

fig, ax = plt.subplots()
ax.plot(shapes.line(twice(kernel[0])));
```

> ```python {.run}
> #| raises: ValueError
> raise ValueError("no <such> map")
> ```

!!! note

    ```python {.run}
    #| code-fold: true
    print("folded & quoted")
    ```
"""
PAGES = {"index.md": INDEX, "first/kernels.md": KERNELS, "second/maps.md": MAPS}


def site_of(make_site):
    site = make_site(PAGES, CONFIG)
    site.put("theme/main.html", THEME)
    site.put("shapes/__init__.py", "def line(values):\n    return list(values)\n")
    return site


def copied(site, folder):
    """Take a copy of a site, with what it has kept."""
    shutil.copytree(site.root, folder, dirs_exist_ok=True)
    return dataclasses.replace(site, root=folder)


def run(site, *arguments):
    return main(["-f", str(site.root / "mkdocs.yml"), *arguments])


def build(site, host, *options):
    """Build with a host; an old site is no help to it."""
    done = site.run("-m", host, "build", *options)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def ran(make_once):
    """A site that `worked run` has seen; not to be changed."""
    site = site_of(make_once)
    assert run(site, "run") == 0
    return site


@pytest.fixture(scope="module")
def articles(ran, tmp_path_factory):
    """What each host makes of every page: host -> page -> HTML of the article."""
    site = copied(ran, tmp_path_factory.mktemp("built"))
    built = {}
    for host in ("mkdocs", "properdocs", "zensical"):
        code, said = build(site, host)
        assert code == 0, said
        built[host] = {name: site.article(name) for name in site.published if name != "404.html"}
    return built


@pytest.fixture
def alone(ran, tmp_path, monkeypatch):
    """A site that `worked run` has seen, and a converter as a host without plugins makes it."""
    site = copied(ran, tmp_path)
    monkeypatch.chdir(site.root)

    def convert(text, **options):
        options = {"worked": options, "pymdownx.tabbed": {"alternate_style": True}}
        others = ["admonition", "pymdownx.superfences", "pymdownx.tabbed"]
        return Markdown(extensions=["worked", *others], extension_configs=options).convert(text)

    return site, convert


def normalised(html):
    """Drop what hosts may do as they like: spaces between blocks, and their own link targets."""
    return re.sub(r"\s*\n\s*", "\n", html).strip()


@pytest.mark.parametrize("host", ["properdocs", "zensical"])
@pytest.mark.parametrize("page", ["index.html", "first/kernels.html", "second/maps.html"])
def test_a_host_makes_the_same_article_as_mkdocs(host, page, articles):
    assert normalised(articles[host][page]) == normalised(articles["mkdocs"][page])


@pytest.mark.parametrize("host", ["mkdocs", "properdocs", "zensical"])
def test_every_host_shows_drawings_numbers_and_values(host, articles):
    maps = articles[host]["second/maps.html"]
    assert maps.count("<svg") == 1
    assert 'class="worked-number">Figure 2.1.' in maps
    assert ">Figure 2.1</a>" in articles[host]["index.html"]
    assert ">Table 1.1</a>" in articles[host]["index.html"]
    assert '<span class="worked-value">36.0</span>' in articles[host]["first/kernels.html"]


def test_zensical_refuses_a_site_that_nobody_has_run(make):
    site = site_of(make)
    code, said = build(site, "zensical")
    assert code != 0
    assert "run `worked run`" in said


def test_zensical_refuses_a_cell_that_has_changed_since(alone):
    site, _ = alone
    site.write({"first/kernels.md": KERNELS.replace("arange(9.0)", "ones(9)")})
    code, said = build(site, "zensical")
    assert code != 0
    assert "docs/first/kernels.md:5: nothing is kept of this as it now stands" in said


def test_editing_prose_needs_no_run(alone):
    site, convert = alone
    text = KERNELS.replace("The sum", "The whole sum").replace("Entries", "All entries")
    site.write({"first/kernels.md": text})
    html = convert(text)
    assert "The whole sum is" in html
    assert "All entries of" in html


def test_a_text_that_is_no_page_is_refused(alone):
    _, convert = alone
    with pytest.raises(ManifestError, match=r"begins '# Kernels of .* is not a page"):
        convert(KERNELS.replace("The sum", "Another sum"))


def test_a_text_without_cells_needs_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "# Plain\n\n```python\n1\n```\n"
    with_it, without = (
        Markdown(extensions=[*extensions, "pymdownx.superfences"]).convert(text)
        for extensions in (["worked"], [])
    )
    assert with_it == without


def test_two_pages_of_one_text_are_refused(alone):
    site, convert = alone
    site.put("docs/second/again.md", KERNELS)
    run(site, "run")
    with pytest.raises(ManifestError, match=r"kernels\.md and .*again\.md have the same text"):
        convert(KERNELS)


def test_a_changed_package_needs_a_run(alone):
    site, convert = alone
    site.put("shapes/__init__.py", "def line(values):\n    return [2 * v for v in values]\n")
    with pytest.raises(ManifestError, match=r"maps\.md:7: nothing is kept of this"):
        convert(MAPS)


def test_an_exported_value_that_has_changed_needs_a_run(alone):
    site, convert = alone
    site.write({"first/kernels.md": KERNELS.replace("arange(9.0)", "ones(9)")})
    with pytest.raises(ManifestError, match=r"kernels\.md:5: nothing is kept of this"):
        convert(MAPS)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mkdocs.yml", f"{CONFIG}\n# changed\n", "mkdocs.yml has changed"),
        ("docs/new.md", "# New\n", "pages of docs are new or gone"),
        (".cache/worked.json", "{}", "cannot be read"),
        (".cache/worked.json", "[", "cannot be read"),
    ],
)
def test_what_numbers_and_names_depend_on_needs_a_run(name, text, said, alone):
    site, convert = alone
    site.put(name, text)
    with pytest.raises(ManifestError, match=rf"(?s){said}.*run `worked run`"):
        convert(KERNELS)


def test_errors_of_a_page_come_all_at_once(alone):
    site, convert = alone
    text = KERNELS.replace("4.0", "5.0") + "\n[Figure](#fig-none)\n"
    site.write({"first/kernels.md": text})
    with pytest.raises(NotesError) as caught:
        convert(text)
    assert "kernels.md:28: expect: " in str(caught.value)
    assert "kernels.md:32: reference: " in str(caught.value)


def test_a_cell_that_falls_out_of_its_list_is_an_error(alone):
    site, convert = alone
    text = "- item\n\n      ```python {.run}\n      1\n      ```\n"
    site.write({"index.md": text})
    run(site, "run")
    with pytest.raises(NotesError, match=r"index\.md:3: place: "):
        convert(text)


def test_the_manifest_is_the_same_bytes_for_the_same_site(alone):
    site, _ = alone
    place = site.root / ".cache/worked.json"
    first = place.read_bytes()
    assert run(site, "clean") == 0
    assert not place.exists()
    run(site, "run")
    assert place.read_bytes() == first
    assert json.loads(first)["pages"] == [
        ["docs/index.md", 0],
        ["docs/first/kernels.md", 1],
        ["docs/second/maps.md", 2],
    ]


def test_the_manifest_holds_for_what_the_configuration_inherits(alone):
    site, convert = alone
    site.put("base.yml", CONFIG)
    site.put("mkdocs.yml", "INHERIT: base.yml\nsite_name: Heir\n")
    run(site, "run")
    convert(KERNELS)
    site.put("base.yml", f"{CONFIG}\n# changed\n")
    with pytest.raises(ManifestError, match=r"base\.yml has changed"):
        convert(KERNELS)


def test_a_site_whose_store_lies_elsewhere_says_so_to_the_extension(alone):
    site, convert = alone
    site.put("mkdocs.yml", CONFIG.replace("workers: 2", "workers: 2, store: kept/results"))
    shutil.move(site.root / ".cache/worked", site.root / "kept/results")
    (site.root / ".cache/worked.json").unlink()
    run(site, "run")
    assert "worked-result" in convert(KERNELS, store="kept/results")
