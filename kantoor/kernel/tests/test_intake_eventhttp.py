"""CloudEvents over HTTP: in the body, in headers, and in batches."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.intake.cloudevents import EVENT_LIMIT, Event
from kantoor.kernel.intake.eventhttp import event_from_binary, events_from_http
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.tests.test_intake_cloudevents import event, problem, text

HEADERS = {
    "Content-Type": "application/json; charset=utf-8",
    "Ce-Specversion": "1.0",
    "ce-id": "1234",
    "CE-SOURCE": "/shop",
    "ce-type": "order.placed",
    "ce-time": "2018-04-05T17:31:00Z",
    "ce-comment": "Euro%20%E2%82%AC%20%f0%9f%98%80",
    "ce-quoted": '"older \\"senders\\""',
    "X-Other": "no attribute",
}


def only(found: Iterator[tuple[int, Event | Problem]]) -> Event | Problem:
    ((place, one),) = found
    assert place == 1
    return one


def test_an_event_in_headers_and_body_is_read() -> None:
    found = only(events_from_http(HEADERS, b'{"n": 1}'))
    assert isinstance(found, Event), found
    assert (found.id, found.source, found.type) == ("1234", "/shop", "order.placed")
    assert (found.data, found.datacontenttype) == (b'{"n": 1}', "application/json; charset=utf-8")
    assert dict(found.extensions) == {"comment": "Euro € 😀", "quoted": 'older "senders"'}
    assert event(found.raw).extensions == found.extensions
    assert event(found.raw).data == found.data


def test_bytes_in_the_body_are_the_data_as_they_are() -> None:
    found = event_from_binary(HEADERS | {"Content-Type": "image/png"}, b"\x89PNG\xff")
    assert isinstance(found, Event)
    assert found.data == event(found.raw).data == b"\x89PNG\xff"


def test_an_event_without_a_body_has_no_data() -> None:
    headers = {name: value for name, value in HEADERS.items() if name != "Content-Type"}
    found = event_from_binary(headers, b"")
    assert isinstance(found, Event)
    assert found.data is None


@pytest.mark.parametrize(
    ("changed", "body", "code", "field"),
    [
        ({"ce-id": ""}, b"{}", "event.attribute_empty", "id"),
        ({"ce-comment": "%C0%A0"}, b"{}", "event.header", "ce-comment"),
        ({"ce-comment": "%0A"}, b"{}", "event.attribute_text", "comment"),
        ({"ce-datacontenttype": "text/plain"}, b"{}", "event.header", "ce-datacontenttype"),
        ({"ce-data": "x"}, b"{}", "event.header", "ce-data"),
        ({"ce-some-thing": "x"}, b"{}", "event.attribute_name", "some-thing"),
        ({}, b"{", "event.data", "data"),
        ({}, b'"\xff"', "event.data", "data"),
        ({}, b"[" * 100_000, "event.data", "data"),
        ({}, b" " * (EVENT_LIMIT + 1), "event.too_large", ""),
    ],
)
def test_a_request_that_breaks_a_rule_is_refused_with_the_header(
    changed: dict[str, str], body: bytes, code: str, field: str
) -> None:
    refused = problem(only(events_from_http(HEADERS | changed, body)))
    assert (refused.code, refused.field) == (code, field)


def test_a_request_without_event_headers_is_refused() -> None:
    refused = problem(only(events_from_http({"content-type": "text/plain"}, b"hi")))
    assert refused.code == "event.attribute_missing"


def test_the_content_type_tells_one_event_from_a_batch() -> None:
    one = {"content-type": "application/cloudevents+json; charset=UTF-8"}
    several = {"Content-Type": "Application/CloudEvents-Batch+JSON"}
    other = {"content-type": "application/cloudevents+avro"}
    assert only(events_from_http(one, text())) == event(text())
    assert [place for place, _one in events_from_http(several, b"[%s,%s]" % (text(), text()))] == [
        1,
        2,
    ]
    assert list(events_from_http(several, b"[]")) == []
    assert problem(only(events_from_http(several, b""))).code == "json.truncated"
    assert problem(only(events_from_http(other, b"x"))).code == "event.format"


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12)), st.binary(max_size=40))
def test_any_request_is_read_or_refused_and_never_breaks(
    headers: dict[str, str], body: bytes
) -> None:
    prefixed = {f"ce-{name}": value for name, value in headers.items()}
    for _place, found in events_from_http(HEADERS | headers | prefixed, body):
        assert isinstance(found, Event | Problem)
