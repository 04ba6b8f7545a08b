"""Mails for tests, written as short as they can be."""

from kantoor.kernel.mail.reading.message import Message, read_message


def letter(body: str = "Hello.\n", **headers: str) -> Message:
    """A message with these fields; `in_reply_to` is written In-Reply-To."""
    given = {"from": "Bo <bo@example.org>", "to": "desk@kantoor.example", "subject": "Printer"}
    fields = {**given, **{name.replace("_", "-"): text for name, text in headers.items()}}
    head = "".join(f"{name.title()}: {text}\n" for name, text in fields.items() if text != "-")
    return read_message(f"{head}\n{body}".encode())
