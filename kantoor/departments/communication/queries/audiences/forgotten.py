"""Which addresses stopped mail before they were forgotten: known by a digest, and by nothing else.

Somebody who has an address can ask whether it is among them; nobody can read one from what is
kept, nor try addresses without the keys of the installation (decision 0212).
"""

import hmac
from collections.abc import Collection, Iterable
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db.models import QuerySet
from django.db.models.functions import Lower

from kantoor.departments.communication.models import ForgottenStop, MailingList
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.store.lookup import fetch_of_keys

ALL_MAIL = ""
"""The purpose of who wants no mail at all."""
AT_ONCE = 5_000
_AMONG = """SELECT digest FROM communication_forgotten_stop
WHERE company_id = %s AND digest IN ({})"""


def digest_of(company_id: int, purpose: str, address: str) -> str:
    """What is kept of an address (in the form it is compared in) that stopped mail for a purpose."""
    said = f"{company_id}\n{purpose}\n{address}".encode()
    return hmac.digest(_key(secrets().sealing), said, "sha256").hex()


def stopped_before(company_id: int, addresses: Collection[str], purpose: str) -> set[str]:
    """Which of these addresses had stopped mail for a purpose, or all mail; one statement."""
    asked = {
        digest_of(company_id, each, address): address
        for address in addresses
        for each in (ALL_MAIL, purpose)
    }
    return {asked[digest] for (digest,) in fetch_of_keys(_AMONG, [company_id], list(asked))}


class StoppedBefore:
    """The same for many addresses one by one: all digests of a company are read when it is asked.

    What counts for a mailing is its purpose, or, where it has none, those of the mailing `lists`
    that it asks (as `unwanted` in standing.py).
    """

    def __init__(self, company_id: int, purpose: str, lists: Collection[str] = ()) -> None:
        self._company = company_id
        self._purposes = {ALL_MAIL, purpose}
        self._lists = () if purpose else lists
        self._digests: set[str] | None = None

    def __contains__(self, address: object) -> bool:
        if not isinstance(address, str) or not self._read():
            return False
        return any(
            digest_of(self._company, each, address) in self._read() for each in self._purposes
        )

    def among(self, parties: QuerySet[Party]) -> list[str]:
        """The addresses of these parties that are among them, in small letters."""
        if not self._read():
            return []
        found = parties.exclude(email="").order_by().values_list(Lower("email"), flat=True)
        rows: Iterable[str] = found.iterator(chunk_size=AT_ONCE)
        return sorted({address for address in rows if address in self})

    def _read(self) -> set[str]:
        if self._digests is None:
            rows = ForgottenStop.objects.filter(company=self._company)
            self._digests = set(rows.values_list("digest", flat=True))
            if self._digests and self._lists:
                asked = MailingList.objects.filter(company=self._company, code__in=self._lists)
                self._purposes |= set(asked.values_list("purpose", flat=True))
        return self._digests


@cache
def _key(sealing: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"kantoor stopped mail v1").derive(sealing)
