"""Reading mail: right for the good, bounded and calm for the broken and the hostile."""

import base64
import time
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.kernel.mail.reading.addresses import addresses_in, canonical, mailboxes
from kantoor.kernel.mail.reading.charsets import text_of
from kantoor.kernel.mail.reading.headers import decoded_words, from_base64
from kantoor.kernel.mail.reading.kinds import Kind, may_be_answered, sort_of
from kantoor.kernel.mail.reading.message import MOST_RECIPIENTS, read_message
from kantoor.kernel.mail.reading.mime import DEEPEST, MOST_PARTS
from kantoor.kernel.mail.reading.quoting import parted
from kantoor.kernel.mail.reading.texts import plain_text, safe_html
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.tests.shared import shared_file


def test_encoded_words_are_joined_before_they_are_decoded() -> None:
    halves = ["=?utf-8?B?" + base64.b64encode(b).decode() + "?=" for b in (b"caf\xc3", b"\xa9 nu")]
    assert decoded_words(" ".join(halves)) == "café nu"
    assert decoded_words("=?iso-8859-1?Q?Beh=E8?= plain =?nonsense?Q?x=E9?=") == "Behè plain xé"


def test_a_wrong_charset_is_survived() -> None:
    assert text_of("café".encode(), "us-ascii") == "café"
    assert text_of("café".encode("latin-1"), "utf-8") == "café"
    assert text_of(b"caf\xe9 \x93nu\x94", "iso-8859-1") == "café “nu”"
    assert text_of(b"x" * 100, "punycode") == "x" * 100
    assert "\0" not in text_of(b"a\0b", "zip")


def test_mailboxes_with_commas_groups_comments_and_rubbish() -> None:
    found = mailboxes(
        '"Vos, Bo" <Bo@Example.org>, cas@example.org (Cas), team: dina@example.org;, broken, <@>,'
        " =?utf-8?Q?Jos=C3=A9=2C_de?= <jose@example.org>"
    )
    assert [each.address for each in found] == [
        "bo@example.org", "cas@example.org", "dina@example.org", "jose@example.org",
    ]  # fmt: skip
    assert [found[0].name, found[3].name] == ["Vos, Bo", "José, de"]


def test_addresses_within_a_text() -> None:
    text = "Mail <bo@example.org>, cas@example.org. Not a@b or @x.nl or x@@y.nl."
    assert addresses_in(text) == ["bo@example.org", "cas@example.org"]
    assert canonical("mailto:Bo@Example.org") == "bo@example.org"
    assert canonical("a" * 300 + "@example.org") == ""


def test_text_attachments_and_html() -> None:
    body = (
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
        "--c\nContent-Type: text/html; charset=utf-8\n\n"
        "<style>p{}</style><p>Dear desk,</p><script>alert(1)</script>it&nbsp;broke &lt;again&gt;\n"
        "--c--\n--b\nContent-Type: application/pdf; name*0*=UTF-8''fact; name*1*=%C3%BAur.pdf\n"
        "Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nUERG\n--b--\n"
    )
    message = letter(body, content_type="multipart/mixed; boundary=b")
    assert plain_text(message) == "Dear desk,\nit broke <again>"
    (file,) = message.attachments()
    assert (file.name, file.media_type, file.part.content()) == (
        "factúur.pdf", "application/pdf", b"PDF",
    )  # fmt: skip


def test_html_to_be_shown_has_nothing_that_acts_or_loads() -> None:
    shown = safe_html(
        '<p onclick="x()">Hi <a href="javascript:x">a</a><img src="http://t/1.gif"></p>'
        "<svg onload=x><iframe src=x></iframe><form action=x><input></form><b>bold</b>"
    )
    for part in ("onclick", "javascript", "<img", "svg", "iframe", "form", "input"):
        assert part not in shown
    assert "<b>bold</b>" in shown


def test_answers_name_the_nearest_message_first() -> None:
    message = letter(in_reply_to="<3@x>", references="<1@x> <2@x>\n <3@x>", message_id="<4@x>")
    assert (message.message_id, message.answers) == ("4@x", ["3@x", "2@x", "1@x"])


def test_a_boundary_that_nobody_declares_or_uses() -> None:
    lost = letter(
        "--zz\nContent-Type: text/plain\n\nfound\n--zz--\n", content_type="multipart/mixed"
    )
    assert plain_text(lost) == "found"
    none = letter("just words\n", content_type='multipart/mixed; boundary="zz"')
    assert plain_text(none) == "just words"


def test_a_message_without_a_header_is_all_text() -> None:
    assert plain_text(read_message(b"\nno header here\nat all\n")).startswith("no header here")
    assert plain_text(read_message(b"")) == ""


def test_nesting_parts_and_fields_are_bounded() -> None:
    deep = "".join(
        f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(2000)
    )
    message = letter(deep, content_type="multipart/mixed; boundary=b0")
    depth, part = 0, message.top
    while part.parts:
        depth, part = depth + 1, part.parts[0]
    assert depth <= DEEPEST
    wide = letter("--b\n\nx\n" * 5000, content_type="multipart/mixed; boundary=b")
    assert len(list(wide.top.walk())) <= MOST_PARTS + 1
    bomb = read_message(b"".join(b"X-%d: y\n" % n for n in range(200_000)) + b"\nbody\n")
    assert len(bomb.headers.fields) == 1000
    assert plain_text(bomb) == "body"


