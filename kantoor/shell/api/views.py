"""The API's doors: perform an action, ask a query, hand out the document."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.once import FIELD, perform_once
from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import Query, query_named
from kantoor.shell.api.answers import JsonResponse, encoded
from kantoor.shell.api.bearer import caller
from kantoor.shell.api.doors import door, other_method
from kantoor.shell.api.openapi import document
from kantoor.shell.api.reading import from_body, from_query

READS = ("GET", "HEAD")


@door
def operation(request: HttpRequest, department: str, name: str) -> HttpResponse:
    """`POST` performs the action of that name, `GET` asks the query."""
    act, ask = served(f"{department}.{name.replace('-', '_')}")
    if act is None and ask is None:
        raise NotFound(_("There is no action or query of this name."))
    if request.method == "POST" and act is not None:
        return perform(request, act)
    if request.method in READS and ask is not None:
        return read(request, ask)
    return other_method(request, [*(READS if ask else ()), *(("POST",) if act else ())])


def served(name: str) -> tuple[Action | None, Query | None]:
    """What the API has under a name: the action unless it is hidden, the query if it is exposed."""
    act, ask = action_named(name), query_named(name)
    return (
        act if act is not None and not act.hidden else None,
        ask if ask is not None and ask.exposed else None,
    )


def perform(request: HttpRequest, declared: Action) -> HttpResponse:
    """Perform an action; under an idempotency key if the request has one."""
    actor = caller(request)
    if not actor.may(declared.permission):
        declared.call(actor)  # is refused before it looks at parameters, and recorded
    parameters = from_body(request, declared.parameters)
    if FIELD in request.headers:
        key = request.headers[FIELD].strip()
        answer = perform_once(actor, declared, parameters, key=key, encode=encoded)
    else:
        answer = encoded(declared.call(actor, **parameters))
    return JsonResponse(answer)


def read(request: HttpRequest, declared: Query) -> HttpResponse:
    """Ask a query."""
    actor = caller(request)
    if not actor.may(declared.permission):
        declared.call(actor)  # is refused
    found = declared.call(actor, **from_query(request, declared.parameters))
    return JsonResponse(encoded(found))


@door
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document; it tells nothing of any company and needs no token."""
    if request.method not in READS:
        return other_method(request, READS)
    return JsonResponse(encoded(document()))


@door
def nowhere(request: HttpRequest) -> HttpResponse:
    """Any other address under /api."""
    raise NotFound(_("There is nothing here."))
