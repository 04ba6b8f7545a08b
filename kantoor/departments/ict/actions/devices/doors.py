"""Say from which networks inventories are taken without a token."""

from ipaddress import ip_network

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import InventoryDoor
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST = 500


@action(permission="ict.manage_devices", title=_("Set from where inventories are taken"))
def set_inventory_networks(actor: Actor, /, *, networks: str = "") -> str:
    """Set the networks whose agents report without a token, such as `10.0.0.0/8 192.168.1.0/24`.

    Empty is none but this machine itself. All others show a token of a user who may report
    inventories. Gives the networks as they are kept. Raises InvalidInput.
    """
    found = []
    for each in networks.replace(",", " ").split():
        try:
            found.append(str(ip_network(each, strict=False)))
        except ValueError:
            message = _("“{network}” is no network; write it as 10.0.0.0/8.")
            raise InvalidInput(message.format(network=each[:60]), field="networks") from None
    kept = " ".join(dict.fromkeys(found))
    if len(kept) > LONGEST:
        raise InvalidInput(_("These are too many networks."), field="networks")
    row = scoped(actor, InventoryDoor).first() or InventoryDoor(company_id=actor.company_id)
    row.networks = kept
    row.save()
    return kept
