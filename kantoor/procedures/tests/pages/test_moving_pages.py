"""Moving running instances on its page: the dry run, what is decided, and what is left."""

from kantoor.procedures.actions.importing import import_procedure
from kantoor.procedures.models import Instance
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.pages.conftest import Browser
from kantoor.procedures.tests.pages.test_task_pages import text
from kantoor.procedures.tests.test_moving import SECOND, begin, standing

PAGE = "/procedures/procedures/letter"
MOVE = "/procedures/move/letter/2"


def test_the_dry_run_is_asked_again_with_choices_and_then_performed(
    office: Office, browser: Browser
) -> None:
    begin(office, 2)
    anne = browser(office.anne)
    assert MOVE not in anne.get(PAGE).content.decode()
    import_procedure(office.anne, content=SECOND, publish=True)
    assert f'href="{MOVE}"' in anne.get(PAGE).content.decode()

    page = anne.get(MOVE)
    said, content = text(page), page.content.decode()
    assert "6 instances: 4 move, 2 need a decision." in said
    assert "Move 4 instances" in said
    stamped = Instance.objects.filter(task__element="stamp", task__state="open").distinct()
    assert stamped.count() == 2
    for instance in stamped:
        assert f'href="/procedures/instances/{instance.number}"' in content
    assert '<option value="stamp=seal">' in content
    assert "Would move" not in said

    chosen = anne.get(MOVE, {"decisions": "stamp=seal"})
    assert "6 instances, and all move." in text(chosen)
    assert "Would move" in text(chosen)
    content = chosen.content.decode()
    assert '<option value="stamp=seal" selected>' in content
    assert '<input type="hidden" name="decisions" value="stamp=seal">' in content
    assert standing() == {"write": 2, "check": 2, "stamp": 2}

    done = anne.post(MOVE, {"decisions": "stamp=seal"}, follow=True)
    assert "6 instances moved." in text(done)
    assert "Nothing runs by another version" in text(done)
    assert standing() == {"write": 2, "check": 2, "seal": 2}
    assert MOVE not in anne.get(PAGE).content.decode()


def test_what_is_left_undecided_stays_and_is_shown(office: Office, browser: Browser) -> None:
    begin(office, 1)
    import_procedure(office.anne, content=SECOND, publish=True)
    anne = browser(office.anne)
    done = anne.post(MOVE, {"decisions": ""}, follow=True)
    assert "2 instances moved. 1 is left as it was." in text(done)
    assert "1 instance: 0 move, 1 needs a decision." in text(done)
    assert "Move 0" not in text(done)
    assert standing() == {"write": 1, "check": 1, "stamp": 1}
    # A place that the version does not have decides nothing.
    nowhere = anne.get(MOVE, {"decisions": "stamp=moon"})
    assert "1 instance: 0 move, 1 needs a decision." in text(nowhere)


def test_who_does_not_manage_procedures_moves_nothing(office: Office, browser: Browser) -> None:
    begin(office, 1)
    import_procedure(office.anne, content=SECOND, publish=True)
    bo = browser(office.bo)
    assert bo.get(MOVE).status_code == 403
    assert bo.post(MOVE).status_code == 403
    assert not Instance.objects.filter(version__number=2).exists()
    assert browser(office.anne).get("/procedures/move/letter/9").status_code == 404
