"""The mock behind a socket: a loopback server that answers as the document says and remembers what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from schnittstellen.engine.incoming import incoming_body
from schnittstellen.engine.recording import Recording
from schnittstellen.transports.http.evidence import Listener
from schnittstellen.transports.mock.playing import Mock, Play


@contextmanager
def mocking(play: Play, port: int = 0, listen: Listener | None = None) -> Iterator[Recording]:
    """Serve on 127.0.0.1 while the block runs; the recording's name is the address. `listen` hears each exchange."""

    class Handler(_Handler):
        mock: Mock

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    Handler.mock = Mock(play, f"http://127.0.0.1:{server.server_address[1]}", listen)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Handler.mock.recording
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mock: Mock

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _any(self) -> None:
        try:
            body = incoming_body(self)
        except ValueError:
            self.close_connection = True
            self.send_error(400)
            return
        status, media_type, content = self.mock(self.command, self.path, dict(self.headers.items()), body)
        self.send_response(status)
        if media_type is not None:
            self.send_header("Content-Type", media_type)
        if status == 503:
            self.send_header("Retry-After", "1")
        self.send_header("Access-Control-Allow-Origin", "*")
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _any
