"""What somebody who watches servers or makes backups can do wrong."""

from kantoor.kernel.errors import Conflict, DomainError, NotFound


class UnknownServer(NotFound):
    """No such server in this company."""

    code = "ict.unknown_server"


class UnknownCheck(NotFound):
    """No such check of this server."""

    code = "ict.unknown_check"


class UnknownMaintenance(NotFound):
    """No such time of maintenance, or it is over."""

    code = "ict.unknown_maintenance"


class UnknownPlan(NotFound):
    """No such backup plan in this company."""

    code = "ict.unknown_backup_plan"


class UnknownRun(NotFound):
    """No such run of this backup, or none that went well."""

    code = "ict.unknown_backup_run"


class TargetRefused(DomainError):
    """A check may not ask this."""

    code = "ict.check_target"


class ReportUnreadable(DomainError):
    """The report is none of restic or Borg, and no plain one."""

    code = "ict.backup_report"


class BackupFailed(Conflict):
    """The backup program could not do its work; the message has its own words."""

    code = "ict.backup_failed"
