"""The quick reader of XML and the one that mends say the same, and nothing of a DTD is followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.ict.formats.inventory.messages import PRIVATE, PRIVATE_FIELDS
from kantoor.departments.ict.formats.inventory.xml_form import MOST_DEPTH, by_tree, from_xml
from kantoor.departments.ict.formats.inventory.xml_quick import Unusual, quick
from kantoor.kernel.tests.shared import shared_file

PIECES = (
    "<A>", "</A>", "<B>", "</B>", "<users>", "</users>", "<SSH_KEY>", "</SSH_KEY>", "<c/>", "x",
    " ", "\n", "&amp;", "&lt;", "<!-- - -->", "<![CDATA[<y>]]>", "<?p i?>", "é", "&#233;",
)  # fmt: skip


def same(text: bytes) -> bool:
    """Whether the quick reader read it; then the other has to say the same."""
    try:
        found = quick(text, PRIVATE, PRIVATE_FIELDS, MOST_DEPTH)
    except Unusual:
        return False
    assert (found, False) == by_tree(text, PRIVATE, PRIVATE_FIELDS)
    return True


@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_both_readers_say_the_same(pieces: list[str]) -> None:
    same(f"<R><CONTENT>{''.join(pieces)}</CONTENT>x</R>".encode())


NESTED = st.recursive(
    st.sampled_from(["", "x", " x<!-- -->y ", "<![CDATA[ z ]]>", "&gt;"]),
    lambda inner: st.lists(st.tuples(st.sampled_from("AbcD"), inner), max_size=4).map(
        lambda rows: " ".join(f"<{name}>{text}</{name}>" for name, text in rows)
    ),
    max_leaves=20,
)


@given(NESTED)
def test_both_say_the_same_of_what_is_nested(inner: str) -> None:
    plain = inner.replace("<!-- -->", "").replace("<![CDATA[", "").replace("]]>", "")
    for text in (inner, plain):
        same(f"<R><CONTENT><E>1</E><F><G>2</G>\n</F>{text}</CONTENT></R>".encode())


def test_the_collection_is_read_quickly() -> None:
    samples = sorted(shared_file("inventory").glob("*.xml"))
    assert samples
    assert sum(same(each.read_bytes().strip()) for each in samples) >= len(samples) // 2


@pytest.mark.parametrize(
    "text",
    [
        b'<!DOCTYPE r [<!ENTITY e "text">]><R><CONTENT><A>&e;</A><B>1</B></CONTENT></R>',
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><R><CONTENT><B>1</B></CONTENT></R>',
    ],
)
def test_nothing_of_a_dtd_is_followed(text: bytes) -> None:
    assert not same(text)
    assert from_xml(text)[0]["content"]["b"] == "1"
    assert "text" not in str(from_xml(text))


@pytest.mark.parametrize(("begin", "end"), [("<a x='", "'>"), ("<", "/>"), ("&", ";")])
def test_rows_within_a_tag_are_not_for_the_quick_reader(begin: str, end: str) -> None:
    # Each row would have the tag read anew: of a short packed message that takes minutes.
    assert not same(f"<R><C>{begin}{'<D><E></E></D>y' * 9}{end}</C></R>".encode())
    assert same(b"<R><C> \xc3\xa9 <F x='>'/><D><E>1</E></D> t <D><E>2</E></D></C></R>")


def test_encodings_prefixes_and_depth_are_as_before() -> None:
    latin = "<?xml version='1.0' encoding='iso-8859-1'?><R><A>é</A></R>".encode("latin-1")
    assert from_xml(latin) == ({"a": "é"}, False)
    assert same(b'<?xml version="1.0" encoding="UTF-8" ?>\r\n<R><A>1</A>\r\n<A>2</A></R>')
    assert same(b"<R><C><S><N>a</N><N>b</N><Q> </Q></S><S><SSH_KEY>k</SSH_KEY></S>t</C></R>")
    assert from_xml(b'<x:R xmlns:x="urn:x"><x:A>1</x:A></x:R>') == ({"a": "1"}, False)
    deep = b"<A>" * 300 + b"</A>" * 300
    assert not same(deep)
    assert not same(b"<R><A>1</R>")
    assert not same(b"<R><A>" + b"long" * 2**19 + b"</A></R>")


ALIKE = "<S><N>a{0}</N> <SSH_KEY>k</SSH_KEY><V> {0}</V></S>"


@given(st.lists(st.sampled_from([
    ALIKE.format(1), ALIKE.format(""), "<S><N>b</N></S>", "<S><V>1</V><N>2</N></S>", "<S>t</S>", "\n ",
    "t", "<S><N>1</N><N>2</N></S>", "<S><SSH_KEY>k</SSH_KEY></S>", "<S><N>x&gt;</N></S>", "<Q/>", "é",
]), max_size=30))  # fmt: skip
def test_rows_that_are_alike_are_read_as_any(rows: list[str]) -> None:
    same(f"<R><CONTENT>{''.join(rows)}</CONTENT></R>".encode())
    assert same(f"<R><CONTENT><P>{ALIKE.format('é') * 3}</P></CONTENT></R>".encode())
