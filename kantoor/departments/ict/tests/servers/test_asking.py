"""Questions over a real network: what is up, what is down, and where no check goes."""

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kantoor.departments.ict.errors_servers import TargetRefused
from kantoor.departments.ict.watching import asking
from kantoor.departments.ict.watching.asking import AT_ONCE, Asking, ask, refuse_wrong
from kantoor.departments.ict.watching.questions import DOWN, UNKNOWN, UP, Answer, Question, settled
from kantoor.departments.ict.watching.targets import MOST_ADDRESSES, addresses_of, refuse_inner

METRICS = """# HELP node_load5 5m load average.
# TYPE node_load5 gauge
node_load5 1.25
node_filesystem_size_bytes{device="a",mountpoint="/"} 1000
node_filesystem_avail_bytes{device="a",mountpoint="/"} 83
node_filesystem_size_bytes{device="b",mountpoint="/srv"} 1e+12
node_filesystem_avail_bytes{device="b",mountpoint="/srv"} 5e+11
node_memory_MemTotal_bytes 8e+09
node_memory_MemAvailable_bytes 6e+09
"""
ANSWERS = {
    "/": (200, "Welcome to the house"),
    "/broken": (500, "no"),
    "/away": (302, ""),
    "/metrics": (200, METRICS),
}


class Page(BaseHTTPRequestHandler):
    """A few pages."""

    def do_GET(self) -> None:
        status, text = ANSWERS.get(self.path, (404, ""))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://169.254.169.254/secrets")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks may ask this machine itself."""
    monkeypatch.setenv("KANTOOR_CHECKS_LOCAL", "1")


class Server(ThreadingHTTPServer):
    """A web server at which many may wait at once."""

    request_queue_size = 64


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a web server."""
    server = Server(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def of(
    kind: str, target: str, expect: str = "", limit: int | None = None, key: int = 1
) -> Question:
    return Question(key, kind, target, "127.0.0.1", expect, limit, 2)


@pytest.mark.parametrize(
    ("path", "expect", "ok"),
    [
        ("/", "", True), ("/", "200 Welcome", True), ("/", "Welcome", True),
        ("/", "200 Farewell", False), ("/broken", "", False), ("/broken", "500", True),
        ("/away", "302", True), ("/nothing", "", False),
    ],
)  # fmt: skip
def test_a_page_is_up_when_status_and_text_are_as_expected(
    port: int, path: str, expect: str, ok: bool
) -> None:
    answer = ask(of("http", f"http://127.0.0.1:{port}{path}", expect))
    assert answer.ok is ok
    assert answer.took_ms is not None
    assert "Welcome" not in answer.message


@pytest.mark.parametrize(
    ("expect", "ok", "said"),
    [
        ("disk / 90", False, "91.7"), ("disk / 92", True, "91.7"), ("disk /srv 60", True, "50"),
        ("memory 50", True, "25"), ("load 1", False, "1.25"), ("load 2", True, "1.25"),
        ("disk /absent 90", False, ""),
    ],
)  # fmt: skip
def test_disk_memory_and_load_are_held_to_a_limit(
    port: int, expect: str, ok: bool, said: str
) -> None:
    answer = ask(of("metrics", f"http://127.0.0.1:{port}/metrics", expect))
    assert answer.ok is ok
    assert said in answer.message


def test_a_port_is_up_or_down(port: int) -> None:
    assert ask(of("tcp", f"127.0.0.1:{port}")).ok
    assert not ask(of("tcp", "127.0.0.1:1")).ok
    found: dict[int, Answer] = {}
    with Asking() as asking:
        asking.begin([of("tcp", f":{port}", key=n) for n in range(AT_ONCE)])
        assert asking.room == 0
        while asking.under_way:
            found |= asking.answered(1.0)
    assert sorted(found) == list(range(AT_ONCE))
    assert all(answer.ok for answer in found.values())


def test_a_certificate_warns_before_it_ends(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path, days=20))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    target = f"127.0.0.1:{server.server_port}"
    assert ask(of("tls", target, "any")).ok
    soon = ask(of("tls", target, "any", limit=30))
    assert not soon.ok
    assert "19" in soon.message
    assert not ask(of("tls", target)).ok  # no authority that this machine knows signed it
    server.shutdown()
    server.server_close()


class Drip(BaseHTTPRequestHandler):
    """A page that comes a byte at a time, each well within the time-out."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            for _ in range(60):
                self.wfile.write(b"x")
                time.sleep(0.2)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_what_drips_by_https_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssl, "create_default_context", ssl._create_unverified_context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Drip)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path, days=20))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    began = time.monotonic()
    target = f"https://127.0.0.1:{server.server_port}/"
    ask(Question(1, "http", target, "127.0.0.1", "", None, 1))
    assert time.monotonic() - began < 6
    server.shutdown()
    server.server_close()


def test_no_check_goes_to_inner_addresses(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KANTOOR_CHECKS_LOCAL")
    assert not ask(of("http", f"http://127.0.0.1:{port}/")).ok
    for address in (
        "127.0.0.1",
        "::1",
        "169.254.169.254",
        "fe80::1",
        "0.0.0.0",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.8",
    ):
        with pytest.raises(TargetRefused):
            refuse_inner(address)
    for address in ("10.0.0.5", "192.168.1.1", "93.184.216.34", "2001:db8::1"):
        refuse_inner(address)


@pytest.mark.parametrize(
    "question",
    [
        of("http", "ftp://example.org/"), of("http", "http://a:b@example.org/"),
        of("http", "http://example.org:99999/"), of("tcp", "example.org"),
        of("metrics", "http://example.org/metrics", "disk 90"), of("metrics", "", "load nan"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(question: Question) -> None:
    with pytest.raises(TargetRefused):
        refuse_wrong(question)


def test_one_lost_answer_changes_nothing() -> None:
    state, streak = UNKNOWN, 0
    seen = []
    for ok in (True, False, True, False, False, True, False, False, False, True, False, True, True):
        state, streak = settled(state, streak, ok, fails=3, passes=2)
        seen.append(state)
    assert seen == [UP] * 8 + [DOWN] * 4 + [UP]


def _certificate(folder: Path, days: int) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "web-01")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_host_of_many_addresses_is_tried_at_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [(2, 1, 6, "", (f"10.0.0.{n}", 80)) for n in range(200)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: listed)
    assert addresses_of("many.example", 80) == [f"10.0.0.{n}" for n in range(MOST_ADDRESSES)]


def test_whatever_the_other_side_says_is_an_answer_that_can_be_kept() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def odd() -> None:
            line, _ = listening.accept()
            line.recv(1000)
            line.sendall(b"\0\0 odd\r\n\r\n")
            line.close()

        threading.Thread(target=odd, daemon=True).start()
        answer = ask(of("http", f"http://127.0.0.1:{port}/"))
    assert (answer.ok, answer.message) == (False, "odd")


def test_a_question_that_breaks_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_question: Question) -> Any:
        raise subprocess.TimeoutExpired("ping", 10)

    monkeypatch.setitem(asking.ASKED, "ping", broken)
    assert not ask(of("ping", "10.0.0.5")).ok

    def odd(_question: Question) -> Any:
        raise RuntimeError("odd")

    monkeypatch.setitem(asking.ASKED, "ping", odd)
    assert ask(of("ping", "10.0.0.5")).message == "odd"
