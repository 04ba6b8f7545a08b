"""What the forms of contacts need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.contacts.words import (
    KINDS,
    LANGUAGES,
    WAYS,
    contact_url,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field

NAMED = ("add_contact", "add_contacts", "change_contact")


def _to_contact(_actor: Actor, code: Any) -> str:
    return contact_url(str(code))


def _told(result: Any) -> str:
    added = ngettext("%(n)s contact was added.", "%(n)s contacts were added.", result.added)
    known = gettext("%(n)s were known.") % {"n": result.known} if result.known else ""
    return f"{added % {'n': result.added}} {known}".strip()


def _choices(within: str) -> dict[str, Any]:
    return {f"{within}.kind": KINDS, f"{within}.language": LANGUAGES}


plan(
    "communication.add_contact",
    Plan(
        choices=_choices("contact"), kinds={"contact.remarks": "lines_of_text"},
        goes_to=_to_contact,
    ),
)  # fmt: skip
plan("communication.add_contacts", Plan(choices=_choices("contacts"), lines=4))
plan(
    "communication.change_contact",
    Plan(
        choices=_choices("change"),
        kinds={"code": "hidden", "change.remarks": "lines_of_text"},
        in_palette=False,
    ),
)
plan(
    "communication.import_contacts",
    Plan(
        kinds={"rows": "lines_of_text"},
        intro=_(
            "Copy the rows from a spreadsheet, with a first line that names the columns: name,"
            " email, phone, medium, beat, kind (press, affairs or other), language, tags,"
            " remarks. Only the name is needed."
        ),
        done=_told,
        goes_to=lambda _actor, _result: "/communication/contacts",
    ),
)
for _verb in ("note_conversation", "note_conversations"):
    plan(
        f"communication.{_verb}",
        Plan(
            choices={"said.way": WAYS}, leave_out=("said.files",),
            kinds={"said.text": "lines_of_text"}, in_palette=False,
        ),
    )  # fmt: skip
    name_field(f"communication.{_verb}:way", _("How it was said"))
    name_field(f"communication.{_verb}:text", _("What was said"))
    name_field(f"communication.{_verb}:at", _("When"), _("Empty is now."))
    name_field(f"communication.{_verb}:contact", _("Contact"), _("The code of the relation."))
for _verb in NAMED:
    name_field(f"communication.{_verb}:name", _("Name"))
    name_field(f"communication.{_verb}:email", _("E-mail"))
    name_field(f"communication.{_verb}:phone", _("Telephone"))
    name_field(f"communication.{_verb}:kind", _("Kind"))
    name_field(f"communication.{_verb}:language", _("Language"))
    name_field(f"communication.{_verb}:remarks", _("Remarks"))
    name_field(
        f"communication.{_verb}:party",
        _("Relation"),
        _("The code of who is known already; empty makes a new relation."),
    )
    name_field(f"communication.{_verb}:active", _("Is a contact"))
name_field("medium", _("Medium"), _("Where they work, or what it stood in."))
name_field("beat", _("Writes about"))
name_field("tags", _("Words"), _("To group by, with commas between them."))
name_field("communication.import_contacts:rows", _("Rows"))
