"""What a legal hold keeps."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import LegalHold
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasing import may_not_erase


class Holds(NamedTuple):
    """What is held in a company: all of it, or these persons by the keys of their data."""

    everything: bool
    subjects: frozenset[int]

    def keep(self, subject: int | None) -> bool:
        """Whether data of this person may not go."""
        return self.everything or subject in self.subjects


def holds_of(company_id: int) -> Holds:
    """The holds that are in force in a company."""
    rows = LegalHold.objects.filter(company_id=company_id, ended_at=None)
    parties: Iterable[int | None] = rows.values_list("party_id", flat=True)
    found = set(parties)
    people = [key for key in found if key is not None]
    subjects = Party.objects.filter(pk__in=people).values_list("subject_id", flat=True)
    return Holds(None in found, frozenset(key for key in subjects if key is not None))


@may_not_erase
def held_people_are_kept(company_id: int, party_id: int) -> object:
    """Why a party can't be erased: a legal hold."""
    rows = LegalHold.objects.filter(company_id=company_id, ended_at=None)
    if any(key in (None, party_id) for key in rows.values_list("party_id", flat=True)):
        return _("A legal hold keeps the data of this person; end it first.")
    return ""
