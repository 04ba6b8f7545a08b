"""Runs that wait are booked once, also by two at once."""

import threading

from django.db import connection

from kantoor.departments.hr.actions.payroll.runs import (
    approve_pay_run,
    book_pay_runs,
    make_pay_run,
)
from kantoor.departments.hr.models import PayRun
from kantoor.departments.hr.tests.payroll.paying import START, begin_pay
from kantoor.departments.hr.tests.people.staff import begin_staff
from tests.committed import committed as committed


def test_two_who_book_what_waits_book_it_once(committed: None) -> None:
    pay = begin_pay(begin_staff())
    pay.staff.hire("E3", START)
    approve_pay_run(pay.cora, run=make_pay_run(pay.paul, month=START).run)
    pay.salary("E3", 250_000)
    assert approve_pay_run(pay.cora, run=make_pay_run(pay.paul, month=START).run) == ""
    gate = threading.Barrier(2)
    given: list[str] = []

    def book() -> None:
        try:
            gate.wait(timeout=30)
            given.append(book_pay_runs(pay.cora))
        finally:
            connection.close()

    threads = [threading.Thread(target=book) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(given) == ["", PayRun.objects.get(n=2).entry]
