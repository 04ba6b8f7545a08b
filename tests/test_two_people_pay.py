"""Two people pay, and there is no way round: through the pages, the API and the console."""

from argparse import Namespace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.payables.suppliers import create_suppliers
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_purchases import SupplierDraft
from kantoor.departments.finance.models import PartyAccount, PaymentApproval, PaymentRun
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.errors import DomainError, NotAllowed
from kantoor.shell.api.tests.conftest import Api, api_of
from kantoor.shell.cli.do import run as do
from tests.complete_banking import banking
from tests.founded import PASSWORD, House, found

FIRST, OTHER = "NL20INGB0001234567", "NL39RABO0300065264"
PURCHASES, PAYABLES = "70251", "16011"


@pytest.fixture
def house(db: None) -> House:
    """A company that owes a supplier 121 euros; Bo and Cas are bookkeepers, Eva sells."""
    house = found()
    banking(house.administrator)
    for name, role in (("bo", "bookkeeper"), ("cas", "bookkeeper"), ("eva", "sales_desk")):
        house.person(name, role)
    create_suppliers(
        house.administrator, suppliers=[SupplierDraft(code="V1", name="Verf BV", country="NL")]
    )
    lines = [
        LineDraft(account=PURCHASES, amount=121_00),
        LineDraft(account=PAYABLES, amount=-121_00, party="V1"),
    ]
    day = timezone.localdate() - timedelta(days=10)
    post_entries(house.administrator, entries=[EntryDraft(date=day, lines=lines, reference="F-1")])
    return house


class Browser:
    """Somebody at the pages."""

    def __init__(self, name: str) -> None:
        self.client = Client(raise_request_exception=True)
        answer = self.client.post("/sign-in", {"user": name, "password": PASSWORD})
        assert answer.status_code == 302

    def does(self, action: str, **given: Any) -> int:
        """Send an action's form; gives the status: 302 is done or waiting, 422 refused."""
        return int(self.client.post(f"/{action}", given).status_code)

    def fetches(self, run: str) -> Any:
        """Ask for the file of a run."""
        return self.client.get(f"/finance/payment-runs/{run}/file")


class Script:
    """Somebody at the API, with a token that they made themselves."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def does(self, action: str, **given: Any) -> int:
        """Call an action; gives the status: 200 is done, 202 waits, 4xx is refused."""
        return int(self.api.post(action.replace("/do/", "/"), given).status_code)


def state(run: str) -> str:
    return PaymentRun.objects.get(number=run).state


def digest(house: House, run: str) -> str:
    return payment_run(house.people["bo"], number=run).digest


def waiting() -> int:
    return Approval.objects.filter(state="waiting").latest("pk").pk


def proposed_account(iban: str) -> PartyAccount:
    return PartyAccount.objects.get(iban=iban)


Doer = Browser | Script
PROPOSE_ACCOUNT, VERIFY = "finance/do/propose-party-account", "finance/do/verify-party-account"
PROPOSE, MAKE = "finance/do/propose-payments", "finance/do/make-payment-file"
APPROVE, AGREE = "finance/do/approve-payment-run", "kernel/do/approve-request"
DONE, REFUSED = (200, 202, 302), (400, 403, 404, 409, 422)


@pytest.fixture(params=["page", "api"])
def people(request: pytest.FixtureRequest, house: House) -> dict[str, Doer]:
    """Bo, Cas and Eva, each at the pages or each with a token."""
    if request.param == "page":
        return {name: Browser(name) for name in ("bo", "cas", "eva")}
    return {name: Script(api_of(house.people[name])) for name in ("bo", "cas", "eva")}


def supplied(bo: Doer, cas: Doer) -> None:
    """The supplier's account is in the books, as two people saw it."""
    assert bo.does(PROPOSE_ACCOUNT, party="V1", iban=FIRST, why="contract") in DONE
    assert cas.does(VERIFY, iban=FIRST, why="called them") in DONE
    assert proposed_account(FIRST).state == "verified"


def a_run(bo: Doer) -> str:
    """A run that Bo proposed; gives its number."""
    today = timezone.localdate().isoformat()
    assert bo.does(PROPOSE, due_until=today, bank="BNK1") in DONE
    return PaymentRun.objects.latest("pk").number


def test_no_one_alone_gets_a_run_to_the_bank(house: House, people: dict[str, Doer]) -> None:
    bo, cas, eva = people["bo"], people["cas"], people["eva"]
    supplied(bo, cas)
    run = a_run(bo)
    seen = digest(house, run)
    assert bo.does(MAKE, run=run) in REFUSED
    assert eva.does(APPROVE, run=run, digest=seen) in REFUSED
    assert bo.does(APPROVE, run=run, digest="0" * 64) in REFUSED
    for _time in range(2):
        assert bo.does(APPROVE, run=run, digest=seen) in DONE
        assert state(run) == "proposed"
    for own in Approval.objects.values_list("pk", flat=True):
        assert bo.does(AGREE, approval_id=own, remark="fine") in REFUSED
        assert eva.does(AGREE, approval_id=own, remark="fine") in REFUSED
    assert bo.does(MAKE, run=run) in REFUSED
    assert (state(run), PaymentApproval.objects.count()) == ("proposed", 0)
    assert cas.does(AGREE, approval_id=waiting(), remark="fine") in DONE
    assert (state(run), PaymentApproval.objects.count()) == ("approved", 2)


