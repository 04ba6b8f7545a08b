"""The tables of the record; rows are only ever added (triggers refuse all else)."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Record(models.Model):
    """One performed or refused action: who, when, what, and why.

    `leaf` is its RFC 9162 leaf hash in the Merkle tree, at position `seq` - 1.
    """

    kept = Kept.DERIVED
    seq = models.BigIntegerField(primary_key=True)
    version = models.SmallIntegerField()
    at = models.BigIntegerField(help_text="microseconds since 1970-01-01 UTC")
    company_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=100)
    outcome = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    cause = models.CharField(max_length=200)
    request = models.BinaryField()
    changes = models.BinaryField()
    leaf = models.BinaryField()

    class Meta:
        db_table = "kernel_record"
        indexes = [
            models.Index(fields=["company_id", "seq"], name="record_company"),
            models.Index(fields=["about"], condition=~models.Q(about=""), name="record_about"),
        ]


class Change(models.Model):
    """Rows that one act wrote to one table: digests of sealed rows, whole states of the others.

    `form` is `d` (16-byte digests, one after another, of the rows `first_id` to `last_id`),
    `s` (zlib over a MessagePack list of rows), `e` (a MessagePack list of [key, subject, row],
    where the row is MessagePack, encrypted when there is a subject) or `k` (zlib over a
    MessagePack list of the keys of deleted rows). `operation` is `i` (inserted), `u` (changed),
    `d` (deleted) or `r` (noted once more, after its table got other columns).
    """

    kept = Kept.DERIVED
    id = models.BigIntegerField(primary_key=True, help_text="seq * 2**20 + position in the act")
    seq = models.BigIntegerField()
    tablename = models.CharField(max_length=63)
    layout = models.CharField(max_length=16)
    operation = models.CharField(max_length=1)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    form = models.CharField(max_length=1)
    body = models.BinaryField()

    class Meta:
        db_table = "kernel_change"
        indexes = [
            models.Index(fields=["tablename", "last_id", "first_id"], name="change_rows"),
        ]


class Head(models.Model):
    """The present head of the tree: one row, sealed with a key that is not in the database."""

    kept = Kept.DERIVED
    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    frontier = models.BinaryField()
    root = models.BinaryField()
    seal = models.BinaryField()

    class Meta:
        db_table = "kernel_head"


class SignedHead(KeptModel):
    """A head signed with Ed25519, as it was at a moment; these are handed out."""

    kept = Kept.SEALED
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    at = models.BigIntegerField(help_text="microseconds since 1970-01-01 UTC")
    key_id = models.CharField(max_length=64)
    note = models.TextField(help_text="the head as signed text, the form that is handed out")

    class Meta:
        db_table = "kernel_signed_head"


class Erasure(KeptModel):
    """That a person was erased: who decided it, when and why, but not who it was.

    `reference` names the party or user, `subject` the key that was destroyed: a copy of the
    database from before is brought up to date with these.
    """

    kept = Kept.SEALED
    company_id = models.BigIntegerField()
    reference = models.CharField(max_length=80)
    subject = models.BigIntegerField(unique=True)
    why = models.CharField(max_length=500)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_erasure"


class KnownLayout(KeptModel):
    """The columns of a table as they were, so that old digests stay computable."""

    kept = Kept.SEALED
    key = models.CharField(max_length=16, unique=True)
    tablename = models.CharField(max_length=63)
    columns = models.TextField(help_text="JSON list of [column, kind]")

    class Meta:
        db_table = "kernel_layout"
