"""Messages to many, without a database: made personal, noted, handed in over real connections."""

import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from kantoor.kernel.mail.mass.composing import Leaflet, new_id, prepared, slot, without_slots
from kantoor.kernel.mail.mass.journal import Journal, told
from kantoor.kernel.mail.mass.lots import UnderWay
from kantoor.kernel.mail.mass.ways import Away, ByMailServer, Outgoing
from kantoor.kernel.mail.sending import Said
from kantoor.kernel.mail.tests.post import Post, open_post_of

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def leaflet(**more: Any) -> Leaflet:
    given: dict[str, Any] = {
        "sender_name": "Bakker", "sender": "news@kantoor.example", "subject": "News", "at": AT,
        "text": f"Dear {slot('name')},\n.\n..two\nÉ\n", "html": f"<p>{slot('name')} é</p>",
    }  # fmt: skip
    return Leaflet(**{**given, **more})


def made(said: Leaflet, name: str = "Bo", **values: str) -> Any:
    content = prepared(said).personal(
        name=name, address="bo@example.org", message_id=new_id(), values={"name": name, **values}
    )
    return message_from_bytes(content, policy=default)


def test_each_gets_their_own_words_and_no_markup_of_a_name() -> None:
    mail = made(leaflet(unsubscribe=slot("stop")), name="Bo <b>", stop="https://k.example/u/1")
    assert (
        mail.get_body(("plain",))
        .get_content()
        .replace("\r", "")
        .startswith("Dear Bo <b>,\n.\n..two\nÉ\n")
    )
    assert mail.get_body(("html",)).get_content().strip() == "<p>Bo &lt;b&gt; é</p>"
    assert mail["List-Unsubscribe"] == "<https://k.example/u/1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not mail.defects


@pytest.mark.parametrize("name", ["Bo\r\nBcc: all@x.org", "Zoë\nBcc: all@x.org", 'B"o, <x@y.org>'])
def test_a_name_or_subject_adds_no_field(name: str) -> None:
    mail = made(leaflet(subject="News\r\nBcc: all@x.org"), name=name)
    assert "Bcc" not in mail
    assert [each.addr_spec for each in mail["To"].addresses] == ["bo@example.org"]


def test_what_people_write_is_no_slot() -> None:
    mail = made(leaflet(text=without_slots(f"x{slot('secret')}x")))
    assert mail.get_body(("plain",)).get_content().strip() == "xsecretx"


def test_an_address_that_would_break_the_header_is_refused() -> None:
    with pytest.raises(ValueError, match="no address"):
        prepared(leaflet()).personal(
            name="", address="bo@x.org>\r\nBcc: y@x.org", message_id="1", values={"name": ""}
        )


def test_a_journal_tells_what_began_and_what_was_answered(tmp_path: Path) -> None:
    path = tmp_path / "lot"
    journal = Journal(path)
    journal.begin(1)
    journal.done(1, Said("sent", "250 ok\nb 9"))
    journal.begin(2)
    assert told(path) is None, "its lock says that somebody has it in hand"
    content = path.read_bytes()
    journal.end()
    assert not path.exists()
    path.write_bytes(content + b"d 2 se")
    found = told(path)
    assert found is not None
    assert (found.whole, found.begun, found.done) == (
        True, frozenset({1, 2}), {1: Said("sent", "250 ok b 9")},
    )  # fmt: skip


def test_after_the_machine_itself_went_down_nothing_is_sure(tmp_path: Path) -> None:
    path = tmp_path / "lot"
    path.write_text("boot of-yesterday\nb 1\nd 1 sent 250 ok\n")
    found = told(path)
    assert found is not None
    assert not found.whole
    missing = told(tmp_path / "none")
    assert missing is not None
    assert not missing.whole


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    """A mail server on this machine."""
    with open_post_of(settings) as opened:
        yield opened


def outgoing(
    key: int, address: str, content: bytes = b"Subject: x\r\n\r\n.\r\n..y\r\n"
) -> Outgoing:
    return Outgoing(key, address, "b@kantoor.example", lambda: content)


