"""What people say to each other about an instance."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Comment(KeptModel):
    """A remark at an instance; who is named in it (`@name`) finds it in their inbox."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    instance = models.ForeignKey("procedures.Instance", on_delete=models.PROTECT)
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, null=True, db_index=False)
    made_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        db_table = "procedures_comment"


class Mention(KeptModel):
    """Somebody who was named in a comment, until they have seen it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_mention"
