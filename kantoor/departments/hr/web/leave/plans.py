"""What the forms of leave need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.mailing import Mailed
from kantoor.departments.hr.queries.leave.register import kind_names
from kantoor.departments.hr.web.leave import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values

MOST_NAMED = 20


def _to_request(_actor: Actor, number: Any) -> str:
    return words.request_url(number) if isinstance(number, str) else ""


def _this_year(_actor: Actor) -> Given:
    return {"year": timezone.localdate().year}


def _last_year(_actor: Actor) -> Given:
    return {"year": timezone.localdate().year - 1}


def _mailed(result: Any) -> str:
    """How many letters, and who has to be told in another way."""
    done: Mailed = result
    said = ngettext("%(n)s person is mailed.", "%(n)s people are mailed.", done.people)
    words = [said % {"n": done.people}]
    if done.without_address:
        listed = ", ".join(done.without_address[:MOST_NAMED])
        more = "…" if len(done.without_address) > MOST_NAMED else ""
        words.append(
            gettext("Tell these in another way, they have no address that works: %(codes)s.")
            % {"codes": listed + more}
        )
    return " ".join(words)


plan(
    "hr.ask_leave", Plan(goes_to=_to_request, submit=_("Ask for it"), choices={"kind": kind_names})
)
plan(
    "hr.record_leave",
    Plan(goes_to=_to_request, submit=_("Write down"), choices={"leave.kind": kind_names}),
)
plan("hr.correct_leave", Plan(submit=_("Correct"), choices={"correction.kind": kind_names}))
plan(
    "hr.grant_leave",
    Plan(
        defaults=_this_year,
        submit=_("Grant"),
        intro=_("Everybody, unless you name some. What is granted already changes only where contracts did."),
    ),
)  # fmt: skip
plan(
    "hr.warn_of_lapse",
    Plan(
        defaults=_last_year,
        submit=_("Note it"),
        intro=_("Tell people first. Leave by law lapses only for who was told in time."),
    ),
)
plan(
    "hr.mail_of_lapse",
    Plan(
        defaults=_last_year,
        submit=_("Mail them"),
        intro=_("Each gets a letter with their hours and the day. Who has no address that works is named, and is not warned."),
        done=_mailed,
    ),
)  # fmt: skip
plan("hr.set_up_leave", Plan(submit=_("Set up")))
for _verb in (
    "approve_leave",
    "refuse_leave",
    "cancel_leave",
    "withdraw_leave",
    "end_leave_early",
    "give_back_sick_leave",
):
    plan(f"hr.{_verb}", Plan(in_palette=False))

name_field("hr.ask_leave:first", _("First day"))
name_field("hr.ask_leave:last", _("Last day"), _("Leave it empty for one day."))
name_field("leave.first", _("First day"))
name_field("leave.last", _("Last day"), _("Leave it empty for one day."))
name_field("first_part", _("Of the first day"))
name_field("last_part", _("Of the last day"))
name_field("below_hours", _("Hours that it may go below nought"))
name_field("counted", _("Taken from what was earned"))
name_field("hr.add_leave_kind:paid", _("Pay goes on"))
name_field("weeks", _("Weeks a year"), _("Of the hours of the contract; 4 is the legal least."))
name_field("months", _("Lapses so many months after its year"), _("6 is 1 July, 60 five years."))
name_field("statutory", _("By law"))
name_field("must_warn", _("Lapses only for who was told"), _("Else it stays five years."))
name_field("year_before", _("Earned in the year before"), _("As in Belgium."))
name_field("hr.set_up_leave:extra_weeks", _("Extra weeks a year"), _("Above the four by law."))
name_field("hr.grant_leave:employees", _("Employees"), _("Their numbers; empty is everybody."))
name_field("hr.warn_of_lapse:employees", _("Employees"), _("Their numbers; empty is everybody."))
name_field("hr.warn_of_lapse:on", _("Told on"), _("Today when left empty."))
name_field("hr.warn_of_lapse:year", _("Leave of the year"))
name_field("hr.mail_of_lapse:employees", _("Employees"), _("Their numbers; empty is everybody."))
name_field("hr.mail_of_lapse:year", _("Leave of the year"))
name_field("hr.correct_leave:lapses", _("Lapses on"), _("After five years when left empty."))
name_field("hr.correct_leave:hours", _("Hours"), _("Below nought takes them off."))
name_field("hr.recount_leave:since", _("Since"), _("Today when left empty."))
name_field("hr.report_sick:first", _("First day sick"), _("Today when left empty."))
name_field("hr.note_partial_return:first", _("From"))
name_field("percent", _("Percent of the hours at work"))
name_field("back_on", _("Wholly back on"))
name_field("hr.end_leave_early:back_on", _("Back on"), _("The first day at work again."))
name_field("step", _("Step"))
name_field("done_on", _("Done on"))
name_field("evidence", _("Evidence"), _("Where the paper is, not what it says."))
name_field("why", _("Why"))
name_values("first_part", words.PARTS)
name_values("last_part", words.PARTS)
name_values("step", words.STEPS)
