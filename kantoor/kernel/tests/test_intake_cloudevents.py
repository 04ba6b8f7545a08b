"""CloudEvents 1.0 in JSON, in files and over HTTP: valid ones are read, others refused with why."""

import gzip
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.intake.cloudevents import EVENT_LIMIT, Event, event_from_json, structured
from kantoor.kernel.intake.eventfiles import batch_events, read_batch, read_ndjson
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.readers import read_events

ORDER: dict[str, Any] = {
    "specversion": "1.0",
    "id": "A234-1234",
    "source": "https://shop.example/orders",
    "type": "example.shop.order.placed",
    "time": "2018-04-05T17:31:00Z",
    "subject": "order/7",
    "channel": "web",
    "attempt": 5,
    "test": False,
    "data": {"price": 2.50, "lines": [1, 2]},
}


def text(**changed: Any) -> bytes:
    """The order as JSON, with some members changed; None takes one out."""
    members = {name: value for name, value in (ORDER | changed).items() if value is not None}
    return json.dumps(members).encode()


def event(given_text: bytes) -> Event:
    found = event_from_json(given_text)
    assert isinstance(found, Event), found
    return found


def problem(found: Event | Problem) -> Problem:
    assert isinstance(found, Problem)
    assert str(found.message)
    return found


def test_an_event_is_read_with_everything_in_it() -> None:
    raw = text()
    assert event(raw) == Event(
        id="A234-1234",
        source="https://shop.example/orders",
        type="example.shop.order.placed",
        time=datetime(2018, 4, 5, 17, 31, tzinfo=UTC),
        subject="order/7",
        datacontenttype="application/json",
        data=b'{"price": 2.5, "lines": [1, 2]}',
        extensions=(("attempt", 5), ("channel", "web"), ("test", False)),
        raw=raw,
    )


def test_the_data_is_kept_as_it_was_written() -> None:
    # A price as a float would not be the price that was sent.
    raw = text(data=None)[:-1] + b', "data": {"price": 0.10000000000000000001}}'
    assert event(raw).data == b'{"price": 0.10000000000000000001}'


@pytest.mark.parametrize(
    ("changed", "data", "kind"),
    [
        ({"data": None}, None, "application/json"),
        ({"data": "I'm just a string"}, b'"I\'m just a string"', "application/json"),
        ({"datacontenttype": "text/xml", "data": "<much wow=\"é\"/>"}, '<much wow="é"/>'.encode(), "text/xml"),
        ({"datacontenttype": "application/vnd.x+json; charset=utf-8", "data": [1]}, b"[1]", "application/vnd.x+json; charset=utf-8"),
        ({"data": None, "data_base64": "AAH/"}, b"\0\1\xff", "application/json"),
        ({"data": None, "datacontenttype": "image/png", "data_base64": ""}, b"", "image/png"),
    ],
)  # fmt: skip
def test_data_of_every_kind_is_taken(changed: dict[str, Any], data: bytes, kind: str) -> None:
    found = event(text(**changed))
    assert (found.data, found.datacontenttype) == (data, kind)


