"""Nothing of another company: not seen, not found, not changed, not told apart from nothing.

The other company is a mirror of the first (mirror.py). Whatever is asked with its keys, names and
numbers has to be answered as if it were asked with such as nothing has.
"""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from django.test import Client
from django.urls import resolve
from msgspec import inspect as kinds

from kantoor.kernel.actions.registry import Action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import Query
from kantoor.kernel.store.tables import kept_models
from tests.access.mirror import (
    FIRST,
    MARK,
    NAME,
    NOBODY,
    NOWHERE,
    SHARED,
    TIMES,
    fingerprint,
)
from tests.access.office import EVERYTHING, Office, declared
from tests.access.routes import PUBLIC, Route, routes
from tests.undone import undone

pytestmark = pytest.mark.django_db

OF_ONE_ROUTE, OTHERWISE = 3, 6
"""How many addresses of each kind of page are looked at, and how many of them with a query."""
GHOST = "BEHOTSECRT"
KEY = re.compile(rf"(?<![\w.,-])(?:{FIRST // 100}\d\d)(?![\w.,-])")
HIGH = re.compile(
    r"(?<![\w.,:/-])(?:\d{10,14}|\d{1,3}([.,'\s\u00a0\u202f])\d{3}(?:\1\d{3}){2,3})"
    r"(?:[.,]\d\d)?(?![\w:/-]|[.,]\d)"
)
"""Amounts beyond any of ours, however they are written."""


def leak(text: str) -> str:
    """What of the other company stands in a text, with what is around it."""
    for pattern in (MARK, NAME, KEY):
        if found := re.search(pattern, text):
            return text[max(0, found.start() - 150) : found.end() + 50]
    for found in HIGH.finditer(text):
        digits = int(re.sub(r"\D", "", found[0]))
        if TIMES <= digits < 10**15:
            return text[max(0, found.start() - 150) : found.end() + 50]
    return ""


ASKED = re.compile(
    # What was asked, in full or cut off, as keys are written in addresses and as people write them.
    r"(?i)[a-z_]+\.[a-z_]+/9[09]0*1?|(?:BETA|BEHO)(?:-\d*|SECRET|TSECRT)?"
    r"|\b9[.,\u00a0\u202f]?[09]00[.,]01\b|\b9[09]\d[.,\u00a0\u202f]?0{1,2}1?\b"
)
FORM_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
"""Random letters, among which anything may stand, what was asked too: these go first."""
OF_THE_PAGE = re.compile(
    r"whsec_[^\"]+|[0-9a-zA-Z_-]{30,}|\d+ ms|just now|zojuist|\d+ \w+ (?:ago|geleden)"
)
"""Tokens, how long it took, and how long ago something was, which changes between two looks."""


def as_nothing(text: str) -> str:
    """The text with what was asked said in one way, whichever of the two it was."""
    return OF_THE_PAGE.sub("…", ASKED.sub("@", FORM_TOKEN.sub(r"\1", text)))


def difference(one: str, other: str) -> str:
    """The first lines that differ."""
    for first, second in zip(one.splitlines(), other.splitlines(), strict=False):
        if first != second:
            return f"{first.strip()[:200]} | {second.strip()[:200]}"
    return f"{len(one)} | {len(other)} characters"


# --- what is there


def test_the_mirror_is_full_of_what_may_not_be_seen(office: Office) -> None:
    rows = fingerprint()
    empty = [table for table, found in rows.items() if not found]
    assert empty == [], "tests/complete.py makes rows in every table"
    everything = Actor(
        user_id=FIRST,
        name="Beta",
        company_id=FIRST,
        permissions=frozenset({"*"}),
    )
    shown = 0
    for ask in queries():
        with undone(), suppress(Exception):  # what stands there is no word of ours
            shown += bool(leak(as_text(ask.call(everything))))
    assert shown >= 15, "the tests below look for what nobody could see"


def test_pages_and_exports_show_nothing_of_it(office: Office) -> None:
    starts = [each.url() for each in routes() if not each.parts and not is_left_out(each)]
    visits = Visits(office.browsers[EVERYTHING], starts)
    visits.go()
    assert visits.leaks == []
    assert visits.broken == []
    missed = [
        each.pattern
        for each in routes()
        if each.name not in visits.visited and not is_left_out(each)
    ]
    assert missed == [], "nothing leads there: link it, or put it in tests/complete.py"


