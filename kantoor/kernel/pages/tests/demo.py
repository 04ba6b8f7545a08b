"""A small desk over the kernel's own tables, for the tests of the framework."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec
import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from kantoor.kernel import queries
from kantoor.kernel.actions import registry
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound, Refusals
from kantoor.kernel.outcome import Outcome
from kantoor.kernel.pages import desk, references, search, today, told
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.desk import Desk, open_desk
from kantoor.kernel.pages.form_view import action_page
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.pages.view import answered
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query
from kantoor.kernel.ui.cells import Link, Money, Status
from kantoor.kernel.ui.record_page import Fact
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

ANNE = Actor(
    user_id=1,
    name="Anne",
    company_id=1,
    permissions=frozenset({"*"}),
    currency="EUR",
    language="en",
)
acting: list[Actor | None] = [ANNE]


class SignedIn:
    """Puts the acting person on the request, as the shell's middleware does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = acting[0]  # type: ignore[attr-defined]
        return self.get_response(request)


class Colleague(msgspec.Struct, frozen=True):
    """A row of the demonstration list."""

    id: int
    name: str
    kind: str
    balance_minor: int
    since: date


@query(permission="demo.read", title="Colleagues")
def colleagues(
    actor: Actor,
    /,
    *,
    search: str = "",
    kind: str = "",
    since_from: date | None = None,
    since_to: date | None = None,
    balance_min: int | None = None,
    balance_max: int | None = None,
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[Colleague]:
    """Users, with their identifier times a hundred as a balance."""
    found = User.objects.exclude(kind="system").filter(name__icontains=search)
    if kind:
        found = found.filter(kind=kind)
    if since_from:
        found = found.filter(created_at__date__gte=since_from)
    if since_to:
        found = found.filter(created_at__date__lte=since_to)
    if balance_min is not None:
        found = found.filter(pk__gte=-(-balance_min // 100))
    if balance_max is not None:
        found = found.filter(pk__lte=balance_max // 100)
    order = sorted_by(sort, {"name": ("name",), "balance": ("id",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    rows = page.map(
        lambda u: Colleague(u.pk, u.name, u.kind, u.pk * 100 - 150, u.created_at.date())
    )
    return msgspec.structs.replace(rows, sums={"balance_minor": 12345} if not cursor else {})


@action(permission="demo.found", title="Found", hidden=True)
def found_company(actor: Actor, /, *, people: int) -> None:
    """A company with people."""
    company = Company.objects.create(
        name="Lantaarn BV", country="NL", currency="EUR", chart="nl", created_at=timezone.now()
    )
    assert company.pk == 1
    more_people(actor, people=people)


@action(permission="demo.found", title="More people", hidden=True)
def more_people(actor: Actor, /, *, people: int) -> None:
    """Further people."""
    begin = User.objects.count()
    User.objects.bulk_create(
        [
            User(
                sign_in=f"user{n}@example.test",
                name=f"=Person {n:04}" if n == 3 else f"Person {n:04}",
                kind="machine" if n % 10 == 9 else "person",
                created_at=timezone.now(),
            )
            for n in range(begin, begin + people)
        ]
    )


@action(permission="demo.write", title="Close accounts")
def close_accounts(
    actor: Actor, /, *, users: Sequence[int], remark: str = "", reason: str = ""
) -> Outcome:
    """Close accounts; one is left alone."""
    refused = [(str(key), "Anne stays.") for key in users if key == 1]
    User.objects.filter(pk__in=[key for key in users if key != 1]).update(active=False)
    return Outcome(done=len(users) - len(refused), refused=refused)


@action(permission="demo.write", title="Rename people")
def rename_people(actor: Actor, /, *, users: Sequence[int], name: str) -> None:
    """Give people a name: all or none."""
    if name == "Nobody":
        raise Refusals([Conflict("This name is taken.", line=2)])
    User.objects.filter(pk__in=users).update(name=name)


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a voucher."""

    account: str
    amount: int
    quantity: Decimal | None = None
    labels: Mapping[str, str] = msgspec.field(default_factory=dict)
    line: int | None = None


class Voucher(msgspec.Struct, frozen=True, kw_only=True):
    """A voucher with lines."""

    date: date
    lines: Sequence[Portion]
    text: str = ""
    due_days: int = 30


received: list[object] = []


@action(permission="demo.write", title="Book a voucher")
def book_voucher(
    actor: Actor,
    /,
    *,
    voucher: Voucher,
    urgent: bool = False,
    kind: Literal["cash", "bank"] = "bank",
) -> str:
    """Book a voucher whose lines add up to nothing."""
    if sum(line.amount for line in voucher.lines):
        raise InvalidInput("The lines don't add up to nothing.", field="voucher.lines")
    unknown = [
        InvalidInput("There is no such account.", field="account", line=line.line)
        for line in voucher.lines
        if not line.account.isdigit()
    ]
    if unknown:
        raise Refusals(unknown)
    if voucher.text == "late":
        raise InvalidInput("Use a day of this year.", field="date")
    received.append((voucher, urgent, kind))
    concerns("demo.voucher/7")
    return "V-7"


plan("kernel.book_voucher", Plan(debit_credit="voucher.lines.amount"))


@action(permission="demo.write", title="Set a limit")
def set_limit(
    actor: Actor,
    /,
    *,
    user: str,
    limit_minor: int | None,
    email: str | None = None,
    roles: tuple[str, ...] = (),
) -> None:
    """Set a limit."""
    received.append((user, limit_minor, email, roles))


plan(
    "kernel.set_limit",
    Plan(
        prefill=lambda actor, given: {"email": "anne@example.test", "limit_minor": 123_456},
        choices={"roles": {"clerk": "Clerk", "chief": "Chief"}},
    ),
)


def voucher_pages(actor: Actor, keys: Sequence[str]) -> dict[str, Link]:
    return {key: Link(f"V-{key}", f"/demo/vouchers/{key}") for key in keys}


class Receipt(msgspec.Struct):
    """A secret, shown once."""

    sign_in: str
    password: str


@action(permission="demo.write", title="Make a key", answers_secret=True)
def make_key(actor: Actor, /, *, user: str) -> Receipt:
    """Make a key that is shown once."""
    return Receipt(user, "correct horse")


PEOPLE = ListView(
    key="demo.people",
    title="People",
    query=colleagues,
    columns=[
        Col(key="name", title="Name", kind="party", sort=True, detail="kind"),
        Col(
            key="kind",
            title="Kind",
            kind="status",
            states={"person": ("Person", "good"), "machine": ("Machine", "quiet")},
        ),
        Col(
            key="balance", title="Balance", kind="money", value="balance_minor", sort=True, sum=True
        ),
        Col(key="since", title="Since", kind="date"),
        Col(key="id", title="Number", kind="number", default=False),
    ],
    narrows=[
        Narrow(key="kind", title="Kind", choices={"person": "Person", "machine": "Machine"}),
        Narrow(key="since", title="Since", kind="date_range"),
        Narrow(key="balance", title="Balance", kind="amount_range"),
    ],
    sort="name",
    row_url=lambda row: f"/demo/people/{row.id}",
    bulk=[
        Bulk(action="kernel.close_accounts", parameter="users"),
        Bulk(action="kernel.rename_people", parameter="users"),
    ],
    tabs=[Tab("All"), Tab("Machines", {"kind": "machine"})],
    new="kernel.book_voucher",
    empty=Empty("Nobody yet", "Invite somebody."),
)


@query(permission="demo.read", title="A colleague")
def colleague(actor: Actor, /, *, key: int) -> Colleague:
    """One colleague."""
    user = User.objects.filter(pk=key).first()
    if user is None:
        raise NotFound("There is no such colleague.")
    return Colleague(user.pk, user.name, user.kind, user.pk * 100, user.created_at.date())


def user_pages(actor: Actor, keys: Sequence[str]) -> dict[str, Link]:
    asked_for.append(list(keys))
    found = User.objects.filter(pk__in=keys).values_list("pk", "name")
    return {str(pk): Link(name, f"/demo/people/{pk}") for pk, name in found}


asked_for: list[list[str]] = []
PERSON = RecordView(
    key="demo.people",
    title="Colleague",
    kind="kernel.user",
    path="<int:key>",
    find=colleague,
    show=lambda actor, found: Thing(
        title=found.name,
        row=found.id,
        state=Status("active", "Active", "good"),
        facts=[Fact("Kind", found.kind)],
        steps=[
            act_for(actor, "kernel.rename_people", users=[found.id], label="Rename"),
            act_for(actor, "kernel.make_key", user=found.name, at_once=True),
        ],
    ),
)


@query(permission="demo.read", title="A report")
def totals(actor: Actor, /, *, start: date, end: date) -> int:
    """Days in a period."""
    return (end - start).days + 1


def totals_report(actor: Actor, span: Span) -> Report:
    days = totals(actor, start=span.start, end=span.end)
    row = ReportRow("Days", [Money(days * 100, url="/demo/people")], "100", "/demo/people")
    return Report(columns=[ReportColumn("Figure")], rows=[row], verdict=Verdict(True, "Right"))


TOTALS = ReportView(
    key="demo.totals",
    title="Totals",
    query=totals,
    make=totals_report,
    first_period=lambda actor: Span(date(2011, 1, 1), date(2011, 6, 30)),
)
ON_DAY = ReportView(
    key="demo.on_day", title="On a day", query=totals, make=totals_report, at_end=True
)
DESK = Desk(
    name="demo", title="Demo", icon="users", letter="d", views=[PEOPLE, PERSON, TOTALS, ON_DAY]
)


ACTIONS = {each.name: each for each in registry.actions() if each.function.__module__ == __name__}
QUERIES = {each.name: each for each in queries.queries() if each.function.__module__ == __name__}
# Known while the tests of the framework run: what is proved of every action is not of these.
for _name in ACTIONS:
    del registry._actions[_name]
for _name in QUERIES:
    del queries._queries[_name]


def declare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make all of it known, until the test is over."""
    for module in (desk, references, today, search, told):
        for registered in ("_desks", "_kinds", "_cards", "_searchers", "_tellers"):
            if hasattr(module, registered):
                monkeypatch.setattr(module, registered, {})
    for name, action_ in ACTIONS.items():
        monkeypatch.setitem(registry._actions, name, action_)
    open_desk(DESK)
    page_of("kernel.user", title="Colleague")(user_pages)
    page_of("demo.voucher", title="Voucher")(voucher_pages)


urlpatterns = [
    path("ui/", include("kantoor.kernel.ui.urls")),
    path("<slug:department>/do/<slug:name>", answered(action_page)),
    *DESK.routes(),
]
