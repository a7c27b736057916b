"""Cards that come back: from the boxes of the notes to a deck, in any MkDocs site.

From the ground up; a module imports only those above it in this list:

    cards        a card, and the cards of a finished page
    addresses    what a box is called: its id, or the words of its question
    extension    boxes become elements with addresses, while Markdown is converted
    script       what the page Revise loads: all cards, and the pages they are from
    listing      all cards by chapter, for readers without JavaScript
    elements     the custom elements, and what a page with one loads
    settings     what a site sets
    plugin       the hooks of MkDocs
"""
