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


class WrongTax(DomainError):
    """The tax in an entry is not what its rate and base make, or has no base."""

    code = "finance.wrong_tax"


class UnknownAsset(DomainError):
    """No fixed asset or category of them with this number or code in this company."""

    code = "finance.unknown_asset"


class AssetState(DomainError):
    """The asset is not in a state for this: disposed of, or not depreciated as far as it has to be."""

    code = "finance.asset_state"
    status = 409


class UnknownSpread(DomainError):
    """No spread, accrual or run of them with this number in this company."""

    code = "finance.unknown_spread"


class SpreadState(DomainError):
    """The spread is not in a state for this: spread as a whole, or further than the day."""

    code = "finance.spread_state"
    status = 409


class RateDiffers(DomainError):
    """A file says another rate than was kept for the same day."""

    code = "finance.rate_differs"
    status = 409


class UnreadableFile(DomainError):
    """A file that is not of the kind it should be."""

    code = "finance.unreadable_file"


class NotImportable(DomainError):
    """Something in files of another administration stands in the way of importing them."""

    code = "finance.not_importable"


class WrongTaxAmount(DomainError):
    """The VAT that an invoice says is not rate times base, by more than rounding makes."""

    code = "finance.tax_amount"


class WrongTotal(DomainError):
    """The lines and taxes of an invoice don't add up to what it says."""

    code = "finance.total"


class NotReady(DomainError):
    """The document is not in the state that this asks for, or something of it is missing yet."""

    code = "finance.not_ready"
    status = 409


class BadStatement(DomainError):
    """A bank's file that can't be read or proved, or is of another account; `rule` names why."""

    code = "finance.statement"

    def __init__(self, rule: str, message: object, *, field: str = "", line: int | None = None):
        super().__init__(message, field=field, line=line)
        self.rule = rule


class NoVatReturn(DomainError):
    """Kantoor knows no VAT return for the company's country."""

    code = "finance.no_vat_return"


class NotToFile(DomainError):
    """The period can't be filed: not its turn, not over, or corrections need a supplement first."""

    code = "finance.not_to_file"
    status = 409


class ViesOff(DomainError):
    """This installation asks no register about VAT numbers."""

    code = "finance.vies_off"


class YearNotClosable(DomainError):
    """The year has not ended, or another has to be closed or opened first."""

    code = "finance.year_not_closable"


class WrongAccountNumber(DomainError):
    """An IBAN or BIC whose form or check digits are wrong, or that don't belong together."""

    code = "finance.account_number"


class NotInSepa(DomainError):
    """Paying in a currency or to a country that SEPA does not reach."""

    code = "finance.not_in_sepa"


class NothingToPay(DomainError):
    """Nothing is due that can be paid or collected; the message says what stands in the way."""

    code = "finance.nothing_to_pay"
    status = 409


class PaymentHeld(DomainError):
    """A payment may not go out: the account is not verified, or the supplier is on hold."""

    code = "finance.payment_held"
    status = 409


class RunChanged(DomainError):
    """The payment run is not as it was when it was looked at, or no longer open to this."""

    code = "finance.run_changed"
    status = 409


class FileMadeBefore(DomainError):
    """The payment file was made before; it is made once."""

    code = "finance.file_made"


class UnknownBudget(DomainError):
    """No budget, allocation key or run of one with this code in this company."""

    code = "finance.unknown_budget"


class BudgetState(DomainError):
    """The budget is not in a state for this: approved already, or nothing to approve."""

    code = "finance.budget_state"
    status = 409


class OverBudget(DomainError):
    """More than is left of a budget that blocks what goes beyond it."""

    code = "finance.over_budget"
    status = 409


class NothingToAllocate(DomainError):
    """An allocation key whose shares weigh nothing."""

    code = "finance.nothing_to_allocate"
    status = 409
