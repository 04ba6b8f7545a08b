"""The forms of audiences, lists and purposes: what is suggested, chosen and filled in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.queries.audiences.lists import (
    list_names,
    mailing_list,
    purpose_names,
    purposes,
)
from kantoor.departments.communication.queries.audiences.offering import questions_offered
from kantoor.departments.communication.queries.audiences.register import audience
from kantoor.departments.communication.web.audiences.words import (
    LANGUAGES,
    audience_url,
    list_url,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.suggesting import suggests
from kantoor.kernel.pages.words import name_field

QUESTIONS = suggests("audience_questions", offer=questions_offered)


def purposes_to_choose(actor: Actor) -> Mapping[str, Any]:
    """The purposes in use, by code."""
    return purpose_names(actor)


def lists_to_choose(actor: Actor) -> Mapping[str, Any]:
    """The mailing lists in use, by code."""
    return dict(list_names(actor).values())


def _audience_before(actor: Actor, given: Given) -> Given:
    try:
        found = audience(actor, code=str(given.get("audience.code", "")))
    except UnknownAudience:
        return {}
    return {
        "audience.name": found.audience.name,
        "audience.purpose": found.audience.purpose,
        "audience.parts": [{"who": each.who, "left_out": each.left_out} for each in found.parts],
    }


def _list_before(actor: Actor, given: Given) -> Given:
    try:
        found = mailing_list(actor, code=str(given.get("mailing_list.code", "")))
    except UnknownAudience:
        return {}
    return {
        "mailing_list.name": found.name,
        "mailing_list.purpose": found.purpose,
        "mailing_list.open": found.open,
    }


def _purpose_before(actor: Actor, given: Given) -> Given:
    code = str(given.get("purpose.code", ""))
    found = next((row for row in purposes(actor, search=code).rows if row.code == code), None)
    return {"purpose.name": found.name, "purpose.text": found.text} if found else {}


plan(
    "communication.set_audience",
    Plan(
        intro=_(
            "Nobody is stored in it: who is in it is asked anew whenever it is used. Type a word to "
            "find a question: a department, a device, a service, a list."
        ),
        choices={"audience.purpose": purposes_to_choose},
        suggestions={"audience.parts.who": QUESTIONS},
        prefill=_audience_before,
        live="/communication/audiences/reach",
        drafts=False,
        goes_to=lambda _actor, code: audience_url(code),
    ),
)
plan(
    "communication.set_list",
    Plan(
        choices={"mailing_list.purpose": purposes_to_choose},
        prefill=_list_before,
        goes_to=lambda _actor, code: list_url(code),
    ),
)
plan(
    "communication.set_purpose",
    Plan(
        kinds={"purpose.text": "lines_of_text"},
        prefill=_purpose_before,
        goes_to=lambda _actor, _code: "/communication/purposes",
    ),
)
plan(
    "communication.add_subscriber",
    Plan(
        leave_out=("from_file",),
        choices={"mailing_list": lists_to_choose, "subscriber.language": LANGUAGES},
        drafts=False,
    ),
)
plan(
    "communication.add_subscribers",
    Plan(
        leave_out=("from_file",),
        choices={"mailing_list": lists_to_choose, "subscribers.language": LANGUAGES},
    ),
)
plan("communication.take_off_list", Plan(choices={"mailing_list": lists_to_choose}))
plan(
    "communication.stop_mail_to",
    Plan(
        choices={"purpose": purposes_to_choose},
        goes_to=lambda _actor, _none: "/communication/no-mail",
    ),
)
plan("communication.stop_mail", Plan(choices={"purpose": purposes_to_choose}))
plan(
    "communication.let_mail_go_on",
    Plan(
        choices={"purpose": purposes_to_choose},
        goes_to=lambda _actor, _none: "/communication/no-mail",
    ),
)
plan(
    "communication.forget_address",
    Plan(
        intro=_(
            "All that is kept of the address goes for good. If it stopped mail, that stays known by "
            "a code which nobody can read back, so that no list reaches it again until its owner "
            "puts themselves on one."
        ),
        goes_to=lambda _actor, _none: "/communication/mailing-lists",
    ),
)
name_field("audience", _("Audience"))
name_field("parts", _("Who is in it"))
name_field("who", _("Who"), _("Type a word, and choose what is offered."))
name_field("communication.set_audience:left_out", _("Left out"))
name_field(
    "communication.set_audience:purpose",
    _("Only who agreed to"),
    _("Empty: what they have to be told, such as what concerns their work or their order."),
)
name_field("mailing_list", _("Mailing list"))
name_field("subscribers", _("Addresses"))
name_field("communication.set_list:purpose", _("What one agrees to by it"))
name_field(
    "communication.set_list:open",
    _("Open"),
    _("Whoever wants can put themselves on it, on a page without sign-in."),
)
name_field("communication.set_purpose:text", _("What people agree to, word for word"))
name_field(
    "communication.add_subscriber:source", _("Where they agreed"), _("A form, a fair, a paper.")
)
name_field(
    "communication.add_subscribers:source", _("Where they agreed"), _("A form, a fair, a paper.")
)
name_field("agreed_on", _("When they agreed"), _("Empty: today."))
name_field("communication.stop_mail_to:purpose", _("For which mail"), _("Empty: all mail."))
name_field("communication.stop_mail:purpose", _("For which mail"), _("Empty: all mail."))
name_field("communication.let_mail_go_on:purpose", _("For which mail"), _("Empty: all mail."))
name_field("asked", _("How its owner asked for it"))
