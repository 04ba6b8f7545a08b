"""The VAT returns of countries: boxes, which facts go into them, and how they are rounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.text import Text


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form. `said` ones a person fills in; `plus` and `minus` make a total of others.

    `input` is where input tax goes, `payable` what is owed in the end; `until` is the last day of
    a box that is no longer on the form.
    """

    key: str
    section: str
    name: Text
    base: bool
    tax: bool
    input: bool
    said: bool
    payable: bool
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    until: date | None

    @property
    def total(self) -> bool:
        """Whether it is reckoned from other boxes."""
        return bool(self.plus)


class Amounts(NamedTuple):
    """Base and tax of a box, in minor units."""

    base: int
    tax: int


class Sum(NamedTuple):
    """What facts of one tax code add up to: `use` and `ground` are the code's."""

    use: str
    ground: str
    base: int
    tax: int
    deductible: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A country's return; `unit` and `limit` are in minor units."""

    country: str
    unit: int
    limit: int
    boxes: tuple[Box, ...]
    sections: Mapping[str, Text]
    sale: Mapping[str, str]
    purchase: Mapping[str, str]

    def box(self, key: str) -> Box:
        """The box of that name; KeyError for any other."""
        return {each.key: each for each in self.boxes}[key]

    def shown(self, ends_on: date) -> list[Box]:
        """The boxes that are on the form of a period."""
        return [each for each in self.boxes if each.until is None or ends_on <= each.until]

    def exact(self, sums: Iterable[Sum]) -> dict[str, Amounts]:
        """The boxes that facts go into, to the minor unit; those without any are not in it."""
        found: dict[str, Amounts] = {}
        asked = next(each.key for each in self.boxes if each.input)
        for each in sums:
            by_ground = self.sale if each.use == "sale" else self.purchase
            parts = [(by_ground.get(each.ground, ""), Amounts(each.base, each.tax))]
            if each.use == "purchase" and each.deductible:
                parts.append((asked, Amounts(0, each.deductible)))
            for key, amounts in parts:
                if key:
                    had = found.get(key, Amounts(0, 0))
                    found[key] = Amounts(had.base + amounts.base, had.tax + amounts.tax)
        return found

    def declared(
        self,
        exact: Mapping[str, Amounts],
        said: Mapping[str, int] | None = None,
        unit: int | None = None,
    ) -> dict[str, Amounts]:
        """Every box as it is filed: rounded in the taxpayer's favour, totals from what is rounded."""
        unit = unit or self.unit
        found: dict[str, Amounts] = {}
        for box in self.boxes:
            if box.total:
                tax = sum(found[key].tax for key in box.plus)
                found[box.key] = Amounts(0, tax - sum(found[key].tax for key in box.minus))
            elif box.said:
                found[box.key] = Amounts(0, (said or {}).get(box.key, 0))
            else:
                base, tax = exact.get(box.key, Amounts(0, 0))
                tax = -(-tax // unit) if box.input else tax // unit
                found[box.key] = Amounts(base // unit * unit, tax * unit)
        return found

    def payable(self, declared: Mapping[str, Amounts]) -> int:
        """What is owed by the return; below zero comes back."""
        return declared[next(each.key for each in self.boxes if each.payable)].tax


@cache
def pack_of(country: str) -> Pack | None:
    """The return of a country; None where there is none yet."""
    name = f"{country.lower()}.toml"
    folder = files(__package__) / "returns"
    if not any(each.name == name for each in folder.iterdir()):
        return None
    table = read_toml(f"vat/returns/{name}")
    return Pack(
        country=table["country"],
        unit=table["unit"],
        limit=table["limit"],
        boxes=tuple(_box(each) for each in table["boxes"]),
        sections={key: Text.of(value) for key, value in table["sections"].items()},
        sale=table["sale"],
        purchase=table["purchase"],
    )


def _box(row: dict[str, Any]) -> Box:
    return Box(
        key=row["key"],
        section=row["section"],
        name=Text.of(row["name"]),
        base=row.get("base", False),
        tax=row.get("tax", False),
        input=row.get("input", False),
        said=row.get("said", False),
        payable=row.get("payable", False),
        plus=tuple(row.get("plus", ())),
        minus=tuple(row.get("minus", ())),
        until=row.get("until"),
    )
