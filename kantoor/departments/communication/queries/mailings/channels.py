"""Channels and signing keys as they are set, without what is secret in them."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.models import Channel, SigningKey
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.queries import query, scoped

PURPOSE = "communication"
"""Of the mailboxes that are communication's."""


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A way out beside mail; `kind` is sms or chat. Its address holds a password and is not shown."""

    id: int
    code: str
    name: str
    kind: str
    active: bool
    changed_at: datetime


class KeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A key that signs mail: `name` in DNS where `public` has to stand, as a TXT record."""

    id: int
    domain: str
    selector: str
    name: str
    public: str
    active: bool
    made_at: datetime


@query(permission=MANAGE_CHANNELS, title=_("Channels"), exposed=True)
def channels(actor: Actor, /) -> list[ChannelRow]:
    """All channels, by name."""
    return [
        ChannelRow(
            id=row.pk, code=row.code, name=row.name, kind=row.kind, active=row.active,
            changed_at=row.changed_at,
        )
        for row in scoped(actor, Channel).order_by("name", "pk")
    ]  # fmt: skip


@query(permission=MANAGE_CHANNELS, title=_("Keys that sign mail"), exposed=True)
def signing_keys(actor: Actor, /) -> list[KeyRow]:
    """All keys, the latest first."""
    return [
        KeyRow(
            id=row.pk, domain=row.domain, selector=row.selector,
            name=f"{row.selector}._domainkey.{row.domain}", public=row.public, active=row.active,
            made_at=row.made_at,
        )
        for row in scoped(actor, SigningKey).order_by("-pk")
    ]  # fmt: skip


def channel_names(actor: Actor) -> dict[str, str]:
    """The channels in use, by code."""
    return dict(scoped(actor, Channel).filter(active=True).values_list("code", "name"))


def mailbox_names(actor: Actor) -> dict[str, str]:
    """The mailboxes that mailings go out from, by name."""
    found = scoped(actor, Mailbox).filter(active=True, purpose=PURPOSE).order_by("pk")
    return {name: f"{name} ({address})" for name, address in found.values_list("name", "address")}
