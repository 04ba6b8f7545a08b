"""Check what identifies a person: national number, bank account and birth date.

BSN: nine digits with the 11-test (python-stdnum, `stdnum.nl.bsn`); Belgian national number:
eleven digits with a birth date and modulo 97 (`stdnum.be.nn`, and `stdnum.be.bis` for who is
not in the national register); IBAN by the country's rules (schwifty). No message repeats one.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.errors_people import WrongNumber
from kantoor.departments.hr.models.people.file import BSN, NRN
from kantoor.kernel.errors import InvalidInput

EARLIEST_BIRTH = date(1900, 1, 1)
LONGEST = 40


def checked_national(bsn: str, nrn: str, found: Findings, line: int | None) -> tuple[str, str]:
    """The kind of national number and its digits; both empty where none is given."""
    if bsn.strip() and nrn.strip():
        message = _("Give a BSN or a Belgian national number, not both.")
        found.add(InvalidInput(message, field="nrn", line=line))
    elif bsn.strip():
        return BSN, _bsn(bsn, found, line)
    elif nrn.strip():
        return NRN, _nrn(nrn, found, line)
    return "", ""


def checked_iban(iban: str, found: Findings, line: int | None, field: str = "iban") -> str:
    """The IBAN as it is kept: capitals without spaces."""
    if not iban.strip():
        return ""
    # Its register of banks takes memory: it is loaded when a number is first looked at.
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        return str(IBAN(iban[: 2 * LONGEST], validate_bban=True))
    except SchwiftyException:
        message = _("This is no IBAN: check the digits.")
        found.add(WrongNumber(message, field=field, line=line))
        return ""


def check_birth_date(born: date | None, today: date, found: Findings, line: int | None) -> None:
    """Refuse a birth date that lies ahead or too far back."""
    if born is not None and not EARLIEST_BIRTH <= born <= today:
        message = _("Check the birth date: it lies between 1900 and today.")
        found.add(InvalidInput(message, field="birth_date", line=line))


def _bsn(text: str, found: Findings, line: int | None) -> str:
    from stdnum.exceptions import ValidationError
    from stdnum.nl import bsn

    try:
        if len(text) <= LONGEST:
            return str(bsn.validate(text))
    except ValidationError:
        pass
    message = _("This is no BSN: nine digits that pass the 11-test. Check the digits.")
    found.add(WrongNumber(message, field="bsn", line=line))
    return ""


def _nrn(text: str, found: Findings, line: int | None) -> str:
    from stdnum.be import bis, nn
    from stdnum.exceptions import ValidationError

    for module in (nn, bis):
        try:
            if len(text) <= LONGEST:
                return str(module.validate(text))
        except ValidationError:
            continue
    message = _("This is no Belgian national number: eleven digits, check the last two.")
    found.add(WrongNumber(message, field="nrn", line=line))
    return ""
