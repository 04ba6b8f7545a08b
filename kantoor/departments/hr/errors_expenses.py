"""What somebody can do wrong with expenses."""

from kantoor.kernel.errors import Conflict, DomainError, NotFound


class UnknownCategory(NotFound):
    """No such category of expenses in use in this company."""

    code = "hr.unknown_expense_category"


class UnknownClaim(NotFound):
    """No such claim, or none that the actor may see."""

    code = "hr.unknown_claim"


class ClaimState(Conflict):
    """The claim is not in a state for this."""

    code = "hr.claim_state"


class AgainstPolicy(DomainError):
    """An expense goes beyond what the company pays, or lacks what it asks."""

    code = "hr.against_policy"


class OwnClaim(DomainError):
    """Nobody decides on, or posts, a claim of their own."""

    code = "hr.own_claim"
    status = 403


class WrongReceipt(DomainError):
    """The file is no PDF or picture, or too large."""

    code = "hr.wrong_receipt"


class SameEyes(DomainError):
    """Who approved a claim checks it too: two different people have to."""

    code = "hr.claim_same_eyes"
    status = 403
