"""Bounces: of a large collection of real ones nearly all are recognised, and nothing else is."""

from pathlib import Path

import pytest

from kantoor.kernel.mail.bounces.found import COMPLAINT, DELAYED, FAILED, Failure, status_in
from kantoor.kernel.mail.bounces.recognise import failures_of
from kantoor.kernel.mail.reading.kinds import Kind, sort_of
from kantoor.kernel.mail.reading.message import read_message
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.tests.shared import shared_file

REAL = ("bsd-", "dos-", "mac-")
VACATIONS = {"bsd-rfc3834-01", "bsd-rfc3834-03", "dos-rfc3834-01"}
"""Named as the rest and yet no bounces: people who are away. They are automatic replies."""


def _files() -> list[Path]:
    return sorted(shared_file("mail").glob("*.eml"))


def test_of_the_real_bounces_99_in_100_are_recognised_with_the_address() -> None:
    missed = {
        file.stem
        for file in _files()
        if file.name.startswith(REAL) and not failures_of(read_message(file.read_bytes()))
    }
    assert missed <= VACATIONS
    assert len(missed) <= 0.01 * sum(file.name.startswith(REAL) for file in _files())


def test_nothing_that_is_none_is_taken_for_a_bounce() -> None:
    for file in _files():
        if file.name.startswith("not-"):
            assert sort_of(read_message(file.read_bytes())).kind is not Kind.BOUNCE, file.name


def test_people_who_are_away_reply_automatically() -> None:
    for name in VACATIONS:
        message = read_message((shared_file("mail") / f"{name}.eml").read_bytes())
        assert sort_of(message).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bsd-lhost-qmail-17", ["userunknown@libsisimai.net", "mailboxfull@libsisimai.net"]),
        ("bsd-lhost-exchange2003-02", ["kijitora@example.co.jp", "mikeneko@example.co.jp"]),
        ("bsd-lhost-v5sendmail-04", ["kijitora@example.ed.jp", "mikeneko@example.ac.jp"]),
        ("bsd-lhost-exim-07", ["shiba@example.com"]),
        ("bsd-lhost-zoho-04", ["kijitora@6kaku.example.co.jp"]),
        ("bsd-lhost-verizon-01", ["0000000000@vzwpix.com"]),
        ("mac-lhost-apachejames-01", ["000000000000@vtext.example.com"]),
        ("bsd-lhost-amazonses-10", ["bounce@simulator.amazonses.com"]),
        ("bsd-arf-26", ["example@icloud.com"]),
        ("bsd-lhost-fml-02", ["neko-nyaan@example.org"]),
        ("bsd-rfc3464-04", ["kijitora@mailx-53.neko.example.edu"]),
    ],
)
def test_the_failed_addresses_are_the_right_ones(name: str, expected: list[str]) -> None:
    message = read_message((shared_file("mail") / f"{name}.eml").read_bytes())
    assert [each.address for each in failures_of(message)] == expected


def test_without_its_report_for_programs_nearly_every_bounce_is_still_understood() -> None:
    """What a program of unknown make writes for people is read as well as what is known."""
    understood = asked = 0
    for file in _files():
        message = read_message(file.read_bytes())
        reports = {each.address for each in failures_of(message)}
        parts = message.top.parts
        if not any(part.media_type == "message/delivery-status" for part in parts):
            continue
        message.top.parts = [p for p in parts if p.media_type != "message/delivery-status"]
        asked += 1
        understood += bool(reports & {each.address for each in failures_of(message)})
    assert asked > 200
    assert understood >= 0.93 * asked


def test_line_ends_of_any_kind_give_the_same() -> None:
    raw = (shared_file("mail") / "bsd-lhost-exim-05.eml").read_bytes()
    with_feeds = failures_of(read_message(raw))
    assert with_feeds == failures_of(read_message(raw.replace(b"\n", b"\r\n")))
    assert with_feeds == failures_of(read_message(raw.replace(b"\n", b"\r")))


