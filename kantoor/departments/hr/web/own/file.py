"""One's own file as a page, with what one may change oneself."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.card import EmployeeCard, my_file
from kantoor.departments.hr.web.people.card import thing_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing

HERE = "/hr/my-file"


def show(actor: Actor, card: EmployeeCard) -> Thing:
    """One's own file: address, phone and whom to call are one's own to change."""
    contacts = [
        {"name": each.name, "phone": each.phone, "relation": each.relation}
        for each in (card.private.contacts if card.private else [])
    ]
    return thing_of(
        actor,
        card,
        steps=[
            act_for(
                actor, "hr.change_own_file", label=_("Change my address and phone"),
                icon="pencil", back=HERE,
            ),
            act_for(
                actor, "hr.set_own_emergency_contacts", label=_("Set my emergency contacts"),
                icon="phone", contacts=contacts, back=HERE,
            ),
        ],
        more=[],
    )  # fmt: skip


MY_FILE = RecordView(
    key="hr.my_file",
    title=_("My file"),
    kind="hr.employment",
    path="",
    find=my_file,
    show=show,
    in_menu=True,
)
