"""A small company with rows in every table, for tests that go through all of them.

Whoever adds a table adds rows to it here; `test_tampering.py` fails for a table without.
"""

import gzip
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from kantoor.departments.finance.actions.books import add_journal
from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.payables.rules_of_approval import set_match_tolerance
from kantoor.departments.finance.actions.payments import receive_payments
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_invoices import Payment
from kantoor.departments.ict.actions.devices.doors import set_inventory_networks
from kantoor.departments.ict.actions.servers.publishing import open_status_address
from kantoor.departments.sales.actions.articles import ArticleDraft, create_articles
from kantoor.departments.sales.actions.customers import (
    CustomerChange,
    CustomerDraft,
    alter_customers,
    create_customers,
)
from kantoor.departments.sales.actions.invoices import invoice_orders
from kantoor.departments.sales.actions.orders import confirm_orders, deliver_orders, take_orders
from kantoor.departments.sales.actions.quotations import accept_quotation, offer_quotations
from kantoor.departments.sales.actions.returns import take_returns
from kantoor.departments.sales.drafts import LineDraft as SoldLine
from kantoor.departments.sales.drafts import OrderDraft, QuotationDraft, ReturnDraft
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair, action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import IdempotencyKey
from kantoor.kernel.actors.roles import Permitted, add_role, exclude_duties
from kantoor.kernel.actors.tokens import create_token, revoke_token
from kantoor.kernel.files.files import store_file
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.outbox.actions import add_endpoint
from kantoor.kernel.pages.saved_views import save_view
from kantoor.kernel.record.erasing import erase_person
from kantoor.kernel.record.signing import sign_head
from tests.complete_assets import fixed_assets
from tests.complete_backups import backups
from tests.complete_banking import banking, rules
from tests.complete_budgets import budgets_and_keys
from tests.complete_cases import case_charges, cases
from tests.complete_closing import closed_years
from tests.complete_collecting import collecting
from tests.complete_communication_audiences import communication_audiences
from tests.complete_communication_items import communication_items
from tests.complete_communication_mailings import communication_mailings
from tests.complete_communication_pages import communication_pages
from tests.complete_communication_press import communication_press
from tests.complete_communication_reading import communication_reading
from tests.complete_currency import currency
from tests.complete_devices import devices
from tests.complete_groups import companies
from tests.complete_hr_expenses import hr_expenses
from tests.complete_hr_growth import hr_growth
from tests.complete_hr_leave import hr_leave
from tests.complete_hr_payroll import hr_payroll
from tests.complete_hr_people import hr_people
from tests.complete_hr_privacy import hr_privacy
from tests.complete_hr_times import hr_times
from tests.complete_leaving import leaving
from tests.complete_mail import mail
from tests.complete_management import management
from tests.complete_payables import approvals, buying
from tests.complete_payments import paying
from tests.complete_procedures import procedures
from tests.complete_reporting import reporting
from tests.complete_requests import requests
from tests.complete_servers import servers
from tests.complete_spreading import spreading
from tests.complete_vat import tax
from tests.founded import House, found_anew

EMPTY: dict[str, str] = {}
"""Tables that can't have two rows here, with the reason."""

SHOP = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
536366,71053,LANTERN,2,2010-12-01 08:28:00,3.39,17851.0,France
C536367,71053,LANTERN,-1,2010-12-02 08:28:00,3.39,17851.0,France
536368,71053,LANTERN,none,2010-12-02 08:28:00,3.39,17851.0,France
"""


def complete(folder: Path) -> House:
    """Found the company and let everything happen in it that leaves rows."""
    house = found_anew()
    garage = found_anew("Garage Vos")
    anne = house.administrator
    people(house)
    books(anne)
    fixed_assets(anne)
    spreading(anne)
    currency(anne)
    closed_years(anne)
    budgets_and_keys(anne)
    front_office(anne, folder)
    selling(anne)
    tax(anne)
    leaving(anne)
    reporting(anne)
    buying(anne, _account_codes(anne)[0])
    set_match_tolerance(garage.administrator, quantity=Decimal(1))
    set_inventory_networks(garage.administrator, networks="10.0.0.0/8")
    open_status_address(garage.administrator)
    _write(anne, lambda: approvals(anne))
    companies(house, garage)
    banking(anne)
    _write(anne, lambda: rules(anne))
    paying(house)
    collecting(anne)
    cases(anne)
    devices(anne)
    servers(anne)
    backups(anne)
    mail(anne)
    hr_people(anne)
    case_charges(anne, accounts=_account_codes(anne))
    hr_leave(anne)
    hr_times(anne)
    hr_expenses(anne)
    hr_payroll(house)
    hr_growth(anne)
    hr_privacy(anne)
    management(anne)
    procedures(house)
    requests(anne)
    communication_items(house)
    communication_pages(house, garage)
    communication_audiences(house)
    communication_reading(house)
    communication_press(house, garage)
    communication_mailings(house)
    erasing(anne)
    sign_head()
    create_token(anne, name="till")
    sign_head()
    return house


@action(permission="tests.write", title="Write for a test", hidden=True)
def write_rows_for_test(actor: Actor, /, *, work: object) -> object:
    """Rows that no action writes by itself."""
    assert callable(work)
    return work()


def people(house: House) -> None:
    """The kernel's own: people, roles, tokens, requests, files, views, webhooks."""
    anne = house.administrator
    house.person("bo", "bookkeeper")
    house.person("cas", "bookkeeper")
    for code in ("till", "desk"):
        add_role(
            anne, code=code, name_en=code, name_nl=code,
            permissions=[Permitted(permission=f"sales.{code}", limit_minor=1000)],
        )  # fmt: skip
    exclude_duties(anne, first="finance.post_entry", second="sales.refund")
    exclude_duties(anne, first="sales.order", second="sales.refund")
    create_token(anne, name="scanner")
    revoke_token(anne, name="scanner")
    for name in ("warehouse", "shop"):
        add_endpoint(anne, name=name, url=f"https://{name}.example/hook")
        save_view(anne, register="sales.orders", name=name, address="state=open")
    _write(anne, lambda: _files(anne))
    _write(anne, lambda: _keys(anne))


