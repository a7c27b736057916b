"""Practice papers of questions with computed answers: made from a seed, the same everywhere.

From the ground up; a module imports only those above it in this list, and `revise.questions`:

    bank         the questions of a site, as papers take them
    drawing      which questions a paper has: the script of readers does the same
    typesetting  Markdown of questions as HTML that stands anywhere
    scripts      what readers load: an index, and a file for each question
    printed      papers that stand in the page itself
    gathering    the questions of a build
"""
