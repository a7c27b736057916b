"""The number of a caption is a link to its figure."""

from addresses import on_page_content


def test_the_number_of_a_caption_links_to_its_figure():
    figure = '<figure class="worked-figure" id="fig-a"><span class="worked-number">Figure 1.</span>'
    assert '"worked-number"><a href="#fig-a">Figure 1.</a></span>' in on_page_content(figure)
