"""To which account a party is paid, and why it may not be paid yet."""

from collections.abc import Iterable
from typing import NamedTuple

from kantoor.departments.finance.models.party_accounts import PROPOSED, VERIFIED
from kantoor.kernel.store.lookup import rows_by_key

NO_ACCOUNT, UNVERIFIED, OTHER_ACCOUNT, NOT_SEPA = (
    "no_account", "unverified", "other_account", "not_sepa",
)  # fmt: skip


class PayTo(NamedTuple):
    """A verified account: its key, and what a payment file says of it."""

    id: int
    iban: str
    bic: str
    holder: str


class Accounts(NamedTuple):
    """The verified account of each party, and the parties with one that waits for a second person."""

    verified: dict[int, PayTo]
    waiting: frozenset[int]

    def held(self, party_id: int, printed: str = "") -> str:
        """Why nothing is paid to the party yet, as a code; empty when it can be.

        `printed` is the IBAN on the invoice that would be paid.
        """
        if party_id in self.waiting:
            return UNVERIFIED
        found = self.verified.get(party_id)
        if found is None:
            return NO_ACCOUNT
        if printed and compact(printed) != found.iban:
            return OTHER_ACCOUNT
        return "" if in_sepa(found.iban) else NOT_SEPA


def accounts_of(company_id: int, party_ids: Iterable[int]) -> Accounts:
    """The accounts of these parties, in one statement."""
    wanted = set(party_ids)
    verified = rows_by_key(
        "SELECT party_id, id, iban, bic, holder FROM finance_party_account"  # noqa: S608
        f" WHERE company_id = %s AND state = '{VERIFIED}' AND party_id IN ({{}})",
        [company_id],
        wanted,
    )
    waiting = rows_by_key(
        "SELECT party_id, count(*) FROM finance_party_account"  # noqa: S608
        f" WHERE company_id = %s AND state = '{PROPOSED}' AND party_id IN ({{}})"
        " GROUP BY party_id",
        [company_id],
        wanted,
    )
    return Accounts({key: PayTo(*row) for key, row in verified.items()}, frozenset(waiting))


def held_iban(company_id: int, party_id: int, printed: str = "") -> str:
    """Why a party can't be paid (to the IBAN that its invoice prints), as a code; empty: it can."""
    return accounts_of(company_id, [party_id]).held(party_id, printed)


def compact(iban: str) -> str:
    """An IBAN as it is kept: capitals without spaces."""
    return "".join(iban.split()).upper()


def in_sepa(iban: str) -> bool:
    """Whether the account is in a country of the single euro payments area."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        return bool(IBAN(iban).in_sepa_zone)
    except SchwiftyException:
        return False
