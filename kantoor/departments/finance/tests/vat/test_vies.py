"""VIES behind its switch: asked over HTTP by a job, kept with its date and consultation number."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.finance.actions.vat.checks import (
    check_vat_numbers,
    keep_vat_check,
)
from kantoor.departments.finance.errors import UnknownParty, ViesOff
from kantoor.departments.finance.queries.vat.checks import vat_checks
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import Books, employ
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.jobs.worker import work_off

BELGIAN, GERMAN = "BE0428759497", "DE136695976"


class Register(BaseHTTPRequestHandler):
    """A register that knows one number, and says nothing sensible of another."""

    asked: list[dict[str, str]] = []

    def do_POST(self) -> None:
        """Answer as the Commission's service does."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Register.asked.append(body)
        number = body["countryCode"] + body["vatNumber"]
        said = {"valid": number == BELGIAN, "requestIdentifier": "WAPIAAAA1"}
        text = b"<html>" if number.startswith("FR") else json.dumps(said).encode()
        self.send_response(503 if number.startswith("AT") else 200)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, str]]]:
    """The register at an address of this machine; gives what it was asked."""
    server = HTTPServer(("127.0.0.1", 0), Register)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Register.asked = []
    monkeypatch.setenv("KANTOOR_VIES", f"http://127.0.0.1:{server.server_port}/check")
    monkeypatch.setenv("KANTOOR_WEBHOOKS_PRIVATE", "1")
    yield Register.asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_numbers_are_asked_one_by_one_and_the_answers_kept(
    books: Books, register: list[dict[str, str]]
) -> None:
    customer(books, "BE1", "BE", BELGIAN)
    customer(books, "DE1", "DE", GERMAN)
    customer(books, "FR1", "FR", "FR40303265045")
    customer(books, "AT1", "AT", "ATU13585627")
    bea = employ(books, "Bea", {"finance.check_vat_numbers": None})
    check_vat_numbers(bea, parties=["BE1", "DE1", "FR1", "AT1", "BE1"])
    assert register == []
    assert work_off() == 1
    assert [each["countryCode"] for each in register] == ["BE", "DE", "FR", "AT"]
    rows = vat_checks(books.anne).rows
    assert [(row.party, row.valid, row.consultation) for row in rows] == [
        ("DE1", False, "WAPIAAAA1"),
        ("BE1", True, "WAPIAAAA1"),
    ]
    assert vat_checks(books.anne, party="BE1").rows[0].vat_number == BELGIAN


def test_nothing_is_asked_while_the_switch_is_off(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KANTOOR_VIES", raising=False)
    customer(books, "BE1", "BE", BELGIAN)
    with pytest.raises(ViesOff):
        check_vat_numbers(books.anne, parties=["BE1"])
    assert work_off() == 0


def test_who_can_not_be_asked_about_is_named(books: Books, register: list[dict[str, str]]) -> None:
    customer(books, "NL1")
    with pytest.raises(UnknownParty):
        check_vat_numbers(books.anne, parties=["nobody"])
    with pytest.raises(InvalidInput, match="NL1 has no VAT number"):
        check_vat_numbers(books.anne, parties=["NL1"])
    with pytest.raises(InvalidInput):
        check_vat_numbers(books.anne, parties=[])
    with pytest.raises(NotAllowed):
        check_vat_numbers(books.bob("finance.read_vat"), parties=["NL1"])


def test_an_answer_is_never_changed(books: Books) -> None:
    customer(books, "BE1", "BE", BELGIAN)
    keep_vat_check(books.anne, party="BE1", vat_number=BELGIAN, valid=True, consultation="W1")
    for sql in ("UPDATE finance_vat_check SET valid = FALSE", "DELETE FROM finance_vat_check"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
