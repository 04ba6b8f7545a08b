"""What the season's cases took, what an hour of the desk costs, and what people said of it."""

from datetime import date, timedelta
from decimal import Decimal

from kantoor.departments.ict.actions.cases.charging import post_case_charges, set_charge_settings
from kantoor.departments.ict.actions.cases.working import set_work_rates, write_works
from kantoor.departments.ict.actions.satisfaction.opinions import take_opinion
from kantoor.departments.ict.drafts_work import WorkDraft, WorkRateDraft
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.queries.satisfaction.asked import opinion_token
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.trade.chance import chance
from kantoor.shell.demo.trade.staffing import cost_centre

RATES = (("", "", "48"), ("netwerk", "", "62.50"), ("", "netwerk", "57"))
"""Service, queue, and what an hour costs."""
SAID = {
    5: ("Binnen tien minuten geholpen, top.", "Fijn dat je even langskwam.", ""),
    4: ("", "Goed uitgelegd.", ""),
    3: ("Het werkt, maar ik moest twee keer bellen.",),
    2: ("Het duurde een hele dag voor ik iets hoorde.",),
}
OPINIONS = 24
COST = "45625"
"""The account on which cost moves from ICT to the others."""


def have_been_helped(manager: Actor, agent: Actor, controller: Actor, today: date) -> None:
    """Write down time on what was solved of late, and let some of who asked say how it went.

    What the last whole month cost is booked to the departments that asked.
    """
    rates = [
        WorkRateDraft(
            start=today - timedelta(days=300), rate=Decimal(rate), service=of, queue=queue
        )
        for of, queue, rate in RATES
    ]
    set_work_rates(manager, rates=rates)
    cases = list(
        Case.objects.filter(
            company_id=agent.company_id, state="closed", requester__isnull=False
        ).order_by("-pk")[: 3 * OPINIONS]
    )
    works = [
        WorkDraft(
            case=str(case), minutes=5 + 5 * chance("spent", case.pk, of=12),
            day=min(case.opened_at.date(), today),
        )
        for case in cases
    ]  # fmt: skip
    write_works(agent, works=works)
    for n, case in enumerate(cases[::3]):
        score = (5, 4, 5, 3, 4, 5, 4, 2)[n % 8]
        text = SAID[score][n % len(SAID[score])]
        take_opinion(agent, token=opinion_token(case), score=score, text=text)
    set_charge_settings(controller, cost=COST, covered=COST, cost_centre=cost_centre("ICT"))
    post_case_charges(controller, month=today.replace(day=1) - timedelta(days=1))
