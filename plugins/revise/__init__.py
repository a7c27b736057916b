"""Practice that comes back: cards, questions with computed answers, papers, in any MkDocs site.

Below everything else stands `questions`, which cells import; `revise/questions/__init__.py` lists
its modules.
"""

from revise.questions.question import Question
from revise.questions.spelling import matrix

__all__ = ["Question", "matrix"]
