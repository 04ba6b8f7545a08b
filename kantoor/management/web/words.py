"""The words of management's pages: states, kinds, and what fields are called."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from babel import dates
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import visible_users
from kantoor.kernel.actors.models import Role
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.cells import Status, Tone
from kantoor.kernel.ui.formats import reader_locale
from kantoor.management.print.words import STATES

OUTCOMES = {code: STATES[code][0] for code in ("reached", "partly", "dropped")}
CARDS = {
    "figure": _("A figure"),
    "bars": _("A figure by month, as bars"),
    "line": _("A figure by month, as a line"),
    "table": _("The first rows of a register"),
    "objectives": _("The objectives"),
}
OVER = {"since": _("From the objective's first day"), "month": _("By whole month")}
COMPARISONS = {"above": _("Above"), "below": _("Below")}
ALERT_STATES: dict[str, tuple[Any, Tone]] = {
    "quiet": (_("Normal"), "good"),
    "crossed": (_("Beyond the threshold"), "wait"),
    "raised": (_("Raised"), "bad"),
    "back": (_("Back to normal"), "good"),
}
RHYTHMS = {"daily": _("Every day"), "weekly": _("Every week"), "monthly": _("Every month")}
RULE = _(
    "Progress is the part of the way from start to target. On track: at most 10 points behind"
    " the part of the time that went by. At risk: at most 30 points. Off track: further behind."
)


def state_of(code: str) -> Status:
    """A state of an objective or key result."""
    word, tone = STATES[code]
    return Status(code, str(word), tone)


def month_name(day: date) -> str:
    """A month with its year, in the reader's language."""
    return dates.format_date(day, "LLLL y", locale=reader_locale())


def month_short(day: date) -> str:
    """A month in a few letters; January with its year."""
    form = "LLL yy" if day.month == 1 else "LLL"
    return dates.format_date(day, form, locale=reader_locale()).rstrip(".")


def figure_url(name: str) -> str:
    """The page of a figure."""
    return f"/management/figures/{quote(name)}"


def objective_url(number: int) -> str:
    """The page of an objective."""
    return f"/management/objectives/{number}"


def dashboard_url(code: str) -> str:
    """The page of a dashboard."""
    return f"/management/dashboards/{quote(code)}"


def alert_url(key: int) -> str:
    """The page of an alert."""
    return f"/management/alerts/{key}"


def schedule_url(key: int) -> str:
    """The page of a report that goes out."""
    return f"/management/reports/{key}"


def people_by_sign_in(actor: Actor) -> dict[str, str]:
    """The people with an account here, for choosing one."""
    rows = visible_users(actor).filter(kind="person", active=True).order_by("name")
    return dict(rows.values_list("sign_in", "name"))


def roles_by_code(actor: Actor) -> dict[str, str]:
    """The roles, for choosing some."""
    name = "name_nl" if actor.language.startswith("nl") else "name_en"
    return dict(Role.objects.order_by(name).values_list("code", name))


def percent(value: Any) -> str:
    """A percentage as words; a dash for none."""
    if value is None:
        return "–"
    from kantoor.kernel.ui.formats import number

    return gettext("%(n)s%%") % {"n": number(value)}


FORMS = (
    "set_objective", "change_objective", "add_key_result", "change_key_result", "end_key_result",
    "comment_on_objective", "close_objective", "make_dashboard", "change_dashboard",
    "end_dashboard", "add_card", "move_card", "remove_card", "read_figures", "set_alert",
    "change_alert", "mute_alert", "schedule_report", "change_schedule",
)  # fmt: skip
"""The actions whose fields are named here: elsewhere the same names may mean something else."""


def _named(name: str, label: object, hint: object = "") -> None:
    for form in FORMS:
        name_field(f"management.{form}:{name}", label, hint)


def _valued(name: str, choices: Mapping[str, Any]) -> None:
    for form in FORMS:
        name_values(f"management.{form}:{name}", choices)


_named("title_nl", _("Title in Dutch"))
_named("title_en", _("Title in English"))
_named("owner", _("Who answers for it"))
_named("starts_on", _("From"))
_named("ends_on", _("To"))
_named("figure", _("Figure"))
name_field("management.add_key_result:start", _("Where it starts"), _("In the unit of the figure: euros, percents, hours, days or a number."))  # fmt: skip
name_field("management.add_key_result:target", _("Where it has to come"))
name_field("management.change_key_result:start", _("Where it starts"))
name_field("management.change_key_result:target", _("Where it has to come"))
_named("over", _("Measured"), _("For a figure of days, such as revenue."))
name_field("management.add_key_result:due_on", _("By"), _("Empty is the objective's last day."))
name_field("management.change_key_result:due_on", _("By"))
_named("objective", _("Objective"))
_named("comment", _("Comment"))
_named("outcome", _("How it ended"))
_named("conclusion", _("Conclusion"), _("What was reached, and what one learned."))
_named("dashboard", _("Dashboard"))
_named("subject", _("Figure or register"))
_named("asked", _("Narrowed to"), _("Of a register: the part of its address behind the question mark."))  # fmt: skip
_named("most", _("Months or rows"))
name_field("management.move_card:by", _("Places on"))
_named("months", _("Months"))
_named("comparison", _("Told when it is"))
_named("threshold", _("Threshold"), _("In the unit of the figure: euros, percents, hours, days or a number."))  # fmt: skip
_named("back", _("Back to normal at"), _("Empty is the threshold itself. Further off, it doesn't flutter."))  # fmt: skip
_named("recipients", _("Who is told"))
_named("lasting_minutes", _("Minutes that it has to last"))
_named("every_minutes", _("Looked at every so many minutes"))
_named("until", _("Until"))
_named("alert", _("Alert"))
_named("rhythm", _("How often"))
_named("time", _("At"), _("Such as 07:30, on the company's clock."))
name_field("management.schedule_report:day", _("Day"), _("Of a week 1 is Monday; of a month 1 to 28."))  # fmt: skip
name_field("management.change_schedule:day", _("Day"), _("Of a week 1 is Monday; of a month 1 to 28."))  # fmt: skip
name_field("management.schedule_report:dashboard", _("Dashboard"), _("Empty is the management report of the month before."))  # fmt: skip
_named("schedule", _("Report"))
_valued("over", OVER)
_valued("outcome", OUTCOMES)
name_values("management.add_card:card.kind", CARDS)
_valued("comparison", COMPARISONS)
_valued("rhythm", RHYTHMS)
