"""`/alerts/alertmanager`: the webhook of Prometheus Alertmanager.

    receivers:
      - name: kantoor
        webhook_configs:
          - url: https://kantoor.example/alerts/alertmanager
            http_config:
              authorization: { credentials: kb.… }

The token needs no more than the scope `ict.report_alerts`. Alertmanager tries again what is
answered with 5xx, and what is answered twice is taken once.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.errors import NotFound
from kantoor.shell.api.answers import JsonResponse, encoded
from kantoor.shell.api.bearer import caller
from kantoor.shell.api.doors import door, other_method
from kantoor.shell.api.reading import body_of

ACTION = "ict.take_alerts"


@door
def alertmanager(request: HttpRequest) -> HttpResponse:
    """Take in a report; answers how many alerts were new, changed or known."""
    if request.method != "POST":
        return other_method(request, ["POST"])
    take = action_named(ACTION)
    if take is None:
        raise NotFound(_("This installation has no ICT department."))
    actor = caller(request)
    if not actor.may(take.permission):
        take.call(actor)  # is refused before it looks at the body, and recorded
    return JsonResponse(encoded(take.call(actor, content=body_of(request))))
