"""Where sessions are kept: in the database, read at every request by a statement made up once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

LIVING = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own store; its query of a session costs five times what the database takes."""

    def _get_session_from_db(self) -> Any:
        asked = self.model.objects.raw(LIVING, [self.session_key, timezone.now()])
        if (found := next(iter(asked), None)) is None:
            self._session_key = None
        return found
