"""Templates as a list and as a page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.items.templates import (
    TemplateShown,
    item_template,
    item_templates,
)
from kantoor.departments.communication.rendering.html import as_html
from kantoor.departments.communication.web.items import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.record_page import Fact


def template_url(code: str) -> str:
    """The page of a template."""
    return f"/communication/item-templates/{code}"


TEMPLATES = ListView(
    key="communication.item_templates",
    title=_("Templates"),
    query=item_templates,
    columns=[
        Col(
            key="name",
            title=_("Name"),
            kind="link",
            url=lambda row: template_url(row.code),
            phone="title",
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind], phone="meta"),
        Col(
            key="language", title=_("Language"), value=lambda row: words.language_name(row.language)
        ),
        Col(key="changed_at", title=_("Changed"), kind="datetime"),
    ],
    narrows=[Narrow(key="active", title=_("In use"), choices={"1": _("Yes"), "0": _("No")})],
    row_key="code",
    row_url=lambda row: template_url(row.code),
    muted=lambda row: not row.active,
    new="communication.add_item_template",
    empty=Empty(
        _("No templates yet"),
        _("What you write often begins with a template: {words in braces} are filled in."),
        icon="template",
    ),
)


def show(actor: Actor, shown: TemplateShown) -> Thing:
    """A template as its page shows it."""
    row, here = shown.template, template_url(shown.template.code)
    use = (
        "communication.retire_item_template"
        if row.active
        else "communication.restore_item_template"
    )
    return Thing(
        title=row.name,
        row=row.id,
        state=Status("active", gettext("In use"), "good")
        if row.active
        else Status("retired", gettext("Out of use"), "quiet"),
        since=row.changed_at,
        facts=[
            Fact(gettext("Kind"), str(words.KINDS[row.kind])),
            Fact(gettext("Language"), words.language_name(row.language)),
        ],
        steps=[
            act_for(
                actor, "communication.begin_item", label=_("Begin an item"), icon="plus", key="n",
                template=row.code,
            )
            if row.active
            else None,
            act_for(
                actor, "communication.change_item_template", {"template.code": row.code},
                label=_("Change the template"), icon="pencil", key="e", back=here,
            ),
        ],
        more=[act_for(actor, use, at_once=True, back=here, code=row.code)],
        body={
            "texts": [
                {
                    "language": row.language,
                    "title": shown.title,
                    "summary": shown.summary,
                    "html": as_html(shown.body, headings=3),
                }
            ]
        },
    )  # fmt: skip


TEMPLATE = RecordView(
    key="communication.item_templates",
    title=_("Template"),
    kind="communication.item_template",
    path="<str:code>",
    find=item_template,
    show=show,
    template="communication/items/template.html",
)
