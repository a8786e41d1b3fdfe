"""A webhook and a mail server on this machine, which keep what they are sent."""

import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Received:
    """What came in, and what the server says to it."""

    port: int = 0
    said: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # codes of the next answers; then 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/services/T0/B0/verysecret"


@contextmanager
def webhook() -> Iterator[Received]:
    received = Received()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code = received.answers.pop(0) if received.answers else 200
            if code == 200:
                assert self.headers["Content-Type"].startswith("application/json")
                received.said.append(json.loads(body)["text"])
            self.send_response(code)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server, _serving(server):
        received.port = server.server_address[1]
        yield received


@contextmanager
def mail_server() -> Iterator[Received]:
    received = Received()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 loopback")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if verb == "EHLO":
                    self._say("250-loopback\r\n250 AUTH PLAIN")
                elif verb == "AUTH":
                    received.said.append(line)
                    self._say("235 welcome")
                elif verb == "DATA":
                    self._say("354 go on")
                    received.said.append(self._letter())
                    self._say("250 taken")
                elif verb == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _letter(self) -> str:
            lines = []
            while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                lines.append(line)
            return "\n".join(lines)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server, _serving(server):
        received.port = server.server_address[1]
        yield received


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
