"""What the emulators share: a loopback HTTP/1.1 server, faults that can be injected, a log of requests.

    with Truedy(api_key="k") as vendor:
        vendor.fault("cut_after", path="/contacts/import", at=2)
        … run the program against vendor.url …
        vendor.contacts     # the account, as Python objects
"""

import json
import re
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Request:
    """One request, read whole."""

    def __init__(self, method, target, headers, body):
        parts = urlsplit(target)
        self.method = method
        self.path = parts.path
        self.query = {k: v[-1] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
        self.headers = headers
        self.body = body

    def header(self, name, default=None):
        return self.headers.get(name, default)

    def json(self):
        return json.loads(self.body.decode("utf-8"))

    def multipart(self):
        """{name: (file name or None, bytes)}; None where the body is no form data."""
        kind = self.header("Content-Type", "")
        match = re.match(r'multipart/form-data\s*;.*?boundary="?([^";]+)"?', kind, re.I)
        if not match:
            return None
        mark = b"--" + match.group(1).encode()
        pieces = (b"\r\n" + self.body).split(b"\r\n" + mark)
        if len(pieces) < 2 or pieces[0] or not pieces[-1].startswith(b"--"):
            return None
        parts = {}
        for piece in pieces[1:-1]:
            head, separator, content = piece.partition(b"\r\n\r\n")
            disposition = re.search(rb"content-disposition:\s*form-data\s*;([^\r\n]*)", head, re.I)
            if not separator or not disposition:
                return None
            name = re.search(rb'(?<!file)name="([^"]*)"', disposition.group(1))
            file = re.search(rb'filename="([^"]*)"', disposition.group(1))
            parts[name.group(1).decode()] = (file.group(1).decode() if file else None, content)
        return parts


class Response:
    def __init__(self, status=200, body=None, headers=None, kind="application/json"):
        self.status = status
        self.headers = dict(headers or {})
        self.kind = kind
        if isinstance(body, bytes):
            self.body = body
        elif isinstance(body, str):
            self.body = body.encode("utf-8")
        else:
            self.body = b"" if body is None and status == 204 else json.dumps(body).encode("utf-8")


class Fault:
    """`how` applied to the `at`-th request and the `times - 1` after it that match `path` and `method`."""

    def __init__(self, how, path="", method=None, at=1, times=1, **values):
        self.how, self.path, self.method = how, path, method
        self.at, self.times, self.values = at, times, values
        self.seen = 0

    def strikes(self, request):
        if self.path not in request.path or (self.method and self.method != request.method):
            return False
        self.seen += 1
        return self.at <= self.seen < self.at + self.times


class Emulator:
    """A vendor on a free port of loopback. Subclasses give `handle` and `refusal` (an error in the vendor's shape).

    Faults: status (refused, nothing done) · status_after (done, answered with an error) · cut_before · cut_after ·
    slow (seconds, before) · slow_after (seconds, after) · malformed (done, the answer is cut JSON) · answer (a callable
    that gets the request and gives the answer instead).
    """

    rate = None  # (requests, seconds), or no limit

    def __init__(self, **options):
        for name, value in options.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no option {name}")
            setattr(self, name, value)
        self.lock = threading.RLock()
        self.log = []  # (method, path, status or fault)
        self.faults = []
        self.arrivals = []
        self.server = None

    # For the cases

    def fault(self, how, path="", method=None, at=1, times=1, **values):
        self.faults.append(Fault(how, path, method, at, times, **values))

    def count(self, path="", method=None):
        """How many requests arrived."""
        with self.lock:
            return sum(path in p and method in (None, m) for m, p, _ in self.log)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    # For the subclasses

    def handle(self, request):
        raise NotImplementedError

    def refusal(self, status):
        raise NotImplementedError

    def throttled(self, request, seconds):
        """The answer over the rate limit."""
        return self.refusal(429)

    def rate_key(self, request):
        return ""

    # The server

    def __enter__(self):
        emulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def serve(self):
                length = self.headers.get("Content-Length")
                if "chunked" in (self.headers.get("Transfer-Encoding") or ""):
                    body = b""
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                else:
                    body = self.rfile.read(int(length or 0))
                emulator.answer(self, Request(self.command, self.path, self.headers, body))

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass  # clients are killed in the cases

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def over_the_limit(self, request):
        if not self.rate:
            return None
        limit, seconds = self.rate
        now, key = time.monotonic(), self.rate_key(request)
        self.arrivals = [(k, t) for k, t in self.arrivals if t > now - seconds]
        recent = [t for k, t in self.arrivals if k == key]
        if len(recent) >= limit:
            return recent[0] + seconds - now
        self.arrivals.append((key, now))
        return None

    def answer(self, handler, request):
        with self.lock:
            fault = next((f for f in self.faults if f.strikes(request)), None)
        how = fault.how if fault else ""
        if how == "slow":
            time.sleep(fault.values["seconds"])
        if how == "cut_before":
            self.note(request, how)
            return self.cut(handler)
        with self.lock:
            wait = self.over_the_limit(request)
            if wait is not None:
                response = self.throttled(request, wait)
            elif how == "status":
                response = self.refusal(fault.values["status"])
                response.headers.update(fault.values.get("headers", {}))
            elif how == "answer":
                response = fault.values["with_"](request)
            else:
                response = self.handle(request)
        if how == "slow_after":
            time.sleep(fault.values["seconds"])
        if how == "cut_after":
            self.note(request, how)
            return self.cut(handler)
        if how == "status_after":
            response = self.refusal(fault.values["status"])
        if how == "malformed":
            response.body = response.body[: len(response.body) // 2]
        self.note(request, response.status)
        handler.send_response(response.status)
        for name, value in response.headers.items():
            handler.send_header(name, value)
        if response.status != 204:
            handler.send_header("Content-Type", response.kind)
        handler.send_header("Content-Length", str(len(response.body)))
        handler.end_headers()
        handler.wfile.write(response.body)

    def note(self, request, result):
        with self.lock:
            self.log.append((request.method, request.path, result))

    @staticmethod
    def cut(handler):
        handler.close_connection = True
        try:
            handler.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
