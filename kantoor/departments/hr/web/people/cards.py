"""What people say on Today: terms that end, and who has a manager that left."""

from django.utils.translation import gettext, ngettext

from kantoor.departments.hr.queries.people.documents import documents
from kantoor.departments.hr.queries.people.register import employees
from kantoor.departments.hr.queries.people.waiting import contracts_ending, without_manager
from kantoor.departments.hr.web.people.words import employee_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import day, number
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting

SHOWN = 4


@today_card("hr", permission="hr.manage_people", order=60)
def people_card(actor: Actor) -> Card:
    """What waits for who manages people, and how many work here."""
    count = employees(actor, state="here", limit=1).count
    if not count:
        act = act_for(actor, "hr.hire_employee", icon="users")
        text = gettext("Everything in HR begins with who works here.")
        return Card(first_steps=[FirstStep(act, text)] if act else [])
    waiting = [
        Waiting(
            gettext("Decide on the contract of %(name)s") % {"name": each.name},
            employee_url(each.code),
            gettext("The term ends on %(day)s") % {"day": day(each.until)},
        )
        for each in contracts_ending(actor, most=SHOWN)
    ]
    if expiring := documents(actor, state="expiring", limit=1).count:
        words = ngettext(
            "%(n)s document expires or has expired",
            "%(n)s documents expire or have expired",
            expiring,
        )
        waiting.append(Waiting(words % {"n": number(expiring)}, "/hr/documents?state=expiring", ""))
    if lost := without_manager(actor):
        words = ngettext(
            "%(n)s employee has a manager who left",
            "%(n)s employees have a manager who left",
            lost,
        )
        waiting.append(Waiting(words % {"n": number(lost)}, "/hr/employees?state=here", ""))
    figure = Figure(gettext("Work here"), count, "/hr/employees?state=here")
    return Card(waiting=waiting, figures=[figure])
