"""What a bookkeeper does in a day, in a browser: from a file of the web shop to its entries."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site, Visit, served

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("desks")]

LANGUAGES = ("en", "nl")
HEAD = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")  # fmt: skip
MAIN_PAGES = (
    "/", "/finance", "/finance/invoices", "/finance/receivables", "/finance/entries",
    "/finance/accounts", "/finance/accounts/1100", "/finance/balance-sheet",
    "/finance/profit-and-loss", "/finance/trial-balance", "/finance/general-ledger",
    "/finance/receivables-by-age", "/finance/periods", "/finance/periods/2010-12",
    "/finance/invoices/2010-00001", "/finance/entries/SAL/2010/1", "/finance/do/post-entry",
    "/sales", "/sales/orders", "/sales/orders/SO-000001", "/sales/customers",
    "/sales/customers/17850", "/sales/articles", "/sales/articles/85123A", "/sales/returns",
    "/sales/inbox", "/sales/inbox/1", "/sales/do/take-order",
)  # fmt: skip

ONE_OF_EACH = (
    "/finance", "/finance/invoices", "/finance/invoices/2010-00001", "/finance/balance-sheet",
    "/finance/receivables-by-age", "/finance/do/post-entry", "/sales/customers/17850",
    "/sales/inbox/1",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="module")
def opened(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sales and a credit note, as the web shop writes them."""
    path = tmp_path_factory.mktemp("file") / "december.csv"
    with path.open("w", newline="") as out:
        write = csv.writer(out).writerow
        write(HEAD)
        for row in (
            ("536365", "85123A", "WHITE HANGING HEART T-LIGHT HOLDER", "6", "2.55", "17850"),
            ("536365", "71053", "WHITE METAL LANTERN", "6", "3.39", "17850"),
            ("536367", "84879", "ASSORTED COLOUR BIRD ORNAMENT", "32", "1.69", "13047"),
            ("C536379", "85123A", "WHITE HANGING HEART T-LIGHT HOLDER", "-1", "2.55", "17850"),
        ):
            number, code, text, quantity, price, customer = row
            write([number, code, text, quantity, "2010-12-01 08:26:00", price, customer, "United Kingdom"])  # fmt: skip
    return path


@pytest.fixture(params=LANGUAGES)
def visit(request: pytest.FixtureRequest, opened: Browser, site: Site) -> Iterator[Visit]:
    found = Visit(opened, site, request.param)
    yield found
    found.close()


def test_a_file_is_taken_in(visit: Visit, file: Path) -> None:
    # In the second language it is the same file again, which changes nothing.
    tab = visit.go("/sales/inbox")
    tab.click("a[href='/sales/hand-in']")
    tab.set_input_files("[name=file]", file)
    tab.fill("[name=source]", "webshop")
    tab.press("[name=source]", "Enter")
    tab.wait_for_url("**/today/jobs/*")
    # The part that is polled points at the page of what came of it.
    done = tab.locator("main a[href='/sales/inbox'], main a[href^='/today/jobs/']")
    done.first.wait_for(timeout=60_000)
    if tab.locator("main a[href='/sales/inbox']").count() == 0:
        tab.reload(wait_until="networkidle")
    tab.click("main a[href='/sales/inbox']")
    tab.wait_for_url("**/sales/inbox")
    visit.go("/sales/orders")
    assert tab.locator(".k-rows tbody tr").count() == 2


def test_a_figure_leads_to_its_event(visit: Visit, file: Path) -> None:
    tab = visit.go("/finance/balance-sheet?to=2010-12-31")
    tab.click("tr:has(.k-code a[href='/finance/accounts/1100']) .k-money a")
    tab.wait_for_url("**/finance/general-ledger?account=1100*")
    tab.click("a[href='/finance/entries/SAL/2010/1'] >> nth=0")
    tab.wait_for_url("**/finance/entries/SAL/2010/1")
    expect(tab.locator(".k-totals dd").last).to_have_text("41.88" if _english(visit) else "41,88")
    tab.click(".k-aside a[href='/finance/invoices/2010-00001'] >> nth=0")
    tab.wait_for_url("**/finance/invoices/2010-00001")
    tab.click(".k-aside a[href='/sales/orders/SO-000001'] >> nth=0")
    tab.wait_for_url("**/sales/orders/SO-000001")
    tab.click(".k-why-event a")
    tab.wait_for_url("**/sales/inbox/*")
    assert "WHITE METAL LANTERN" in tab.inner_text("main")


def _english(visit: Visit) -> bool:
    return visit.tab.get_attribute("html", "lang") == "en"


def test_an_entry_is_posted_and_reversed_by_keyboard(visit: Visit) -> None:
    tab = visit.go("/finance/entries")
    tab.keyboard.press("n")
    tab.wait_for_url("**/finance/do/post-entry*")
    tab.fill("[name='entry.date']", "2010-12-31")
    tab.fill("[name='entry.text']", "Capital paid in")
    for line, account, side in ((0, "1200", "debit"), (1, "3400", "credit")):
        tab.fill(f"[name=lines-{line}-account]", account)
        tab.fill(f"[name=lines-{line}-{side}]", "1000")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/finance/entries/*/2010/*")
    posted = tab.url
    tab.wait_for_load_state("networkidle")
    tab.keyboard.press("r")
    tab.wait_for_url("**/finance/do/reverse-entry?*")
    tab.fill("[name=why]", "It was a gift after all")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/finance/entries/*/2010/*")
    assert tab.url != posted
    tab.click(f".k-aside a[href='{posted.removeprefix(visit.site.base)}'] >> nth=0")
    tab.wait_for_url(posted)
    words = "Reversed" if _english(visit) else "Tegengeboekt"
    expect(tab.locator(".k-head .k-status")).to_have_text(words)


def test_lines_that_do_not_add_up_are_refused_and_kept(visit: Visit) -> None:
    tab = visit.go("/finance/do/post-entry")
    tab.fill("[name='entry.date']", "2010-12-31")
    tab.fill("[name=lines-0-account]", "1200")
    tab.fill("[name=lines-0-debit]", "10")
    tab.fill("[name=lines-1-account]", "3400")
    tab.fill("[name=lines-1-credit]", "9")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector(".k-summary")
    assert tab.input_value("[name=lines-0-account]") == "1200"
    assert tab.input_value("[name=lines-1-account]") == "3400"


def test_axe_finds_nothing_serious(visit: Visit) -> None:
    found = []
    # The same templates in the other language: a page of each kind is enough.
    for address in MAIN_PAGES if _english(visit) else ONE_OF_EACH:
        visit.go(address)
        assert visit.tab.locator("h1").count() == 1, address
        found += visit.serious()
    assert found == []


def test_no_page_is_wider_than_a_phone(opened: Browser, site: Site) -> None:
    visit = Visit(opened, site, "nl", width=390)
    wide = []
    for address in (*ONE_OF_EACH, "/finance/accounts/1100", "/sales", "/sales/orders"):
        visit.go(address)
        if visit.tab.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(address)
    visit.close()
    assert wide == []