def test_a_lot_goes_over_several_connections_each_once(post: Post, tmp_path: Path) -> None:
    journal, ways = Journal(tmp_path / "lot"), [ByMailServer(), ByMailServer()]
    post.answers["p3@x.org"] = "550 5.1.1 unknown"
    messages = [outgoing(n, f"p{n}@x.org") for n in range(50)]
    handed = UnderWay(messages, ways, journal, within_s=30).wait()
    for way in ways:
        way.close()
    assert {k for k, said in handed.said.items() if said.state == "sent"} == set(range(50)) - {3}
    assert handed.said[3].state == "failed"
    assert sorted(r[0] for _, r, _ in post.taken) == sorted(
        f"p{n}@x.org" for n in range(50) if n != 3
    )
    assert {m.top.text() for _, _, m in post.taken} == {".\n..y\n"}
    lines = (tmp_path / "lot").read_text().splitlines()
    assert "b 3" not in lines, "what was refused before never began"
    assert sum(line.startswith("d ") for line in lines) == 49
    journal.end()


def test_a_journal_that_can_not_be_written_stops_the_lot(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path / "lot")

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(journal, "begin", full)
    handed = UnderWay([outgoing(1, "a@x.org")], [ByMailServer()], journal, within_s=30).wait()
    assert not post.taken
    assert handed.said[1].state == "waiting"
    journal.end()


@contextmanager
def server_that(*, hangs_up_at: str) -> Iterator[int]:
    """A mail server that ends the connection at a point; gives its port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 x\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper().strip().decode()
                if verb == hangs_up_at:
                    return
                if verb == "DATA":
                    self.wfile.write(b"354 go\r\n")
                    while self.rfile.readline().strip() != b".":
                        pass
                    if hangs_up_at == ".":
                        return
                self.wfile.write(b"250 ok\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize(
    ("point", "state", "began"),
    [("MAIL", "waiting", 0), ("RCPT", "waiting", 0), ("DATA", "waiting", 0), (".", "unsure", 1)],
)
def test_a_connection_lost_before_the_last_dot_sent_nothing_and_after_it_nobody_knows(
    point: str, state: str, began: int, settings: Settings
) -> None:
    with server_that(hangs_up_at=point) as port:
        settings.SMTP = f"smtp://127.0.0.1:{port}"
        way, begun = ByMailServer(), []
        assert way.hand_in(outgoing(1, "a@x.org"), lambda: begun.append(1)).state == state
        assert len(begun) == began
        way.close()


def test_a_connection_that_was_closed_meanwhile_is_opened_again(
    post: Post, settings: Settings
) -> None:
    way = ByMailServer()
    assert way.hand_in(outgoing(1, "a@x.org"), lambda: None).state == "sent"
    assert way._client is not None
    assert way._client.sock is not None
    way._client.sock.shutdown(socket.SHUT_RDWR)
    assert way.hand_in(outgoing(2, "b@x.org"), lambda: None).state == "sent"
    assert len(post.taken) == 2
    way.close()


def test_a_mail_server_that_is_not_there_is_nobodys_fault(settings: Settings) -> None:
    settings.SMTP = "smtp://127.0.0.1:9"
    with pytest.raises(Away):
        ByMailServer().hand_in(outgoing(1, "a@x.org"), lambda: None)


def test_after_a_line_that_did_not_fit_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk takes a part; were the next line its end, somebody begun would look untouched."""
    journal = Journal(path := tmp_path / "lot.journal")
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:4]))
    with pytest.raises(OSError, match="full"):
        journal.begin(12345)
    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="full"):
        journal.begin(678)
    journal.leave()
    journal.leave()
    found = told(path)
    assert found is not None
    assert (found.whole, found.begun) == (True, frozenset())


def test_a_journal_that_can_not_be_begun_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", lambda _file, _data: 0)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match="full"):
        Journal(tmp_path / "lot.journal")
    assert not list(tmp_path.iterdir())
    assert len(os.listdir("/proc/self/fd")) == before
