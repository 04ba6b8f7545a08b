"""Somebody comes and somebody leaves: people of four departments do it in their own browsers, and
it ends when all of it is seen, not before."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.browser.journeys import PASSWORD, PHONE_OUT, SPARE
from tests.browser.site import Site, Visit, served_with
from tests.console import Console

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("journeys")]

PATIENCE = 30
"""Seconds that the worker gets to deliver what happened; a look by the hour would be an hour."""
TODAY = datetime.now(UTC).date()
"""Not after the day of the server, which may be on the other side of midnight."""
NARROW = 390


class Office:
    """The company, each of its people in a browser of their own."""

    def __init__(self, opened: Browser, site: Site, console: Console) -> None:
        self.site, self.console = site, console
        ours = replace(site, password=PASSWORD)
        self.helen = Visit(opened, ours, "nl", user="helen")
        self.iris = Visit(opened, ours, "en", user="iris")
        self.paul = Visit(opened, ours, "nl", user="paul")
        self.carla = Visit(opened, ours, "en", user="carla")
        self.cora = Visit(opened, ours, "nl", width=NARROW, user="cora")
        self.anne = Visit(opened, site, "en")
        self.marks = 0

    @property
    def people(self) -> list[Visit]:
        return [self.helen, self.iris, self.paul, self.carla, self.cora, self.anne]

    def do(self, action: str, **given: object) -> None:
        """Act at the console, as the company's own machine does."""
        self.console.ask("do", action, json.dumps(given))

    def delivered(self) -> None:
        """Wait until all that happened so far was delivered: what is told later comes later."""
        self.marks += 1
        code = f"S{self.marks}"
        self.do("hr.hire_employee", employee={
            "employee": code, "name": code, "start": TODAY.isoformat(), "hours_mon": "8",
        })  # fmt: skip
        self.do("hr.sign_contract", employee=code, signed_on=TODAY.isoformat())
        self.begun(code)

    def begun(self, employee: str) -> str:
        """The address of the procedure about somebody, once there is one."""
        tab = self.anne.tab

        def found() -> str:
            looked(self.anne, f"/procedures/instances?q={employee}")
            row = tab.locator("main tr", has_text=f": {employee}").locator("a").first
            return str(row.get_attribute("href")) if row.count() else ""

        return str(until(found))


def looked(visit: Visit, address: str) -> Page:
    """A page as soon as it is loaded; to wait until it is quiet takes half a second each time."""
    visit.tab.goto(f"{visit.site.base}{address}", wait_until="load")
    return visit.tab


def until(found: Callable[[], Any]) -> Any:
    """What is found, as soon as it is there."""
    ends = time.monotonic() + PATIENCE
    while not (there := found()):
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.1)
    return there


@pytest.fixture(scope="module")
def office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("journeys")
    with served_with(folder, "tests.browser.journeys") as site:
        found = Office(chromium, site, Console(folder))
        yield found
        for visit in found.people:
            visit.close()


def opened(visit: Visit, title: str) -> Page:
    """The page of one's task, opened from the inbox once it is there."""
    tab = visit.tab

    def there() -> bool:
        looked(visit, "/today/inbox")
        return tab.locator("main a", has_text=title).count() > 0

    until(there)
    tab.locator("main a", has_text=title).first.click()
    tab.wait_for_url("**/procedures/tasks/*")
    tab.wait_for_load_state("networkidle")
    assert visit.serious() == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]  # type: ignore[index]
    return tab


def sent(tab: Page) -> None:
    """Send the form on the page; it must be taken."""
    with tab.expect_navigation(wait_until="networkidle") as answer:
        tab.click("form#form button[data-save]")
    assert answer.value.status == 200, tab.locator("main").inner_text()


def done(visit: Visit, title: str, **typed: str) -> None:
    """Do a task from one's inbox by what its form asks."""
    tab = opened(visit, title)
    for name, value in typed.items():
        field = tab.locator(f"form#form [name='{name.replace('__', '.')}']")
        if field.first.get_attribute("type") == "radio":
            tab.check(f"form#form [name='{name}'][value={value}]")
        else:
            field.fill(value)
    sent(tab)


def stands(visit: Visit, instance: str) -> set[str]:
    """The elements at which the drawing shows that it waits."""
    tab = looked(visit, instance)
    tab.wait_for_selector("[data-drawing][data-drawn]")
    drawn = "all => all.map((each) => each.dataset.elementId)"
    shown = set(tab.eval_on_selector_all(".djs-element.p-at-waiting", drawn))
    listed = "all => all.map((each) => each.dataset.element)"
    assert shown == set(tab.eval_on_selector_all(".p-step[data-stand=waiting]", listed))
    return shown


