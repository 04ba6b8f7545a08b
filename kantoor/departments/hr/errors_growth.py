"""What somebody can do wrong with vacancies, candidates and certificates."""

from kantoor.kernel.errors import Conflict, DomainError, NotFound


class UnknownVacancy(NotFound):
    """No such vacancy, or none that is open."""

    code = "hr.unknown_vacancy"


class UnknownCandidate(NotFound):
    """No such candidate in this company."""

    code = "hr.unknown_candidate"


class UnknownCertificate(NotFound):
    """No such certificate in this company."""

    code = "hr.unknown_certificate"


class CandidateState(Conflict):
    """It ended with this candidate already."""

    code = "hr.candidate_state"


class WrongDocument(DomainError):
    """The file is no PDF, or too large."""

    code = "hr.wrong_document"
