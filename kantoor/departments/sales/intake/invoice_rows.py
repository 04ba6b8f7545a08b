"""Read the rows of an invoice of the front office: exact figures, or the line and field at fault."""

from collections.abc import Callable
from functools import lru_cache, partial

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import country_code, is_recognised
from kantoor.departments.sales.drafts import ReadyLine
from kantoor.kernel.intake.mapping import Mapping
from kantoor.kernel.intake.numbers import line_amount, whole_code
from kantoor.kernel.intake.problems import Problem, Refused, shown
from kantoor.kernel.intake.rows import Layout, Rows
from kantoor.kernel.money import LARGEST

LONGEST_ARTICLE, LONGEST_TEXT, LONGEST_CUSTOMER, LONGEST_REFERENCE = 40, 200, 30, 80
FIELDS = ("article", "description", "quantity", "price", "at", "customer", "country")

REMEMBERED = 1 << 14
"""Different texts of a kind that are not parsed again."""

Parser = Callable[[str], object]


class InvoiceRows(msgspec.Struct, gc=False):
    """An invoice of the front office as it was read; `net` in minor units, below zero for credit.

    `country` is as it stands in the file, `country_code` ISO 3166 or empty; `valued` says whether
    any line has a price, `day` is ISO text.
    """

    reference: str
    day: str
    customer: str
    country: str
    country_code: str
    lines: list[ReadyLine]
    net: int
    valued: bool


class Reader:
    """Reads documents of one layout; what stands in its cells repeats, so each is parsed once."""

    def __init__(self, layout: Layout, exponent: int) -> None:
        mapping, columns = layout.mapping, layout.columns
        self.layout, self.exponent = layout, exponent
        width = len(layout.header)
        absent = [field for field in FIELDS if field not in columns]
        self.absent = [_fixed(mapping, field) for field in absent]
        self.places = {
            field: columns[field] if field in columns else width + absent.index(field)
            for field in FIELDS
        }
        self.net = lru_cache(maxsize=4 * REMEMBERED)(partial(line_amount, exponent=exponent))
        day_time = mapping.day_time()
        self.parsers: dict[str, Parser] = {
            "article": _code(mapping, "article", LONGEST_ARTICLE),
            "description": _text,
            "quantity": mapping.number(),
            "price": _price(mapping.number()),
            "at": lambda text: day_time(text).day,
            "customer": _code(mapping, "customer", LONGEST_CUSTOMER, required=False),
            "country": _country(mapping),
        }
        for field, empty in mapping.defaults.items():
            if field in self.parsers:
                self.parsers[field] = _with_default(self.parsers[field], empty)

    def read(self, rows: Rows) -> InvoiceRows | Problem:
        """The invoice, or what is wrong with the first bad row."""
        given = [row + self.absent for row in rows.rows] if self.absent else rows.rows
        try:
            return self._read(rows.identity, given)
        except Refused as reason:
            return self._problem(rows, given, reason)

    def _read(self, reference: str, rows: list[list[str]]) -> InvoiceRows:
        parse, amount = self.parsers, self.net
        article, text, quantity, price = (
            parse[field] for field in ("article", "description", "quantity", "price")
        )
        code_at, text_at, quantity_at, price_at, at_at, customer_at, country_at = (
            self.places[field] for field in FIELDS
        )
        first = rows[0]
        customer, country, at = first[customer_at], first[country_at], first[at_at]
        day = parse["at"](at)
        lines: list[ReadyLine] = []
        total, valued = 0, False
        # This runs for every row of a file.
        for row in rows:
            if row[customer_at] != customer or row[country_at] != country or row[at_at] != at:
                self._same(first, row)
            code = article(row[code_at])
            count, each = quantity(row[quantity_at]), price(row[price_at])
            net = amount(count, each)
            lines.append((code, text(row[text_at]) or code, count, each, net))  # type: ignore[arg-type]
            total += net
            if each:
                valued = True
        if not -LARGEST <= total <= LARGEST:
            raise Refused("amount.too_large", _("The amount of this line is too large."))
        who, place = parse["customer"](customer), parse["country"](country)
        return InvoiceRows(reference, day, who, country.strip(), place, lines, total, valued)  # type: ignore[arg-type]

    def _same(self, first: list[str], row: list[str]) -> None:
        """Rows of one document may differ in the minute, not in whose it is."""
        self.parsers["at"](row[self.places["at"]])
        for field in ("customer", "country"):
            parse, at = self.parsers[field], self.places[field]
            if parse(row[at]) != parse(first[at]):
                message = _("This row and the first of the document differ here.")
                raise Refused("sales.rows_differ", message, field=field)

    def _problem(self, rows: Rows, given: list[list[str]], reason: Refused) -> Problem:
        """The reason with its line and field: found by parsing each cell by itself."""
        for position, row in enumerate(given):
            for field in FIELDS:
                try:
                    self.parsers[field](row[self.places[field]])
                except Refused as found:
                    name = self._column(field)
                    return found.at(line=rows.line(position), field=name, given=tuple(row))
            if reason.field in FIELDS:
                try:
                    self._same(given[0], row)
                except Refused as found:
                    name = self._column(found.field)
                    return found.at(line=rows.line(position), field=name, given=tuple(row))
        return reason.at(line=rows.line(0), field="", given=tuple(given[0]))

    def _column(self, field: str) -> str:
        """The field as the file names it."""
        place = self.places[field]
        return self.layout.header[place] if place < len(self.layout.header) else field

    def amount(self, rows: Rows) -> int:
        """What the rows add up to as far as they can be read, in minor units."""
        number = self.layout.mapping.number()
        quantity_at, price_at = self.places["quantity"], self.places["price"]
        total = 0
        for row in rows.rows:
            cells = row + self.absent
            try:
                total += line_amount(
                    number(cells[quantity_at]), number(cells[price_at]), self.exponent
                )
            except (Refused, IndexError):
                continue
        return total if -LARGEST <= total <= LARGEST else 0


