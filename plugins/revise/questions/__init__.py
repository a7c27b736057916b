"""Questions with computed answers: cells of a kind of their own, which run for many variants.

From the ground up; a module imports only those above it in this list:

    spelling     numbers and matrices as a reader reads them
    answers      what an answer is, and whether another comes to the same
    question     what a cell says: text, answer, steps, mistakes
    judging      whether the variants of a cell make a question
    kind         what `worked` is told of cells that are questions

Cells import `question`, so it and what is above it import nothing but the standard library.
"""
