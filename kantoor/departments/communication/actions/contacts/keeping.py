"""Contacts are added, one by one or from a list, and changed."""

from collections.abc import Mapping, Sequence

import msgspec
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_CONTACTS
from kantoor.departments.communication.drafts_contacts import ContactChange, ContactDraft
from kantoor.departments.communication.errors import KnownAlready
from kantoor.departments.communication.formats.contacts import read_contacts
from kantoor.departments.communication.models import Contact, ContactTag
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound, Refusals
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.reading.addresses import canonical
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.rows import NewPerson, write_parties, write_roles
from kantoor.kernel.queries import scoped

ROLE = "press"
SERIES = "communication.contact"
LANGUAGES = ("", "nl", "en")
LENGTHS = {"name": 200, "email": 254, "phone": 40, "medium": 120, "beat": 120, "remarks": 1000}
MOST_TAGS, LONGEST_TAG = 20, 40


class Imported(msgspec.Struct, frozen=True):
    """How many contacts of a list were added, and how many were known by their address."""

    added: int
    known: int


@action(permission=MANAGE_CONTACTS, title=_("Add contacts"), bulk_of="communication.add_contact")
def add_contacts(actor: Actor, /, *, contacts: Sequence[ContactDraft]) -> list[str]:
    """Add contacts, all or none; gives their codes. Raises KnownAlready, InvalidInput, NotFound.

    Who is a relation already is one with that code, or with that address: it gets the role.
    """
    wrong = _wrong([*enumerate(contacts, 1)], named=len(contacts) > 1)
    if not wrong:
        known = _contacts_of(actor, contacts)
        for place, each in enumerate(contacts, 1):
            if each.email and canonical(each.email) in known:
                message = _("{name} is a contact already.").format(
                    name=known[canonical(each.email)]
                )
                line = place if len(contacts) > 1 else None
                wrong.append(KnownAlready(message, field="email", line=line))
    _raise(wrong)
    rows = _added(actor, contacts) if contacts else []
    if len(rows) == 1:
        concerns(f"communication.contact/{rows[0].pk}")
    return [row.party.code for row in rows]


@action(permission=MANAGE_CONTACTS, title=_("Add a contact"))
def add_contact(actor: Actor, /, *, contact: ContactDraft) -> str:
    """Add one contact; gives its code."""
    return add_contacts(actor, contacts=[contact])[0]


@action(permission=MANAGE_CONTACTS, title=_("Take in a list of contacts"))
def import_contacts(actor: Actor, /, *, rows: str) -> Imported:
    """Add the contacts of a list (CSV, or copied from a spreadsheet), all or none.

    The first line names its columns. Addresses that are known, or come twice, are passed over.
    Raises InvalidInput with every line that is wrong.
    """
    wrong: list[DomainError] = []
    listed = read_contacts(rows, wrong)
    _raise(wrong + _wrong(listed, named=True))
    known = set(_contacts_of(actor, [each for _line, each in listed]))
    fresh = []
    for _line, each in listed:
        address = canonical(each.email) if each.email else ""
        if not address or address not in known:
            fresh.append(each)
            known.add(address)
    if fresh:
        _added(actor, fresh)
    return Imported(len(fresh), len(listed) - len(fresh))


@action(permission=MANAGE_CONTACTS, title=_("Change a contact"))
def change_contact(actor: Actor, /, *, code: str, change: ContactChange) -> None:
    """Change a contact, or say that it is one no longer (`active`). Raises NotFound, InvalidInput."""
    row = contact_of(actor, code)
    given = {
        name: value for name in change.__struct_fields__
        if (value := getattr(change, name)) is not None
    }  # fmt: skip
    whole = {"name": row.party.name, **{name: given[name] for name in given if name != "active"}}
    _raise(_wrong([(1, msgspec.convert(whole, ContactDraft))], named=False))
    for name in ("medium", "beat", "kind", "remarks"):
        if name in given:
            setattr(row, name, _clean(given[name]))
    row.active = given.get("active", row.active)
    row.save()
    for name in ("name", "phone", "language"):
        if name in given:
            setattr(row.party, name, _clean(given[name]))
    if "email" in given:
        row.party.email = canonical(given["email"]) if given["email"].strip() else ""
    row.party.save()
    if "tags" in given:
        row.tags.all().delete()
        _tag([(row, given["tags"])])
    concerns(f"communication.contact/{row.pk}")


def contact_of(actor: Actor, code: str) -> Contact:
    """The contact with this code, to be changed. Raises NotFound."""
    rows = scoped(actor, Contact).select_for_update(of=("self",)).select_related("party")
    row = rows.filter(party__code=code).first()
    if row is None:
        message = _("There is no contact “{code}”.").format(code=code[:40])
        raise NotFound(message, field="contact")
    return row


