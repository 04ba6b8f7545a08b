"""What a bookkeeper or a client of finance can do wrong."""

from kantoor.kernel.errors import DomainError


class UnbalancedEntry(DomainError):
    """Debit and credit of an entry differ."""

    code = "finance.unbalanced"


class EmptyEntry(DomainError):
    """An entry with fewer than two lines, or a line without an amount."""

    code = "finance.empty_entry"


class UnknownAccount(DomainError):
    """No such account in this company, or it is no longer used."""

    code = "finance.unknown_account"


class UnknownJournal(DomainError):
    """No such journal in this company."""

    code = "finance.unknown_journal"


class UnknownParty(DomainError):
    """No such party in this company."""

    code = "finance.unknown_party"


class UnknownDimension(DomainError):
    """No such dimension or value in this company."""

    code = "finance.unknown_dimension"


class ClosedPeriod(DomainError):
    """The date lies in a period that is closed, or in no fiscal year."""

    code = "finance.closed_period"


class MissingRate(DomainError):
    """A foreign currency without the amount in the company's currency."""

    code = "finance.missing_rate"


class AmountOutOfRange(DomainError):
    """More decimals than the currency has, or beyond 64 bits."""

    code = "finance.amount"


class AboveLimit(DomainError):
    """More than the actor may post alone, in a form that can't wait for a second person."""

    code = "finance.above_limit"
    status = 403


class TornEntry(DomainError):
    """The rows of an entry in a file stand apart, or contradict each other."""

    code = "finance.torn_entry"


class AlreadyReversed(DomainError):
    """The entry was reversed before."""

    code = "finance.already_reversed"
    status = 409


class UnknownInvoice(DomainError):
    """No invoice or credit note with this number in this company."""

    code = "finance.unknown_invoice"


class EmptyInvoice(DomainError):
    """An invoice without a line (EN 16931, BR-16)."""

    code = "finance.empty_invoice"


class WrongLineAmount(DomainError):
    """A line's net amount is not quantity times price rounded half up (EN 16931, BT-131)."""

    code = "finance.line_amount"


class UnknownTaxCode(DomainError):
    """No such tax code, or its rate was not in force on the day."""

    code = "finance.unknown_tax_code"


class TooMuch(DomainError):
    """More would be settled or credited than is open."""

    code = "finance.too_much"
    status = 409


class NothingToSettle(DomainError):
    """The items can't settle each other: another party's, the same side, or nothing open."""

    code = "finance.nothing_to_settle"
    status = 409


class NotReversible(DomainError):
    """An entry that is not undone by a reversal but by its document, such as a credit note."""

    code = "finance.not_reversible"
    status = 409
