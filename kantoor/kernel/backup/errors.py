"""What can be wrong with a backup, or with the place that one is put back into."""

from kantoor.kernel.errors import Conflict, DomainError


class BackupUnusable(DomainError):
    """The file is no backup, is damaged, or no key that is here opens it."""

    code = "backup.unusable"


class PlaceTaken(Conflict):
    """There is something already where the backup is to go; nothing is overwritten."""

    code = "restore.taken"


class RestoredWrong(DomainError):
    """What came back is not what the backup says it holds."""

    code = "restore.wrong"
