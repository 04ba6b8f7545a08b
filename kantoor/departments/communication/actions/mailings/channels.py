"""Other ways out than mail, and the keys that sign mail: added, changed, taken out of use."""

from typing import Literal

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mailings.letters import SEALED
from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.errors import KnownAlready
from kantoor.departments.communication.models import Channel, SigningKey
from kantoor.departments.communication.models.mailings.channel import SMS
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.mail.mass.services import TO, is_service
from kantoor.kernel.mail.mass.signing import new_key
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.sealed import sealed

ChannelKind = Literal["sms", "chat"]


@action(permission=MANAGE_CHANNELS, title=_("Add a channel"))
def add_channel(
    actor: Actor, /, *, name: str, kind: ChannelKind, service: str, code: str = ""
) -> str:
    """Add a service of text messages or a room to talk in; gives its code.

    `service` is its address as Apprise writes it; that of text messages has `{to}` where the
    number comes. Raises InvalidInput, KnownAlready.
    """
    name, code = one_line(name)[:120], slugify(code or name)[:60]
    if not name or not code:
        raise InvalidInput(_("Give a name."), field="name")
    if scoped(actor, Channel).filter(code=code).exists():
        raise KnownAlready(_("There is a channel of that code already."), field="code")
    row = Channel.objects.create(
        company_id=actor.company_id, code=code, name=name, kind=kind,
        service=_service(kind, service), changed_at=timezone.now(),
    )  # fmt: skip
    concerns(f"communication.channel/{row.pk}")
    return code


@action(permission=MANAGE_CHANNELS, title=_("Change a channel"))
def change_channel(
    actor: Actor,
    /,
    *,
    channel: str,
    name: str | None = None,
    service: str | None = None,
    active: bool | None = None,
) -> None:
    """Change what a channel is called, its address, or whether it is used. Raises NotFound."""
    row = scoped(actor, Channel).select_for_update().filter(code=channel).first()
    if row is None:
        raise NotFound(_("There is no such channel."), field="channel")
    if name is not None:
        row.name = one_line(name)[:120] or row.name
    if service:
        row.service = _service(row.kind, service)
    if active is not None:
        row.active = active
    row.changed_at = timezone.now()
    row.save()
    concerns(f"communication.channel/{row.pk}")


@action(permission=MANAGE_CHANNELS, title=_("Make a key that signs mail"))
def make_signing_key(actor: Actor, /, *, domain: str, selector: str = "") -> str:
    """Make a key for a domain (DKIM); gives the name in DNS where its public half has to stand.

    It signs once it is taken into use. Raises InvalidInput, KnownAlready.
    """
    domain = one_line(domain).lower().strip(".")
    selector = slugify(selector or f"kantoor-{timezone.now():%Y%m}")[:60]
    if not domain.isascii() or "." not in domain or " " in domain or len(domain) > 200:
        raise InvalidInput(_("Give a domain, such as example.org."), field="domain")
    if scoped(actor, SigningKey).filter(domain=domain, selector=selector).exists():
        raise KnownAlready(_("There is a key of that name already."), field="selector")
    private, public = new_key()
    row = SigningKey.objects.create(
        company_id=actor.company_id, domain=domain, selector=selector, private=private,
        public=public, made_at=timezone.now(),
    )  # fmt: skip
    concerns(f"communication.signingkey/{row.pk}")
    return f"{selector}._domainkey.{domain}"


@action(permission=MANAGE_CHANNELS, title=_("Take a signing key into use, or out of it"))
def use_signing_key(actor: Actor, /, *, domain: str, selector: str, active: bool = True) -> None:
    """Let a key sign mail of its domain from now on, in place of another; or no more.

    Raises NotFound.
    """
    rows = list(scoped(actor, SigningKey).select_for_update().filter(domain=domain))
    found = next((row for row in rows if row.selector == selector), None)
    if found is None:
        raise NotFound(_("There is no such key."), field="selector")
    for row in rows:
        row.active = active and row is found
    SigningKey.objects.bulk_update(rows, ["active"])
    concerns(f"communication.signingkey/{found.pk}")


def _service(kind: str, address: str) -> str:
    """The address of a service as it is kept. Raises InvalidInput."""
    address = one_line(address)
    if not is_service(address):
        message = _("Apprise knows no such address; it looks like slack://… or twilio://…")
        raise InvalidInput(message, field="service")
    if kind == SMS and TO not in address:
        message = _("Put {to} where the telephone number comes.")
        raise InvalidInput(message, field="service")
    if len(kept := sealed(address, SEALED)) > 2000:
        raise InvalidInput(_("This is too long."), field="service")
    return kept
