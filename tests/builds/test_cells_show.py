"""What an object says of itself is shown whole, or the build says what would be missing."""

import json
import re

import pytest

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAEklEQVR4AQEHAPj/AP8AAAAA"
    "/wcAAf9VNrrHAAAAAElFTkSuQmCC"
)
FIGURE = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1))\n"


def cell(code, *options):
    """Write a cell whose code begins after its options; its fence is the first line."""
    return "\n".join(["```python {.run}", *(f"#| {one}" for one in options), code, "```", ""])


def says(method, source, *options):
    """Write a cell whose object says something of itself."""
    return cell(f"class A:\n    def {method}(self):\n        return {source}\n\nA()", *options)


LOST = {
    "script": ("<div id='a'></div><script>draw()</script>", "<script>"),
    "frame": ("<p>a</p><iframe src='https://host.example'></iframe>", "<iframe>"),
    "canvas": ("<canvas></canvas>", "<canvas>"),
    "form": ("<form><p>a</p></form>", "<form>"),
    "button": ("<p><button>a</button></p>", "<button>"),
    "drawing": ("<p><svg viewBox='0 0 1 1'></svg></p>", "<svg>"),
    "film": ("<video src='data:video/mp4;base64,AAAA'></video>", "<video>"),
    "object": ("<object data='a.pdf'></object>", "<object>"),
    "own element": ("<my-chart>a</my-chart>", "<my-chart>"),
    "handler": ("<table onclick='x()'><tr><td>1</td></tr></table>", "`onclick` on <table>"),
    "picture elsewhere": ("<img src='https://host.example/a.png'>", "<img> of 'https://host"),
    "picture beside": ("<img src='plots/a.png'>", "<img> of 'plots/a.png'"),
    "drawing as data": (
        "<img src='data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='>",
        "<img> of 'data:image/svg+xml;base6",
    ),
    "film as data": ("<img src='data:image/gif;base64,R0lGOD'>", "<img> of 'data:image/gif"),
    "damaged picture": (f"<img src='data:image/png;base64,{PNG[:40]}'>", "<img>, a PNG that ends"),
    "hidden": ("<p hidden>a</p><p>b</p>", "`hidden` on <p>"),
    "hidden by style": ("<p style='display:none'>a</p>", "style of <p>, which says `display:none`"),
    "hidden by a sheet": ("<style>p { display: none }</style><p>a</p>", "<style>, which says"),
    "written by a sheet": ("<style>p:after { content: 'x' }</style><p>a</p>", "<style>, which"),
}


@pytest.mark.parametrize("name", LOST)
def test_html_that_would_lose_its_point_is_an_error_that_names_it(build, name):
    html, said = LOST[name]
    _, done = build(says("_repr_html_", repr(html)))
    assert "docs/index.md:6: UnshownError: A cannot be shown whole: its HTML loses its " in done.log
    assert said in done.log
    assert "static image" in done.log


