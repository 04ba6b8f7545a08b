"""The way out by a provider of mail (Amazon, Mailgun, Postmark …), by django-anymail.

Which one is set by the installation: `KANTOOR_MAIL_BACKEND` names the class of anymail and
`KANTOOR_ANYMAIL` its settings as JSON. One message is one call, so that each is answered apart.
"""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from kantoor.kernel.mail.mass.ways import Away, Outgoing
from kantoor.kernel.mail.models import FAILED, SENT, UNSURE, WAITING
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.sending import Said, said_of

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

OWN = frozenset({"from", "to", "subject", "mime-version", "content-type"})
"""Fields that the provider makes of the message itself; all others go along."""
KEY_REFUSED = (401, 403)
NOT_NOW = (429, 503)


class ByProvider:
    """Calls of a provider, over a connection that is kept."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None

    def hand_in(self, message: Outgoing, begin: Callable[[], None]) -> Said:
        """Hand in a message. Raises Away where the provider can't be reached or refuses our key."""
        from anymail.exceptions import (  # type: ignore[import-untyped]
            AnymailError,
            AnymailRequestsAPIError,
        )

        try:
            mail = _as_django(message)
        except (ValueError, LookupError) as problem:
            return Said(FAILED, f"553 5.6.7 {said_of(problem)}"[:300])
        if self._backend is None:
            self._backend = get_connection(settings.MAIL_BACKEND)
            self._backend.open()
        begin()
        try:
            self._backend.send_messages([mail])
        except AnymailRequestsAPIError as problem:
            return _of_answer(problem)
        except AnymailError as problem:
            return Said(FAILED, said_of(problem))
        return _of_status(mail)

    def close(self) -> None:
        """End the connection."""
        if self._backend is not None:
            self._backend.close()
        self._backend = None


def _as_django(message: Outgoing) -> EmailMultiAlternatives:
    """The message in the parts that providers ask for."""
    read = message_from_bytes(message.content(), policy=default)
    fields = {name: str(value) for name, value in read.items() if name.lower() not in OWN}
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    mail = EmailMultiAlternatives(
        subject=str(read["Subject"]),
        body=plain.get_content() if plain else "",
        from_email=str(read["From"]),
        to=[str(read["To"])],
        headers=fields,
    )
    if html is not None:
        mail.attach_alternative(html.get_content(), "text/html")
    for part in read.walk():
        kind = part.get_content_type()
        if kind == "text/calendar":
            mail.attach_alternative(part.get_content(), "text/calendar")
        elif kind.startswith("image/"):
            mail.attach(cast("Any", part))
    told: Any = mail
    told.envelope_sender = message.bounces_to
    told.metadata = {"recipient": str(message.key)}
    return mail


def _of_answer(problem: Any) -> Said:
    """What an answer that is no success means; only one that came says that nothing was sent."""
    import requests

    said = one_line(str(problem).partition("\n")[0])[:250]
    status = getattr(problem, "status_code", None)
    if status is None:
        never = isinstance(problem, requests.ConnectTimeout) or "NewConnection" in str(problem)
        if never:
            raise Away(said)
        return Said(UNSURE, said)
    if status in KEY_REFUSED:
        raise Away(said)
    if status in NOT_NOW:
        return Said(WAITING, f"{status} {said}")
    return Said(FAILED if 400 <= status < 500 else UNSURE, f"{status} {said}")


def _of_status(mail: EmailMultiAlternatives) -> Said:
    """What the provider said of the one recipient."""
    told: Any = mail
    status = told.anymail_status
    words = ", ".join(sorted(status.status or ()))
    if (status.status or set()) & {"invalid", "rejected", "failed"}:
        return Said(FAILED, f"550 {words}")
    return Said(SENT, f"250 {words} {status.message_id or ''}".strip()[:300])
