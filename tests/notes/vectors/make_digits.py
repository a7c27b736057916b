"""Make `docs/data/digits.npz`: the 8 × 8 digits of UCI, as scikit-learn ships them.

Run with any Python that has scikit-learn and NumPy; scikit-learn is not a dependency of the notes:

    python tests/notes/vectors/make_digits.py

Where they come from, and their licence: `docs/data/README.txt`.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

DOCS = Path(__file__).resolve().parents[3] / "docs"

digits = load_digits()
np.savez_compressed(
    DOCS / "data/digits.npz",
    images=digits.images.astype(np.uint8),  # (N, H, W), 0 to 16
    labels=digits.target.astype(np.uint8),  # (N,), 0 to 9
)
