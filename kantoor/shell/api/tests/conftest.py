"""A company with an administrator's token, and a way to call the API with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from kantoor.kernel.actors.tokens import create_token
from tests.founded import House, found


@dataclass
class Api:
    """The API as a script calls it."""

    token: str = ""
    client: Client = field(default_factory=Client)

    def post(
        self, path: str, body: Any = b"", *, kind: str = "application/json", **headers: str
    ) -> Any:
        """POST a body: bytes as they are, anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(
            f"/api/v1/{path}", content, content_type=kind, headers=self._headers(headers)
        )

    def get(self, path: str, query: Mapping[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", query or {}, headers=self._headers(headers))

    def call(self, method: str, path: str, **headers: str) -> Any:
        return self.client.generic(method, f"/api/v1/{path}", headers=self._headers(headers))

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        given = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", **given} if self.token else given


def api_of(actor: Any, *scopes: str) -> Api:
    """The API with a token of somebody."""
    return Api(create_token(actor, name=f"of {scopes}", scopes=scopes).token)


@pytest.fixture
def house(db: None) -> House:
    return found()


@pytest.fixture
def api(house: House) -> Api:
    return api_of(house.administrator)