def test_the_same_file_is_made_once(house: House, people: dict[str, Doer]) -> None:
    bo, cas = people["bo"], people["cas"]
    supplied(bo, cas)
    run = a_run(bo)
    fetching = Browser("bo")
    assert fetching.fetches(run).status_code in REFUSED
    bo.does(APPROVE, run=run, digest=digest(house, run))
    cas.does(AGREE, approval_id=waiting(), remark="fine")
    assert fetching.fetches(run).status_code in REFUSED
    assert bo.does(MAKE, run=run) in DONE
    first = PaymentRun.objects.get(number=run)
    for who in (bo, cas):
        assert who.does(MAKE, run=run) in REFUSED
        assert who.does(APPROVE, run=run, digest=digest(house, run)) in REFUSED
    assert bo.does(PROPOSE, due_until=timezone.localdate().isoformat(), bank="BNK1") in REFUSED
    again = PaymentRun.objects.get(number=run)
    assert (again.file_sha256, again.message_id) == (first.file_sha256, first.message_id)
    assert fetching.fetches(run).content == Browser("cas").fetches(run).content
    assert b"121.00" in fetching.fetches(run).content
    assert Browser("eva").fetches(run).status_code in REFUSED


def test_another_account_holds_what_is_paid_until_a_second_person_saw_it(
    house: House, people: dict[str, Doer]
) -> None:
    bo, cas = people["bo"], people["cas"]
    supplied(bo, cas)
    run = a_run(bo)
    bo.does(APPROVE, run=run, digest=digest(house, run))
    cas.does(AGREE, approval_id=waiting(), remark="fine")
    assert cas.does(PROPOSE_ACCOUNT, party="V1", iban=OTHER, why="an e-mail") in DONE
    assert bo.does(MAKE, run=run) in REFUSED
    assert cas.does(VERIFY, iban=OTHER, why="sure") in REFUSED
    assert proposed_account(OTHER).state == "proposed"
    assert bo.does(VERIFY, iban=OTHER, why="called them") in DONE
    # What was approved names the account of before: it is not paid there any more.
    assert bo.does(MAKE, run=run) in REFUSED
    assert state(run) == "approved"
    assert bo.does("finance/do/cancel-payment-run", run=run, why="other account") in DONE
    assert OTHER in str(payment_run(house.people["bo"], number=a_run(bo)).orders)


def at_console(action: str, as_user: str, parameters: str) -> Any:
    """What `kantoor do` says, at a console where anybody may sit."""
    given = Namespace(action=action, as_user=as_user, parameters=parameters)
    return do(Answers(json=True), given)


def test_the_console_is_nobodys_eyes(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    bo, cas = Browser("bo"), Browser("cas")
    supplied(bo, cas)
    run = a_run(bo)
    seen = digest(house, run)
    for name in ("bo", "admin", ""):
        with pytest.raises(NotAllowed):
            at_console("finance.approve_payment_run", name, f'{{"run":"{run}","digest":"{seen}"}}')
    bo.does(APPROVE, run=run, digest=seen)
    for name in ("cas", "admin", ""):
        with pytest.raises(NotAllowed):
            at_console("kernel.approve_request", name, f'{{"approval_id":{waiting()}}}')
    with pytest.raises(DomainError):
        at_console("finance.make_payment_file", "cas", f'{{"run":"{run}"}}')
    bo.does(PROPOSE_ACCOUNT, party="V1", iban=OTHER, why="an e-mail")
    with pytest.raises(NotAllowed):
        at_console("finance.verify_party_account", "cas", f'{{"iban":"{OTHER}"}}')
    assert (state(run), proposed_account(OTHER).state) == ("proposed", "proposed")
    assert capsys.readouterr().out == ""


def test_a_token_from_the_console_is_nobodys_eyes_either(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    bo, cas = Browser("bo"), Browser("cas")
    supplied(bo, cas)
    run = a_run(bo)
    bo.does(APPROVE, run=run, digest=digest(house, run))
    at_console("kernel.create_token", "cas", '{"name":"mine"}')
    secret = capsys.readouterr().out.split('"')[3]
    script = Api(secret)
    assert script.get("kernel/companies").status_code == 200
    assert script.post("kernel/approve-request", {"approval_id": waiting()}).status_code == 403
    made = script.post("kernel/create-token", {"name": "another"})
    assert Script(Api(made.json()["token"])).does(AGREE, approval_id=waiting()) == 403
    assert Api(secret.replace("console.", "")).get("kernel/companies").status_code == 401
    assert state(run) == "proposed"


def test_a_machine_is_nobody(house: House) -> None:
    bo, cas = Browser("bo"), Browser("cas")
    supplied(bo, cas)
    run = a_run(bo)
    robot = Script(api_of(house.machine("robot", "bookkeeper")))
    assert robot.does(APPROVE, run=run, digest=digest(house, run)) in REFUSED
    bo.does(APPROVE, run=run, digest=digest(house, run))
    assert robot.does(AGREE, approval_id=waiting()) in REFUSED
    assert state(run) == "proposed"


def test_what_was_changed_since_is_approved_by_nobody(
    house: House, people: dict[str, Doer]
) -> None:
    bo, cas = people["bo"], people["cas"]
    supplied(bo, cas)
    run = a_run(bo)
    bo.does(APPROVE, run=run, digest=digest(house, run))
    later = (timezone.localdate() + timedelta(days=3)).isoformat()
    assert bo.does("finance/do/reschedule-payment-run", run=run, execute_on=later) in DONE
    assert cas.does(AGREE, approval_id=waiting(), remark="fine") in REFUSED
    assert state(run) == "proposed"


def test_the_outside_never_says_who_approved(house: House) -> None:
    api = api_of(house.people["bo"])
    asked = {"run": "PAY-000001", "digest": "0" * 64}
    for body in ({**asked, "by": "cas"}, {**asked, "approved": True}):
        assert api.post("finance/approve-payment-run", body).status_code in REFUSED
    for hidden in ("kernel/request-approval", "kernel/judge-sign-in"):
        assert api.post(hidden, {}).status_code == 404
