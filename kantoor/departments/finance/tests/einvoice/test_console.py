"""`validate invoice` and `export invoice` at the console."""

import json
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.cli.invoices import COMMANDS
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.formats.einvoice import read
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.tests.shared import shared_file


class At(Answers):
    """The console with somebody at it."""

    def __init__(self, actor: Actor | None = None) -> None:
        super().__init__(json=True)
        self.somebody = actor

    def actor(self, user: str = "") -> Actor:
        assert self.somebody is not None
        return self.somebody


def perform(name: str, *words: str, by: Actor | None = None) -> int:
    """Run a command as it is typed; gives its exit code."""
    command = next(each for each in COMMANDS if each.name == name)
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(At(by), parser.parse_args(words)) or 0


def test_validate_tells_of_each_file_which_rules_it_breaks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good = shared_file("nlcius", "SI-UBL-2.0_BR-NL-10_ok_both_nl.xml")
    bad = shared_file("nlcius", "SI-UBL-2.0_BR-NL-12_error.xml")
    other = tmp_path / "other.xml"
    other.write_text("<Order/>")
    assert perform("validate invoice", "--fast", str(good), str(bad), str(other), str(tmp_path / "none")) == 1  # fmt: skip
    said = json.loads(capsys.readouterr().out)
    assert [each["ok"] for each in said["files"]] == [True, False, False, False]
    assert (said["ok"], said["failed"]) == (1, 3)
    assert "BR-NL-12" in {each["rule"] for each in said["files"][1]["errors"]}
    assert said["files"][2]["errors"][0]["rule"] == "not_an_invoice"
    assert said["files"][0]["what"] == "UBL Invoice"
    assert perform("validate invoice", "--fast", str(good)) == 0


@pytest.mark.django_db
def test_export_writes_one_invoice_to_a_file_and_many_to_a_folder(
    books: Books, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    customer(books, "C-1")
    numbers = [
        issue_invoice(
            books.anne, party="C-1", date=date(2011, 3, 1),
            lines=[InvoiceLineInput(text="Thing", quantity=Decimal(1), unit_price=Decimal(10))],
        ).number
        for _ in range(2)
    ]  # fmt: skip
    file = tmp_path / "one.xml"
    perform("export invoice", numbers[0], "--format", "ubl", "--to", str(file), by=books.anne)
    assert read(file.read_bytes()).number == numbers[0]
    perform("export invoice", *numbers, "--format", "cii", "--to", str(tmp_path / "all"), by=books.anne)  # fmt: skip
    assert sorted(each.name for each in (tmp_path / "all").iterdir()) == [f"{each}.cii.xml" for each in numbers]  # fmt: skip
    capsys.readouterr()
    with pytest.raises(InvalidInput):
        perform("export invoice", *numbers, "--format", "ubl", by=books.anne)