def test_null_is_the_same_as_unset_but_for_data() -> None:
    raw = text(subject=None, data=None)[:-1] + b', "subject" : null, "gone": null, "data" : null }'
    assert event(raw).subject == ""
    assert event(raw).data == b"null"
    assert "gone" not in dict(event(raw).extensions)


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ("2018-04-05T17:31:00.5+02:00", datetime(2018, 4, 5, 15, 31, 0, 500_000, tzinfo=UTC)),
        ("2018-04-05t17:31:00z", datetime(2018, 4, 5, 17, 31, tzinfo=UTC)),
        ("2018-04-05 17:31:00-00:00", datetime(2018, 4, 5, 17, 31, tzinfo=UTC)),
        (None, None),
    ],
)
def test_times_are_brought_to_utc(time: str | None, at: datetime | None) -> None:
    assert event(text(time=time)).time == at


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"id": None}, "event.attribute_missing", "id"),
        ({"source": None}, "event.attribute_missing", "source"),
        ({"type": None}, "event.attribute_missing", "type"),
        ({"specversion": None}, "event.attribute_missing", "specversion"),
        ({"specversion": "0.3"}, "event.specversion", "specversion"),
        ({"specversion": 1.0}, "event.attribute_type", "specversion"),
        ({"id": ""}, "event.attribute_empty", "id"),
        ({"id": 7}, "event.attribute_type", "id"),
        ({"id": "x" * 201}, "event.attribute_long", "id"),
        ({"id": "a\nb"}, "event.attribute_text", "id"),
        ({"id": "a\x85b"}, "event.attribute_text", "id"),
        ({"id": "a\ufdd0b"}, "event.attribute_text", "id"),
        ({"id": "a\U0010ffffb"}, "event.attribute_text", "id"),
        ({"source": "two words"}, "event.attribute_form", "source"),
        ({"source": "100%"}, "event.attribute_form", "source"),
        ({"source": "caf\u00e9"}, "event.attribute_form", "source"),
        ({"subject": ""}, "event.attribute_empty", "subject"),
        ({"time": "yesterday"}, "event.attribute_form", "time"),
        ({"time": "2018-04-05T17:31:00"}, "event.attribute_form", "time"),
        ({"time": "2018-04-05T17:31:00+0200"}, "event.attribute_form", "time"),
        ({"time": "2018-02-31T17:31:00Z"}, "event.time", "time"),
        ({"time": "0001-01-01T00:00:00+12:00"}, "event.time", "time"),
        ({"time": 1522949460}, "event.attribute_type", "time"),
        ({"dataschema": "/relative"}, "event.attribute_form", "dataschema"),
        ({"datacontenttype": "json"}, "event.attribute_form", "datacontenttype"),
        ({"datacontenttype": "text/plain", "data": {}}, "event.data", "data"),
        ({"data_base64": "AAAA"}, "event.data_twice", "data_base64"),
        ({"data": None, "data_base64": "A"}, "event.base64", "data_base64"),
        ({"data": None, "data_base64": "é"}, "event.base64", "data_base64"),
        ({"data": None, "data_base64": 1}, "event.base64", "data_base64"),
        ({"Channel": "x"}, "event.attribute_name", "Channel"),
        ({"order_id": "x"}, "event.attribute_name", "order_id"),
        ({"x" * 41: "x"}, "event.attribute_name", "x" * 40 + "…"),
        ({"price": 1.5}, "event.attribute_type", "price"),
        ({"price": {"a": 1}}, "event.attribute_type", "price"),
        ({"price": 2**31}, "event.attribute_type", "price"),
        ({f"x{n}": 1 for n in range(200)}, "event.attributes", ""),
    ],
)
def test_what_breaks_a_rule_is_refused_with_the_attribute(
    changed: dict[str, Any], code: str, field: str
) -> None:
    refused = problem(event_from_json(text(**changed), position=9))
    assert (refused.code, refused.field, refused.line) == (code, field, 9)
    assert refused.given == text(**changed)
    assert not refused.fatal


@pytest.mark.parametrize(
    ("given_text", "code"),
    [
        (b"", "event.malformed"),
        (b"{", "event.malformed"),
        (b"{}x", "event.malformed"),
        (b'{"id": "a",}', "event.malformed"),
        (b'{"id": NaN}', "event.malformed"),
        (b"[]", "event.not_object"),
        (b"null", "event.not_object"),
        (b'"text"', "event.not_object"),
        (b'{"id": "\xff"}', "event.encoding"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "event.malformed"),
        (b'{"id": "\\ud800"}', "event.malformed"),
        (b" " * (EVENT_LIMIT + 1), "event.too_large"),
    ],
)
def test_what_is_no_event_is_refused(given_text: bytes, code: str) -> None:
    assert problem(event_from_json(given_text)).code == code


def test_deep_data_is_refused_or_carried_but_never_breaks() -> None:
    deep = text(data=None)[:-1] + b', "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert isinstance(event_from_json(deep), Event | Problem)


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused_and_never_break(content: bytes) -> None:
    assert isinstance(event_from_json(content), Event | Problem)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*ORDER, "data_base64", "X", "dataschema"]), json_values))
def test_any_object_is_read_or_refused_and_never_breaks(changed: dict[str, Any]) -> None:
    assert isinstance(event_from_json(json.dumps(ORDER | changed).encode()), Event | Problem)


@pytest.mark.parametrize(
    "given_text",
    [text(), text(data=None), text(data=None, datacontenttype="image/png", data_base64="AAH/")],
)
def test_an_event_written_out_reads_back(given_text: bytes) -> None:
    found = event(given_text)
    again = event(structured(found))
    assert structured(again) == structured(found)
    assert (again.data, again.time, again.extensions) == (found.data, found.time, found.extensions)


# --- files ----------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.json"


