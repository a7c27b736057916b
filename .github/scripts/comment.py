"""Keep one comment of a pull request up to date with what the build of its notes left.

    python .github/scripts/comment.py FOLDER

The folder comes from a job that runs a stranger's program: each file of it is checked (its name,
its kind, its size), the number of the pull request is held against the commit that was built, and
its text goes out as text that mentions nobody, leads nowhere and shows no picture.

Reads REPOSITORY (owner/name), HEAD (the commit that was built), RUN (the number of its run) and
ENDED (how it ended) from the environment, and asks GitHub through `gh`.
Exit 0, also where the pull request has moved on; 1 where something is refused; 2 for a wrong call.
"""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

MARK = "<!-- notes of this pull request -->"
PARTS = ("changed.md", "compare.md")
MOST = {"number.txt": 20, "changed.md": 20_000, "compare.md": 60_000}  # bytes, as characters
MAX_COMMENT = 65_000  # characters; GitHub takes 65,536
TAGS = re.compile(r"&lt;(/?(?:details|summary))&gt;")
ENDS = {"success": "were built", "failure": "could not be built"}


class RefusedError(ValueError):
    """What the build left is not what it may leave."""


def main(arguments: list[str]) -> int:
    """Check, and write the comment."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        parts = read(Path(arguments[0]))
        number = number_of(parts.pop("number.txt", ""))
    except RefusedError as refused:
        print(f"refused: {refused}", file=sys.stderr)
        return 1
    repository, head = os.environ["REPOSITORY"], os.environ["HEAD"]
    pull = json.loads(ask(f"repos/{repository}/pulls/{number}"))
    if pull["head"]["sha"] != head:
        print(f"pull request {number} is not at the commit that was built: nothing is written")
        return 0
    text = comment([parts[name] for name in PARTS if parts.get(name)])
    pages = json.loads(ask(f"repos/{repository}/issues/{number}/comments", "--paginate", "--slurp"))
    for old in (one for page in pages for one in page):
        if old["user"]["login"] == "github-actions[bot]" and old["body"].startswith(MARK):
            send("PATCH", f"repos/{repository}/issues/comments/{old['id']}", text)
            return 0
    send("POST", f"repos/{repository}/issues/{number}/comments", text)
    return 0


def read(folder: Path) -> dict[str, str]:
    """Read the files that a build may leave.

    Raises:
        RefusedError: one is no plain file, too large, no text, or has another name.
    """
    parts = {}
    for path in sorted(folder.iterdir()):
        most = MOST.get(path.name)
        about = path.lstat()
        if most is None:
            raise RefusedError(f"a file that is not expected: {path.name!r:.80}")
        if not stat.S_ISREG(about.st_mode) or about.st_size > most * 4:
            raise RefusedError(f"{path.name}: no plain file of at most {most} characters")
        try:
            parts[path.name] = path.read_text("utf-8")
        except UnicodeDecodeError:
            raise RefusedError(f"{path.name}: no text in UTF-8") from None
        if len(parts[path.name]) > most:
            raise RefusedError(f"{path.name}: more than {most} characters")
    return parts


def number_of(text: str) -> int:
    """Read the number of the pull request.

    Raises:
        RefusedError: it is none.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,9}\n?", text, re.ASCII):
        raise RefusedError("number.txt: no number of a pull request")
    return int(text)


def comment(parts: list[str]) -> str:
    """Write the comment: what we say, and what the build says, as text."""
    run = os.environ["RUN"]
    ended = ENDS.get(os.environ["ENDED"], "were not built to the end")
    address = f"https://github.com/{os.environ['REPOSITORY']}/actions/runs/{int(run)}"
    ours = f"{MARK}\nThe notes {ended}: [the run, with the site to take away]({address}).\n"
    said = "\n\n".join(map(text_only, parts))
    if not said:
        return ours
    whole = f"{ours}\nThe rest was computed by the pull request itself.\n\n{said}"
    if len(whole) > MAX_COMMENT:
        whole = whole[:MAX_COMMENT].rpartition("\n")[0] + "\n\nThe rest is left out: see the run.\n"
    return whole


def text_only(text: str) -> str:
    """Write a stranger's Markdown: it mentions nobody, leads nowhere and shows no picture."""
    text = "".join(c for c in text if c.isprintable() or c == "\n")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = TAGS.sub(r"<\1>", text)
    text = text.replace("@", "@\u2060").replace("#", "#\u2060").replace("](", "]\\(")
    text = text.replace("][", "]\\[").replace("]:", "]\\:")
    return re.sub(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])", "\\1\u2060", text)


def ask(path: str, *options: str) -> str:
    """Ask GitHub."""
    command = ["gh", "api", *options, path]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def send(method: str, path: str, text: str) -> None:
    """Write a comment."""
    command = ["gh", "api", "--silent", "--method", method, path, "--input", "-"]
    subprocess.run(command, check=True, input=json.dumps({"body": text}), text=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
