"""The text of a journal as lines, in bounds: encoding, length, number of lines."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.values import Unreadable

MOST_BYTES = 256 * 1024 * 1024
MOST_LINES = 5_000_000
LONGEST_LINE = 20_000


def lines_of(content: bytes) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without their ends; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("size", _("The file is larger than a journal can be here."))
    if b"\0" in content:
        raise Unreadable("encoding", _("The file is no text: it holds a zero byte."))
    start = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    number, size = 0, len(content)
    while start < size:
        number += 1
        end = content.find(b"\n", start)
        end = size if end < 0 else end
        if end - start > LONGEST_LINE:
            raise Unreadable("line", _("A line is longer than a line can be here."), number)
        if number > MOST_LINES:
            raise Unreadable("size", _("The file has more lines than a journal can have here."))
        try:
            text = content[start:end].decode("utf-8")
        except UnicodeDecodeError:
            message = _("The file is not in UTF-8.")
            raise Unreadable("encoding", message, number) from None
        yield number, text.rstrip("\r")
        start = end + 1
