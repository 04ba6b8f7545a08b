"""What stands under an item for who is asked to read it: the button, or that they did."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.queries.reading.own import my_reading
from kantoor.departments.communication.web.reading.words import news_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.ui.listing import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """How one's own reading of an item stands; `act` says that one read it, while it is open."""

    due_at: datetime
    confirmed_at: datetime | None
    why: str
    act: Act | None

    @property
    def open(self) -> bool:
        """Whether one has to say it yet."""
        return self.confirmed_at is None


def panel_of(actor: Actor, code: str) -> Panel | None:
    """The panel of an item; None for who is not asked to read it."""
    found = my_reading(actor, item=code) if actor.may(SEE_NEWS) else None
    if found is None:
        return None
    act = None
    if found.confirmed_at is None:
        act = act_for(
            actor, "communication.confirm_reading", {"item": code}, label=_("I read this"),
            icon="check", key="r", tone="main", at_once=True, back=news_url(code),
        )  # fmt: skip
    return Panel(due_at=found.due_at, confirmed_at=found.confirmed_at, why=found.why, act=act)
