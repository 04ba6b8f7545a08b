"""The pages of reports, exports and imports: each figure opens, each file comes, both languages."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.models import Entry
from kantoor.departments.finance.tests.people import BANK, SALES, entry
from tests.founded import House, found

JOURNAL = b"2011-01-01 Begin\n  Assets:Kas  EUR 5.00\n  Equity:Begin\n"


@pytest.fixture
def house(db: None) -> House:
    house = found()
    house.person("cora", "controller")
    post_entries(
        house.administrator,
        entries=[entry(f"2011-{month:02}-05", (BANK, month), (SALES, -month)) for month in (1, 7)],
    )
    return house


def signed_in(house: House) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"user": "cora", "password": "eleven grey herons"})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/finance/cash-flow?from=2011-01-01&to=2011-12-31",
        "/finance/cash-flow?from=2011-01-01&to=2011-12-31&method=direct",
        "/finance/profit-and-loss-over-time?from=2011-01-01&to=2011-12-31",
        "/finance/balance-sheet-over-time?from=2011-01-01&to=2011-12-31&across=quarter",
    ],
)
def test_reports_are_pages_and_papers_and_sheets(house: House, address: str) -> None:
    client = signed_in(house)
    page = client.get(address)
    assert page.status_code == 200
    assert b"/finance/general-ledger?" in page.content
    assert b"k-good" in page.content
    paper = client.get(f"{address}&format=pdf")
    assert paper.content.startswith(b"%PDF")
    sheet = client.get(f"{address}&format=xlsx")
    assert b"".join(sheet.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    dutch = client.get(address, headers={"accept-language": "nl"})
    assert dutch.status_code == 200


def test_the_audit_file_is_downloaded(house: House) -> None:
    client = signed_in(house)
    assert client.get("/finance/export-ledger").status_code == 200
    answer = client.post("/finance/export-ledger", {"form": "xaf 4.0", "year": "2011"})
    assert answer["Content-Disposition"] == 'attachment; filename="bakker-bv-2011.xaf"'
    assert b"".join(answer.streaming_content).startswith(b"<?xml")  # type: ignore[attr-defined]
    answer = client.post("/finance/export-ledger", {"form": "saft 1.30", "year": "2011"})
    assert answer["Content-Disposition"] == 'attachment; filename="bakker-bv-2011.xml"'
    assert b"<TransactionID>" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def kept_in(answer: Any) -> list[str]:
    """What a page sends back to say which handed-in files it is about."""
    return re.findall(r'name="kept" value="([^"]+)"', answer.content.decode())


def test_an_import_is_seen_first_and_then_done(house: House) -> None:
    client = signed_in(house)
    assert client.get("/finance/import-ledger").status_code == 200
    before = Entry.objects.count()
    file = SimpleUploadedFile("old.journal", JOURNAL)
    seen = client.post("/finance/import-ledger", {"handed_in": [file], "format": "", "mapping": ""})
    assert seen.status_code == 200
    assert Entry.objects.count() == before
    (kept,) = kept_in(seen)
    assert kept
    assert "Dit zou er gebeuren" in seen.content.decode()
    done = client.post("/finance/import-ledger", {"kept": kept})
    assert '<h2 id="outcome">Geïmporteerd</h2>' in done.content.decode()
    assert Entry.objects.count() == before + 1
    stranger = client.post("/finance/import-ledger", {"kept": f"{kept}x"})
    assert stranger.status_code == 422


def test_what_can_not_be_imported_says_so(house: House) -> None:
    client = signed_in(house)
    file = io.BytesIO(b"2011-01-01 x\n  Assets:A  EUR 5\n  Income:B  EUR -4\n")
    file.name = "old.journal"
    seen = client.post("/finance/import-ledger", {"handed_in": [file]})
    assert kept_in(seen) == []
    assert b"1 EUR" in seen.content


def test_layouts_have_a_register_and_a_form(house: House) -> None:
    client = signed_in(house)
    assert client.get("/finance/report-layouts").status_code == 200
    form = client.get("/finance/do/keep-layout")
    assert form.status_code in (200, 404)


@pytest.mark.parametrize("beside", ["budget", "previous_period", "previous_year"])
def test_profit_and_loss_beside_something_is_page_paper_and_sheet(
    house: House, beside: str
) -> None:
    client = signed_in(house)
    address = f"/finance/profit-and-loss?from=2011-07-01&to=2011-07-31&beside={beside}"
    page = client.get(address).content.decode()
    assert ("Verschil" in page) == (beside == "budget")
    assert client.get(f"{address}&format=pdf").content.startswith(b"%PDF")
    text = b"".join(client.get(f"{address}&format=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert ("Begroting" in text) == (beside == "budget")
