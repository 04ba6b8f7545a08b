"""The press page: opened with whom to ask, and closed."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import PressPage
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_CONTACT, LONGEST_ABOUT = 500, 5_000


@action(permission=MANAGE_CHANNELS, title=_("Set the press page"))
def set_press_page(actor: Actor, /, *, contact: str = "", about: str = "") -> None:
    """Show everybody what is published for the press, with whom to ask and who the company is.

    Raises InvalidInput.
    """
    for field, said, most in (
        ("contact", contact, LONGEST_CONTACT), ("about", about, LONGEST_ABOUT),
    ):  # fmt: skip
        if len(said) > most:
            message = _("This is longer than {most} characters.").format(most=most)
            raise InvalidInput(message, field=field)
    row = scoped(actor, PressPage).select_for_update().first()
    row = row or PressPage(company_id=actor.company_id)
    row.open, row.contact, row.about = True, contact.strip(), about.strip()
    row.save()


@action(permission=MANAGE_CHANNELS, title=_("Close the press page"))
def close_press_page(actor: Actor, /) -> None:
    """Show the press nothing any more; it opens again at the same address. Raises NotReady."""
    row = scoped(actor, PressPage).select_for_update().filter(open=True).first()
    if row is None:
        raise NotReady(_("There is no press page."))
    row.open = False
    row.save()