def _fixed(mapping: Mapping, field: str) -> str:
    """What a field without a column is, in every row."""
    return mapping.constants.get(field, mapping.defaults.get(field, ""))


def _with_default(parse: Parser, empty: str) -> Parser:
    return lambda text: parse(text if text.strip() else empty)


def _price(number: Callable[[str], int]) -> Callable[[str], int]:
    """A price of nought or more (EN 16931, BR-27)."""

    @lru_cache(maxsize=REMEMBERED)
    def parse(text: str) -> int:
        price = number(text)
        if price < 0:
            message = _("A price is not below nought; make the quantity negative instead.")
            raise Refused("sales.negative_price", message)
        return price

    return parse


@lru_cache(maxsize=REMEMBERED)
def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        message = _("This is longer than {limit} characters.")
        raise Refused("sales.too_long", message, limit=LONGEST_TEXT)
    return text.strip()


def _code(mapping: Mapping, field: str, longest: int, *, required: bool = True) -> Parser:
    whole = field in mapping.whole_codes

    @lru_cache(maxsize=REMEMBERED)
    def parse(text: str) -> str:
        code = whole_code(text) if whole else text.strip()
        if len(code) > longest:
            raise Refused(
                "sales.too_long", _("This is longer than {limit} characters."), limit=longest
            )
        if required and not code:
            raise Refused("sales.no_code", _("A code is missing here."))
        return code

    return parse


def _country(mapping: Mapping) -> Parser:
    own = {name.strip().casefold(): code for name, code in mapping.countries.items()}

    @lru_cache(maxsize=1 << 10)
    def parse(text: str) -> str:
        name = text.strip()
        if (code := own.get(name.casefold())) is not None:
            return code
        if (mapping.country_names or len(name) == 2 or not name) and is_recognised(name):
            return country_code(name) or ""
        message = _("There is no country “{name}”; give it a code in the mapping ([countries]).")
        raise Refused("sales.unknown_country", message, name=shown(name))

    return parse
