"""What each kind of row of the web shop becomes, and that nothing is lost."""

import gzip
import json
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from unittest.mock import patch

import pytest

from kantoor.departments.sales.models import Article, Customer, Order, OrderLine, Return
from kantoor.departments.sales.tests.people import Shop, row, shop_file
from kantoor.kernel.errors import Conflict
from kantoor.kernel.intake.models import IntakeEvent, IntakeRaw
from kantoor.kernel.intake.replaying import replay_rejected, take_in_waiting
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.lookup import fetch


def test_a_sale_becomes_an_order_with_an_invoice(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(
        tmp_path / "sales.csv", row("536365"), row("536365", "71053", 8, "3.39", text="LANTERN")
    )
    result = shop.intake(file)
    assert (result.received, result.accepted, result.rejected) == (2, 2, 0)
    order = Order.objects.get()
    assert (order.reference, order.net, order.state) == ("536365", 1530 + 2712, "completed")
    assert str(order.ordered_on) == "2010-12-01"
    assert order.invoice_id is not None
    assert [line.net for line in order.lines.order_by("pk")] == [1530, 2712]
    invoice = fetch("SELECT net, tax, reference, origin, country FROM finance_invoice")
    assert invoice == [(4242, 742, "536365", f"sales.order/{order.pk}", "GB")]


def test_an_invoice_number_with_c_becomes_a_return_with_a_credit_note(
    shop: Shop, tmp_path: Path
) -> None:
    shop.intake(shop_file(tmp_path / "sales.csv", row("C536379", "D", -1, "27.50")))
    back = Return.objects.get()
    assert (back.net, back.state) == (2750, "credited")
    assert [line.quantity for line in back.lines.all()] == [Decimal(1)]
    assert fetch("SELECT kind, net FROM finance_invoice") == [("credit_note", 2750)]
    assert not Order.objects.exists()


def test_a_document_below_zero_without_c_is_a_credit_note_too(shop: Shop, tmp_path: Path) -> None:
    shop.intake(shop_file(tmp_path / "sales.csv", row("540000", quantity=-3)))
    assert Return.objects.get().net == 765
    assert shop.invoiced() == -765


def test_an_adjustment_is_refused_with_its_amount(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        row("A563185", "B", 1, "11062.06", text="Adjust bad debt", customer=""),
        row("A563186", "B", 1, "-11062.06", text="Adjust bad debt", customer=""),
        row("536365"),
    )
    result = shop.intake(file)
    assert (result.accepted, result.rejected) == (1, 2)
    (reason,) = result.reasons
    assert (reason.code, reason.rows, reason.amount) == ("webshop.adjustment", 2, 0)
    amounts = IntakeEvent.objects.filter(state="rejected").values_list("amount", flat=True)
    assert set(amounts) == {-1106206, 1106206}
    assert Order.objects.count() == 1


def test_rows_without_a_customer_belong_to_one_customer_for_each_country(
    shop: Shop, tmp_path: Path
) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        row("536544", customer=""),
        row("536545", customer=""),
        row("536546", customer="", country="EIRE"),
        row("536547", customer="", country="European Community"),
    )
    assert shop.intake(file).accepted == 4
    assert dict(Party.objects.values_list("code", "country")) == {
        "webshop-GB": "GB",
        "webshop-IE": "IE",
        "webshop-european-commun": "",
    }
    name = Party.objects.get(code="webshop-GB").name
    assert name == "Web shop customers without number, United Kingdom"


def test_a_document_without_price_or_customer_is_a_stock_correction_without_invoice(
    shop: Shop, tmp_path: Path
) -> None:
    rows = [row("536589", "21777", -10, "0.0", text="", customer="")]
    assert shop.intake(shop_file(tmp_path / "sales.csv", *rows)).accepted == 1
    order = Order.objects.get()
    assert (order.kind, order.net, order.invoice_id) == ("stock_correction", 0, None)
    assert shop.invoiced() == 0
    assert not fetch("SELECT id FROM finance_invoice")


def test_free_goods_within_a_sale_are_a_line_of_nought(shop: Shop, tmp_path: Path) -> None:
    rows = [row("537197", "22841", 1, "0.0"), row("537197", "22842", 2, "6.75")]
    shop.intake(shop_file(tmp_path / "sales.csv", *rows))
    assert fetch("SELECT net FROM finance_invoice_line ORDER BY id") == [(0,), (1350,)]


def test_goods_given_to_a_customer_for_nothing_are_a_sale_of_nought(
    shop: Shop, tmp_path: Path
) -> None:
    shop.intake(shop_file(tmp_path / "sales.csv", row("543599", quantity=16, price="0.0")))
    order = Order.objects.get()
    assert (order.kind, order.net) == ("sale", 0)
    assert fetch("SELECT net, entry_id FROM finance_invoice") == [(0, None)]


