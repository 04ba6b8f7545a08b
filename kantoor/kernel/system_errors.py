"""What the operating system and the database file refuse, in the reader's words."""

import errno

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WHY = {
    errno.ENOENT: gettext_lazy("there is no such file or folder"),
    errno.EACCES: gettext_lazy("you have no right to it"),
    errno.EPERM: gettext_lazy("you have no right to it"),
    errno.EISDIR: gettext_lazy("it is a folder"),
    errno.ENOTDIR: gettext_lazy("a file stands where a folder should be"),
    errno.EEXIST: gettext_lazy("a file stands where a folder should be"),
    errno.EROFS: gettext_lazy("this disk can only be read"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
    errno.EDQUOT: gettext_lazy("the disk is full"),
    errno.EIO: gettext_lazy("the disk is damaged"),
    errno.EMFILE: gettext_lazy("too many files are open"),
}


def why(error: OSError) -> str:
    """The reason as a part of a sentence; what has no words here is said as the system does."""
    known = _WHY.get(error.errno or 0)
    return str(known) if known else error.strerror or str(error)


def sentence(reason: str) -> str:
    """The reason on its own."""
    return f"{reason[:1].upper()}{reason[1:]}."


def why_database(error: Exception) -> str:
    """Why the database refused, with what to do about it, in one line."""
    words = " ".join(str(error).split())
    if "locked" in words:
        return _("The database is in use by another program for too long; try again later.")
    if "is full" in words:
        return _("The disk is full; make room and do it again. Nothing is half done.")
    if "readonly" in words or "read-only" in words:
        return _("The database can only be read here; nothing was changed.")
    if "malformed" in words or "not a database" in words:
        return _("The database file is damaged; put a backup back.")
    return _("The database refused: {words}").format(words=words)
