"""The mapping file of a source: which column of its CSV holds what, and how it is written there.

    name = "webshop"               # the source that finds it
    document = "sales.invoice"     # what its rows together are
    group_by = ["document"]        # fields whose rows of one value are one document

    [columns]                      # field = header, or the headers it may have
    document = ["InvoiceNo", "Invoice"]
    quantity = "Quantity"

The kernel gives these fields no meaning: the department that takes the document does.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.moments import DayTime, day_time_parser, is_format, is_zone
from kantoor.kernel.intake.numbers import number_parser
from kantoor.kernel.intake.problems import Problem, shown

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
FIELD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_DATE = "%Y-%m-%d"
_THOUSANDS = ("", ",", ".", "'", " ")


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a mapping file says; only `mapping_files` makes one, and checks it."""

    name: str
    document: str
    group_by: tuple[str, ...]
    columns: dict[str, str | tuple[str, ...]]
    title: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    decimal: str = "."
    thousands: str = ""
    dates: tuple[str, ...] = (_DATE,)
    time_zone: str = "UTC"
    optional: tuple[str, ...] = ()
    """Fields whose column may be absent."""
    whole_codes: tuple[str, ...] = ()
    """Fields with codes that a spreadsheet may have made a number of: 17850.0 for 17850."""
    constants: dict[str, str] = {}
    """Fields that no column holds, the same for every row."""
    defaults: dict[str, str] = {}
    """What an empty cell means."""
    country_names: bool = False
    """Whether countries are given by name instead of by ISO 3166 code."""
    countries: dict[str, str] = {}
    """This source's own names for countries, with their code, or nothing for no country."""

    def number(self) -> Callable[[str], int]:
        """How numbers of this source are read (`number_parser`)."""
        return number_parser(self.decimal, self.thousands)

    def day_time(self) -> Callable[[str], DayTime]:
        """How days and times of this source are read (`day_time_parser`)."""
        return day_time_parser(self.dates, self.time_zone)

    def columns_in(self, header: Sequence[str]) -> "Columns | Problem":
        """Where each field stands in a file with this header, or which column is missing."""
        places: dict[str, int] = {}
        for field, names in self.columns.items():
            candidates = (names,) if isinstance(names, str) else names
            found = _places_of(candidates, header)
            if len(found) > 1:
                return _header_problem(
                    "csv.column_twice", _("The column “{name}” occurs twice."), header[found[0]]
                )
            if found:
                places[field] = found[0]
            elif field not in self.optional and field not in self.defaults:
                return _missing_column(candidates, header)
        return Columns(places, tuple(places[field] for field in self.group_by))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a mapping stand in the rows of one file, counted from 0."""

    places: dict[str, int]
    group_by: tuple[int, ...]

    def __getitem__(self, field: str) -> int:
        return self.places[field]

    def __contains__(self, field: str) -> bool:
        return field in self.places


def _places_of(candidates: Sequence[str], header: Sequence[str]) -> list[int]:
    """Where the first of these names stands that the header has; as written, else in any case."""
    folded = [name.casefold() for name in header]
    for name in candidates:
        for wanted, names in ((name, header), (name.casefold(), folded)):
            if found := [at for at, present in enumerate(names) if present == wanted]:
                return found
    return []


def _missing_column(candidates: Sequence[str], header: Sequence[str]) -> Problem:
    message = _("There is no column “{name}”. The columns of this file are: {header}.")
    return _header_problem(
        "csv.column_missing", message, candidates[0], header=shown_header(header)
    )


def shown_header(header: Sequence[str]) -> str:
    """Some names of columns for a message."""
    return ", ".join(shown(name) for name in header[:20])


def _header_problem(code: str, message: "_StrPromise", name: str, **values: object) -> Problem:
    said = format_lazy(message, name=name, **values)
    return Problem(1, name, code, said, fatal=True)


def faults(mapping: Mapping) -> Iterator["_StrPromise | str"]:
    """What is wrong with a mapping beyond the types of its values, in sentences."""
    yield from _faults_of_names(mapping)
    yield from _faults_of_fields(mapping)
    yield from _faults_of_writing(mapping)


def _faults_of_names(mapping: Mapping) -> Iterator["_StrPromise | str"]:
    if not NAME.fullmatch(mapping.name):
        yield _("“name” may have small letters, digits and hyphens.")
    if not mapping.document:
        yield _("“document” must say what the rows together are.")
    for field in (*mapping.columns, *mapping.constants, *mapping.defaults):
        if not FIELD.fullmatch(field):
            yield format_lazy(
                _(
                    "The name of the field “{field}” may have small letters, digits and underscores."
                ),
                field=field,
            )


def _faults_of_fields(mapping: Mapping) -> Iterator["_StrPromise | str"]:
    if not mapping.group_by:
        yield _("“group_by” must name the field whose rows together are one document.")
    named = {
        "group_by": (mapping.group_by, set(mapping.columns) - set(mapping.optional)),
        "optional": (mapping.optional, set(mapping.columns)),
        "whole_codes": (mapping.whole_codes, set(mapping.columns)),
        "defaults": (mapping.defaults, set(mapping.columns)),
    }
    for key, (fields, known) in named.items():
        for field in fields:
            if field not in known:
                message = _("“{key}” names the field “{field}”, which needs a column.")
                yield format_lazy(message, key=key, field=field)
    for field in sorted(set(mapping.constants) & set(mapping.columns)):
        message = _("The field “{field}” has a column and a constant; choose one.")
        yield format_lazy(message, field=field)
    for field, names in mapping.columns.items():
        if not names or (not isinstance(names, str) and "" in names):
            yield format_lazy(_("The field “{field}” needs the name of its column."), field=field)


def _faults_of_writing(mapping: Mapping) -> Iterator["_StrPromise | str"]:
    if not _is_text_encoding(mapping.encoding):
        yield format_lazy(_("There is no encoding “{name}”."), name=mapping.encoding)
    marks = (mapping.delimiter, mapping.quote)
    if any(len(mark) != 1 or mark in "\r\n\0" for mark in marks) or marks[0] == marks[1]:
        yield _("“delimiter” and “quote” must be one character each, and not the same.")
    if mapping.decimal not in (".", ","):
        yield _("“decimal” must be a point or a comma.")
    if mapping.thousands not in _THOUSANDS or mapping.thousands == mapping.decimal:
        yield _(
            "“thousands” must be a comma, a point, an apostrophe, a space or nothing, and not the same as “decimal”."
        )
    if not mapping.dates:
        yield format_lazy(_("“dates” needs a format such as {example}."), example=_DATE)
    for form in mapping.dates:
        if not is_format(form):
            message = _(
                "The date format “{form}” needs the year, the month and the day in numbers, "
                "such as {example}."
            )
            yield format_lazy(message, form=form, example=_DATE)
    if not is_zone(mapping.time_zone):
        yield format_lazy(_("There is no time zone “{name}”."), name=mapping.time_zone)
    for name, code in mapping.countries.items():
        if code and not (len(code) == 2 and code.isascii() and code.isupper()):
            message = _("The code of “{name}” must be two capitals (ISO 3166), or empty.")
            yield format_lazy(message, name=name)


def _is_text_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return True
