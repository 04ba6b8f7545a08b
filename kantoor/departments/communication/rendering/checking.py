"""What a text must be to be kept: clean, with every picture from the library and described."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.errors import BadPicture
from kantoor.departments.communication.rendering.reading import MEDIA, pictures_in, tokens
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals

LONGEST_BODY, LONGEST_TITLE, LONGEST_SUMMARY = 100_000, 200, 500
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_TO_FILL_IN = re.compile(r"\{[^{}\n]{1,80}\}")


def check_text(title: str, summary: str, body: str) -> None:
    """Refuse a text that can't be kept, with the line of each picture that is wrong.

    Raises InvalidInput, BadPicture, Refusals.
    """
    if not title:
        raise InvalidInput(_("Give a title."), field="title")
    if not body:
        raise InvalidInput(_("Give a text."), field="body")
    for field, said, most in (
        ("title", title, LONGEST_TITLE), ("summary", summary, LONGEST_SUMMARY),
        ("body", body, LONGEST_BODY),
    ):  # fmt: skip
        if len(said) > most:
            message = _("This is longer than {most} characters.").format(most=most)
            raise InvalidInput(message, field=field)
    for field, said in (("title", title), ("summary", summary)):
        # They become subjects of mails: a line end there would begin another header.
        if any(ord(each) < 32 or ord(each) == 127 for each in said):
            raise InvalidInput(_("Write this on one line."), field=field)
    if wrong := list(_wrong_pictures(body)):
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)


def to_fill_in(title: str, summary: str, body: str) -> list[str]:
    """The words of a template that nobody filled in yet, as they stand; those in code are code."""
    kept = (
        each.content
        for block in tokens(body)
        for each in block.children or ()
        if each.type != "code_inline"
    )
    return [found for text in (title, summary, *kept) for found in _TO_FILL_IN.findall(text)]


def _wrong_pictures(body: str) -> Iterator[DomainError]:
    for line, address, described in pictures_in(body):
        if not described:
            message = _("Line {line}: say what the picture shows, for who can't see it: ![…](…).")
            yield BadPicture(message.format(line=line), field="body")
        elif not address.startswith(MEDIA):
            message = _("Line {line}: use a picture of the library: ![{what}](media:CODE).")
            yield BadPicture(message.format(line=line, what=described[:40]), field="body")
        elif not _CODE.fullmatch(address.removeprefix(MEDIA)):
            message = _("Line {line}: “{code}” is no code of a picture.")
            code = address.removeprefix(MEDIA)[:60]
            yield BadPicture(message.format(line=line, code=code), field="body")