def stands_at(visit: Visit, instance: str, *elements: str) -> None:
    """Wait until it stands just there."""
    until(lambda: stands(visit, instance) == set(elements))
    assert visit.serious() == []


def state(visit: Visit, instance: str) -> str:
    return looked(visit, instance).locator(".k-head .k-status").inner_text().strip()


def signed(visit: Visit, paper: bytes = b"") -> None:
    """Have a sheet that is open signed on ICT's pages: on the screen, or by a scan of its paper."""
    tab = visit.go("/ict/handovers?unsigned=1")
    tab.locator("main [href*='/ict/handovers/H-']").first.click()
    tab.wait_for_url("**/ict/handovers/H-*")
    tab.locator("main a[href$='/sign']").first.click()
    tab.wait_for_url("**/sign")
    assert visit.serious() == []
    if paper:
        scan = FilePayload(name="sheet.pdf", mimeType="application/pdf", buffer=paper)
        tab.set_input_files("[name=scan]", scan)
    else:
        _draw(tab)
    with tab.expect_navigation(wait_until="networkidle"):
        tab.click("main form button[type=submit]")


def _draw(tab: Page) -> None:
    """Sign in the box with the mouse."""
    box = tab.locator("canvas").bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + 30, box["y"] + 60)
    tab.mouse.down()
    for step in range(1, 9):
        tab.mouse.move(box["x"] + 30 + 20 * step, box["y"] + 60 + (step % 2) * 30)
    tab.mouse.up()


def report(site: Site, serial: str) -> None:
    """An agent reports at the door for agents."""
    content = {
        "versionclient": "GLPI-Agent_v1.17",
        "bios": {"smanufacturer": "LENOVO", "smodel": "T14", "ssn": serial},
        "hardware": {"name": serial.lower(), "uuid": f"uuid-of-{serial.lower()}-0001"},
    }
    body = {
        "deviceid": f"{serial.lower()}-2026-01-01-00-00-00",
        "action": "inventory",
        "content": content,
    }
    sends = Request(f"{site.base}/inventory", json.dumps(body).encode(), {"Content-Type": "application/json"})  # fmt: skip
    with urlopen(sends, timeout=20) as answer:
        assert answer.status == 200


def test_a_colleague_comes_and_it_is_done_when_all_of_it_is_seen(office: Office) -> None:
    helen, iris = office.helen, office.iris
    tab = helen.go("/hr/do/hire-employee")
    hired = {"name": "Nina Bos", "employee": "N1", "start": TODAY.isoformat(), "iban": "NL20INGB0001234567"}  # fmt: skip
    for name, value in hired.items():
        tab.fill(f"[name='employee.{name}']", value)
    sent(tab)
    tab = helen.go("/hr/employees/N1")
    sign = tab.locator("a[href*='/hr/do/sign-contract']")
    tab.locator("main details", has=sign).locator("summary").click()
    sign.click()
    tab.wait_for_url("**/hr/do/sign-contract?*")
    sent(tab)

    joins = office.begun("N1")
    stands_at(helen, joins, "Task_Centre", "Task_Salary", "Task_Account", "Task_Announce")
    done(office.carla, "Choose the cost centre", **{"asked-cost_centre": "sales"})
    stands_at(office.carla, joins, "Task_Contract", "Task_Salary", "Task_Account", "Task_Announce")
    done(helen, "Kostenplaats in het contract zetten")
    done(office.paul, "Salaris vastleggen", salary__amount="3200")
    done(iris, "Open an account", name="nina")
    done(office.cora, "De nieuwe collega aankondigen", **{"asked-announced": "Op het intranet"})
    stands_at(office.cora, joins, "Task_Came")
    done(helen, "De nieuwe collega ontvangen", **{"asked-came": "true"})
    done(iris, "Hand all out on one sheet")
    waits = ("Seen_Complete", "Wait_Complete")
    stands_at(iris, joins, *waits)

    signed(iris)
    office.delivered()
    assert stands(helen, joins) == set(waits), "its agent did not report"
    report(office.site, "PF1OTHER")
    office.delivered()
    assert stands(helen, joins) == set(waits), "another's computer reported"
    report(office.site, SPARE)
    until(lambda: state(office.anne, joins) == "Ended")
    assert stands(helen, joins) == set()
    assert helen.serious() == []


BUTTONS = """all => all.map((each) => each.getAttribute('action') || each.getAttribute('href'))
    .map((each) => new URL(each, location.href).pathname)
    .filter((each) => each.startsWith('/procedures/do/'))"""
