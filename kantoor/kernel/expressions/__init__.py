"""Expressions that people write into the house: read by a list of what is allowed, never executed."""

from kantoor.kernel.expressions.kept import marked, unmarked
from kantoor.kernel.expressions.language import TODAY, Expression, WrongExpression, read_expression
from kantoor.kernel.expressions.values import Value, plain

__all__ = [
    "TODAY",
    "Expression",
    "Value",
    "WrongExpression",
    "marked",
    "plain",
    "read_expression",
    "unmarked",
]
