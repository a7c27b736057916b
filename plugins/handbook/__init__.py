"""The pages of an MkDocs site as one file to take away: for any site, with any other plugins.

From the ground up; a module imports only those above it in this list:

    book      what a book is: sections with their HTML, in the order of the navigation
    markup    HTML as a tree
    pages     a finished page of the site, and what its theme puts around it
    anchors   ids that are unique in the book, and the references to them
    folds     boxes that unfold on a screen and cannot on paper
    chromium  the browser that prints
    binding   printed parts become one PDF, with tags, outline and labels
    joined    a book as HTML documents, to be printed
    printing  a book as a PDF
    archive   the site as a zip
    offer     the line of a page that offers the files
    chapters  from MkDocs' navigation and the finished pages to a book
    settings  what a site sets
    plugin    the hooks of MkDocs
"""
