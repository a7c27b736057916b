"""Install the wheel into an empty environment, and build the site of ten lines with it.

`python tests/support/installed_wheel.py dist` takes the wheel of a folder.  What the wheel needs
comes from the network, or from an index that pip is told of.
"""

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "about" / "another-course.md"


def ten_lines(text: str) -> dict[str, str]:
    """Read the files of the site from the page that shows them."""
    shown = text.partition("## Ten lines")[2]
    (config,) = re.findall(r"```yaml\n(.*?)```", shown.partition("\n## ")[0], re.DOTALL)
    (page,) = re.findall(r"````markdown\n(.*?)````", shown.partition("\n## ")[0], re.DOTALL)
    return {"mkdocs.yml": config, "docs/index.md": page}


def build_with(wheel: Path, folder: Path) -> str:
    """Build the site in an environment of its own; give the page's HTML."""
    venv.create(folder / "env", with_pip=True)
    python = next(path for path in (folder / "env").glob("*/python*") if path.stem == "python")
    for name, text in ten_lines(PAGE.read_text("utf-8")).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for arguments in (
        ["pip", "install", "--quiet", f"{wheel}[site]"],
        ["pip", "check"],
        ["mkdocs", "build", "--strict", "--quiet"],
    ):
        subprocess.run([python, "-m", *arguments], cwd=folder, env=outside, check=True)
    return (folder / "site" / "index.html").read_text("utf-8")


def main(dist: str) -> None:
    """Say that it works, or end with what does not."""
    (wheel,) = Path(dist).resolve().glob("*.whl")
    with tempfile.TemporaryDirectory() as folder:
        html = build_with(wheel, Path(folder))
    if html.count("0.25") < 4 or "<math" not in html:
        sys.exit(f"{wheel.name}: the site of ten lines shows no kernel of 0.25")
    print(f"{wheel.name} builds the site of ten lines")


if __name__ == "__main__":
    main(sys.argv[1])
