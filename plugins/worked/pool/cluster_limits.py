"""How long a build waits for a cluster, and how much of it one build takes."""

from typing import Final

CONNECT: Final = 10.0
"""seconds in which a scheduler must answer"""
LOOK: Final = 0.25
"""seconds between two looks at which workers there are"""
SILENCE: Final = 20.0
"""seconds after which a worker, or the scheduler, that says nothing counts as gone"""
PATIENCE: Final = 20.0
"""seconds in which the first worker must come, or another in place of the last"""
GOODBYE: Final = 3.0
"""seconds in which the scheduler must take note that a build has ended"""
DELIVERY: Final = 120.0
"""seconds in which a worker must have taken the files that a page needs"""
MAX_LOST: Final = 3
"""Workers that may be lost while they run the same page: it may be the page that ends them."""
MAX_CLUSTER_PAGES: Final = 256
"""pages of one build that run at once"""
