"""Servers of objects on this machine, good ones and bad ones."""

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

CREDENTIALS: Final = {
    "AWS_ACCESS_KEY_ID": "anybody",
    "AWS_SECRET_ACCESS_KEY": "anything",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
_DENIED: Final = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
_MISSING: Final = b"<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>"


class BucketServer:
    """A server that speaks S3, with the one bucket `kept`."""

    def __init__(self) -> None:
        from moto.server import ThreadedMotoServer  # it takes a second

        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        self._ask("PUT", "kept")

    def close(self) -> None:
        """End."""
        self._server.stop()

    def objects(self) -> dict[str, bytes]:
        """Give everything in the bucket."""
        from moto.backends import get_backend

        bucket = get_backend("s3")["123456789012"]["aws"].buckets["kept"]
        return {name: key.value for name, key in bucket.keys.items()}

    def put(self, name: str, content: bytes) -> None:
        """Put an object into the bucket."""
        self._ask("PUT", f"kept/{name}", content)

    def clear(self) -> None:
        """Empty the bucket."""
        for name in self.objects():
            self._ask("DELETE", f"kept/{name}")

    def _ask(self, method: str, path: str, content: bytes | None = None) -> None:
        request = Request(f"{self.url}/{path}", content, method=method)
        request.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/x")
        with contextlib.suppress(HTTPError), urlopen(request) as answer:
            answer.read()


class _DeniesWriting(BaseHTTPRequestHandler):
    """Speaks as much of S3 as it takes to have nothing and to refuse everything."""

    protocol_version = "HTTP/1.1"  # else nobody says that a body may come

    def do_GET(self) -> None:
        self._answer(404, _MISSING)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(403, _DENIED)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def denying_server() -> Iterator[str]:
    """Start a server that speaks S3, has nothing and lets nobody write; give its URL."""
    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), _DeniesWriting)) as url:
        yield url


@contextlib.contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Serve a folder; give its URL."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as url:
        yield url


@contextlib.contextmanager
def silent_server() -> Iterator[str]:
    """Take connections and never say a word; give the URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextlib.contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[str]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def delayed(url: str, seconds: float) -> Iterator[str]:
    """Stand before a server, and let each request reach it so much later; give the URL."""
    target = urlsplit(url)
    assert target.hostname
    assert target.port
    place = target.hostname, target.port

    def forward(start: socket.socket, end: socket.socket, wait: float) -> None:
        with contextlib.suppress(OSError):
            while content := start.recv(1 << 16):
                time.sleep(wait)
                end.sendall(content)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_WR)

    def accept() -> None:
        with contextlib.suppress(OSError):  # the end
            while True:
                asked, _ = listening.accept()
                answers = socket.create_connection(place)
                for one in ((asked, answers, seconds), (answers, asked, 0.0)):
                    threading.Thread(target=forward, args=one, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
