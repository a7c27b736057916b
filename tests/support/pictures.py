"""Draw the pictures of the README from the built site: `make pictures`.

A page on a phone in the dark, a drawing that steps, and the comparison page of a change.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from chromium import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / ".github" / "pictures"
MOST = 150_000
"""bytes of one picture"""
COLOURS = 128
PHONE = "nonlinearity/pooling.html"
STEPPER = ("convolution/correlation.html", "fig-correlation-steps", 3)

CONFIG = "site_name: Small\nplugins:\n  - worked: {packages: [figures]}\n"
PAGE = """# Edges

```python {.run}
#| label: fig-edges
#| fig-cap: A bright bar, and what the kernel makes of it.
#| fig-alt: Two maps, the right one with a bright and a dark edge.
import numpy as np

import figures
from notes.correlation import correlate2d

bar = np.zeros((4, 6))
bar[:, 2:4] = 1
kernel = np.outer([1, 2, 1], [-1, 0, 1])
edges = correlate2d(bar, kernel)
figures.matrices(bar, edges)
```

The strongest answer is `{python} edges.max():.0f`; `{python} edges.size` windows were asked.
"""
CORRELATION = """# Correlation

```python {.run}
#| export: [correlate2d]
import numpy as np


def correlate2d(x, k):
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return np.einsum("ijkl,kl->ij", windows, k)
```
"""


def keep(name: str, shot: bytes) -> None:
    """Write a picture with few colours, the same bytes for the same pixels."""
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / name, optimize=True)
    size = (PICTURES / name).stat().st_size
    if size > MOST:
        sys.exit(f"{name} has {size:,} bytes, more than {MOST:,}")
    print(f"{name}: {few.width} × {few.height}, {size:,} bytes")


def comparison(folder: Path) -> Path:
    """Compare two states of a small site: a kernel has got another weight."""
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    for state in ("", "main", "steeper"):
        place = folder / state
        (place / "docs").mkdir(parents=True)
        shutil.copytree(ROOT / "figures", place / "figures")
        (place / "docs" / "correlation.md").write_text(CORRELATION, "utf-8")
        page = PAGE.replace("[1, 2, 1]", "[1, 3, 1]") if state == "steeper" else PAGE
        (place / "docs" / "edges.md").write_text(page, "utf-8")
    command = ["worked.cli", "compare", "main", "steeper", "--exit-zero", "--html", "c.html"]
    subprocess.run([sys.executable, "-m", *command], cwd=folder, check=True, capture_output=True)
    return folder / "c.html"


def draw(browser: Browser, site: Path, compared: Path) -> None:
    """Take the three pictures."""
    size = {"width": 390, "height": 780}
    phone = browser.new_context(viewport=size, device_scale_factor=1.5, color_scheme="dark")
    page = phone.new_page()
    page.goto((site / PHONE).as_uri())
    page.wait_for_load_state("networkidle")
    keep("phone.png", page.screenshot(animations="disabled"))

    desk = browser.new_context(viewport={"width": 760, "height": 900}, device_scale_factor=1.5)
    page = desk.new_page()
    name, label, step = STEPPER
    page.goto(f"{(site / name).as_uri()}#{label}:step={step}")
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content="worked-sweep { padding: 12px 16px }")
    keep(
        "stepper.png", page.locator(f"worked-sweep:has(#{label})").screenshot(animations="disabled")
    )

    page = desk.new_page()
    page.goto(compared.as_uri())
    page.evaluate("document.querySelector('main').scrollIntoView()")
    keep("compare.png", page.screenshot(animations="disabled"))


def main() -> None:
    """Draw them all."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        compared = comparison(Path(folder))
        text = compared.read_text("utf-8")
        compared.write_text(re.sub(r"(?<=<code>)[^<]*/(?=\w+</code>)", "", text), "utf-8")
        options = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        draw(browser, ROOT / "site", compared)
        browser.close()


if __name__ == "__main__":
    main()
