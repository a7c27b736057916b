"""Cards that come back: from the boxes of the notes to a deck, in any MkDocs site.

From the ground up; a module imports only those above it in this list:

    boxes        the boxes of a page as their authors write them
    checking     what is wrong with them, and what a learner would stumble over
    cards        a card, and the cards of a finished page
    deck         what is gathered from the pages of a site
    addresses    what a box is called: its id, or the words of its question
    extension    boxes become elements with addresses, while Markdown is converted
    script       what the page Revise loads: all cards, and the pages they are from
    listing      all cards by chapter, for readers without JavaScript
    elements     the custom elements, and what a page with one loads
    elsewhere    a card outside of the site
    csvfile      the cards as a table
    course       whose cards a deck holds
    anki         the cards as a deck for Anki
    cardfiles    both files, kept from one build to the next
    offer        the line of a page that offers the two
    settings     what a site sets
    plugin       the hooks of MkDocs
    command      the command `revise`

Apart from these stand `questions`, which cells import, and `papers`, which only `plugin` imports;
each lists its modules itself.
"""

from revise.questions.question import Question
from revise.questions.spelling import matrix

__all__ = ["Question", "matrix"]
