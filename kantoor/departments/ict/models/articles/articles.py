"""Articles and known errors: their present text, every version of it, and what they did."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.departments.ict.models.cases.desk import Service
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
ARTICLE, ERROR = "article", "error"


class Article(KeptModel):
    """Something the desk knows. `kind` is article or error (a known error, with a way round it).

    `state` is draft, published or withdrawn; one `for_all` is for employees too. `keywords` are
    words by which it is found. `version` counts its texts, which ArticleVersion keeps.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, default=ARTICLE)
    state = models.CharField(max_length=10, default=DRAFT)
    for_all = models.BooleanField(default=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    keywords = models.CharField(max_length=300, default="", blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "ict_article"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="ict_article_code_once")
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(KeptModel):
    """A text that an article had, from when it was written until the next one."""

    kept = Kept.SEALED
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_article_version"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="ict_article_version_once")
        ]


class ArticleUse(KeptModel):
    """A case that an article is about, or was solved by; a problem that a known error is of."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="uses")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="articles")

    class Meta:
        db_table = "ict_article_use"
        constraints = [
            models.UniqueConstraint(fields=["article", "case"], name="ict_article_use_once")
        ]


class ArticleHelped(KeptModel):
    """Somebody said that an article helped them; each person counts once."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="helped")
    user_id = models.BigIntegerField()

    class Meta:
        db_table = "ict_article_helped"
        constraints = [
            models.UniqueConstraint(fields=["article", "user_id"], name="ict_article_helped_once")
        ]
