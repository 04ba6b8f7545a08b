"""What may stand in a body or an address, and how what may not is told."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.test import RequestFactory
from pytest_django import Settings

from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.shell.api.reading import Malformed, TooLarge, WrongContent, from_body, from_query
from kantoor.shell.api.tests.conftest import Api


class Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A part of what is asked."""

    name: str = ""


class Asked(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Every kind of parameter."""

    text: str = ""
    count: int = 0
    price: Decimal | None = None
    on: date | None = None
    at: datetime | None = None
    sure: bool = False
    parts: Sequence[Part] = ()
    words: Sequence[str] = ()
    named: Mapping[str, str] = {}
    anything: Any = None


def read(body: bytes, kind: str = "application/json") -> dict[str, Any]:
    return from_body(RequestFactory().post("/", body, content_type=kind), Asked)


def asked(address: str) -> dict[str, Any]:
    return from_query(RequestFactory().get(f"/?{address}"), Asked)


def refusal(body: bytes, kind: str = "application/json") -> DomainError:
    with pytest.raises(DomainError) as caught:
        read(body, kind)
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{}{}",
        b"not json",
        b"{'text': 'a'}",
        b'{"price": NaN}',
        b'{"price": Infinity}',
        b'{"text": "\xff"}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\\udc00x"}',
        b"\xef\xbb\xbf{}",
        '{"text": "a"}'.encode("utf-16"),
        b'{"text": "a", "text": "b"}',
        b'{"parts": [{"name": "a", "name": "b"}]}',
        b'{"anything": {"deep": {"a": 1, "a": 2}}}',
        b'{"anything": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    found = refusal(body)
    assert isinstance(found, Malformed)
    assert found.status == 400


def test_the_name_that_stands_twice_is_told() -> None:
    assert refusal(b'{"parts": [{"name": "a", "name": "b"}]}').place.field == "name"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"[]", ""),
        (b"null", ""),
        (b'"text"', ""),
        (b'{"other": 1}', "other"),
        (b'{"parts": [{}, {"other": 1}]}', "parts[1].other"),
        (b'{"parts": [{"name": 1}]}', "parts[0].name"),
        (b'{"count": "1"}', "count"),
        (b'{"count": 1.5}', "count"),
        (b'{"count": true}', "count"),
        (b'{"count": null}', "count"),
        (b'{"count": 9223372036854775808}', "count"),
        (b'{"count": -9223372036854775809}', "count"),
        (b'{"count": ' + b"9" * 5_000 + b"}", "count"),
        (b'{"price": "NaN"}', "price"),
        (b'{"price": "-Infinity"}', "price"),
        (b'{"price": "sNaN"}', "price"),
        (b'{"price": 1e999}', "price"),
        (b'{"price": "1e-999999999"}', "price"),
        (b'{"price": "0e-999999999"}', "price"),
        (b'{"price": "0e999999999"}', "price"),
        (b'{"price": 1e99999999999999999999}', "price"),
        (b'{"price": "twelve"}', "price"),
        (b'{"on": "2011-02-31"}', "on"),
        (b'{"on": "0001-01-01"}', "on"),
        (b'{"on": "9999-12-31"}', "on"),
        (b'{"at": "0001-01-01T00:00:00+14:00"}', "at"),
        (b'{"at": "soon"}', "at"),
        (b'{"text": "a\\u0000b"}', "text"),
        (b'{"words": ["a", "\\u0000"]}', "words[1]"),
        (b'{"named": {"\\u0000": "a"}}', "named"),
        (b'{"named": {"a": 1}}', "named[...]"),
        (b'{"anything": [{"deep": 9223372036854775808}]}', "anything[0].deep"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(body: bytes, field: str) -> None:
    found = refusal(body)
    assert isinstance(found, InvalidInput)
    assert (found.status, found.place.field) == (422, field)


def test_what_fits_is_read_exactly() -> None:
    given = read(
        b'{"count": 9223372036854775807, "price": 0.10, "on": "2011-01-31",'
        b' "at": "2011-01-31T09:00:00Z", "text": "\\ud83d\\ude00", "named": {"a": "b"}}'
    )
    assert given["count"] == 2**63 - 1
    assert given["price"] == Decimal("0.10")
    assert str(given["price"]) == "0.10"
    assert given["text"] == "😀"


def test_no_body_is_an_empty_object() -> None:
    assert read(b"", "text/plain")["text"] == ""
    assert read(b"")["count"] == 0


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "application/problem+json",
    ],
)
def test_another_kind_of_content_is_refused(kind: str) -> None:
    found = refusal(b"{}", kind)
    assert isinstance(found, WrongContent)
    assert found.status == 415


@pytest.mark.parametrize(
    "kind",
    ["application/json", "application/json; charset=UTF-8", 'APPLICATION/JSON;charset="utf-8"'],
)
def test_json_may_say_that_it_is_utf8(kind: str) -> None:
    assert read(b'{"text": "\xc3\xa9"}', kind)["text"] == "é"


def test_a_body_beyond_the_limit_is_refused(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    found = refusal(b'{"text": "' + b"a" * 100 + b'"}')
    assert isinstance(found, TooLarge)
    assert found.status == 413


def test_an_address_gives_each_kind() -> None:
    given = asked("text=a&count=2&price=1.50&on=2011-01-31&sure=true&words=a&words=b")
    assert given["count"] == 2
    assert given["price"] == Decimal("1.50")
    assert given["sure"] is True
    assert list(given["words"]) == ["a", "b"]
    assert list(asked("words=a")["words"]) == ["a"]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("other=1", "other"),
        ("text=a&text=b", "text"),
        ("count=x", "count"),
        ("count=", "count"),
        ("count=9223372036854775808", "count"),
        ("price=NaN", "price"),
        ("on=2011-02-31", "on"),
        ("text=a%00b", "text"),
        ("words=%00", "words[0]"),
    ],
)
def test_an_address_that_does_not_fit_is_told(address: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        asked(address)
    assert caught.value.place.field == field


def test_half_a_character_in_an_address_is_replaced() -> None:
    assert asked("text=%ED%A0%80")["text"].encode()


def test_errors_are_in_the_readers_language(api: Api) -> None:
    body = {"sign_in": 1, "name": "Anne"}
    answer = api.post("kernel/add-user", body, Accept_Language="nl")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "Dit moet tekst zijn, niet een heel getal."
    answer = api.post("kernel/add-user", {"name": "Anne"}, Accept_Language="en")
    assert answer.json()["detail"] == "“sign_in” is missing."


def test_too_many_fields_in_an_address_are_malformed(api: Api) -> None:
    answer = api.get("kernel/users?" + "&".join(f"a{n}=1" for n in range(2_000)))
    assert answer.status_code == 400


class _Broken(io.BytesIO):
    """A body that breaks off."""

    def read(self, *_: Any) -> bytes:
        raise OSError("connection reset")


def test_a_body_that_breaks_off_is_malformed() -> None:
    request = RequestFactory().post("/", b"{}", content_type="application/json")
    request._stream = _Broken()
    with pytest.raises(Malformed):
        from_body(request, Asked)
