"""What the forms of mailings need beyond the signatures of their actions."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.audiences.lists import purpose_names
from kantoor.departments.communication.queries.mailings.channels import (
    channel_names,
    mailbox_names,
    signing_keys,
)
from kantoor.departments.communication.queries.mailings.choosing import (
    audience_names,
    items_to_send,
    reach_in_words,
)
from kantoor.departments.communication.web.mailings import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.form_page import Consequence

SEND = "communication.send_item"


def _how_many(actor: Actor, given: Given) -> Consequence | None:
    """To how many it goes, and who is left out by what."""
    if not given.get("item"):
        return None
    said = reach_in_words(actor, item=str(given["item"]), audience=str(given.get("audience") or ""))
    return Consequence(said[0], said[1:]) if said else None


def _what_dns_says(actor: Actor, given: Given) -> Consequence | None:
    """What has to stand in DNS before the key is used, to be copied from here."""
    for row in signing_keys(actor):
        if (row.domain, row.selector) == (given.get("domain"), given.get("selector")):
            message = gettext("{name} has to be a TXT record in DNS that says:")
            return Consequence(message.format(name=row.name), [row.public])
    return None


def _none_first(names: Mapping[str, str], none: str) -> dict[str, str]:
    return {"": none, **names}


plan(
    SEND,
    Plan(
        suggestions={"item": items_to_send},
        choices={
            "audience": lambda actor: _none_first(
                audience_names(actor), gettext("The audience of the item")
            ),
            "mailbox": lambda actor: _none_first(
                mailbox_names(actor), gettext("The first of communication")
            ),
            "purpose": lambda actor: _none_first(
                purpose_names(actor), gettext("That of the audience")
            ),
            "channel": lambda actor: _none_first(channel_names(actor), gettext("Mail")),
        },
        consequence=_how_many,
        goes_to=lambda _actor, uid: words.mailing_url(uid) if isinstance(uid, str) else "",
        submit=_("Send"),
    ),
)
for _verb in ("pause_mailing", "resume_mailing", "stop_mailing"):
    plan(f"communication.{_verb}", Plan(kinds={"mailing": "hidden"}, in_palette=False))
plan("communication.decide_doubt", Plan(choices={"outcome": words.OUTCOMES}, in_palette=False))
plan("communication.decide_doubts", Plan(choices={"outcome": words.OUTCOMES}, in_palette=False))
plan(
    "communication.add_channel",
    Plan(choices={"kind": words.KINDS}, kinds={"service": "password"}),
)
plan(
    "communication.change_channel",
    Plan(
        kinds={"channel": "hidden", "service": "password"},
        prefill=lambda actor, given: {
            "name": channel_names(actor).get(str(given.get("channel") or ""), "")
        },
        in_palette=False,
    ),
)
plan(
    "communication.use_signing_key",
    Plan(kinds={"selector": "hidden"}, consequence=_what_dns_says, in_palette=False),
)

name_field(f"{SEND}:item", _("Item"), _("Its code; it has to be published."))
name_field(f"{SEND}:audience", _("To"))
name_field(f"{SEND}:mailbox", _("From mailbox"))
name_field(f"{SEND}:channel", _("Channel"))
name_field(f"{SEND}:purpose", _("Consent for"), _("Only who agreed to it gets it."))
name_field(
    f"{SEND}:per_minute", _("Most in a minute"), _("0 is as fast as the mail server takes it.")
)
name_field(f"{SEND}:not_before", _("Not before"))
name_field(
    f"{SEND}:confirmed",
    _("How many it reaches"),
    _("Only asked where that is everybody, or nobody."),
)
name_field("outcome", _("What became of it"))
name_field(
    "service",
    _("Address of the service"),
    _("As Apprise writes it, such as slack://…; of text messages with {to} for the number."),
)
name_field("communication.add_channel:kind", _("Kind"))
name_field("domain", _("Domain"), _("Of the address that mail goes out from."))
name_field("selector", _("Selector"), _("Empty is one of our own making."))
