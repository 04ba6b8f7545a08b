"""The language: numbers, names, + - * /, comparisons, `a if b else c`, and a few functions.

The text is parsed by Python's own parser, and every node is checked against a whitelist before
anything is reckoned; nothing is ever executed as Python. Numbers are read from the text itself as
decimals, so 0.1 is a tenth. Values are exact fractions: what is rounded is rounded by a function
that says how (`round_half_up(x, 2)`), and a component's result once, half up to the cent.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import WrongFormula

LONGEST = 500
DEEPEST = 30
MOST_NODES = 300
LARGEST = 10**15
"""No value, between or at the end, is larger: an amount in euros never is."""
FINEST = 10**60
"""No fraction has a larger denominator, so a long division can't grow without end."""

Values = Mapping[str, Fraction]
Step = Callable[[Values], Fraction]


@dataclass(frozen=True)
class Formula:
    """A formula that was read: its text, the names it uses, and how to reckon it."""

    text: str
    names: frozenset[str]
    _step: Step

    def value(self, values: Values) -> Fraction:
        """The exact value; WrongFormula where it divides by nothing, or grows too large."""
        return self._step(values)


def read_formula(text: str, known: frozenset[str] | None = None) -> Formula:
    """Read a formula; WrongFormula says what is wrong and where.

    With `known` a name outside it is refused.
    """
    if not text.strip():
        raise WrongFormula(_("Write a formula, such as salary * 0.08."), field="formula")
    if len(text) > LONGEST:
        raise WrongFormula(
            _("A formula has at most {most} characters.").format(most=LONGEST), field="formula"
        )
    try:
        if not text.isascii():
            raise ValueError("the parser would take look-alike letters for others")
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise WrongFormula(
            _("This formula can't be read: check its brackets and operators."), field="formula"
        ) from None
    reader = _Reader(text.strip())
    step = reader.step(tree.body, 1)
    if known is not None and (strange := sorted(reader.names - known)):
        raise WrongFormula(
            _("{names} is not known; you can use {known}.").format(
                names=", ".join(strange), known=", ".join(sorted(known))
            ),
            field="formula",
        )
    return Formula(text.strip(), frozenset(reader.names), step)


class _Reader:
    """Turns checked nodes into steps, counting them as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.nodes = 0

    def step(self, node: ast.expr, depth: int) -> Step:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise WrongFormula(_("This formula is too large; split it."), field="formula")
        make = _NODES.get(type(node))
        if make is None:
            raise self.refused(node)
        return make(self, node, depth + 1)

    def refused(self, node: ast.expr) -> WrongFormula:
        part = (ast.get_source_segment(self.text, node) or "")[:40]
        return WrongFormula(
            _("A formula can't use “{part}”: only numbers, names, + - * /, comparisons, if … else and {functions}.").format(
                part=part, functions=", ".join(sorted(_FUNCTIONS))
            ),
            field="formula",
        )  # fmt: skip

    def number(self, node: ast.Constant, depth: int) -> Step:
        # The literal is taken from the text: the parser's own value is a float.
        text = (ast.get_source_segment(self.text, node) or "").replace("_", "")
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.refused(node)
        if not set(text) <= set("0123456789.") or len(text) > 20:
            raise self.refused(node)
        try:
            value = Fraction(Decimal(text))
        except InvalidOperation:
            raise self.refused(node) from None
        return lambda values: value

    def name(self, node: ast.Name, depth: int) -> Step:
        if node.id.startswith("_") or node.id in _FUNCTIONS:
            raise self.refused(node)
        self.names.add(name := node.id)
        return lambda values: values[name]

    def unary(self, node: ast.UnaryOp, depth: int) -> Step:
        if not isinstance(node.op, ast.USub | ast.UAdd):
            raise self.refused(node)
        inner = self.step(node.operand, depth)
        return inner if isinstance(node.op, ast.UAdd) else lambda values: -inner(values)

    def binary(self, node: ast.BinOp, depth: int) -> Step:
        combine = _OPERATORS.get(type(node.op))
        if combine is None:
            raise self.refused(node)
        left, right = self.step(node.left, depth), self.step(node.right, depth)
        return lambda values: bounded(combine(left(values), right(values)))

    def compare(self, node: ast.Compare, depth: int) -> Step:
        compare = _COMPARISONS.get(type(node.ops[0]))
        if compare is None or len(node.ops) != 1:
            raise self.refused(node)
        left, right = self.step(node.left, depth), self.step(node.comparators[0], depth)
        return lambda values: Fraction(compare(left(values), right(values)))

    def choice(self, node: ast.IfExp, depth: int) -> Step:
        test, yes, no = (self.step(n, depth) for n in (node.test, node.body, node.orelse))
        return lambda values: yes(values) if test(values) else no(values)

    def call(self, node: ast.Call, depth: int) -> Step:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self.refused(node)
        found = _FUNCTIONS.get(node.func.id)
        if found is None or len(node.args) not in found[0]:
            raise self.refused(node)
        parts = [self.step(part, depth) for part in node.args]
        function = found[1]
        return lambda values: bounded(function(*[part(values) for part in parts]))


def bounded(value: Fraction) -> Fraction:
    """The value, refused where it is larger or finer than money ever is."""
    size = value.denominator  # Integers are compared, since fractions are slow at it.
    if size > FINEST or not -LARGEST * size <= value.numerator <= LARGEST * size:
        raise WrongFormula(
            _("This formula gives a number that is too large or too fine."), field="formula"
        )
    return value


def _divide(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise WrongFormula(_("This formula divides by nothing."), field="formula")
    return left / right


def _scale(places: Fraction) -> int:
    if places.denominator != 1 or not 0 <= places <= 6:
        raise WrongFormula(_("Round to 0 to 6 decimals."), field="formula")
    return int(10 ** int(places))


def round_half_up(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """To so many decimals, half away from zero."""
    scale = _scale(places)
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def round_down(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """To so many decimals, towards zero."""
    scale = _scale(places)
    whole = int(abs(value) * scale)
    return Fraction(whole if value >= 0 else -whole, scale)


def round_up(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """To so many decimals, away from zero."""
    scale = _scale(places)
    whole = -(-abs(value) * scale // 1)
    return Fraction(int(whole) if value >= 0 else -int(whole), scale)


_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: _divide,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
}
_FUNCTIONS: dict[str, tuple[range, Callable[..., Fraction]]] = {
    "min": (range(2, 9), min),
    "max": (range(2, 9), max),
    "abs": (range(1, 2), abs),
    "round_half_up": (range(1, 3), round_half_up),
    "round_down": (range(1, 3), round_down),
    "round_up": (range(1, 3), round_up),
}
_NODES: dict[type[ast.expr], Callable[[_Reader, object, int], Step]] = {
    ast.Constant: _Reader.number,  # type: ignore[dict-item]
    ast.Name: _Reader.name,  # type: ignore[dict-item]
    ast.UnaryOp: _Reader.unary,  # type: ignore[dict-item]
    ast.BinOp: _Reader.binary,  # type: ignore[dict-item]
    ast.Compare: _Reader.compare,  # type: ignore[dict-item]
    ast.IfExp: _Reader.choice,  # type: ignore[dict-item]
    ast.Call: _Reader.call,  # type: ignore[dict-item]
}