def test_a_forwarded_bounce_is_a_persons_message() -> None:
    body = "Look what I got.\n\n550 5.1.1 <cas@example.org>... User unknown\n"
    found = sort_of(letter(body, subject="Fwd: Undelivered Mail Returned to Sender"))
    assert found.kind is Kind.MESSAGE


def test_a_delay_and_a_full_mailbox_do_not_last_but_an_unknown_user_does() -> None:
    assert not Failure("a@b.nl", DELAYED, "4.4.1").lasting
    assert not Failure("a@b.nl", FAILED, "5.2.2").lasting
    assert Failure("a@b.nl", FAILED, "5.1.1").lasting
    assert Failure("a@b.nl", COMPLAINT).lasting


@pytest.mark.parametrize(
    "said",
    [
        "550 User unknown",
        "550 No such user here",
        "550 <bo@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
        "550 Mailbox not found",
        "550 Requested action not taken: mailbox does not exist",
        "550 Unrouteable address",
        "554 delivery error: dd This user doesn't have a example.org account",
        "550 Onbekende gebruiker",
        "550 5.1.1 Whatever they write",
        "553 5.1.3 Bad address syntax",
        "550 5.2.1 Mailbox disabled, not accepting messages",
    ],
)
def test_what_a_server_says_of_a_mailbox_that_is_not_there_lasts(said: str) -> None:
    assert Failure("bo@example.org", FAILED, status_in(said), said).lasting


@pytest.mark.parametrize(
    "said",
    [
        "550 relay not permitted",
        "550 <bo@example.org>: Relaying denied",
        "554 5.7.1 <bo@example.org>: Relay access denied",
        "550 relay not permitted for unknown user",
        "550 Denied by policy",
        "550 Rejected",
        "550 Recipient address rejected: Access denied",
        "550 mailbox unavailable",
        "550 5.1.0 Sender rejected",
        "550 Your address is on a blocklist",
        "554 No SMTP service here",
        "552 Mailbox is full",
        "550 5.2.2 Over quota",
        "550",
    ],
)
def test_what_a_server_says_of_us_or_of_the_moment_does_not_last(said: str) -> None:
    assert not Failure("bo@example.org", FAILED, status_in(said), said).lasting


def test_a_report_of_ten_thousand_recipients_is_bounded() -> None:
    groups = "".join(
        f"Final-Recipient: rfc822; u{n}@example.org\nAction: failed\nStatus: 5.1.1\n\n"
        for n in range(10_000)
    )
    body = (
        "--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        + groups
        + "--x--\n"
    )
    kind = "multipart/report; report-type=delivery-status; boundary=x"
    assert len(failures_of(letter(body, content_type=kind))) == 999


def test_an_answering_machine_of_who_left_is_a_bounce_and_of_who_is_away_is_none() -> None:
    gone = letter("Bo no longer works here.\n", auto_submitted="auto-replied")
    (failure,) = failures_of(gone)
    assert (failure.address, failure.lasting) == ("bo@example.org", True)
    away = letter("I am away until Monday.\n", auto_submitted="auto-replied")
    assert sort_of(away).kind is Kind.AUTO_REPLY
    assert not failures_of(letter("This printer is no longer in use.\n"))


def test_a_complaint_whose_parts_lost_their_types_is_understood() -> None:
    body = "An abuse report.\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <bo@example.org>\n"
    (failure,) = failures_of(letter(body, subject="complaint"))
    assert (failure.address, failure.outcome) == ("bo@example.org", COMPLAINT)


def test_a_delay_told_by_amazon() -> None:
    body = '{"eventType":"DeliveryDelay","deliveryDelay":{"delayedRecipients":[{"emailAddress":"bo@example.org"}]}}'
    (failure,) = failures_of(letter(body))
    assert (failure.address, failure.outcome) == ("bo@example.org", DELAYED)
