"""How the press page is set: whether it is open, whom the press asks, and what stands under it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.pages.press import press_page
from kantoor.departments.communication.web.pages.words import press_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.address import Address


def _content(actor: Actor, _address: Address) -> Mapping[str, Any]:
    shown = press_page(actor)
    setting = act_for(
        actor, "communication.set_press_page", icon="pencil", key="e", back=PRESS_PAGE.url,
        label=_("Change") if shown.open else _("Open the press page"),
    )  # fmt: skip
    closing = act_for(
        actor, "communication.close_press_page", icon="ban", at_once=True, back=PRESS_PAGE.url
    )
    return {
        "page": {
            "title": PRESS_PAGE.title,
            "main_action": setting,
            "more": acts(closing) if shown.open else [],
        },
        "shown": shown,
        "public": press_url(actor.company_id),
    }


PRESS_PAGE = PlainView(
    key="communication.press_page",
    title=_("Press page"),
    permission=READ_ITEMS,
    template="communication/press_page.html",
    content=_content,
)


def _as_it_is(actor: Actor, _given: Given) -> Given:
    if not actor.may(READ_ITEMS):
        return {}
    shown = press_page(actor)
    return {"contact": shown.contact, "about": shown.about}


plan(
    "communication.set_press_page",
    Plan(kinds={"contact": "lines_of_text", "about": "lines_of_text"}, prefill=_as_it_is),
)
plan("communication.close_press_page", Plan(in_palette=False))
name_field(
    "communication.set_press_page:contact",
    _("Whom the press can ask"),
    _("Name, telephone and e-mail, each on a line of its own."),
)
name_field(
    "communication.set_press_page:about",
    _("About the company"),
    _("Stands under each press release."),
)