REFUSED = {403, 404, 409, 422}


HARMLESS = {"/procedures/do/comment-on", "/procedures/do/call-off"}
"""What a page may offer: to say something, and to stop it for good, which is no end of it."""
SOME_WAITS = 12
"""The numbers of waits that are tried by who may help procedures along."""


def offered(visit: Visit, instance: str) -> set[str]:
    """The acts on a procedure that its page offers somebody; none to who may not see it."""
    if not visit.context.request.get(f"{visit.site.base}{instance}").ok:
        return set()
    looked(visit, instance)
    return set(visit.tab.eval_on_selector_all("main form, main a[href]", BUTTONS))


def attempted(visit: Visit, address: str, given: dict[str, str]) -> int:
    """The status that a form gets which no page offers."""
    token = visit.tab.input_value("form.k-language [name=csrfmiddlewaretoken]")
    answer = visit.context.request.post(
        f"{visit.site.base}{address}",
        form={"csrfmiddlewaretoken": token, "at_once": "1", **given},
        headers={"Referer": visit.tab.url},
        max_redirects=0,
    )
    return answer.status


def cannot_be_finished(office: Office, instance: str, task: str) -> None:
    """Nobody can finish it: no page offers it, and what is sent all the same is refused.

    `task` is the address of Iris's own, by which the device comes back.
    """
    for visit in office.people:
        assert offered(visit, instance) <= HARMLESS, visit.user
        looked(visit, "/")
        helps = visit in (office.anne, office.carla)
        attempts: list[tuple[str, dict[str, str]]] = []
        for wait in range(1, SOME_WAITS if helps else 3):
            skips = {"wait": str(wait), "why": "It will come back"}
            attempts.append(("/procedures/do/skip-step", skips))
            attempts.append(("/procedures/do/try-again", {"waits": str(wait)}))
        if visit is not office.iris:
            attempts.append((task, {}))
        for address, given in attempts:
            answer = attempted(visit, address, given)
            assert answer in REFUSED, (visit.user, address, given, answer)
    assert state(office.anne, instance) == "Under way"


def test_who_leaves_is_not_gone_while_a_device_is_out(office: Office) -> None:
    helen, iris = office.helen, office.iris
    tab = helen.go("/hr/do/end-employment?end.employee=E1")
    tab.fill("[name='end.last_day']", TODAY.isoformat())
    tab.select_option("[name='end.reason']", "resigned")
    sent(tab)
    leaves = office.begun("E1")
    pay = ("Seen_FinalPay", "Wait_FinalPay")
    stands_at(helen, leaves, "Task_Retention", "Task_TakeBack", "Task_Farewell", *pay)
    done(helen, "Zien wat langer bewaard moet", **{"asked-keep_longer": "false"})
    done(office.cora, "Collega's en klanten inlichten", **{"asked-announced": "In het overleg"})
    paid(office)
    stands_at(office.cora, leaves, "Task_TakeBack")
    task = opened(iris, "Take all back on one sheet").url.removeprefix(office.site.base)
    cannot_be_finished(office, leaves, task)

    done(iris, "Take all back on one sheet")
    done(iris, "Close all accounts")
    office.do("ict.hand_out", party="E1", items=[{"device": PHONE_OUT}])
    done(office.anne, "Close the account in Kantoor")
    waits = ("Seen_Nothing", "Wait_Nothing")
    stands_at(iris, leaves, *waits)
    signed(iris)
    signed(iris, paper=b"%PDF-1.4 signed")
    office.delivered()
    assert stands(helen, leaves) == set(waits), "a phone is out"
    cannot_be_finished(office, leaves, task)

    tab = iris.go(f"/ict/devices/{PHONE_OUT}")
    tab.locator("main a[href*='/ict/do/take-back']").first.click()
    tab.wait_for_url("**/ict/do/take-back?*")
    sent(tab)
    office.delivered()
    assert stands(office.cora, leaves) == set(waits), "nobody signed for it"
    signed(iris)
    until(lambda: state(office.anne, leaves) == "Ended")
    assert stands(helen, leaves) == set()


def paid(office: Office) -> None:
    """Paul makes the run of this month, and Carla approves it."""
    tab = office.paul.go("/hr/do/make-pay-run")
    tab.fill("[name=month]", TODAY.replace(day=1).isoformat())
    sent(tab)
    run = tab.url.removeprefix(office.site.base)
    tab = office.carla.go(run)
    tab.locator("main [href*='/hr/do/approve-pay-run']").first.click()
    tab.wait_for_url("**/hr/do/approve-pay-run?*")
    sent(tab)
