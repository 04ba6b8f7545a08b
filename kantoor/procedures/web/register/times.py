"""How long the steps of a version take, as a table whose figures open what they are made of."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext

from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document
from kantoor.procedures.queries.procedures import StepTime
from kantoor.procedures.web import drawing as drawn
from kantoor.procedures.web.drawing import length


def table(key: str, version: int, times: Sequence[StepTime]) -> Document:
    """A line for each step; the slowest is named the bottleneck."""
    slowest = max((each.average_s for each in times), default=0)
    return Document(
        columns=[
            Column("step", gettext("Step"), phone="title"),
            Column("passed", gettext("Passed"), align="end"),
            Column("average", gettext("On average"), align="end", phone="figure"),
            Column("worst", gettext("At worst"), align="end"),
            Column("waiting", gettext("Wait now"), align="end"),
            Column("late", gettext("Late"), align="end"),
            Column("mark", "", "status"),
        ],
        lines=[_row(key, version, each, slowest) for each in times],
    )


def _row(key: str, version: int, each: StepTime, slowest: int) -> Row:
    at = {"procedure": key, "version": version, "element": each.element}
    passed = f"/procedures/passed?{urlencode(at)}"
    longest = f"/procedures/passed?{urlencode({**at, 'sort': '-elapsed_s'})}"
    waiting = f"/procedures/waiting?{urlencode(at)}"
    late = f"/procedures/waiting?{urlencode({**at, 'late': '1'})}"
    is_slowest = each.average_s == slowest and each.average_s >= drawn.SHORTEST
    cells: dict[str, Cell] = {
        "step": each.name,
        "passed": Link(str(each.passed), passed) if each.passed else "0",
        "average": Link(length(each.average_s), passed) if each.passed else "",
        "worst": Link(length(each.worst_s), longest) if each.passed else "",
        "waiting": Link(str(each.waiting), waiting) if each.waiting else "0",
        "late": Link(str(each.late), late) if each.late else "0",
        "mark": Status("bottleneck", gettext("Bottleneck"), "wait") if is_slowest else "",
    }
    return Row(each.element, cells)
