"""A letter to one person about something to be done: what it is, and a button that leads there.

It looks as the items do that go out by mail (letter.py), and says the same as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Button:
    """What a button says, and the whole address that it leads to."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a letter says: the paragraphs of its `lead`, then `text`, which `html` shows.

    `html` is safe, and has its look written into it (`styled`). `way` is the line of text that
    says what the button does.
    """

    title: str
    lead: Sequence[str]
    text: str
    html: SafeString = NOTHING
    button: Button | None = None
    way: str = ""
    language: str
    company: str


def notice_text(notice: Notice) -> str:
    """The letter as plain text."""
    return "\n\n".join(filter(None, [*notice.lead, notice.text, notice.way]))


def notice_html(notice: Notice) -> str:
    """The same as a page."""
    context = {
        "said": notice,
        "lead": [each for each in notice.lead if each],
        "body": notice.html,
        "button": notice.button,
    }
    with override(notice.language):
        return render_to_string("communication/mail/letter.html", context)
