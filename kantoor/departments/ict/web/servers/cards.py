"""What servers and backups say on Today: what is down, and what was not proved."""

from django.utils.translation import ngettext

from kantoor.departments.ict.queries.backups.cover import unproved_backups
from kantoor.departments.ict.queries.servers.servers import servers_down
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting


@today_card("ict", permission="ict.read_servers", order=42)
def servers_card(actor: Actor) -> Card:
    """Servers that are down."""
    count = servers_down(actor)
    if not count:
        return Card()
    words = ngettext("%(n)s server is down", "%(n)s servers are down", count)
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/ict/servers?state=down", "")])


@today_card("ict", permission="ict.read_backups", order=43)
def backups_card(actor: Actor) -> Card:
    """Backups of which it is not proved that they come back."""
    count = unproved_backups(actor)
    if not count:
        return Card()
    words = ngettext("%(n)s backup is not proved", "%(n)s backups are not proved", count)
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/ict/backups?active=1", "")])