HARMLESS = {
    "sheet of pandas": "<style scoped>.dataframe tbody tr th { vertical-align: top; }</style>",
    "colours": "<style>td { color: red; background: #eee }</style>",
    "sticky": "<style>th { position: sticky }</style>",
    "side by side": "<div style='display: flex'><p>a</p></div>",
    "a class": "<span class='script'>a</span>",
    "a comment": "<!-- <script> -->",
    "words": "<p>the &lt;script&gt; element, onclick=1, display: none</p>",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_nobody_misses_is_dropped_without_a_word(build, name):
    html = f"{HARMLESS[name]}<table><tr><td>1</td></tr></table>"
    site, done = build(says("_repr_html_", repr(html)))
    assert done.good, done.log
    assert "<td>1</td>" in site.article("index.html")


def test_the_text_of_an_object_comes_where_its_html_cannot(build):
    code = (
        "class Plain:\n    def __repr__(self):\n        return 'Plain(1)'\n"
        "    def _repr_html_(self):\n        return '<script>x</script>'\n\nPlain()"
    )
    site, done = build(cell(code))
    assert done.good, done.log
    assert "<code>Plain(1)</code>" in site.article("index.html")


def test_another_whole_form_goes_before_the_text(build):
    code = (
        "class Both:\n    def _repr_html_(self):\n        return '<script>x</script>'\n"
        f"    def _repr_png_(self):\n        return '{PNG}'\n\nBoth()"
    )
    site, done = build(cell(code, "fig-alt: Two squares."))
    assert done.good, done.log
    assert f'<img src="data:image/png;base64,{PNG}"' in site.article("index.html")


def test_an_object_with_no_form_of_ours_is_an_error(build):
    bundle = "{'application/vnd.plotly.v1+json': {'data': []}}"
    code = (
        f"class A:\n    def _repr_mimebundle_(self, include, exclude):\n        return {bundle}\n"
    )
    _, done = build(cell(f"{code}\nA()"))
    assert "docs/index.md:6: UnshownError: A cannot be shown whole: it says itself as " in done.log
    assert "application/vnd.plotly.v1+json only" in done.log


def test_an_animation_as_a_web_page_is_told_to_be_shown_itself(build):
    code = (
        f"{FIGURE}from IPython.display import HTML\n"
        "from matplotlib.animation import FuncAnimation\n"
        "(line,) = ax.plot([0], [0])\n"
        "ani = FuncAnimation(fig, lambda n: line.set_data([n], [n]), frames=2)\n"
        "HTML(ani.to_jshtml())"
    )
    _, done = build(cell(code))
    assert "docs/index.md:8: UnshownError: HTML cannot be shown whole: its HTML loses" in done.log
    assert "of matplotlib the animation itself" in done.log


def test_a_picture_needs_words(build):
    _, done = build(says("_repr_png_", repr(PNG)))
    assert "docs/index.md:1: fig-alt: a figure without alternative text" in done.log


def test_a_picture_in_html_needs_words_of_its_own_or_of_the_cell(build):
    html = f"<img src='data:image/png;base64,{PNG}'>"
    _, done = build(says("_repr_html_", repr(html)))
    assert "docs/index.md:1: fig-alt: a figure without alternative text" in done.log
    for source, options in (
        (html.replace("src", "alt='Two.' src"), ()),
        (html, ("fig-alt: Two.",)),
    ):
        site, done = build(says("_repr_html_", repr(source), *options))
        assert done.good, done.log
        assert '<img alt="Two." src="data:image/png' in site.article("index.html")


def test_a_picture_goes_into_the_notebook(make, config):
    page = says("_repr_png_", repr(PNG), "fig-alt: Two squares.")
    site = make({"index.md": page}, config.replace(", downloads: false", ""))
    assert site.build().good
    notebook = json.loads(site.html("index.ipynb"))
    (shown,) = notebook["cells"][-1]["outputs"]
    assert shown["data"] == {"image/png": [PNG], "text/plain": ["Two squares."]}


def test_an_animation_goes_into_the_notebook_frame_by_frame(make, config):
    code = (
        f"{FIGURE}from matplotlib.animation import FuncAnimation\nFuncAnimation(fig, str, frames=3)"
    )
    page = cell(code, "fig-alt: Nothing.")
    site = make({"index.md": page}, config.replace(", downloads: false", ""))
    done = site.build()
    assert done.good, done.log
    outputs = json.loads(site.html("index.ipynb"))["cells"][-1]["outputs"]
    assert ["image/svg+xml" in output["data"] for output in outputs] == [True] * 3


def test_all_pictures_of_a_page_have_a_limit(build):
    code = (
        "import os, struct, zlib\n"
        "def part(name, data):\n"
        "    sum_ = zlib.crc32(name + data)\n"
        "    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', sum_)\n"
        "class A:\n    def _repr_png_(self):\n"
        "        head = part(b'IHDR', struct.pack('>IIBBBBB', 1000, 1000, 8, 2, 0, 0, 0))\n"
        "        body = part(b'IDAT', bytes(3_900_000))\n"
        "        return b'\\x89PNG\\r\\n\\x1a\\n' + head + body + part(b'IEND', b'')\n"
    )
    page = cell(code) + "".join("\n" + cell("display(A())", "fig-alt: a") for _ in range(5))
    _, done = build(page)
    assert "docs/index.md:36: picture: the pictures of this page down to here take" in done.log


ANIMATIONS = {
    "long": ("FuncAnimation(fig, str, frames=65)", 4, "more than 64 frames: say `frames=…`"),
    "endless": ("FuncAnimation(fig, str, save_count=1000)", 4, "more than 64 frames"),
    "empty": ("FuncAnimation(fig, str, frames=0)", 4, "without a frame"),
    "large": (
        "ax.plot(np.random.default_rng(0).normal(size=(300, 30)))\n"
        "FuncAnimation(fig, str, frames=64)",
        5,
        "frames of an animation take",
    ),
}


@pytest.mark.parametrize("name", ANIMATIONS)
def test_an_animation_beyond_a_limit_is_an_error(build, name):
    code, line, said = ANIMATIONS[name]
    head = "import numpy as np; from matplotlib.animation import FuncAnimation\n"
    _, done = build(cell(f"{FIGURE}{head}{code}", "fig-alt: a"), strict=False)
    assert f"docs/index.md:{line + 2}: AnimationError: " in done.log
    assert said in done.log


def test_an_animation_needs_words_and_is_shown_once(build):
    code = (
        f"{FIGURE}from matplotlib.animation import FuncAnimation\nFuncAnimation(fig, str, frames=2)"
    )
    _, done = build(cell(code))
    assert "docs/index.md:1: fig-alt: a figure without alternative text" in done.log
    shown = code.replace("FuncAnimation(fig, str", "display(FuncAnimation(fig, str") + ")\nprint(1)"
    for one in (code, shown):
        site, done = build(cell(one, "fig-alt: a"))
        assert done.good, done.log
        assert site.article("index.html").count('<div class="worked-drawing">') == 2


def test_cells_below_a_kept_animation_find_what_its_frames_have_done(make):
    code = (
        f"{FIGURE}from matplotlib.animation import FuncAnimation\nseen = []\n"
        "FuncAnimation(fig, seen.append, frames=3)"
    )
    shown = set()
    site = make({"index.md": ""})
    for note in ("", "# edited\n"):
        site.write({"index.md": f"{cell(code, 'fig-alt: a')}\n{cell(f'{note}print(seen)')}"})
        done = site.build()
        assert done.good, done.log
        shown.add(re.findall(r"<code>(\[[^<]*)</code>", site.article("index.html"))[-1])
    assert done.ran == {"docs/index.md": 1}
    assert len(shown) == 1


def test_a_sweep_holds_no_animation(build):
    code = (
        f"{FIGURE}from matplotlib.animation import FuncAnimation\nFuncAnimation(fig, str, frames=2)"
    )
    _, done = build(cell(code, "sweep: {k: [1, 2]}", "fig-alt: a"))
    assert "docs/index.md:4: animation: a sweep cannot hold an animation" in done.log


REFUSED = {
    "script": ("<script>x</script>", "the element <script>"),
    "handler": ("<p onclick='x()'>a</p>", "the attribute `onclick`"),
    "handler in a line": ("a <b onclick='x()'>a</b>", "the attribute `onclick`"),
    "style": ("a\n\n<style>p { color: red }</style>", "the element <style>"),
    "frame": ("<iframe src='a.html'></iframe>", "the element <iframe>"),
    "end of what is around it": ("a\n\n</div></div>", "a </div> that ends nothing"),
    "no end": ("<div>\n\na", "<div"),
    "id of the page": ("## A {#top}", "the id 'top', which the page has already"),
    "theme's id": ("<b id='__drawer'>a</b>", "the id '__drawer' of a theme"),
    "drawing as data": ("![a](data:image/svg+xml;base64,PHN2Zz4=)", "a link leads to 'data:image"),
    "damaged picture": ("![a](data:image/png;base64,AAAA)", "what is called a PNG and is none"),
    "unknown label": ("[Figure](#fig-none)", "there is no label 'fig-none' in docs/index.md"),
    "unknown page": ("[a](none.md)", "there is no page docs/none.md"),
    "wrong scheme": ("[a](javascript:alert)", "a link leads to 'javascript:alert'"),
    "footnote": ("A[^1]\n\n[^1]: B", "footnotes stand in the page's own text"),
    "deep": ("> " * 40 + "a", "lists, boxes or quotations"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_markdown_of_a_cell_brings_nothing_that_the_page_may_not_have(build, name):
    source, said = REFUSED[name]
    page = f"# A {{#top}}\n\n{says('_repr_markdown_', repr(source))}"
    _, done = build(page, strict=False)
    assert re.search(rf"docs/index\.md:4: \w+: .*{re.escape(said)}", done.log), done.log
    assert done.aborted


def test_formulas_in_markdown_of_a_cell_are_the_page_s(make, config):
    config = config.replace("plugins:", "plugins:\n  - texmath")
    site = make({"index.md": says("_repr_markdown_", repr("$x^2$\n\n$$\ny\n$$\n"))}, config)
    done = site.build()
    assert done.good, done.log
    assert site.article("index.html").count("<math") == 2
    site.write({"index.md": "\n\n" + says("_repr_markdown_", repr("a\n\n$\\nothing{x}$"))})
    done = site.build()
    assert "docs/index.md:4: formula: " in done.log
    assert done.aborted


def test_a_footnote_in_code_is_code(build):
    site, done = build(says("_repr_markdown_", repr("~~~\n[^1]: a\n~~~")))
    assert done.good, done.log
    assert "[^1]: a" in site.article("index.html")


def test_headings_in_markdown_of_a_cell_have_ids_of_their_own(build):
    page = (
        f"## A\n\n{says('_repr_markdown_', repr('## A'))}\n{says('_repr_markdown_', repr('## A'))}"
    )
    site, done = build(page)
    assert done.good, done.log
    assert re.findall(r'<h2 id="(\w+)"', site.article("index.html")) == ["a", "a_1", "a_2"]


def test_no_cell_and_no_value_comes_from_a_cell(build):
    source = "~~~python {.run}\nprint(6 * 7)\n~~~\n\n`{python} 6 * 7`\n\n\x02worked:0\x03"
    site, done = build(says("_repr_markdown_", repr(source)))
    assert done.good, done.log
    assert "<code>{python} 6 * 7</code>" in site.article("index.html")
    assert "42" not in site.article("index.html")
