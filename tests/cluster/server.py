"""A server of a file, which sends ranges, and can let those wait who ask for what is far in it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_LARGE = 1 << 20
"""Bytes that only who judges them asks for."""


class Server(ThreadingHTTPServer):
    """Counts the bytes it sends; large ranges from `held_from` on wait until they are let go."""

    daemon_threads = True

    def __init__(self, file: Path, *, ranges: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.file = file
        self.ranges = ranges
        self.sent = 0
        self.held_from: int | None = None
        self.waiting = threading.Semaphore(0)
        """Has one for each request that has to wait."""
        self.let_go = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{self.file.name}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed takes no answer."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name is inherited
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._begin(200, self.server.file.stat().st_size)

    def do_GET(self) -> None:
        size = self.server.file.stat().st_size
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked or not self.server.ranges:
            self._begin(200, size)
            self._send(0, size)
            return
        start, end = int(asked[1]), min(int(asked[2]) + 1, size)
        held_from = self.server.held_from
        if held_from is not None and start >= held_from and end - start > _LARGE:
            self.server.waiting.release()
            self.server.let_go.wait()
        self._begin(206, end - start, f"bytes {start}-{end - 1}/{size}")
        self._send(start, end)

    def _begin(self, status: int, size: int, content_range: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(size))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()

    def _send(self, start: int, end: int) -> None:
        with self.server.file.open("rb") as file:
            file.seek(start)
            left = end - start
            while left and (block := file.read(min(left, 1 << 16))):
                self.wfile.write(block)
                self.server.sent += len(block)
                left -= len(block)


@contextmanager
def serving(file: Path, *, ranges: bool = True) -> Iterator[Server]:
    """A server of the file."""
    with Server(file, ranges=ranges) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.let_go.set()
            server.shutdown()
            thread.join()
