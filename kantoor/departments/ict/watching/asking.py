"""Ask one question of a server over the network; whatever happens is an answer."""

import http.client
import logging
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import UTC, datetime
from typing import Self
from urllib.parse import SplitResult

from django.utils.translation import gettext as _

from kantoor import __version__
from kantoor.departments.ict.errors_servers import TargetRefused
from kantoor.departments.ict.watching.metrics import judged
from kantoor.departments.ict.watching.questions import Answer, Question
from kantoor.departments.ict.watching.targets import (
    addresses_of,
    connect,
    host_and_port,
    web_address,
)
from kantoor.kernel.errors import DomainError
from kantoor.kernel.mail.outgoing import one_line

log = logging.getLogger(__name__)
EXPECTED = (OSError, http.client.HTTPException, ValueError, subprocess.TimeoutExpired)
AT_ONCE = 32
"""Questions under way at a time."""
TOGETHER_S = 0.05
"""How long an answer waits for others, so that many are kept at once."""
TEXT_BYTES, METRICS_BYTES = 256 * 1024, 4 * 1024 * 1024
DAYS_LEFT = 14
"""Days that a certificate has to be good for, unless a check says otherwise."""


class Asking:
    """Questions under way, many at a time; answers are taken as they come."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(AT_ONCE, "check")
        self.under_way: dict[Future[Answer], Question] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def begin(self, questions: Sequence[Question]) -> None:
        """Ask these; no more than there is room for, so that none waits for another."""
        assert len(questions) <= self.room
        for each in questions:
            self.under_way[self.pool.submit(ask, each)] = each

    @property
    def room(self) -> int:
        """How many more can be asked at once."""
        return AT_ONCE - len(self.under_way)

    def answered(self, wait_s: float) -> dict[int, Answer]:
        """What was answered by now, by the key of the question; waits for a first one."""
        wait(self.under_way, wait_s, FIRST_COMPLETED)
        done, _not_yet = wait(self.under_way, TOGETHER_S)
        return {self.under_way.pop(each).key: each.result() for each in done}


def ask(question: Question) -> Answer:
    """Ask one; never raises, whatever the other side says: others are asked in the same round."""
    began = time.monotonic()
    try:
        answer = ASKED[question.kind](question)
    except DomainError as refused:
        return Answer(False, str(refused.message)[:300])
    except TimeoutError:
        said = _("no answer within {seconds} s").format(seconds=question.timeout_s)
        return Answer(False, said)
    except Exception as problem:
        if not isinstance(problem, EXPECTED):
            log.exception("check %s could not be asked", question.key)
        return Answer(False, _told(str(problem)) or type(problem).__name__)
    took = round((time.monotonic() - began) * 1000)
    return Answer(answer.ok, _told(answer.message), took)


def _told(words: str) -> str:
    """Words of another machine on one line, without what no database holds (NUL)."""
    return one_line(words.encode(errors="replace").decode())[:300]


def _http(question: Question) -> Answer:
    status, text = fetch(
        web_address(question.target, question.address), question.timeout_s, TEXT_BYTES
    )
    wanted, _space, words = question.expect.partition(" ")
    if wanted and not (wanted.isdigit() and len(wanted) == 3):
        wanted, words = "", question.expect
    right = status == int(wanted) if wanted else 200 <= status < 400
    if not right:
        return Answer(False, _("status {status}").format(status=status))
    if words and words.encode() not in text:
        return Answer(False, _("status {status}, without the text").format(status=status))
    return Answer(True, _("status {status}").format(status=status))


def _metrics(question: Question) -> Answer:
    parts = web_address(question.target or "/metrics", question.address)
    status, text = fetch(parts, question.timeout_s, METRICS_BYTES)
    if status != 200:
        return Answer(False, _("status {status}").format(status=status))
    return judged(text.decode(errors="replace"), question.expect)


def _tcp(question: Question) -> Answer:
    host, port = host_and_port(question.target, question.address, None)
    connect(host, port, question.timeout_s).close()
    return Answer(True)


def _tls(question: Question) -> Answer:
    host, port = host_and_port(question.target, question.address, 443)
    from cryptography import x509  # loaded when the first such question is asked

    trusted = ssl.create_default_context()
    if question.expect == "any":  # a house's own authority, which this machine does not know
        trusted.check_hostname, trusted.verify_mode = False, ssl.CERT_NONE
    with (
        connect(host, port, question.timeout_s) as plain,
        trusted.wrap_socket(plain, server_hostname=host) as line,
    ):
        encoded = line.getpeercert(binary_form=True)
    assert encoded is not None
    until = x509.load_der_x509_certificate(encoded).not_valid_after_utc
    days = (until - datetime.now(UTC)).days
    said = _("good for {days} more days, until {day}").format(days=days, day=until.date())
    limit = DAYS_LEFT if question.limit is None else question.limit
    return Answer(days >= limit, said)


def _dns(question: Question) -> Answer:
    import dns.exception  # loaded when the first such question is asked: few houses ask it
    import dns.resolver

    name, _at, server = question.target.partition("@")
    resolver = dns.resolver.Resolver(configure=not server)
    if server:
        host, port = host_and_port(server if ":" in server else f"{server}:53", "", None)
        resolver.nameservers = list(addresses_of(host, port))
        resolver.port = port
    resolver.lifetime = float(question.timeout_s)
    found: set[str] = set()
    for kind in ("A", "AAAA"):
        try:
            found |= {str(each) for each in resolver.resolve(name or question.address, kind)}
        except dns.resolver.NoAnswer:
            continue
        except dns.exception.DNSException as problem:
            raise OSError(str(problem)) from problem
    listed = ", ".join(sorted(found)[:8])
    ok = bool(found) and (not question.expect or question.expect in found)
    return Answer(ok, listed or _("no address"))


def _ping(question: Question) -> Answer:
    program = shutil.which("ping")
    if program is None:
        return Answer(False, _("this machine has no program to ping with"))
    address = addresses_of(question.target or question.address, 0)[0]
    wait = str(question.timeout_s)
    done = subprocess.run(
        [program, "-n", "-c", "1", "-W", wait, address],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=question.timeout_s + 5,
    )
    return Answer(done.returncode == 0, address)


ASKED: dict[str, Callable[[Question], Answer]] = {
    "http": _http, "tls": _tls, "tcp": _tcp, "dns": _dns, "ping": _ping, "metrics": _metrics,
}  # fmt: skip


def fetch(parts: SplitResult, timeout_s: int, most: int) -> tuple[int, bytes]:
    """GET an address: its status and the beginning of what it said. Redirects are not followed.

    A server that drips its answer is cut off at twice the timeout.
    """
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    raw = connect(host, port, timeout_s)
    # Of https it is the line in `raw` by then: the one that was connected has been taken over.
    end = threading.Timer(2 * timeout_s, lambda: _hang_up(raw))
    end.daemon = True
    end.start()
    connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
    try:
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection.sock = raw
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": f"Kantoor/{__version__}", "Accept": "*/*"}
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(most)
    finally:
        end.cancel()
        connection.close()
        raw.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        # Not the shutdown of ssl, which takes its state from under who reads.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def refuse_wrong(question: Question) -> None:
    """Refuse a question that can't be asked, before it is kept; raises TargetRefused."""
    if question.kind in ("http", "metrics"):
        web_address(question.target or "/", question.address)
    elif question.kind in ("tcp", "tls"):
        host_and_port(question.target, question.address, 443 if question.kind == "tls" else None)
    elif not (question.target or question.address):
        raise TargetRefused(_("Say what is to be asked."), field="target")
    if question.kind == "metrics":
        judged("", question.expect)