def is_left_out(route: Route) -> bool:
    """Whether there is nothing to look at: saved views and bulk actions are sent from forms."""
    return route.name in LEFT_OUT or "/views" in route.name or "/bulk/" in route.name


LEFT_OUT = {
    **dict.fromkeys(PUBLIC, "for everybody who has the address"),
    "metrics": "of the installation",
    "readyz": "of the installation",
    "healthz": "of the installation",
    "guide": "of the installation",
    "guide-page": "of the installation",
    "sign-in": "before one is signed in",
    "management.companies": "of the installation",
    "api-openapi": "of the installation",
    "api-intake": "a POST",
    "alerts-alertmanager": "a POST",
    "api-operation": "see the queries below",
    "api-nowhere": "nothing",
    "door-inventory-token": "a machine's; see the tests of the door",
    "ict.my_questions/number": "what one asked oneself; see the tests of self-service",
    "ict.handovers/number/sign": "signed already; see the tests of devices",
    "finance.purchase_invoices/number/file": "came in as a file; see test_payables_pages",
    "finance.statements_of_account/party/pdf": "a letter; see the tests of collecting",
    "finance.payment_runs/number/file": "a sealed file; see the tests of paying",
    "finance.reminders/number/pdf": "a letter; see the tests of collecting",
    "finance.purchase_orders/number/pdf": "a paper; see the tests of payables",
    "ict.backup_proofs/proof/evidence": "a file; see the tests of backups",
    "ict.cases/number/files/file": "a file; see the tests of the service desk",
    "ict.my_questions/number/files/file": "a file; see the tests of the service desk",
    "hr.documents/document": "a file; see the tests of documents",
    "hr.wage_payments/number/file": "a file; see the tests of payroll",
    "hr.year_statements/year/employee/pdf": "a paper; see the tests of payroll",
    "hr.my_payslips/run": "one's own; see the tests of payroll",
    "hr.my_payslips/run/pdf": "one's own; see the tests of payroll",
    "hr.my_year_statement/year/pdf": "one's own; see the tests of payroll",
    "hr.data_of/party": "an archive; see the tests of privacy",
    "procedures.arrange_duty/days": "a POST",
    "communication.contacts/code/said": "a POST",
    "communication.audiences/reach": "a POST",
    "communication.mailings/uid/progress": "a part of the page that asks for it",
    "procedures.editor/check": "a POST",
    "procedures.editor/save": "a POST",
    "preference": "a POST",
    "sign-out": "a POST",
    "company": "a POST",
    "language": "a POST",
}


class Visits:
    """Follows every link from these pages, no more than a few of each kind of page."""

    def __init__(self, browser: Client, starts: list[str]) -> None:
        self.browser = browser
        self.visited: dict[str, int] = {}
        self.leaks: list[str] = []
        self.broken: list[str] = []
        self._found: set[str] = set()
        self._waiting = deque[str]()
        self._otherwise = deque[str]()
        self._find(starts)

    def go(self) -> None:
        # Other pages first, then the same ones asked otherwise.
        while waiting := self._waiting or self._otherwise:
            self._visit(waiting.popleft())

    def _find(self, urls: Iterable[str]) -> None:
        """Put each address in line once: the menu stands on every page."""
        for url in urls:
            if url not in self._found:
                self._found.add(url)
                (self._otherwise if "?" in url else self._waiting).append(url)

    def _visit(self, url: str) -> None:
        path, _, query = url.partition("?")
        name = resolve(path).url_name or path
        kind = name + ("?" if query else "")
        most = OF_ONE_ROUTE if "?" not in kind else OTHERWISE
        if self.visited.get(kind, 0) >= most:
            return
        self.visited[kind] = self.visited.get(kind, 0) + 1
        answer = self.browser.get(url)
        if answer.status_code >= 400:
            self.broken.append(f"{answer.status_code} {url}")
        text = "" if "pdf" in answer.get("Content-Type", "") else content(answer)
        if found := leak(text):
            self.leaks.append(f"{url}: …{found}…")
        if "html" in answer.get("Content-Type", ""):
            links = re.findall(r'(?:href|hx-get)="(/[^"#]*)', text)
            self._find(filter(is_page, map(unescape, links)))


def is_page(url: str) -> bool:
    """Whether an address that stands on a page leads to another."""
    return not url.startswith(("/static/", "/sign-", "//"))


