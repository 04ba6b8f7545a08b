"""Each story is told twice: whole, and with every step of a procedure killed once before its commit."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kantoor.kernel.actions import runner
from kantoor.kernel.actions.registry import Action
from kantoor.kernel.actions.unit import Act, Unit
from kantoor.kernel.actors.actor import Actor


class Killed(BaseException):
    """The process ended here, with all that it had written and not committed."""


def _dies(_work: Unit) -> None:
    raise Killed


@pytest.fixture(autouse=True, params=["whole", "killed"])
def telling(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """How the story is told; gives nothing. A kill leaves what stood before, and the step is done anew."""
    if request.param == "whole":
        yield 0
        return
    perform, keep = runner._transaction, runner.append  # type: ignore[attr-defined]
    kills = 0

    def killed_once(
        act: Act, declared: Action, actor: Actor, parameters: Mapping[str, Any], once: Any
    ) -> Any:
        nonlocal kills
        if declared.name.startswith("procedures."):
            monkeypatch.setattr(runner, "append", _dies)
            try:
                # What it refuses it refuses before it would have ended.
                with pytest.raises(Killed):
                    perform(act, declared, actor, parameters, once)
            finally:
                monkeypatch.setattr(runner, "append", keep)
            act.changes.clear()
            act.touched.clear()
            act.failed = False
            kills += 1
        return perform(act, declared, actor, parameters, once)

    monkeypatch.setattr(runner, "_transaction", killed_once)
    yield kills
    if "db" in request.fixturenames:
        assert kills > 0, "no step of a procedure was killed"
