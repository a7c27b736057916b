"""Ask Lighthouse about pages of the built site, served with gzip from this machine.

Needs Node: `npm install lighthouse` into any folder, which is named here.  The scores in
performance are those of a quiet machine only.

    python tests/bench/lighthouse.py FOLDER [PAGE...]
"""

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

SITE = Path(__file__).resolve().parents[2] / "site"
PAGES = (
    "index.html",
    "convolution/output-size.html",
    "nonlinearity/pooling.html",
    "training/index.html",
    "exam/formula-sheet.html",
)
TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml"}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as most servers do: text compressed."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix not in TEXT or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def ask(folder: str, address: str) -> dict[str, object]:
    """Run Lighthouse's mobile preset on a page."""
    program = Path(folder, "node_modules/.bin/lighthouse")
    flags = ["--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    done = subprocess.run(
        [program, address, *flags], capture_output=True, check=True, text=True, env=os.environ
    )
    return json.loads(done.stdout)


def main(folder: str, pages: list[str]) -> None:
    """Print the scores of each page, and what costs it points."""
    handler = functools.partial(Compressing, directory=SITE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for page in pages:
        said = ask(folder, f"http://127.0.0.1:{server.server_address[1]}/{page}")
        scores = {name: round(one["score"] * 100) for name, one in said["categories"].items()}
        print(page, scores)
        for name, category in said["categories"].items():
            for part in category["auditRefs"] if name != "performance" else ():
                audit = said["audits"][part["id"]]
                if part["weight"] and audit["score"] not in (1, None):
                    print("   ", part["id"], audit["title"])
    server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or list(PAGES))