def test_each_document_is_taxed_by_the_country_of_its_rows(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        row("540001", customer="12370.0", country="Cyprus"),
        row("540002", customer="12370.0", country="Austria"),
        row("540003", customer="12370.0", country="RSA"),
        row("540004", customer="12370.0", country="Unspecified"),
    )
    assert shop.intake(file).accepted == 4
    assert Party.objects.get().country == "CY"
    countries = [country for (country,) in fetch("SELECT country FROM finance_invoice ORDER BY id")]
    assert countries == ["CY", "AT", "ZA", ""]


def test_large_quantities_and_prices_of_a_tenth_of_a_penny_are_exact(
    shop: Shop, tmp_path: Path
) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        row("581483", "23843", 80995, "2.08"),
        row("C581484", "23843", -80995, "2.08"),
        row("541000", "PADS", 1, "0.001"),
        row("541001", "PADS", 5, "0.001"),
    )
    assert shop.intake(file).rejected == 0
    assert sorted(Order.objects.values_list("net", flat=True)) == [0, 1, 16846960]
    assert shop.invoiced() == 1


def test_a_bad_row_refuses_its_document_and_names_line_and_field(
    shop: Shop, tmp_path: Path
) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        row("536365"),
        row("536366"),
        row("536366", quantity="six"),
        row("536367", at="2011-02-31 10:00:00"),
        row("536368", country="Atlantis"),
        row("536369", price="-1"),
        row("536370", price="0.0000001"),
        row("536371", text="X" * 201),
        row("536372", customer="17850"),
        row("536372", customer="17851"),
    )
    result = shop.intake(file)
    assert (result.received, result.accepted, result.rejected) == (10, 1, 9)
    refused = {
        each.event_id: (each.line, each.field, each.code)
        for each in IntakeEvent.objects.filter(state="rejected")
    }
    assert refused == {
        "536366": (4, "Quantity", "number.unreadable"),
        "536367": (5, "InvoiceDate", "date.no_such_day"),
        "536368": (6, "Country", "sales.unknown_country"),
        "536369": (7, "UnitPrice", "sales.negative_price"),
        "536370": (8, "UnitPrice", "number.decimals"),
        "536371": (9, "Description", "sales.too_long"),
        "536372": (11, "CustomerID", "sales.rows_differ"),
    }


def test_what_finance_refuses_is_refused_by_itself(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        *(row(str(536365 + n)) for n in range(7)),
        row("600000", at="2999-01-01 10:00:00"),
        *(row(str(546365 + n)) for n in range(6)),
    )
    result = shop.intake(file)
    assert (result.accepted, result.rejected) == (13, 1)
    refused = IntakeEvent.objects.get(state="rejected")
    assert (refused.event_id, refused.line, refused.amount) == ("600000", 9, 1530)
    assert refused.code in ("invalid", "finance.closed_period")
    assert shop.invoiced() == 13 * 1530


def test_the_same_file_again_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(
        tmp_path / "sales.csv", row("536365"), row("C536379", quantity=-1), row("A1", price="5.00")
    )
    first = shop.intake(file)
    before = _all_counts()
    again = shop.intake(file)
    assert (first.accepted, first.rejected) == (2, 1)
    assert (again.accepted, again.duplicates, again.rejected) == (0, 2, 1)
    assert _all_counts() == before


def test_a_document_that_changed_is_refused_and_kept(shop: Shop, tmp_path: Path) -> None:
    shop.intake(shop_file(tmp_path / "sales.csv", row("536365")))
    result = shop.intake(shop_file(tmp_path / "sales.csv", row("536365", quantity=7)))
    assert [reason.code for reason in result.reasons] == ["intake.changed"]
    assert result.reasons[0].amount == 1785
    assert shop.invoiced() == 1530


