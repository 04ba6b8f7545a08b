"""What growth says on Today to people themselves: reviews that wait for them, objectives, training."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from kantoor.departments.hr.queries.growth.objectives import objectives_due
from kantoor.departments.hr.queries.growth.reviews import reviews_waiting
from kantoor.departments.hr.queries.growth.training import my_trainings
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.web.growth import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.today_page import Waiting

SOON = timedelta(days=14)
FEW = 3


@today_card("hr", permission="hr.use_own", order=37)
def own_growth_card(actor: Actor) -> Card:
    """Reviews whose next step is one's own, objectives that are due, and training soon."""
    if find_own_party(actor) is None:
        return Card()
    today = timezone.localdate()
    waiting = [
        Waiting(
            gettext("Review of %(name)s: your turn") % {"name": row.person},
            words.review_url(row.id),
            row.round_title,
            row.due_on,
            words.review_state(row.state),
        )
        for row in reviews_waiting(actor, most=FEW)
    ]
    waiting += [
        Waiting(row.title, "/hr/my-objectives?state=open", gettext("Objective"), row.due_on)
        for row in objectives_due(actor, until=today + SOON)
    ]
    planned = my_trainings(actor, state="planned", sort="planned_on", limit=FEW).rows
    waiting += [
        Waiting(row.course, "/hr/my-trainings", gettext("Training"), row.planned_on)
        for row in planned
        if row.planned_on <= today + SOON
    ]
    return Card(waiting=waiting)
