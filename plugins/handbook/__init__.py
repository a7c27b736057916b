"""The pages of an MkDocs site as one file to take away: for any site, with any other plugins.

From the ground up; a module imports only those above it in this list:

    book      what a book is: sections with their HTML, in the order of the navigation
    markup    HTML as a tree
    pages     a finished page of the site, and what its theme puts around it
    anchors   ids that are unique in the book, and the references to them
    folds     boxes that unfold on a screen and cannot on paper
    joined    a whole book as one HTML document, to be printed
    chapters  from MkDocs' navigation and the finished pages to a book
    settings  what a site sets
    plugin    the hooks of MkDocs
"""
