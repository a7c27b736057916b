"""What a reviewer would say of a page, as warnings: nothing runs.

Imports page, errors and hints.
"""

from worked.review.notes import house_of, review_page
from worked.review.rules import RULES, House

__all__ = ["RULES", "House", "house_of", "review_page"]
