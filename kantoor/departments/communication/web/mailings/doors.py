"""The addresses in a mail: a link that is counted and leads on, a picture that tells it was opened.

They lead only where the mail itself pointed: an address that we did not write is never followed.
HEAD leads there too and counts nothing: it is what programs send that check links for people.
"""

import base64

from kantoor.departments.communication.actions.mailings.measuring import note_followed, note_opened
from kantoor.departments.communication.queries.mailings.links import linked_address
from kantoor.departments.communication.queries.mailings.tokens import (
    ANY_LINK,
    LINK_DOOR,
    OPEN_DOOR,
    OPENED,
    OWN_LINK,
    read_token,
)
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.doors import Reply, Visit, machine_door
from kantoor.kernel.mail.tokens import Thread

PLAIN = "text/plain; charset=utf-8"
DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
NOWHERE = Reply(body=b"There is nothing here.\n", content_type=PLAIN, status=404)
NOT_SO = Reply(body=b"Only GET works here.\n", content_type=PLAIN, status=405)
KEPT_BY_NOBODY = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@machine_door(LINK_DOOR, largest=0, own_tokens=True)
def follow(visit: Visit) -> Reply:
    """Lead on to where a link of a mail points, and count it."""
    if visit.method not in ("GET", "HEAD"):
        return NOT_SO
    found = _read(visit.token, ANY_LINK, OWN_LINK)
    if found is None:
        return NOWHERE
    actor, thread = found
    if visit.method == "HEAD":
        address = linked_address(actor, thread)
    else:
        address = note_followed(
            actor, letter=thread.letter, thing=thread.thing, number=thread.person
        )
    if not address:
        return NOWHERE
    return Reply(
        body=b"", content_type=PLAIN, status=302, headers={"Location": address, **KEPT_BY_NOBODY}
    )


@machine_door(OPEN_DOOR, largest=0, own_tokens=True)
def opened(visit: Visit) -> Reply:
    """A picture of one dot; fetching it says that the mail was opened."""
    if visit.method not in ("GET", "HEAD"):
        return NOT_SO
    found = _read(visit.token, OPENED)
    if found is None:
        return NOWHERE
    actor, thread = found
    if visit.method == "GET":
        note_opened(actor, thing=thread.thing)
    return Reply(body=DOT, content_type="image/gif", headers=KEPT_BY_NOBODY)


def _read(token: str, *letters: str) -> tuple[Actor, Thread] | None:
    """Who notes it and what, for a token of these letters that we made."""
    found = read_token(token)
    if found is None or found[1].letter not in letters:
        return None
    company = Company.objects.filter(pk=found[0]).first()
    return None if company is None else (console_actor(company), found[1])
