"""Write employments, contract versions and files for many at once, inside an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kantoor.departments.hr.actions.people.wording import Contract
from kantoor.departments.hr.models import ContractVersion, Employment, PersonFile
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.models import insert_rows

FILE = (
    "birth_date", "national_kind", "national_number", "iban", "street", "postcode", "city",
    "country", "private_phone", "private_email",
)  # fmt: skip
_KNOWN_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Hired:
    """Somebody to be hired, with everything checked; `subject` is the key of the person's data."""

    party: int
    subject: int | None
    start: date
    contract: Contract
    file: dict[str, Any]


def lock_managers(actor: Actor) -> None:
    """Let who changes managers wait for each other, so that no two changes make a loop."""
    Company.objects.select_for_update(no_key=True).get(pk=actor.company_id)


def write_employments(actor: Actor, hired: Sequence[Hired]) -> list[int]:
    """Write an employment for each, and the first version of its contract; gives the keys."""
    first, at = take_ids(Employment, len(hired)), now()
    keys = list(range(first, first + len(hired)))
    insert_rows(
        Employment,
        [
            (key, actor.company_id, each.party, str(each.start), None, "", at, None)
            for key, each in zip(keys, hired, strict=True)
        ],
    )
    write_versions(
        [(key, each.start, each.contract) for key, each in zip(keys, hired, strict=True)]
    )
    return keys


def write_versions(versions: Sequence[tuple[int, date, Contract]]) -> None:
    """Write versions of contracts: of an employment, from a day, with these terms."""
    if not versions:
        return
    first, at = take_ids(ContractVersion, len(versions)), now()
    insert_rows(
        ContractVersion,
        [
            (first + n, employment, str(day), c.kind, c.until and str(c.until), c.job_title,
             *(getattr(c, weekday) for weekday in WEEKDAYS), c.cost_centre, c.manager_id,
             c.unit_id, c.place, c.cao, at, None)
            for n, (employment, day, c) in enumerate(versions)
        ],
    )  # fmt: skip


def write_files(actor: Actor, hired: Sequence[Hired]) -> None:
    """Write the file of who has none; in that of somebody who comes back what is said anew."""
    files = _files(actor, [each.party for each in hired])
    fresh = [each for each in hired if each.party not in files]
    if fresh:
        first = take_ids(PersonFile, len(fresh))
        insert_rows(
            PersonFile,
            [
                (first + n, each.subject, actor.company_id, each.party, *_values(each.file))
                for n, each in enumerate(fresh)
            ],
        )
    changed = []
    for each in hired:
        if row := files.get(each.party):
            for name in FILE:
                if each.file[name]:
                    setattr(row, name, each.file[name])
            changed.append(row)
    if changed:
        PersonFile.objects.bulk_update(changed, FILE)


def _values(file: dict[str, Any]) -> list[Any]:
    born = file["birth_date"]
    return [born and str(born), *(file[name] for name in FILE[1:])]


def _files(actor: Actor, parties: Sequence[int]) -> dict[int, PersonFile]:
    rows = PersonFile.objects.filter(company_id=actor.company_id)
    if len(parties) <= _KNOWN_AT_ONCE:
        rows = rows.filter(party_id__in=parties)
    wanted = set(parties)
    return {row.party_id: row for row in rows.iterator(2000) if row.party_id in wanted}
