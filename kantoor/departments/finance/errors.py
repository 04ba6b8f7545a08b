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


class AlreadyReversed(DomainError):
    """The entry was reversed before."""

    code = "finance.already_reversed"
    status = 409
