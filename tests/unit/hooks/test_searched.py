"""What the search reads of a page."""

from searched import searched


def test_folded_code_footnotes_and_addresses_are_left_out():
    html = (
        '<p>one<sup id="fnref:a"><a href="#fn:a">1</a></sup></p>'
        '<details class="worked-code"><summary>Code</summary><pre>x = 1</pre></details>'
        "<p>two https://example.org/a-b</p>"
        '<div class="footnote"><hr /><ol><li><ol><li>in</li></ol> A source</li></ol>\n</div>'
        "<p>three"
    )
    assert searched(html, "").split() == ["<p>one", "</p>", "<p>two", "</p>", "<p>three"]


def test_a_row_of_a_table_is_a_line_with_its_cells_apart():
    html = "<table><tr><th>layer</th>\n<th>size</th></tr><tr><td></td><td></td><td>56</td></tr>"
    assert searched(html, "") == "<table><p><th>layer · size</th></p><p><td> · 56</td></p>"


def test_numbers_of_a_matrix_are_apart_by_spaces():
    html = '<table class="worked-matrix"><tbody><tr><td>5</td><td>7</td></tr></tbody></table>'
    assert "5 7" in searched(html, "")


def test_captions_and_questions_are_lines():
    html = "<figure><figcaption>Figure 1.</figcaption></figure><summary>Why?</summary>"
    assert searched(html, "") == "<figure><p>Figure 1.</p></figure><p>Why?</p>"


def test_a_term_of_the_glossary_is_a_heading():
    html = '<dl><dt><strong id="tap">tap</strong></dt><dd>One position.</dd></dl>'
    assert searched(html, "") == '<dl><h3 id="tap">tap</h3><p>One position.</p></dl>'


def test_what_a_page_is_about_is_its_first_sentence():
    assert searched("<h1>Pooling</h1><p>", "keep < half") == (
        "<h1>Pooling</h1><p>Keep &lt; half.</p><p>"
    )
