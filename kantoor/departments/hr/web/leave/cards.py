"""What leave says on Today: requests that wait for who decides, and steps of sickness that are due."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kantoor.departments.hr.queries.leave.requests import leave_to_decide, my_requests
from kantoor.departments.hr.queries.leave.sickness import sick_spells
from kantoor.departments.hr.web.leave import words
from kantoor.departments.hr.web.leave.requests import TO_DECIDE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.today_page import FirstStep, Waiting

FEW = 4
SOON = timedelta(days=14)


@today_card("hr", permission="hr.use_own", order=30)
def to_decide_card(actor: Actor) -> Card:
    """Leave that waits for the actor, each with the button that approves it."""
    page = leave_to_decide(actor, limit=FEW)
    waiting = [
        Waiting(
            gettext("%(name)s asks leave") % {"name": row.name},
            words.request_url(row.number),
            f"{words.days_of(row)} · {words.clock(row.minutes)}",
            row.first,
            words.state(row.state),
            steps=acts(
                act_for(actor, "hr.approve_leave", {"number": row.number}, label=gettext("Approve"),
                        at_once=True, back="/")
            ),
        )
        for row in page.rows
    ]  # fmt: skip
    more = (page.count or 0) - len(page.rows)
    if more > 0:
        title = ngettext("%(n)s more request for leave", "%(n)s more requests for leave", more)
        waiting.append(Waiting(title % {"n": more}, TO_DECIDE.url))
    return Card(waiting=waiting)


@today_card("hr", permission="hr.use_own", order=31)
def ask_card(actor: Actor) -> Card:
    """Where to ask leave, until one has asked some."""
    if my_requests(actor, limit=1).rows or actor.may("hr.manage_leave"):
        return Card()
    ask = Act(gettext("Ask for leave"), "/hr/ask-leave", icon="umbrella")
    return Card(first_steps=[FirstStep(ask, gettext("You see what it costs as you choose."))])


@today_card("hr", permission="hr.see_sickness", order=32)
def sickness_card(actor: Actor) -> Card:
    """Steps of the law that are due within two weeks or late."""
    until = timezone.localdate() + SOON
    rows = sick_spells(actor, open=True).rows
    return Card(
        waiting=[
            Waiting(str(words.STEPS[row.next_step]), words.spell_url(row.id), row.name, row.due)
            for row in rows
            if row.due is not None and row.due <= until
        ][:FEW]
    )
