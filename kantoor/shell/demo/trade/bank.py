"""The bank of the trading company: a statement a month, booked by what it says, some lines left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.automatic import book_certain
from kantoor.departments.finance.actions.banking.rules import keep_bank_rules
from kantoor.departments.finance.actions.banking.statements import import_statements
from kantoor.departments.finance.drafts_banking import BankFileDraft, BankRuleDraft
from kantoor.departments.finance.formats.bank.proof import plain
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.buying import Bill
from kantoor.shell.demo.trade.chance import chance
from kantoor.shell.demo.trade.relations import iban_of
from kantoor.shell.demo.trade.selling import Receipt

OWN = iban_of("NL", "LINDE")
NAME = "Rabobank"
TAX_OFFICE = "NL86INGB0002445588"
"""The account of the Belastingdienst, as it publishes it."""
ODD_MONTHS = 3
"""What customers paid oddly longer ago was found out long since."""
NET_WAGES, PAYROLL_TAX, CHARGES = 1_864_215, 702_340, 2_495


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of a statement: cents, above nought when they came in."""

    on: date
    amount: int
    name: str
    iban: str
    text: str


def open_account(bookkeeper: Actor) -> None:
    """Name the company's bank account, and the rules that its usual lines follow."""
    add_bank_account(bookkeeper, name=NAME, iban=OWN)
    rules = (
        ("Lonen", "salarissen", "16101"),
        ("Loonheffing", "loonheffing", "16230"),
        ("Bankkosten", "kosten betalingsverkeer", "46415"),
        ("Omzetbelasting", "omzetbelasting", "16225"),
    )
    keep_bank_rules(
        bookkeeper,
        rules=[
            BankRuleDraft(name=name, contains=words, account=account, automatic=True, place=place)
            for place, (name, words, account) in enumerate(rules, 1)
        ],
    )


def take_in_statements(
    bookkeeper: Actor,
    months: Sequence[Month],
    opening: int,
    movements: Sequence[Movement],
) -> None:
    """Take in a statement for each month, and book what is certain."""
    by_month: dict[str, list[Movement]] = defaultdict(list)
    for movement in movements:
        by_month[f"{movement.on:%Y-%m}"].append(movement)
    files = []
    for number, month in enumerate(months, 1):
        rows = sorted(by_month[month.code], key=lambda row: (row.on, row.text))
        if rows:
            content = _statement(number, month, opening, rows)
            files.append(BankFileDraft(name=f"rabo-{month.code}.sta", content=content))
        opening += sum(row.amount for row in rows)
    import_statements(bookkeeper, files=files)
    book_certain(bookkeeper)


def movements_of(
    months: Sequence[Month], receipts: Sequence[Receipt], bills: Sequence[Bill], today: date
) -> list[Movement]:
    """What moved: customers and suppliers, wages, and now and then a line that says too little."""
    lately = months[-ODD_MONTHS:][0].first
    found = [_received(each, odd=each.on >= lately) for each in receipts]
    found += [
        Movement(each.on, -each.amount, each.supplier.name, each.supplier.iban, each.reference)
        for each in bills
    ]
    for month in months:
        found += [
            Movement(month.on(24), -NET_WAGES, "Diverse begunstigden", "", f"Salarissen {month.code}"),
            Movement(month.on(28), -PAYROLL_TAX, "Belastingdienst", TAX_OFFICE, f"Loonheffing {month.before.code}"),
            Movement(month.on(5), -CHARGES, NAME, "", "Kosten betalingsverkeer"),
        ]  # fmt: skip
    last = months[-1]
    found.append(Movement(last.on(4), 48_750, "J Bos", "", "Kerstmarkt kraam 12"))
    return [each for each in found if months[0].first <= each.on < today]


def _received(receipt: Receipt, *, odd: bool) -> Movement:
    """Most name the invoice; lately some leave it to us to find out, and a few pay less than all."""
    luck = chance("luck", receipt.invoice, of=12) if odd else 0
    text = "Betaling factuur" if luck == 1 else f"Factuur {receipt.invoice}"
    amount = receipt.amount - 1_250 if luck == 2 else receipt.amount
    return Movement(receipt.on, amount, receipt.customer.name, receipt.customer.iban, text)


def _statement(number: int, month: Month, opening: int, rows: Sequence[Movement]) -> bytes:
    """A statement in MT940, with the codes that Dutch banks put in field 86."""
    lines = [
        ":20:940S", f":25:{OWN}", f":28C:{number}",
        _balance("60F", month.before.last, opening),
    ]  # fmt: skip
    for n, row in enumerate(rows, 1):
        day = f"{row.on:%y%m%d}"
        sign = "D" if row.amount < 0 else "C"
        lines.append(
            f":61:{day}{day[2:]}{sign}{_comma(abs(row.amount))}NTRFNONREF//{month.code}{n:04}"
        )
        said = f"/IBAN/{row.iban}" if row.iban else ""
        said = f"/TRTP/SEPA{said}/NAME/{row.name}/REMI/{row.text}"
        lines.append(":86:" + "\r\n".join(said[at : at + 65] for at in range(0, len(said), 65)))
    closing = opening + sum(row.amount for row in rows)
    lines += [_balance("62F", rows[-1].on, closing), "-"]
    return "\r\n".join(lines).encode()


def _balance(tag: str, on: date, minor: int) -> str:
    return f":{tag}:{'D' if minor < 0 else 'C'}{on:%y%m%d}EUR{_comma(abs(minor))}"


def _comma(minor: int) -> str:
    return plain(minor, "EUR").replace(".", ",")
