"""What the forms of management need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.management.queries.dashboards import dashboard, dashboard_of_card
from kantoor.management.queries.figures import figures_by_name
from kantoor.management.registers import registers_by_key
from kantoor.management.web import words


def _subjects(actor: Actor) -> dict[str, Any]:
    """Figures, then registers, for a card."""
    return {"": "–", **figures_by_name(actor), **registers_by_key(actor)}


def _dashboard_now(actor: Actor, given: Given) -> Given:
    """The particulars of the dashboard that the address names."""
    try:
        shown = dashboard(actor, code=str(given.get("change.code") or ""))
    except DomainError:
        return {}
    return {
        "change.title_nl": shown.title_nl,
        "change.title_en": shown.title_en,
        "change.roles": shown.role_codes,
    }


def _to_objective(_actor: Actor, number: Any) -> str:
    return words.objective_url(number) if isinstance(number, int) else ""


def _to_its_dashboard(actor: Actor, card: Any) -> str:
    code = dashboard_of_card(actor, card=card) if isinstance(card, int) else ""
    return f"{words.dashboard_url(code)}?edit=1" if code else ""


def _to_dashboard(_actor: Actor, code: Any) -> str:
    return f"{words.dashboard_url(code)}?edit=1" if isinstance(code, str) else ""


plan(
    "management.set_objective",
    Plan(
        choices={"objective.owner": words.people_by_sign_in},
        defaults=lambda actor: {"objective.owner": ""},
        goes_to=_to_objective,
    ),
)
plan(
    "management.change_objective",
    Plan(choices={"owner": words.people_by_sign_in}, kinds={"number": "hidden"}, in_palette=False),
)
plan(
    "management.add_key_result",
    Plan(
        choices={"result.figure": figures_by_name},
        kinds={"result.objective": "hidden"},
        in_palette=False,
    ),
)
plan("management.change_key_result", Plan(kinds={"change.result": "hidden"}, in_palette=False))
plan("management.end_key_result", Plan(in_palette=False))
plan(
    "management.comment_on_objective",
    Plan(kinds={"number": "hidden"}, submit=_("Say it"), in_palette=False),
)
plan(
    "management.close_objective",
    Plan(
        kinds={"number": "hidden", "conclusion": "lines_of_text"},
        submit=_("Close"),
        in_palette=False,
    ),
)
plan(
    "management.make_dashboard",
    Plan(choices={"dashboard.roles": words.roles_by_code}, goes_to=_to_dashboard),
)
plan(
    "management.change_dashboard",
    Plan(
        choices={"change.roles": words.roles_by_code},
        prefill=_dashboard_now,
        in_palette=False,
    ),
)
plan(
    "management.add_card",
    Plan(
        choices={"card.subject": _subjects},
        kinds={"dashboard": "hidden"},
        goes_to=_to_its_dashboard,
        in_palette=False,
    ),
)
for _verb in ("move_card", "remove_card", "end_dashboard"):
    plan(f"management.{_verb}", Plan(in_palette=False))
plan("management.read_figures", Plan(choices={"figure": figures_by_name}))
