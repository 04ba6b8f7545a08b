"""The questions of audiences that contacts answer."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_CONTACTS
from kantoor.departments.communication.models import Contact, ContactTag
from kantoor.kernel.audiences import ValueChoice, ValueRows, audience_kind, parties_in, rows_of
from kantoor.kernel.parties.models import Party

KINDS = {"press": _("Press"), "affairs": _("Public affairs"), "other": _("Other")}
_tags = rows_of(ContactTag, contact__active=True)


@audience_kind(
    name="communication.press_contacts",
    title=_("Contacts"),
    permission=READ_CONTACTS,
    value=ValueChoice(_("Which contacts"), KINDS),
    meaning=_("Contacts of press, of public affairs, or others, as long as they are one."),
)
def press_contacts(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """The contacts of these kinds."""
    rows = Contact.objects.filter(company_id=company_id, active=True, kind__in=values)
    return parties_in(company_id, rows).filter(erased_at=None)


@audience_kind(
    name="communication.contacts_tagged",
    title=_("Contacts by a word"),
    permission=READ_CONTACTS,
    value=ValueRows(_("Word"), _tags, code="tag", name="tag"),
    meaning=_("Contacts that are grouped by the word, as long as they are one."),
)
def contacts_tagged(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """The contacts with one of these words."""
    rows = _tags(company_id).filter(tag__in=values)
    return parties_in(company_id, rows, "contact__party_id").filter(erased_at=None)
