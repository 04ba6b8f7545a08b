"""The session of somebody who signed in: begun, recognised at each request, ended.

A session holds the person's `session_salt`; a changed password or a closed account changes it,
and so ends every session of that person at once.
"""

from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare

from kantoor.kernel.actors.actor import Actor, actor_for, companies_of, person_of
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import NotAllowed
from kantoor.shell.requests import Request

USER, SALT, COMPANY, TEMPORARY = "user", "salt", "company", "temporary"


def recognise(request: Request) -> None:
    """Put on the request who is signed in: `person`, `companies` and `actor`, or None."""
    request.person, request.companies, request.actor = None, [], None
    key = request.session.get(USER)
    if key is None:
        return
    person = person_of(key)
    salt = str(request.session.get(SALT, ""))
    if person is None or not constant_time_compare(salt, person.session_salt):
        request.session.flush()
        return
    request.person, request.companies = person, companies_of(person)
    request.actor = _actor(request, person)


def begin(request: Request, person: User) -> None:
    """Begin a session: a fresh key, so that nobody can have prepared it (session fixation)."""
    request.session.flush()
    request.session[USER] = person.pk
    request.session[SALT] = person.session_salt
    if person.password_is_temporary:
        request.session[TEMPORARY] = True
    rotate_token(request)
    recognise(request)


def go_on(request: Request, person: User) -> None:
    """Let this session live on after its person changed their password; all others ended."""
    company = request.session.get(COMPANY)
    begin(request, person)
    if company is not None:
        choose(request, company)


def end(request: Request) -> None:
    """End the session."""
    request.session.flush()
    request.person, request.companies, request.actor = None, [], None


def choose(request: Request, company_id: int) -> bool:
    """Go on in another company; False when the person has no business there."""
    if request.person is None or all(each.pk != company_id for each in request.companies):
        return False
    request.session[COMPANY] = company_id
    request.actor = _actor(request, request.person)
    return True


def _actor(request: Request, person: User) -> Actor | None:
    if not request.companies:
        return None
    chosen = request.session.get(COMPANY)
    # Who has chosen none begins where most work is: in the company that was there first.
    first = min(request.companies, key=lambda each: each.pk)
    return _acting(person, next((each for each in request.companies if each.pk == chosen), first))


def _acting(person: User, company: Company) -> Actor | None:
    try:
        return actor_for(person, company)
    except NotAllowed:
        return None
