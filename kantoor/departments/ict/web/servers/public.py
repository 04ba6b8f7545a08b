"""`/status/<token>`: how public services do, for everybody who has the address; no sign-in."""

from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from kantoor.departments.ict.queries.servers.public_status import company_at, public_status
from kantoor.departments.ict.web.servers import words
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.doors import Reply, Visit, machine_door
from kantoor.kernel.public_pages import other_public_pages, urgent_notices
from kantoor.kernel.ui.formats import moment

FOR_S = 60
"""Seconds that an answer may be kept on the way, so that many visitors ask once a minute."""
HEADERS = {
    "Cache-Control": f"public, max-age={FOR_S}",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
HTML = "text/html; charset=utf-8"


@machine_door("status", largest=0, own_tokens=True)
def status(visit: Visit) -> Reply:
    """The page of a company, or that there is none."""
    if visit.method not in ("GET", "HEAD"):
        return Reply(body=b"", content_type=HTML, status=405, headers={"Allow": "GET, HEAD"})
    company = company_at(visit.token) if visit.token else None
    if company is None:
        return Reply(body=b"nothing here\n", content_type="text/plain; charset=utf-8", status=404)
    shown = public_status(company)
    with override(console_actor(company).language):
        page = {
            "company": shown.company,
            "at": moment(shown.at),
            "services": [(each.name, words.state(each.state)) for each in shown.services],
            "notices": [
                (each, moment(each.at)) for each in urgent_notices(company, get_language() or "")
            ],
            "others": other_public_pages(company, than="ict.status"),
            "maintenance": [
                (moment(each.begins_at), moment(each.ends_at), ", ".join(each.services))
                for each in shown.maintenance
            ],
        }
        body = render_to_string("ict/public_status.html", page)
    return Reply(body=body.encode(), content_type=HTML, headers=HEADERS)
