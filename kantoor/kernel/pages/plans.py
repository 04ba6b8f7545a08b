"""Form plans: what an action's form needs beyond its signature.

    plan("finance.post_entry", Plan(
        leave_out=("entry.lines.dimensions",),
        choices={"entry.journal": journals_by_code},
        suggestions={"entry.lines.account": accounts_by_code},
        debit_credit="entry.lines.amount",
        consequence=lambda actor, given: Consequence(_("A posted entry is never changed, …")),
    ))

Paths are those of the parameters: `entry.date`, and for a column of lines `entry.lines.account`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.suggesting import Suggester
from kantoor.kernel.ui.form_page import Consequence, Section
from kantoor.kernel.ui.listing import Act

Given = Mapping[str, Any]
ChoicesOf = Callable[[Actor], Mapping[str, Any]]
FieldKind = Literal["money", "number", "text", "lines_of_text", "article", "password", "hidden"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How an action's form differs from what its signature says.

    `choices` make a field a choice, `suggestions` help typing a code; both are {value: word} or
    a function of the actor; a `Suggester` is asked anew as somebody types, where there may be many. `kinds` say what a field is when its name doesn't tell
    (an `article` is a text of pages).
    `prefill` gives the present values of what the address names (`{"user": "anne"}`), for
    actions that change something. `live` is an address that is sent what was typed as one types,
    and answers a sentence. `goes_to` is where one comes after success, `undo` the way
    back that the message offers; both get the result. `in_palette` false keeps it out of search:
    for what only makes sense on the page of a thing.
    """

    title: Any = ""
    intro: Any = ""
    submit: Any = ""
    leave_out: Sequence[str] = ()
    sections: Sequence[Section] = ()
    choices: Mapping[str, Mapping[str, Any] | ChoicesOf] = field(default_factory=dict)
    suggestions: Mapping[str, Mapping[str, Any] | ChoicesOf | Suggester] = field(
        default_factory=dict
    )
    kinds: Mapping[str, FieldKind] = field(default_factory=dict)
    defaults: Callable[[Actor], Given] | None = None
    prefill: Callable[[Actor, Given], Given] | None = None
    debit_credit: str = ""
    lines_sum: str = ""
    lines: int = 3
    consequence: Callable[[Actor, Given], Consequence | None] | None = None
    goes_to: Callable[[Actor, Any], str] | None = None
    undo: Callable[[Actor, Any], Act | None] | None = None
    done: Callable[[Any], str] | None = None
    drafts: bool | None = None
    live: str = ""
    in_palette: bool = True


_plans: dict[str, Plan] = {}
NONE = Plan()


def plan(action: str, wanted: Plan) -> None:
    """Say what the form of an action needs."""
    _plans[action] = wanted


def plan_of(action: str) -> Plan:
    """The plan of an action's form; most have none."""
    return _plans.get(action, NONE)
