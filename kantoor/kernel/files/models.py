"""What the database knows of a stored file."""

from django.db import models

from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.models import KeptModel


class File(KeptModel):
    """A stored file. Its content lies in the data folder, named by its SHA-256 in hexadecimal.

    `size` is in bytes. `subject_id` names the person whose file it is, when it must be possible
    to erase it: then its name is erased and its content removed.
    """

    subject_field = "subject_id"
    erased_as = {"name": "erased"}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "kernel_file"
        indexes = [models.Index(fields=["sha256"], name="file_content")]

    def __str__(self) -> str:
        return self.name


_WORDS = "the content of a stored file never changes"
_CONTENT = Guard(
    "kernel_file_content",
    "kernel_file",
    f"""CREATE TRIGGER kernel_file_content BEFORE UPDATE OF company_id, sha256, size, created_at
    ON kernel_file WHEN OLD.company_id <> NEW.company_id OR OLD.sha256 <> NEW.sha256
        OR OLD.size <> NEW.size OR OLD.created_at <> NEW.created_at
    BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",
    """CREATE TRIGGER kernel_file_content BEFORE UPDATE ON kernel_file FOR EACH ROW
    WHEN ((OLD.company_id, OLD.sha256, OLD.size, OLD.created_at)
        IS DISTINCT FROM (NEW.company_id, NEW.sha256, NEW.size, NEW.created_at))
    EXECUTE FUNCTION kernel_file_content()""",
    f"""CREATE OR REPLACE FUNCTION kernel_file_content() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql;
""",
)
_KEPT = Guard(
    "kernel_file_no_delete",
    "kernel_file",
    """CREATE TRIGGER kernel_file_no_delete BEFORE DELETE ON kernel_file
    BEGIN SELECT RAISE(ABORT, 'rows of kernel_file are never deleted'); END""",
    """CREATE TRIGGER kernel_file_no_delete BEFORE DELETE OR TRUNCATE ON kernel_file
    FOR EACH STATEMENT EXECUTE FUNCTION kantoor_refuse('rows of kernel_file are never deleted')""",
)
register_guard(_CONTENT)
register_guard(_KEPT)
