"""The pages of an MkDocs site as one file to take away: for any site, with any other plugins.

From the ground up; a module imports only those above it in this list:

    book         what a book is: sections with their HTML, in the order of the navigation
    markup       HTML as a tree
    pages        a finished page of the site, and what its theme puts around it
    anchors      ids that are unique in the book, and the references to them
    folds        boxes that unfold on a screen and cannot on paper
    headings     what stands at the head of a book and of its sections
    chromium     the browser that prints
    binding      printed parts become one PDF, with tags, outline and labels
    joined       a book as HTML documents, to be printed
    printing     a book as a PDF
    archive      the site as a zip
    stylesheets  what the site's style sheets say
    colours      variables of the light scheme as values
    fonts        the fonts of formulas
    pictures     pictures as files of a book
    stills       what belongs to a screen, as it is read
    xhtml        a page as XHTML
    documents    a book as XHTML documents
    cover        the cover for an e-reader's shelf
    package      what an e-reader asks first
    publication  a book as an EPUB
    offer        the line of a page that offers the files
    chapters     from MkDocs' navigation and the finished pages to a book
    settings     what a site sets
    plugin       the hooks of MkDocs
"""
