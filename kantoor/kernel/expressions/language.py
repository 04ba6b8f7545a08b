"""The language: Python's spelling of names, literals, comparison, arithmetic and choice, and no more.

The text is parsed by Python's own parser and every node is checked against a list before anything
is reckoned; nothing is ever executed as Python. There is no power and no plain division (it would
round without saying how): `divide(a, b, 2)` rounds half up to two decimals. Lists can be looked
through (`any(line.amount > 0 for line in lines)`), one level deep.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DecimalException

from django.utils import timezone
from django.utils.translation import gettext as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions.functions import FUNCTIONS, LONGEST_TEXT, MOST_ITEMS
from kantoor.kernel.expressions.values import Value

LONGEST = 1_000
DEEPEST = 30
MOST_NODES = 300
LARGEST = 10**18
MOST_WORK = 2_000_000
"""Items looked at and characters put together in one reckoning; about a second at the worst."""
WORK = " work"  # no name can be this
Scope = Mapping[str, Value]
Step = Callable[[Scope], Value]
Today = Callable[[], date]
TODAY = "today"


class WrongExpression(DomainError):
    """An expression that can't be read, or can't be reckoned with the values there are."""

    code = "expression.wrong"


@dataclass(frozen=True)
class Expression:
    """An expression that was read: its text, the names it uses, and how to reckon it."""

    text: str
    names: frozenset[str]
    _step: Step

    def value(self, scope: Scope, *, today: date | None = None) -> Value:
        """What it comes to with these values; WrongExpression says why it can't be reckoned.

        `today` is the day in the company's zone, which the values may have under that name too; that
        of whoever acts when neither is given.
        """
        given = {TODAY: today or timezone.localdate(), **scope, WORK: [MOST_WORK]}
        try:
            return self._step(given)
        except WrongExpression:
            raise
        except KeyError as missing:
            raise _wrong(self, _("{name} is not known").format(name=missing.args[0])) from None
        except (TypeError, AttributeError):
            raise _wrong(self, _("these values do not go together")) from None
        except (ArithmeticError, DecimalException, ValueError, IndexError):
            raise _wrong(self, _("it can't be reckoned with these values")) from None


def _wrong(expression: Expression, why: str) -> WrongExpression:
    words = _("“{text}”: {why}.").format(text=expression.text[:80], why=why)
    return WrongExpression(words, field="expression")


def read_expression(text: str) -> Expression:
    """Read an expression; WrongExpression says what is wrong.

    A leading `=` and `${…}` around it, as drawing tools write them, are taken off.
    """
    bare = _bare(text)
    if not bare:
        raise WrongExpression(_("Write an expression."), field="expression")
    if len(bare) > LONGEST:
        message = _("An expression has at most {most} characters.").format(most=LONGEST)
        raise WrongExpression(message, field="expression")
    try:
        tree = ast.parse(bare, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        message = _("“{text}” can't be read: check its quotes, brackets and operators.")
        raise WrongExpression(message.format(text=bare[:80]), field="expression") from None
    reader = _Reader(bare)
    step = reader.step(tree.body, 1)
    return Expression(bare, frozenset(reader.names), step)


def _bare(text: str) -> str:
    text = text.strip()
    if text.startswith("${") and text.endswith("}"):
        text = text[2:-1]
    return text.removeprefix("=").strip()


class _Reader:
    """Turns checked nodes into steps, counting them as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.bound: set[str] = set()
        self.nodes = 0

    def step(self, node: ast.expr, depth: int) -> Step:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise WrongExpression(_("This expression is too large; split it."), field="expression")
        make = _NODES.get(type(node))
        if make is None:
            raise self.refused(node)
        return make(self, node, depth + 1)

    def refused(self, node: ast.expr) -> WrongExpression:
        part = (ast.get_source_segment(self.text, node) or "")[:40]
        message = _("An expression can't use “{part}”.").format(part=part)
        return WrongExpression(message, field="expression")

    def literal(self, node: ast.Constant, depth: int) -> Step:
        value: Value = node.value
        if isinstance(value, float):
            # From the text itself: the parser's own value is a float.
            text = (ast.get_source_segment(self.text, node) or "").replace("_", "")
            if not set(text) <= set("0123456789.") or len(text) > 20:
                raise self.refused(node)
            value = Decimal(text)
        elif (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST
        ) or not (value is None or isinstance(value, bool | int | str)):
            raise self.refused(node)
        return lambda scope: value

    def name(self, node: ast.Name, depth: int) -> Step:
        name = node.id
        if name.startswith("_") or name in FUNCTIONS or name == TODAY:
            raise self.refused(node)
        if name not in self.bound:
            self.names.add(name)
        return lambda scope: scope[name]

    def part(self, node: ast.Attribute, depth: int) -> Step:
        if node.attr.startswith("_"):
            raise self.refused(node)
        whole, name = self.step(node.value, depth), node.attr
        return lambda scope: _part_of(whole(scope), name)

    def item(self, node: ast.Subscript, depth: int) -> Step:
        if isinstance(node.slice, ast.Slice):
            raise self.refused(node)
        whole, at = self.step(node.value, depth), self.step(node.slice, depth)
        return lambda scope: _item_of(whole(scope), at(scope))

    def several(self, node: ast.List | ast.Tuple, depth: int) -> Step:
        steps = [self.step(each, depth) for each in node.elts]

        def listed(scope: Scope) -> list[Value]:
            _spend(scope, len(steps))
            return [step(scope) for step in steps]

        return listed

    def unary(self, node: ast.UnaryOp, depth: int) -> Step:
        inner = self.step(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda scope: not inner(scope)
        if isinstance(node.op, ast.USub):
            return lambda scope: -_number(inner(scope))
        raise self.refused(node)

    def binary(self, node: ast.BinOp, depth: int) -> Step:
        combine = _OPERATORS.get(type(node.op))
        if combine is None:
            raise self.refused(node)
        left, right = self.step(node.left, depth), self.step(node.right, depth)

        def combined(scope: Scope) -> Value:
            value = _bounded(combine(left(scope), right(scope)))
            if isinstance(value, str):
                _spend(scope, len(value))
            return value

        return combined

    def both(self, node: ast.BoolOp, depth: int) -> Step:
        steps = [self.step(each, depth) for each in node.values]
        if isinstance(node.op, ast.And):
            return lambda scope: all(step(scope) for step in steps)
        return lambda scope: any(step(scope) for step in steps)

    def compare(self, node: ast.Compare, depth: int) -> Step:
        compare = _COMPARISONS.get(type(node.ops[0]))
        if compare is None or len(node.ops) != 1:
            raise self.refused(node)
        left, right = self.step(node.left, depth), self.step(node.comparators[0], depth)

        def compared(scope: Scope) -> bool:
            one, other = left(scope), right(scope)
            if isinstance(other, list):
                _spend(scope, len(other))
            return compare(one, other)

        return compared

    def choice(self, node: ast.IfExp, depth: int) -> Step:
        test, yes, no = (self.step(each, depth) for each in (node.test, node.body, node.orelse))
        return lambda scope: yes(scope) if test(scope) else no(scope)

    def through(self, node: ast.GeneratorExp | ast.ListComp, depth: int) -> Step:
        first = node.generators[0]
        target = first.target
        if len(node.generators) != 1 or first.is_async or not isinstance(target, ast.Name):
            raise self.refused(node)
        if self.bound or target.id.startswith("_"):
            raise self.refused(node)  # one within another would take time without end
        items, name = self.step(first.iter, depth), target.id
        self.bound.add(name)
        tests = [self.step(each, depth) for each in first.ifs]
        each = self.step(node.elt, depth)
        self.bound.discard(name)

        def look_through(scope: Scope) -> list[Value]:
            found = items(scope)
            if not isinstance(found, list) or len(found) > MOST_ITEMS:
                raise TypeError
            within = dict(scope)
            answers = []
            _spend(scope, len(found))
            for within[name] in found:
                if all(test(within) for test in tests):
                    answers.append(each(within))
            return answers

        return look_through

    def call(self, node: ast.Call, depth: int) -> Step:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self.refused(node)
        if node.func.id == TODAY and not node.args:
            return lambda scope: scope[TODAY]
        found = FUNCTIONS.get(node.func.id)
        if found is None or len(node.args) not in found[0]:
            raise self.refused(node)
        parts = [self.step(part, depth) for part in node.args]
        function = found[1]

        def called(scope: Scope) -> Value:
            given = [part(scope) for part in parts]
            _spend(scope, sum(len(each) for each in given if isinstance(each, list)))
            return _bounded(function(*given))

        return called


def _spend(scope: Scope, work: int) -> None:
    """Count work, so that lists within lists don't take time or memory without end."""
    left = scope[WORK]
    left[0] -= work
    if left[0] < 0:
        raise OverflowError


def _part_of(whole: Value, name: str) -> Value:
    if not isinstance(whole, Mapping):
        raise TypeError
    return whole[name]


def _item_of(whole: Value, at: Value) -> Value:
    if isinstance(whole, Mapping) or (isinstance(whole, list) and type(at) is int):
        return whole[at]
    raise TypeError


def _number(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError
    return value


def _bounded(value: Value) -> Value:
    if isinstance(value, int | Decimal) and not -LARGEST <= value <= LARGEST:
        raise OverflowError
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise OverflowError
    return value


def _added(left: Value, right: Value) -> Value:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return _number(left) + _number(right)


_OPERATORS: dict[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: _added,
    ast.Sub: lambda left, right: _number(left) - _number(right),
    ast.Mult: lambda left, right: _number(left) * _number(right),
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: lambda left, right: left is right if right is None else left == right,
    ast.IsNot: lambda left, right: left is not right if right is None else left != right,
}
_NODES: dict[type[ast.expr], Callable[[_Reader, object, int], Step]] = {
    ast.Constant: _Reader.literal,  # type: ignore[dict-item]
    ast.Name: _Reader.name,  # type: ignore[dict-item]
    ast.Attribute: _Reader.part,  # type: ignore[dict-item]
    ast.Subscript: _Reader.item,  # type: ignore[dict-item]
    ast.List: _Reader.several,  # type: ignore[dict-item]
    ast.Tuple: _Reader.several,  # type: ignore[dict-item]
    ast.UnaryOp: _Reader.unary,  # type: ignore[dict-item]
    ast.BinOp: _Reader.binary,  # type: ignore[dict-item]
    ast.BoolOp: _Reader.both,  # type: ignore[dict-item]
    ast.Compare: _Reader.compare,  # type: ignore[dict-item]
    ast.IfExp: _Reader.choice,  # type: ignore[dict-item]
    ast.GeneratorExp: _Reader.through,  # type: ignore[dict-item]
    ast.ListComp: _Reader.through,  # type: ignore[dict-item]
    ast.Call: _Reader.call,  # type: ignore[dict-item]
}