def test_refused_documents_are_taken_in_once_they_are_mended(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(tmp_path / "sales.csv", row("536365"), row("536366", quantity="six"))
    result = shop.intake(file)
    refused = Path(result.rejected_file)
    assert refused == tmp_path / "sales.csv.rejected.ndjson"
    event = json.loads(refused.read_text())
    assert (event["refusalcode"], event["refusalline"]) == ("number.unreadable", 3)
    event["data"]["rows"][0]["Quantity"] = "6"
    refused.write_text(json.dumps(event))
    mended = shop.intake(refused)
    assert (mended.received, mended.accepted, mended.rejected_file) == (1, 1, "")
    assert shop.invoiced() == 3060
    # The first file still has the row that was mended: it is dealt with.
    again = shop.intake(file)
    assert (again.accepted, again.duplicates, again.rejected) == (0, 2, 0)


def test_documents_that_were_open_when_a_file_broke_off_are_refused(
    shop: Shop, tmp_path: Path
) -> None:
    file = shop_file(tmp_path / "sales.csv", row("1"))
    with file.open("a") as end:
        end.write('1,"never closed')
    result = shop.intake(file)
    assert (result.accepted, Order.objects.exists()) == (0, False)
    assert result.stopped is not None and result.stopped.line == 3
    refused = IntakeEvent.objects.get(event_id="1")
    with pytest.raises(Conflict):
        replay_rejected(shop.anne, event=refused.pk)
    # Handed in again as it is, it is still not whole.
    again = shop.intake(Path(result.rejected_file))
    assert "document.incomplete" in {reason.code for reason in again.reasons}
    assert not Order.objects.exists()


def test_a_whole_chunk_left_behind_is_booked_later(shop: Shop, tmp_path: Path) -> None:
    file = shop_file(tmp_path / "sales.csv", row("1"), row("2", quantity="six"))
    breaks = patch("kantoor.departments.sales.intake.invoices.book_sales", side_effect=KeyError)
    with breaks, pytest.raises(KeyError):
        shop.intake(file)
    with patch("kantoor.kernel.intake.replaying.WAIT", timedelta(0)):
        taken = {outcome.id: outcome.code for outcome in take_in_waiting(shop.anne)}
    assert taken == {"1": "", "2": "number.unreadable"}
    again = shop.intake(file)
    assert (again.accepted, again.duplicates, again.rejected) == (0, 1, 1)


def test_an_article_gets_its_name_from_the_first_row_that_has_one(
    shop: Shop, tmp_path: Path
) -> None:
    file = shop_file(
        tmp_path / "sales.csv",
        row("536365", "22139", 56, "0.0", text="", customer=""),
        row("536366", "22139", 1, "4.25", text="RETROSPOT TEA SET"),
        row("536367", "22139", 1, "4.65", text="RED RETROSPOT TEA SET"),
    )
    shop.intake(file)
    article = Article.objects.get()
    assert (article.code, article.name, article.unit_price) == (
        "22139",
        "RETROSPOT TEA SET",
        Decimal("4.25"),
    )
    texts = OrderLine.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["22139", "", "RED RETROSPOT TEA SET"]


def test_an_article_is_named_later_too(shop: Shop, tmp_path: Path) -> None:
    shop.intake(shop_file(tmp_path / "1.csv", row("1", "22139", 1, "0.0", text="", customer="")))
    shop.intake(shop_file(tmp_path / "2.csv", row("2", "22139", text="TEA SET")))
    assert Article.objects.get().name == "TEA SET"


def test_a_customer_of_another_company_is_not_found(
    shop: Shop, other_shop: Shop, tmp_path: Path
) -> None:
    file = shop_file(tmp_path / "sales.csv", row("536365"))
    shop.intake(file)
    assert other_shop.intake(file).accepted == 1
    assert Customer.objects.count() == 2
    assert shop.invoiced() == other_shop.invoiced() == 1530


def test_a_gzip_file_is_taken_in_alike(shop: Shop, tmp_path: Path) -> None:
    plain = shop_file(tmp_path / "sales.csv", row("536365"))
    packed = tmp_path / "sales.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert shop.intake(packed).accepted == 1
    assert shop.intake(plain).duplicates == 1


def test_a_file_whose_documents_lie_across_batches_is_whole(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kantoor.kernel.intake.files.BATCH_DOCUMENTS", 2)
    file = shop_file(tmp_path / "sales.csv", *(row(str(536365 + n)) for n in range(5)))
    shop.intake(file)
    assert IntakeRaw.objects.count() == 3
    assert Order.objects.count() == 5


def _all_counts() -> list[tuple[int]]:
    tables = ("kernel_intake_file", "kernel_intake_raw", "kernel_intake_event", "sales_order",
              "sales_return", "sales_article", "sales_customer", "finance_invoice",
              "finance_entry", "kernel_party")  # fmt: skip
    return [fetch(f"SELECT count(*) FROM {table}")[0] for table in tables]  # noqa: S608


def test_no_penny_of_a_mixed_file_is_lost(shop: Shop, tmp_path: Path) -> None:
    rows = [
        row("1", quantity=3, price="0.335"),
        row("1", quantity=1, price="1.005"),
        row("C2", quantity=-3, price="0.335"),
        row("A3", quantity=1, price="-5.55"),
        row("4", quantity="x"),
        row("4", quantity=2, price="1.25"),
    ]
    result = shop.intake(shop_file(tmp_path / "sales.csv", *rows))
    readable = [each for each in rows if each[3] != "x"]
    wanted = sum(
        int((Decimal(each[3]) * Decimal(each[5]) * 100).quantize(Decimal(1), ROUND_HALF_UP))
        for each in readable
    )
    assert shop.invoiced() + sum(reason.amount for reason in result.reasons) == wanted
