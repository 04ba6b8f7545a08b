"""Other ways out and keys that sign mail, as lists."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.mailings.channels import channels, signing_keys
from kantoor.departments.communication.web.mailings import words
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView

CHANNELS = ListView(
    key="communication.channels",
    title=_("Channels"),
    query=channels,
    columns=[
        Col(
            key="name",
            title=_("Name"),
            kind="link",
            url=lambda row: url_of_action("communication.change_channel", {"channel": row.code}),
            phone="title",
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind], phone="meta"),
        Col(key="code", title=_("Code"), default=False),
        Col(
            key="active",
            title=_("State"),
            kind="status",
            value=lambda row: "1" if row.active else "",
            states=words.USES,
            phone="figure",
        ),
        Col(key="changed_at", title=_("Changed"), kind="datetime"),
    ],
    row_key="code",
    muted=lambda row: not row.active,
    new="communication.add_channel",
    empty=Empty(
        _("Mail is the only way out"),
        _(
            "Add a service of text messages, or a room to talk in; Apprise knows more than a hundred."
        ),
        icon="message-2-share",
    ),
)

KEYS = ListView(
    key="communication.signing_keys",
    title=_("Keys that sign mail"),
    query=signing_keys,
    columns=[
        Col(
            key="domain",
            title=_("Domain"),
            kind="link",
            url=lambda row: url_of_action(
                "communication.use_signing_key", {"domain": row.domain, "selector": row.selector}
            ),
            phone="title",
        ),
        Col(key="name", title=_("Name in DNS (TXT)"), phone="meta"),
        Col(key="public", title=_("What DNS has to say")),
        Col(
            key="active",
            title=_("State"),
            kind="status",
            value=lambda row: "1" if row.active else "",
            states=words.USES,
            phone="figure",
        ),
        Col(key="made_at", title=_("Made"), kind="datetime", default=False),
    ],
    muted=lambda row: not row.active,
    new="communication.make_signing_key",
    empty=Empty(
        _("Mail goes out unsigned"),
        _("Make a key for the domain, put its public half in DNS, and take it into use."),
        icon="key",
    ),
)