def _write(actor: Actor, work: Callable[[], object]) -> None:
    write_rows_for_test(actor, work=work)


def _files(actor: Actor) -> None:
    for name in ("contract.txt", "drawing.txt"):
        store_file(actor, content=name.encode(), name=name, media_type="text/plain")


def _keys(actor: Actor) -> None:
    """What was asked twice over the API is answered once."""
    known = {"actor_id": actor.user_id, "request": "r", "answer": "a", "at": 1}
    also = {f.attname for f in IdempotencyKey._meta.concrete_fields} - {"id", "key", *known}
    given = {name: actor.company_id if name == "company_id" else None for name in also}
    IdempotencyKey.objects.bulk_create(
        [IdempotencyKey(key=f"key {n}", **known, **given) for n in range(2)]
    )


def books(anne: Actor) -> None:
    """Finance: dimensions, entries with them, a reversal, a closed month."""
    for code in ("cost_centre", "project"):
        for value in ("100", "200"):
            add_dimension_value(anne, dimension=code, code=value, name=value)
    add_journal(anne, code="EXT", name_en="Extra", name_nl="Extra", kind="general")
    codes = _account_codes(anne)
    posted = post_entries(
        anne,
        entries=[
            EntryDraft(
                date=date(2011, 1, day),
                text="Opening",
                lines=[
                    LineDraft(account=codes[0], amount=100 * day, dimensions={"project": "100"}),
                    LineDraft(account=codes[1], amount=-100 * day, dimensions={"project": "200"}),
                ],
            )
            for day in (3, 4)
        ],
    )
    reverse_entry(anne, entry=posted.last, why="typing mistake")
    close_period(anne, period="2011-11", how="soft")


def _account_codes(actor: Actor) -> list[str]:
    from kantoor.departments.finance.models import Account

    plain = Account.objects.filter(company_id=actor.company_id, role="", active=True)
    return list(plain.order_by("code").values_list("code", flat=True)[:2])


def front_office(anne: Actor, folder: Path) -> None:
    """Files of a web shop, plain and gzip, with a row that is refused."""
    plain, packed = folder / "shop.csv", folder / "more.csv.gz"
    plain.write_text(SHOP)
    packed.write_bytes(gzip.compress(SHOP.replace("53636", "54636").encode()))
    for path in (plain, packed):
        result = intake_file(anne, path, "webshop")
        assert result.accepted
        assert result.rejected


def selling(anne: Actor) -> None:
    """Sales: customers, articles, quotations, orders, invoices, payments, returns."""
    create_articles(
        anne,
        articles=[
            ArticleDraft(code=code, name=code, unit_price=Decimal("12.50"))
            for code in ("bread", "cake")
        ],
    )
    create_customers(
        anne,
        customers=[
            CustomerDraft(code="K1", name="Molen BV", country="NL"),
            CustomerDraft(code="K2", name="Jan Pietersen", kind="person", country="NL"),
            CustomerDraft(code="K3", name="Eva Erven", kind="person", country="NL"),
        ],
    )
    alter_customers(anne, changes=[CustomerChange(code="K1", payment_days=14)])
    lines = [SoldLine(article=code, quantity=Decimal(2)) for code in ("bread", "cake")]
    offered = offer_quotations(
        anne, quotations=[QuotationDraft(customer=c, lines=lines) for c in ("K1", "K2")]
    )
    accept_quotation(anne, number=offered[0].number)
    taken = take_orders(anne, orders=[OrderDraft(customer=c, lines=lines) for c in ("K1", "K2")])
    numbers = [order.number for order in taken]
    confirm_orders(anne, numbers=numbers)
    deliver_orders(anne, numbers=numbers)
    invoice_orders(anne, numbers=numbers)
    take_returns(
        anne,
        returns=[
            ReturnDraft(customer="K1", lines=lines[:1], order=numbers[0]),
            ReturnDraft(customer="K2", lines=lines[:1], order=numbers[1]),
        ],
    )
    today = date(2030, 1, 1)
    receive_payments(
        anne, payments=[Payment(date=today, amount=500, party=code) for code in ("K1", "K2")]
    )


def erasing(anne: Actor) -> None:
    """Somebody asks for something that needs a second person; two persons are erased."""
    for code in ("K2", "K3"):
        try:
            erase_person(anne, party=code, why="asked")
        except NeedsSecondPair:
            pass
    create_customers(
        anne,
        customers=[CustomerDraft(code=f"P{n}", name="Nobody", kind="person") for n in range(2)],
    )
    with approved("kernel.erase_person"):
        for n in range(2):
            erase_person(anne, party=f"P{n}", why="asked")