def many(count: int) -> list[bytes]:
    return [text(id=f"e{n}", data={"n": n, "s": 'a"}]\\' * (n % 5)}) for n in range(count)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("count", [0, 1, 2, 3000])
def test_lines_and_arrays_give_the_same_events(file: Path, count: int, pack: Any) -> None:
    texts = many(count)
    file.write_bytes(pack(b"\xef\xbb\xbf" + b"\r\n\n".join(texts) + b"\n"))
    lines = list(read_ndjson(file))
    assert [line for line, _event in lines] == [2 * n + 1 for n in range(count)]
    file.write_bytes(pack(b"\xef\xbb\xbf [\n" + b" ,\n".join(texts) + b"\n] \n"))
    batch = list(read_batch(file))
    assert [place for place, _event in batch] == list(range(1, count + 1))
    assert [each for _place, each in batch] == [each for _line, each in lines]
    assert [each.raw for _place, each in batch if isinstance(each, Event)] == texts
    assert list(read_events(file)) == batch


@given(st.lists(json_values.map(lambda value: text(data={"v": value})), max_size=5), st.data())
def test_an_array_reads_alike_however_it_comes_in_blocks(
    texts: list[bytes], data: st.DataObject
) -> None:
    whole = b"[" + b", ".join(texts) + b"]"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    parts = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    # An empty block would be the end.
    found = list(batch_events(part for part in parts if part))
    assert [each.raw for _place, each in found if isinstance(each, Event)] == texts


def test_a_bad_line_is_refused_and_the_others_read(file: Path) -> None:
    one, two, three = many(3)
    big = text(data="x" * EVENT_LIMIT)
    file.write_bytes(b"\n".join([one, b"{oops}", b"\xff", big * 3, two, big, three]))
    found = list(read_ndjson(file))
    assert [line for line, _event in found] == list(range(1, 8))
    codes = [each.code if isinstance(each, Problem) else each.id for _line, each in found]
    assert codes == [
        "e0", "event.malformed", "event.encoding", "event.too_large", "e1", "event.too_large", "e2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "places", "code"),
    [
        (b"", [], "file.empty"),
        (b"[", [], "json.truncated"),
        (b"[1]", [], "json.malformed"),
        (b"[%s" % text(), [1], "json.truncated"),
        (b"[%s," % text(), [1], "json.truncated"),
        (b"[%s,]" % text(), [1], "json.malformed"),
        (b"[%s %s]" % (text(), text()), [1], "json.malformed"),
        (b"[%s] []" % text(), [1], "json.malformed"),
        (b"[%s, 7]" % text(), [1], "json.malformed"),
        (b"[%s, %s" % (text(), text()[:-1]), [1], "json.truncated"),
        (b'[{"a": "b', [], "json.truncated"),
        (b"[%s, %s]" % (text(), text(data="x" * EVENT_LIMIT)), [1], "event.too_large"),
    ],
)
def test_an_array_that_breaks_off_says_after_which_event(
    file: Path, content: bytes, places: list[int], code: str
) -> None:
    file.write_bytes(content)
    *found, (place, last) = read_events(file)
    assert [at for at, each in found if isinstance(each, Event)] == places
    assert place == len(places) + 1
    assert problem(last).code == code
    assert problem(last).fatal


def test_an_event_in_an_array_that_breaks_a_rule_does_not_stop_the_others(file: Path) -> None:
    one, two = many(2)
    file.write_bytes(b'[%s, {}, {"a" 1}, %s]' % (one, two))
    found = [each for _place, each in read_batch(file)]
    assert [isinstance(each, Event) for each in found] == [True, False, False, True]


def test_json_over_several_lines_is_no_file_of_lines(file: Path) -> None:
    file.write_text(json.dumps(ORDER, indent=2))
    ((line, refused),) = read_events(file)
    assert line == 1
    assert problem(refused).code == "json.not_lines"


@pytest.mark.parametrize("reader", [read_ndjson, read_batch])
def test_a_truncated_gzip_file_is_refused_in_a_sentence(file: Path, reader: Any) -> None:
    joint, whole = (b"\n", b"%s") if reader is read_ndjson else (b",", b"[%s]")
    file.write_bytes(gzip.compress(whole % joint.join(many(3000)))[:-9])
    *found, (_place, last) = reader(file)
    assert found
    assert problem(last).code == "gzip.truncated"


@pytest.mark.parametrize("form", ["lines", "array", "one line", "one string"])
def test_large_files_are_read_in_bounded_memory(file: Path, form: str) -> None:
    large = text(data="x" * 20_000)
    with gzip.open(file, "wb", compresslevel=1) as packed:
        if form == "lines":
            packed.writelines([large + b"\n"] * 3000)
        elif form == "array":
            packed.writelines([b"[", *[large + b","] * 2999, large, b"]"])
        else:
            packed.write(b'{"a":"' if form == "one line" else b'[{"a":"')
            packed.writelines([b"x" * (1 << 20)] * 60)
            packed.write(b'"}')
    tracemalloc.start()
    try:
        found = [isinstance(each, Event) for _place, each in read_events(file)]
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == (3000 if form in ("lines", "array") else 1)
    assert all(found) == (form in ("lines", "array"))
    assert peak < 10 << 20
