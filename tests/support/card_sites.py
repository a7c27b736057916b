"""The site of another course, which has cards by what the documentation shows."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

DOCUMENTED = Path(__file__).parents[2] / "docs/about/revise.md"
PAGES = {
    "index.md": """# Heat

All the cards:

<!-- revise: files -->

<revise-desk>Ask me.</revise-desk>

<!-- revise: cards -->
""",
    "rod/flow.md": r"""---
title: Flow & heat
---

# The rod

```python {.run}
import matplotlib.pyplot as plt

half = 6 / 2
```

??? card flow "Where does heat flow, at $\alpha < 1$ say?"

    From *warm* to cold, see [steps](steps.md#stable) and [above](#the-rod).

??? card flow-halves "What is half of 6?"

    `{python} half:g`, and

    $$
    \frac{6}{2} = `{python} half:g`
    $$

??? card flow-drawn "What does the rod look like?"

    ```python {.run}
    #| fig-alt: A line that falls.
    #| echo: false
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.plot([3, 2, 1])
    fig
    ```
""",
    "rod/steps.md": """# Steps

## Stable

??? card steps-stable "How long may a step be?"

    Half a square.
""",
}
PLAIN = {name: text for name, text in PAGES.items() if name != "rod/flow.md"}
"""Pages without cells, which are built sooner"""


def documented() -> str:
    """Give the configuration that the documentation shows to other sites."""
    text = DOCUMENTED.read_text("utf-8")
    (shown,) = re.findall(r"^```yaml\n(site_name: .*?)^```$", text, re.M | re.S)
    return str(shown)


def build_cards(
    root: Path, pages: Mapping[str, str], config: str = "", *flags: str, time: int = 1767225600
) -> subprocess.CompletedProcess[str]:
    """Write a site, and build it strictly, at a time."""
    for name, text in pages.items():
        page = root / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text(config or documented(), "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *flags],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(time)},
        capture_output=True,
        text=True,
    )
