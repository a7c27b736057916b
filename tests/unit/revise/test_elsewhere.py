"""A card in another program: formulas as TeX, links in full, pictures as files."""

from pathlib import Path

import pytest

from revise.elsewhere import Carrier, absolute, plain

PAGE, SITE = "rod/flow.html", "https://heat.example.org/course/"


@pytest.fixture
def carrier(tmp_path):
    return Carrier(SITE, tmp_path, {"--fig-fg": "#22252b"})


@pytest.mark.parametrize(
    ("to", "whole"),
    [
        ("steps.html#stable", "https://heat.example.org/course/rod/steps.html#stable"),
        ("../index.html?a=1&amp;b=2", "https://heat.example.org/course/index.html?a=1&b=2"),
        ("#here", "https://heat.example.org/course/rod/flow.html#here"),
        ("https://doi.org/10.1", "https://doi.org/10.1"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_lead_to_the_published_site(to, whole):
    assert absolute(to, PAGE, SITE) == absolute(to, PAGE, SITE[:-1]) == whole


@pytest.mark.parametrize("to", ["steps.html", "#here", "/index.html"])
def test_where_nobody_knows_the_site_a_link_leads_nowhere(to):
    assert absolute(to, PAGE, "") == ""


def test_a_link_that_leads_nowhere_is_text(tmp_path):
    alone = Carrier("", tmp_path, {})
    html = 'See <a href="steps.html"><em>steps</em></a>, <a href="https://doi.org/1">1</a>.'
    assert alone.carried(html, PAGE) == ('See <em>steps</em>, <a href="https://doi.org/1">1</a>.')


def test_formulas_are_tex_between_words_and_on_lines_of_their_own(carrier):
    html = (
        '<p><span class="texmath" data-texmath="0" data-tex="a &lt; b">a</span>.</p>'
        '<div class="texmath texmath-block" data-texmath="1" data-tex="x &amp; &quot;">x</div>'
    )
    carried = carrier.carried(html, PAGE)
    assert carried == r'<p>\(a &lt; b\).</p>\[x &amp; "\]'
    assert plain(carried) == '\\(a < b\\).\n\\[x & "\\]'


def test_mathml_of_another_plugin_stays(carrier):
    html = "<math><mi>x</mi></math>"
    assert carrier.carried(html, PAGE) == html


def test_a_drawing_becomes_a_file_with_its_title_as_text(carrier):
    html = (
        '<svg viewBox="0 0 4 3" style="stroke-linejoin: round" role="img" aria-labelledby="a">'
        '<title id="a">A &lt; &amp; "B"</title><path style="fill: var(--fig-fg)"/></svg>'
    )
    carried = carrier.carried(html, PAGE)
    ((name, content),) = carrier.media.items()
    assert carried == f'<img src="{name}" alt="A &lt; &amp; &quot;B&quot;">'
    assert plain(carried) == 'A < & "B"'
    assert content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert b"--fig-fg:#22252b;background:#fff;stroke-linejoin: round" in content
    assert content.count(b" style=") == 2


def test_a_picture_of_the_site_becomes_a_file(carrier, tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a b.png").write_bytes(b"PNG")
    carried = carrier.carried('<img alt="x" src="../images/a%20b.png">', PAGE)
    ((name, content),) = carrier.media.items()
    assert (carried, content) == (f'<img alt="x" src="{name}">', b"PNG")
    assert name.endswith(".png")


@pytest.mark.parametrize(
    "source", ["data:image/png;base64,AA==", "https://example.org/a.png", "gone.png", "../../../a"]
)
def test_other_pictures_stay_as_they_are(carrier, source):
    html = f'<img src="{source}" alt="">'
    assert carrier.carried(html, PAGE) == html
    assert carrier.media == {}


def test_nothing_outside_the_site_is_taken(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.png").symlink_to(tmp_path / "secret.png")
    carrier = Carrier("", Path(tmp_path / "site"), {})
    carrier.carried('<img src="a.png" alt=""><img src="../secret.png" alt="">', "b.html")
    assert carrier.media == {}


def test_plain_text_has_a_line_for_each_block():
    html = "<p>One\ntwo.</p><ul><li>a</li>\n<li>b &amp; c</li></ul><pre>x = 1\ny = 2</pre>"
    assert plain(html) == "One two.\na\nb & c\nx = 1\ny = 2"