def test_hostile_sizes_cost_little_time() -> None:
    began = time.monotonic()
    crowd = letter(to=", ".join(f"u{n}@example.org" for n in range(10_000)))
    assert len(crowd.recipients) == MOST_RECIPIENTS
    for evil in (
        "<" * 50_000,
        '"' * 50_000,
        "=?" * 25_000,
        "=?a?q?" * 9000,
        "(" * 50_000,
        ";" * 50_000,
    ):
        message = letter(evil, subject=evil, to=evil, content_type="multipart/mixed; x=" + evil)
        sort_of(message)
        plain_text(message)
        parted(evil)
    content = base64.encodebytes(b"\0" * (50 << 20))
    head = b"From: bo@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    kind = b"Content-Type: application/zip; name=x.zip\nContent-Transfer-Encoding: base64\n\n"
    large = read_message(head + kind + content + b"\n--b--\n")
    assert len(large.attachments()[0].part.content()) == 50 << 20
    assert time.monotonic() - began < 10


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_nothing_makes_reading_fail(raw: bytes) -> None:
    _read_all(raw)


@cache
def _real() -> list[bytes]:
    files = sorted(shared_file("mail").glob("*.eml"))
    return [file.read_bytes() for file in files[::25]]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_real_mail_makes_reading_fail(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(_real())))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    _read_all(bytes(raw))


def _read_all(raw: bytes) -> None:
    message = read_message(raw)
    sort = sort_of(message)
    may_be_answered(message, sort)
    text = plain_text(message)
    parted(text)
    safe_html(text)
    told = [text, message.subject, message.message_id, *message.sender, *message.delivered_to]
    told += [each.reason for each in sort.failures]
    for each in told:
        each.encode()
        assert "\0" not in each
    for attachment in message.attachments():
        attachment.part.content()
        attachment.name.encode()
    assert message.sent_at is None or message.sent_at.tzinfo is not None


@given(st.binary(max_size=300))
def test_base64_is_read_whatever_stands_between(content: bytes) -> None:
    noisy = base64.b64encode(content).replace(b"A", b"\n !A")
    assert from_base64(noisy) == content


def test_kinds_by_the_signs_of_rfc_3834_and_before() -> None:
    automatic = [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated (rejected)"},
        {"x_autoreply": "yes"},
        {"precedence": "auto_reply"},
        {"return_path": "<>"},
        {"subject": "Automatisch antwoord: Printer"},
        {"subject": "Out of Office: Printer"},
        {"content_type": "multipart/report; report-type=disposition-notification; boundary=b"},
        {"x_kantoor_loop": "1"},
    ]
    for headers in automatic:
        assert sort_of(letter(**headers)).kind is Kind.AUTO_REPLY, headers
    bulk = [{"precedence": "bulk"}, {"list_id": "<a.b.c>"}, {"list_unsubscribe": "<mailto:x@y.nl>"}]
    for headers in bulk:
        assert sort_of(letter(**headers)).kind is Kind.BULK, headers
    assert sort_of(letter(auto_submitted="no")).kind is Kind.MESSAGE


def test_only_persons_who_do_not_decline_are_answered() -> None:
    def answered(**headers: str) -> bool:
        message = letter(**headers)
        return may_be_answered(message, sort_of(message))

    assert answered()
    assert not answered(x_auto_response_suppress="All")
    assert not answered(**{"from": "no-reply@example.org"})
    assert not answered(**{"from": "MAILER-DAEMON@example.org"})
    assert not answered(auto_submitted="auto-replied")
    assert not answered(**{"from": "-"})


def test_what_is_quoted_is_parted_from_what_is_written() -> None:
    mails = [
        "Thanks, it works.\n\nOn Mon, 2 Nov 2026 at 10:00, ICT <desk@kantoor.example>\nwrote:\n> Try\n> again",
        "Thanks, it works.\n\nOp ma 2 nov 2026 om 10:00 schreef ICT <desk@kantoor.example>:\n\n> Probeer",
        "Thanks, it works.\n\n-----Oorspronkelijk bericht-----\nVan: ICT\nVerzonden: maandag\n\nProbeer",
        "Thanks, it works.\n\nVan: ICT <desk@kantoor.example>\nVerzonden: maandag\nAan: Bo\nOnderwerp: x\n\nProbeer",
        "Thanks, it works.\n\n> Try again",
        "Thanks, it works.\n-- \nBo Vos\nBakker BV",
    ]
    for mail in mails:
        fresh, quoted = parted(mail)
        assert fresh == "Thanks, it works.", mail
        assert quoted


def test_answers_between_quoted_lines_stay_whole() -> None:
    mail = "On Monday ICT wrote:\n> Did it print?\nNo.\n> Which colour?\nBlue."
    assert parted(mail) == (mail, "")
    assert parted("> all quoted") == ("> all quoted", "")
