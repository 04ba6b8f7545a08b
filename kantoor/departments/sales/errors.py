"""What a seller or the front office can do wrong."""

from kantoor.kernel.errors import DomainError, NotFound


class UnknownCustomer(NotFound):
    """No such customer in this company."""

    code = "sales.unknown_customer"


class UnknownArticle(NotFound):
    """No such article in this company, or it is no longer sold."""

    code = "sales.unknown_article"


class UnknownOrder(NotFound):
    """No such order, quotation or return in this company."""

    code = "sales.unknown_order"


class KnownAlready(DomainError):
    """There is one with this code or reference already."""

    code = "sales.known_already"
    status = 409


class WrongState(DomainError):
    """It is not in a state in which this can be done."""

    code = "sales.wrong_state"
    status = 409


class EmptyOrder(DomainError):
    """An order, quotation or return without a line."""

    code = "sales.empty_order"


class WrongLine(DomainError):
    """A quantity, price or text of a line that can't be."""

    code = "sales.line"


class CustomerBlocked(DomainError):
    """Nothing more is sold to this customer."""

    code = "sales.customer_blocked"
    status = 409


class OverCreditLimit(DomainError):
    """With this order the customer would owe more than agreed."""

    code = "sales.credit_limit"
    status = 409
