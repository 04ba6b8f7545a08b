"""What somebody who calls, solves or watches can do wrong."""

from kantoor.kernel.errors import DomainError, NotFound


class UnknownCase(NotFound):
    """No such case in this company."""

    code = "ict.unknown_case"


class UnknownService(NotFound):
    """No such service in this company."""

    code = "ict.unknown_service"


class UnknownQueue(NotFound):
    """No such queue in this company."""

    code = "ict.unknown_queue"


class UnknownLevel(NotFound):
    """No such service level in this company."""

    code = "ict.unknown_level"


class UnknownPerson(NotFound):
    """No such relation, or nobody who signs in under that name."""

    code = "ict.unknown_person"


class KnownAlready(DomainError):
    """There is one with this code or reference already."""

    code = "ict.known_already"
    status = 409


class WrongState(DomainError):
    """It is not in a state in which this can be done."""

    code = "ict.wrong_state"
    status = 409


class UnknownItem(NotFound):
    """No such item in the catalogue of this company."""

    code = "ict.unknown_item"


class NotYours(DomainError):
    """Somebody else has to decide on this."""

    code = "ict.not_yours"
    status = 403


class UnknownText(NotFound):
    """No such canned answer or template in this company."""

    code = "ict.unknown_text"


class UnknownArticle(NotFound):
    """No such article in this company, or not for the reader."""

    code = "ict.unknown_article"


class NotSetUp(DomainError):
    """Something has to be set first."""

    code = "ict.not_set_up"
    status = 409


class NoWorkRate(DomainError):
    """Nothing says what an hour of this work costs."""

    code = "ict.no_work_rate"
