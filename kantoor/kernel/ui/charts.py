"""Charts and sparklines: values in, the same colours for the same thing everywhere, a table beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kantoor.kernel.ui.cells import Money

Colour = Literal["1", "2", "3", "4", "quiet"]
"""1 is the accent. Income is 1, costs 2, result 3, tax 4, last year "quiet", on every page."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; `values` in minor units, None where there is no figure yet."""

    name: str
    values: Sequence[int | None]
    colour: Colour = "1"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A zero-based bar or line chart with direct labels; `url` opens what it is made of."""

    key: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    kind: Literal["bar", "line"] = "bar"
    exponent: int = 2
    currency: str = ""
    url: str = ""

    @property
    def data(self) -> dict[str, object]:
        """What the drawing script reads from the page."""
        return {
            "kind": self.kind,
            "labels": list(self.labels),
            "exponent": self.exponent,
            "currency": self.currency,
            "series": [
                {"name": s.name, "values": list(s.values), "colour": s.colour} for s in self.series
            ],
        }

    @property
    def table(self) -> list[tuple[str, list[Money | None]]]:
        """The same figures as rows, for the table that stands behind the chart."""
        return [(label, self._row(place)) for place, label in enumerate(self.labels)]

    def _row(self, place: int) -> list[Money | None]:
        found = (series.values[place] for series in self.series)
        return [None if value is None else Money(value, self.exponent) for value in found]


def sparkline(values: Sequence[int], *, width: int = 120, height: int = 28) -> SafeString:
    """A small zero-based line as SVG: decoration beside a figure, so hidden from screen readers."""
    if len(values) < 2:
        return mark_safe("")
    low, high = min(0, *values), max(0, *values)
    reach = (high - low) or 1
    step = (width - 6) / (len(values) - 1)
    points = [
        (2 + i * step, height - 3 - (v - low) * (height - 6) / reach) for i, v in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    base = height - 3 - (0 - low) * (height - 6) / reach
    return format_html(
        '<svg class="k-spark" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">'
        '<line class="k-spark-zero" x1="0" x2="{}" y1="{}" y2="{}"/>'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        width, height, width, height, width, f"{base:.1f}", f"{base:.1f}",
        line, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}",
    )  # fmt: skip
