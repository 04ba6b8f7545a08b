"""Items: news, policies, press releases, newsletters, campaigns, crisis notices, events."""

from django.db import models

from kantoor.departments.communication.models.audiences.audience import Audience
from kantoor.kernel.store.models import KeptModel

NEWS, POLICY, PRESS, NEWSLETTER = "news", "policy", "press", "newsletter"
CAMPAIGN, CRISIS, EVENT = "campaign", "crisis", "event"
KINDS = (NEWS, POLICY, PRESS, NEWSLETTER, CAMPAIGN, CRISIS, EVENT)
DRAFT, ASKED, APPROVED, PUBLISHED, WITHDRAWN = (
    "draft",
    "asked",
    "approved",
    "published",
    "withdrawn",
)
"""An approved item with a `publish_at` is published by itself when that comes."""


class Item(KeptModel):
    """Something the company says. `uid` (UUIDv7) is its name outside, `code` the one in its address.

    `audience` is whom it is for; None is everybody who works here. `publish_at` is when it is to
    be published, of a press release its embargo; `ends_at` when it leaves the pages by itself.
    `title` is that of its newest text in its first `language`, once it is published that of the
    published one. `version` counts all its texts, `placing` how often somebody said whom it is
    for, where or when it is seen (ItemPlacing).
    An event has a time and a `place`. `awaits` says that somebody is asked to agree to its newest
    texts, also of what is published (a correction, a crisis notice that went out at once). `must_read` asks everybody to say that they read it, within
    so many days (`read_days`).
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    uid = models.CharField(max_length=36)
    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=DRAFT)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    version = models.IntegerField(default=0)
    placing = models.IntegerField(default=0)
    awaits = models.BooleanField(default=False)
    owner_id = models.BigIntegerField(null=True)
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    on_intranet = models.BooleanField(default=True)
    on_press_page = models.BooleanField(default=False)
    on_screens = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    must_read = models.BooleanField(default=False)
    read_days = models.IntegerField(default=7)
    publish_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    event_from = models.DateTimeField(null=True)
    event_until = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "communication_item"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_item_code_once"
            ),
            models.UniqueConstraint(fields=["uid"], name="communication_item_uid_once"),
        ]
        indexes = [
            models.Index(
                fields=["company", "state", "kind", "id"], name="communication_item_state"
            ),
            models.Index(
                fields=["publish_at"],
                condition=models.Q(state=APPROVED),
                name="communication_item_due",
            ),
            models.Index(
                fields=["company", "changed_at"],
                condition=models.Q(awaits=True),
                name="communication_item_awaits",
            ),
            models.Index(
                fields=["company", "published_at"],
                condition=models.Q(state=PUBLISHED),
                name="communication_item_live",
            ),
        ]

    def __str__(self) -> str:
        return self.title
