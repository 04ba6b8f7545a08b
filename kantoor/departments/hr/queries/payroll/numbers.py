"""Runs by what people call them: `2026-05-1`, the month and which of it."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_pay import UnknownPay
from kantoor.departments.hr.models import PayRun
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-([1-9]\d{0,3})", re.ASCII)


def find_run(actor: Actor, number: str, *, lock: bool = False) -> PayRun:
    """The run of this number; raises UnknownPay."""
    found = None
    if (read := FORM.fullmatch(number)) and int(read[1]):
        rows = scoped(actor, PayRun)
        if lock:
            rows = rows.select_for_update()
        found = rows.filter(month=date(int(read[1]), int(read[2]), 1), n=int(read[3])).first()
    if found is None:
        message = _("There is no payroll run “{run}”.").format(run=number[:40])
        raise UnknownPay(message, field="run")
    return found
