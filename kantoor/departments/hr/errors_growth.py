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


class UnknownReview(NotFound):
    """No such review or round, or not one that is yours to see."""

    code = "hr.unknown_review"


class ReviewState(Conflict):
    """It is not the turn of this part of the review."""

    code = "hr.review_state"


class UnknownObjective(NotFound):
    """No such objective that goes on, or not one of yours or of your people."""

    code = "hr.unknown_objective"


class UnknownTraining(NotFound):
    """No such course, or no such training that is planned."""

    code = "hr.unknown_training"