def content(answer: Any) -> str:
    """What an answer says, spreadsheets unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(
                packed.read(name).decode(errors="replace") for name in packed.namelist()
            )
    return str(body.decode(errors="replace"))


# --- what is asked for


VALUES = {NAME: NOBODY, str(FIRST): str(NOWHERE)}
"""Texts that name something of the other company, and such as name nothing."""
NUMBERS = {f"{NAME}/{NAME}/{FIRST}": f"{NOBODY}/{NOBODY}/{NOWHERE}"}
"""Numbers of several parts."""


def references() -> dict[str, str]:
    """Every row of the other company as the record names it."""
    found = {}
    for model in kept_models():
        department, _, kind = model._meta.db_table.partition("_")
        if model._meta.db_table not in SHARED:
            found[f"{department}.{kind}/{FIRST}"] = f"{department}.{kind}/{NOWHERE}"
    return found


def part_values(route: Route) -> Iterator[tuple[str, str]]:
    """The address with parts of the other company, and with such as nothing is called."""
    for theirs, nobodys in (VALUES | NUMBERS).items():
        if "/" in theirs and "path" not in route.parts.values():
            continue
        own = {n: str(FIRST) if k == "int" else theirs for n, k in route.parts.items()}
        other = {n: str(NOWHERE) if k == "int" else nobodys for n, k in route.parts.items()}
        yield route.url(**own), route.url(**other)


def test_addresses_of_its_things_lead_nowhere(office: Office) -> None:
    browser, wrong = office.browsers[EVERYTHING], []
    for route in routes():
        if not route.parts or route.name.startswith("api-") or route.name in PUBLIC:
            continue
        for theirs, nobodys in part_values(route):
            for method in ("GET", "POST"):
                with undone():
                    first = browser.generic(method, theirs)
                    found = f"{first.status_code} {as_nothing(content(first))}"
                with undone():
                    second = browser.generic(method, nobodys)
                    expected = f"{second.status_code} {as_nothing(content(second))}"
                if found != expected:
                    wrong.append(f"{method} {theirs}: {difference(found, expected)}")
    assert wrong == []


def test_lists_and_forms_can_not_be_asked_for_its_things(office: Office) -> None:
    browser, wrong = office.browsers[EVERYTHING], []
    for path, theirs, nobodys in asked_in_addresses():
        answers = [browser.get(f"{path}?{urlencode(each)}") for each in (theirs, nobodys)]
        found, expected = (f"{each.status_code} {as_nothing(content(each))}" for each in answers)
        if found != expected:
            wrong.append(f"{path} {theirs}: {difference(found, expected)}")
    assert wrong == []


Asked = dict[str, str]


def asked_in_addresses() -> Iterator[tuple[str, Asked, Asked]]:
    """Every list with each text or key that its address may say, every form with all of them."""
    yield "/search", {"q": NAME}, {"q": NOBODY}
    yield "/suggestions", {"of": "employees", "q": NAME}, {"of": "employees", "q": NOBODY}
    for route in routes():
        query = getattr(route.view, "query", None)
        if query is not None and not route.parts and "/" not in route.name:
            for name, theirs in names_in(query.query.parameters):
                yield route.url(), {name: theirs}, {name: VALUES[theirs]}
    for act in actions():
        if not act.hidden and (every := dict(names_in(act.parameters))):
            url = f"/{act.department}/do/{act.verb.replace('_', '-')}"
            yield url, every, {name: VALUES[theirs] for name, theirs in every.items()}


def names_in(shape: type[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    """The parameters that may name something, each with what names something in them."""
    for field in fields(shape):
        kind = field.type
        parts = kind.types if isinstance(kind, kinds.UnionType) else (kind,)
        if any(isinstance(each, kinds.StrType) for each in parts):
            yield field.name, NAME
        elif any(isinstance(each, kinds.IntType) for each in parts):
            yield field.name, str(FIRST)


def fields(shape: type[msgspec.Struct]) -> tuple[Any, ...]:
    return kinds.type_info(shape).fields  # type: ignore[attr-defined,no-any-return]


# --- queries and actions themselves


def queries() -> list[Query]:
    return [each for each in declared() if isinstance(each, Query)]


def actions() -> list[Action]:
    return [each for each in declared() if isinstance(each, Action)]


def as_text(value: Any) -> str:
    return msgspec.json.encode(value, enc_hook=repr).decode()
