"""Texts as safe HTML and as plain text, and two of them compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kantoor.departments.communication.rendering.comparing import compare
from kantoor.departments.communication.rendering.html import as_html
from kantoor.departments.communication.rendering.pasted import without_html
from kantoor.departments.communication.rendering.plain import as_plain, beginning
from kantoor.departments.communication.rendering.showing import Picture

CAT = Picture(address="/pictures/1/cat/medium/x", sources="/a 480w, /b 960w", width=960, height=640)


def test_links_tell_nobody_who_follows_them() -> None:
    made = as_html("[out](https://example.org/) [in](/news) [by mail](mailto:a@example.org)")
    assert made.count('rel="noopener noreferrer"') == 3
    away = as_html("[in](/news)", address="https://kantoor.example")
    assert 'href="https://kantoor.example/news"' in away


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)", "![x](https://tracker.example/pixel.gif)",
        "[x](//evil.example)", "[x](\\\\evil.example)", "<a href='vbscript:x'>y</a>",
        "[x](jav&#x09;ascript:alert(1))", "<iframe src=//evil.example></iframe>",
    ],
)  # fmt: skip
def test_nothing_runs_and_nothing_reports(body: str) -> None:
    made = as_html(body)
    for bad in (
        "<script",
        "<img",
        "<iframe",
        'href="javascript',
        'href="data',
        'href="//',
        'href="vb',
    ):
        assert bad not in made, made


def test_a_picture_is_shown_or_told() -> None:
    shown = as_html('![a "cat"](media:cat)', {"cat": CAT})
    assert 'src="/pictures/1/cat/medium/x"' in shown and 'alt="a &quot;cat&quot;"' in shown
    assert 'width="960"' in shown and "480w" in shown
    assert as_html("![a cat](media:cat)") == '<p><span class="k-no-picture">a cat</span></p>\n'


def test_headings_stand_under_that_of_the_page_without_a_step_left_out() -> None:
    made = as_html("# A\n\n#### B")
    assert "<h2>A</h2>" in made and "<h3>B</h3>" in made
    assert "<h4>B</h4>" in as_html("# A\n\n## B", headings=3)


def test_plain_text_reads_as_a_letter() -> None:
    body = (
        "# Hello\n\nCome *in*, see [the hall](/hall) or https://example.org.\n\n- one\n- two\n  - inner\n\n"
        "3. third\n4. fourth\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![a cat](media:cat)"
    )
    assert as_plain(body, address="https://k.example") == (
        "Hello\n\nCome in, see the hall (https://k.example/hall) or https://example.org.\n\n"
        "- one\n- two\n  - inner\n\n3. third\n4. fourth\n\n> said\n\na | b\n1 | 2\n\n[a cat]\n"
    )
    assert beginning("# Hello\n\nCome in and see.", 12) == "Hello Come…"


@given(some.text(max_size=300))
def test_any_text_is_shown_without_tags_of_its_own(body: str) -> None:
    made = as_html(body)
    assert (
        "<script" not in made.lower() and "onerror=" not in made.replace("&quot;", "")
    ) or "<" in body
    assert isinstance(as_plain(body), str)
    # What was cleaned once stays as it is: a text does not change by being kept again.
    once = without_html(body)
    assert without_html(once) == once or "<" in once


@given(some.text(max_size=200), some.text(max_size=200))
def test_a_comparison_loses_no_letter(left: str, right: str) -> None:
    pairs = compare(left, right)
    for side, text in (("left", left), ("right", right)):
        lines = [getattr(pair, side) for pair in pairs if getattr(pair, side) is not None]
        assert ["".join(piece.text for piece in line) for line in lines] == text.splitlines()


def test_comparing_what_repeats_itself_ends() -> None:
    left, right = "x\n" * 20_000, "x\n" * 19_000 + "y\n" * 1_000
    assert len(compare(left, right)) == 20_000
    words = compare("word " * 9_000, "word " * 9_000 + "end")
    assert words[0].right is not None and words[0].right[-1].changed
