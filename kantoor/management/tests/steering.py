"""A company that is steered: figures of the test's own, people with accounts, a mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from kantoor.kernel import figures
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.figures import Days, Figure, Value
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.sealing import locked
from kantoor.management.actions.objectives import add_key_result, set_objective
from kantoor.management.drafts import KeyResultDraft, ObjectiveSetting, Over
from tests.founded import House, found

LEVEL, SALES, SECRET = "tests.level", "tests.sales", "tests.secret"


@dataclass
class Figures:
    """What the test's figures say: a level at this moment, and sales of 10 for each day."""

    level: Value = 0
    asked: list[tuple[str, int]] = field(default_factory=list)

    def of_now(self, _actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
        """The level, of the span that holds today."""
        self.asked.append((LEVEL, len(spans)))
        today = timezone.localdate()
        return [self.level if each.holds(today) else None for each in spans]

    def of_days(self, _actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
        """Ten for each day of the span that is not to come."""
        self.asked.append((SALES, len(spans)))
        today = timezone.localdate()
        return [max((min(each.last, today) - each.first).days + 1, 0) * 10 for each in spans]


def declared(says: Figures) -> dict[str, Figure]:
    """The figures of the test by name."""
    common = {
        "title": "Stock",
        "kind": "number",
        "better": "higher",
        "sources": lambda days: f"/stock?from={days.first}&to={days.last}",
        "meaning": "What lies there.",
        "place": 0,
    }
    seen = "management.read_dashboards"
    return {
        LEVEL: Figure(name=LEVEL, of="now", permission=seen, measure=says.of_now, **common),  # type: ignore[arg-type]
        SALES: Figure(name=SALES, of="days", permission=seen, measure=says.of_days, **common),  # type: ignore[arg-type]
        SECRET: Figure(
            name=SECRET, of="now", permission="tests.see_secret", measure=says.of_now, **common  # type: ignore[arg-type]
        ),
    }  # fmt: skip


@dataclass
class Steered:
    """A company, its director and a bookkeeper, and what its figures say."""

    house: House
    director: Actor
    bookkeeper: Actor
    says: Figures


def begin(says: Figures) -> Steered:
    """Found it, with email addresses for all but the administrator."""
    house = found()
    director = house.person("dora", "director")
    bookkeeper = house.person("boris", "bookkeeper")
    write_for_test(house.administrator)
    return Steered(house, director, bookkeeper, says)


@action(permission="tests.write", title="Write for a test", hidden=True)
def write_for_test(actor: Actor, /) -> None:
    """Addresses of people, and the mailbox that management writes from."""
    for user in User.objects.filter(kind="person").exclude(sign_in="admin"):
        user.email = f"{user.sign_in}@kantoor.example"
        user.language = "nl" if user.sign_in == "boris" else "en"
        user.save()
    Mailbox.objects.create(
        company_id=actor.company_id, purpose="management", name="management",
        address="steer@kantoor.example", sender_name="Kantoor", host="imap.kantoor.example",
        port=993, security="tls", user="steer", password=locked("secret"),
        created_at=timezone.now(),
    )  # fmt: skip


def objective(
    actor: Actor,
    *,
    starts_on: date,
    ends_on: date,
    figure: str = SALES,
    start: str = "0",
    target: str = "100",
    over: Over = "since",
) -> int:
    """An objective with one key result; gives its number."""
    number = set_objective(
        actor,
        objective=ObjectiveSetting(
            title_nl="Groeien", title_en="Grow", owner="dora", starts_on=starts_on, ends_on=ends_on
        ),
    )
    add_key_result(
        actor,
        result=KeyResultDraft(
            objective=number, figure=figure, start=Decimal(start), target=Decimal(target), over=over
        ),
    )
    return number


def forget(monkeypatch: object, says: Figures) -> None:
    """Let the test's figures be the only ones beside those of the installation."""
    known = {**figures._figures, **declared(says)}
    monkeypatch.setattr(figures, "_figures", known)  # type: ignore[attr-defined]
