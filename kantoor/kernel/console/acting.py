"""Who acts at the console, and in which company."""

from dataclasses import replace

from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.console.words import language
from kantoor.kernel.errors import NotFound


def actor_at_console(company: str, user: str) -> Actor:
    """The installation itself, or a user, in the company of that name or the only one."""
    chosen = _company(company)
    if not user:
        return replace(console_actor(chosen), language=language())
    found = User.objects.filter(sign_in=user.lower()).exclude(kind="system").first()
    if found is None:
        raise NotFound(_("There is no user “{user}”.").format(user=user), field="--as")
    return replace(actor_for(found, chosen), signed_in=False)


def _company(name: str) -> Company:
    companies = list(Company.objects.order_by("name"))
    if name:
        chosen = [each for each in companies if each.name == name]
        if not chosen:
            message = _("There is no company “{name}”; there are: {names}.")
            names = ", ".join(each.name for each in companies)
            raise NotFound(message.format(name=name, names=names), field="--company")
        return chosen[0]
    if not companies:
        message = _("There is no company yet: run “kantoor init” first.")
        raise NotFound(message, field="--data")
    if len(companies) > 1:
        message = _("Say which company, with --company: {names}.")
        names = ", ".join(each.name for each in companies)
        raise NotFound(message.format(names=names), field="--company")
    return companies[0]
