"""`kantoor import mail`: each file is told for what it is, and taken in as if it came by mail."""

from pathlib import Path

from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.tests.shared import shared_file
from tests.console import Console

SAMPLES = ("bsd-lhost-qmail-01.eml", "bsd-rfc3834-01.eml", "not-is-not-bounce-01.eml")


def test_files_of_mail(tmp_path: Path) -> None:
    files = [shared_file("mail", name) for name in SAMPLES]
    mine, empty = tmp_path / "mine.eml", tmp_path / "empty.eml"
    mine.write_bytes(letter("Help", message_id="<1@x>").raw)
    empty.write_bytes(b"")
    console = Console(tmp_path / "data")
    console.ask("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
    given = [str(path) for path in (*files, mine, empty, tmp_path / "none.eml")]
    told = console.ask("import", "mail", *given, code=1)
    whats = [each["what"] for each in told["files"]]
    assert whats == ["bounce", "auto-reply", "message", "message", "unreadable", "unreadable"]
    assert told["files"][0]["address"] == "kijitora@example.ne.jp"
    assert (told["ok"], told["failed"]) == (4, 2)
    assert told["files"][3]["case"]
    again = console.ask("import", "mail", str(mine))
    assert again["files"][0]["case"] == told["files"][3]["case"]