def _added(actor: Actor, drafts: Sequence[ContactDraft]) -> list[Contact]:
    """Write contacts that are new; of each the party that is known, or a new one."""
    first = take_numbers(f"{SERIES}/{actor.company_id}", len(drafts))
    parties = _parties(actor, drafts, first)
    now = timezone.now()
    rows = Contact.objects.bulk_create(
        Contact(
            subject_id=party.subject_id,
            company_id=actor.company_id,
            number=number,
            party=party,
            kind=each.kind,
            medium=_clean(each.medium),
            beat=_clean(each.beat),
            remarks=each.remarks.strip(),
            added_at=now,
        )
        for number, (each, party) in enumerate(zip(drafts, parties, strict=True), first)
    )
    _tag([(row, each.tags) for row, each in zip(rows, drafts, strict=True)])
    return rows


def _parties(actor: Actor, drafts: Sequence[ContactDraft], first: int) -> list[Party]:
    """The party of each, with the role; raises NotFound for a code that there is not."""
    codes = {each.party.strip() for each in drafts if each.party.strip()}
    by_code = {row.code: row for row in scoped(actor, Party).filter(code__in=codes)}
    by_address = _parties_at(actor, drafts)
    found: list[Party | None] = []
    fresh: dict[str, NewPerson] = {}
    taken = {row.pk for row in by_code.values()}
    for number, each in enumerate(drafts, first):
        code = each.party.strip()
        if code and code not in by_code:
            message = _("There is no relation “{code}”.").format(code=code[:40])
            raise NotFound(message, field="party")
        address = canonical(each.email) if each.email.strip() else ""
        party = by_code.get(code) or by_address.pop(address, None)
        if party is None:
            made = f"PC-{number:05}"
            fresh[made] = NewPerson(
                code=made,
                name=_clean(each.name),
                email=address,
                phone=_clean(each.phone),
                language=each.language,
            )
        found.append(party)
    keys = write_parties(actor.company_id, list(fresh.values()))
    made_rows = Party.objects.in_bulk(list(keys.values()))
    rest = iter([made_rows[keys[code]] for code in fresh])
    parties = [party or next(rest) for party in found]
    if Contact.objects.filter(party__in=taken).exists() or len({p.pk for p in parties}) < len(
        found
    ):
        raise KnownAlready(_("This relation is a contact already."), field="party")
    write_roles(ROLE, [party.pk for party in parties])
    return parties


def _parties_at(actor: Actor, drafts: Sequence[ContactDraft]) -> dict[str, Party]:
    """Persons by their address, of those who are no contact yet."""
    wanted = {canonical(each.email) for each in drafts if each.email.strip()}
    rows = scoped(actor, Party).annotate(address=Lower("email")).filter(address__in=wanted)
    rows = rows.filter(kind="person", erased_at=None)
    rows = rows.exclude(pk__in=scoped(actor, Contact).values("party_id"))
    return {row.email.lower(): row for row in rows.order_by("-pk")}


def _contacts_of(actor: Actor, drafts: Sequence[ContactDraft]) -> Mapping[str, str]:
    """The names of contacts that have one of these addresses already."""
    wanted = {canonical(each.email) for each in drafts if each.email.strip()}
    rows = scoped(actor, Contact).annotate(address=Lower("party__email"))
    return dict(rows.filter(address__in=wanted).values_list("address", "party__name"))


def _tag(pairs: Sequence[tuple[Contact, str]]) -> None:
    ContactTag.objects.bulk_create(
        ContactTag(company_id=row.company_id, contact=row, tag=tag)
        for row, said in pairs
        for tag in tags_of(said)
    )


def tags_of(said: str) -> list[str]:
    """The words of a text with commas between them, each once, in lower case."""
    return sorted({" ".join(each.split()).lower() for each in said.split(",") if each.strip()})


def _wrong(listed: Sequence[tuple[int, ContactDraft]], *, named: bool) -> list[DomainError]:
    """What is wrong with these contacts, each with its line where there are several."""
    found: list[DomainError] = []
    for place, each in listed:
        line = place if named else None
        if not each.name.strip() and not each.party.strip():
            found.append(InvalidInput(_("Give a name."), field="name", line=line))
        if each.email.strip() and "." not in canonical(each.email).rpartition("@")[2]:
            found.append(InvalidInput(_("Give an e-mail address."), field="email", line=line))
        if each.language not in LANGUAGES:
            found.append(InvalidInput(_("A language is nl or en."), field="language", line=line))
        for name, most in LENGTHS.items():
            if len(getattr(each, name)) > most:
                message = _("This is longer than {most} characters.").format(most=most)
                found.append(InvalidInput(message, field=name, line=line))
        tags = tags_of(each.tags)
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            wordy = _("Give at most {most} words, each of at most {long} characters.")
            said = wordy.format(most=MOST_TAGS, long=LONGEST_TAG)
            found.append(InvalidInput(said, field="tags", line=line))
    return found


def _raise(wrong: Sequence[DomainError]) -> None:
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)


def _clean(text: str) -> str:
    return one_line(text)
