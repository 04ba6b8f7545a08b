"""A case as a page: what was asked, what happened, how its clocks stand, and what can be done."""

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.canned.texts import answers_for
from kantoor.departments.ict.queries.cases.record import CaseShown, case, my_question
from kantoor.departments.ict.queries.satisfaction.asked import my_opinion
from kantoor.departments.ict.web.cases import words
from kantoor.departments.ict.web.cases.register import CASES, MY_QUESTIONS
from kantoor.departments.ict.web.cases.requested import request_lines, task_lines
from kantoor.departments.ict.web.cases.timeline import clock_lines, timeline
from kantoor.departments.ict.web.cases.worked import work_lines
from kantoor.departments.ict.web.mail.of_case import mail_relations
from kantoor.departments.ict.web.satisfaction.words import score
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation


def show(actor: Actor, shown: CaseShown) -> Thing:
    """A case with its timeline, its clocks and the next steps."""
    row = shown.case
    may = actor.may("ict.handle_cases")
    return Thing(
        title=row.number,
        row=row.id,
        state=words.status(row.state, row.waiting_for),
        since=row.changed_at,
        facts=_facts(shown),
        relations=[
            *_relations(actor, shown),
            *mail_relations(actor, row.id, row.number, words.case_url(row.number)),
        ],
        steps=_steps(actor, shown),
        more=_more(actor, shown),
        offers=row.kind == "incident" and row.state not in ("resolved", "closed"),
        breadcrumb=[Link(gettext("Cases"), CASES.url)],
        body={
            "heading": row.title,
            "text": shown.text,
            "request_shown": request_lines(shown.request),
            "tasks": task_lines(shown) if may else [],
            "work": work_lines(actor, shown),
            "clocks": clock_lines(shown.clocks),
            "timeline": timeline(shown),
            "files_at": f"{words.case_url(row.number)}/files",
            "reply": {"number": row.number, "back": words.case_url(row.number)} if may else None,
            "answers": answers_for(actor, case_id=row.id) if may else [],
        },
    )


def show_question(actor: Actor, shown: CaseShown) -> Thing:
    """A case as its requester sees it: what they asked, and what the desk answered."""
    row = shown.case
    here = words.question_url(row.number)
    write = act_for(
        actor, "ict.write_to_desk", {"number": row.number}, label=_("Write to the desk"),
        icon="message", key="r", back=here,
    )  # fmt: skip
    withdraw = act_for(
        actor, "ict.withdraw_question", {"number": row.number}, label=_("Withdraw it"), icon="x",
        key="w", back=here,
    )  # fmt: skip
    say = act_for(
        actor, "ict.give_opinion", {"number": row.number}, label=_("Say how you were helped"),
        icon="star", key="s", back=here,
    )  # fmt: skip
    asked = my_opinion(actor, number=row.number)
    open_still = row.state in ("new", "active", "waiting")
    return Thing(
        title=row.number,
        state=words.status(row.state, row.waiting_for),
        facts=[
            Fact(gettext("Asked"), row.opened_at),
            *([Fact(gettext("You said"), score(asked.score))] if asked and asked.score else []),
        ],
        steps=[say if asked and asked.may_say else None, write, withdraw if open_still else None],
        breadcrumb=[Link(force_str(MY_QUESTIONS.title), MY_QUESTIONS.url)],
        body={
            "heading": row.title,
            "text": shown.text,
            "request_shown": request_lines(shown.request),
            "timeline": timeline(shown),
            "files_at": f"{here}/files",
        },
    )


def _facts(shown: CaseShown) -> list[Fact]:
    row = shown.case
    found: list[tuple[str, Cell]] = [
        (gettext("Requester"), row.requester_name),
        (gettext("Phone"), shown.requester_phone),
        (gettext("Contact"), shown.contact if row.requester else ""),
        (gettext("Kind"), force_str(words.KINDS[row.kind])),
        (gettext("Priority"), force_str(words.PRIORITIES[row.priority])),
        (gettext("Service"), row.service),
        (gettext("Queue"), row.queue),
        (gettext("Who has it"), row.assignee),
        (gettext("Channel"), force_str(words.CHANNELS[row.channel])),
        (gettext("Opened"), row.opened_at),
        (gettext("Solved"), shown.resolved_at),
        (gettext("Reopened"), shown.reopened or ""),
        (gettext("Handed on"), shown.reassigned or ""),
    ]
    return [Fact(label, value) for label, value in found if value]


def _relations(actor: Actor, shown: CaseShown) -> list[Relation]:
    """The devices that the case is about, and the way to add one."""
    here = words.case_url(shown.case.number)
    add = act_for(
        actor, "ict.link_devices", label=_("Add a device"), icon="device-laptop", back=here,
        number=shown.case.number,
    )  # fmt: skip
    items = [
        Related(Link(name or number, f"/ict/devices/{number}"), number)
        for number, name in shown.devices
    ]
    devices = [Relation(gettext("Devices"), items, add)] if items or add else []
    linked = [
        Related(
            Link(each.number, words.case_url(each.number)),
            f"{force_str(words.LINKS[each.kind, each.here])} · {each.title}",
        )
        for each in shown.linked
    ]
    use = act_for(
        actor, "ict.use_article", label=_("Tie an article"), icon="book", back=here,
        numbers=[shown.case.number],
    )  # fmt: skip
    known = [Related(Link(title, f"/ict/articles/{code}"), "") for code, title in shown.articles]
    articles = [Relation(gettext("Articles"), known, use)] if known or use else []
    others = [Relation(gettext("Linked cases"), linked)] if linked else []
    return [*devices, *articles, *others]


def _steps(actor: Actor, shown: CaseShown) -> list[Act | None]:
    """What a case in this state can become; the first is what it waits for."""
    row = shown.case
    here = words.case_url(row.number)

    def step(
        verb: str, label: object, icon: str, key: str = "", at_once: bool = False
    ) -> Act | None:
        return act_for(
            actor, f"ict.{verb}", label=label, icon=icon, key=key, at_once=at_once, back=here,
            number=row.number,
        )  # fmt: skip

    take = step("take_case", _("Take it"), "user-check", "t", at_once=True)
    go_on = step("resume_case", _("Go on"), "player-play", "g", at_once=True)
    solve = step("resolve_case", _("Solve"), "check", "s")
    priority = act_for(
        actor, "ict.change_priority", label=_("Change the priority"), icon="flag", back=here,
        number=row.number, impact=shown.impact, urgency=shown.urgency,
    )  # fmt: skip
    if row.waiting_for == "approval":
        other = act_for(
            actor, "ict.redirect_approvals", label=_("Let somebody else decide"), icon="users",
            back=here, numbers=[row.number],
        )  # fmt: skip
        return [step("assign_case", _("Assign"), "users", "a"), other, priority]
    wait = step("await_case", _("Let it wait"), "clock", "w")
    assign = step("assign_case", _("Assign"), "users", "a")
    close = step("close_case", _("Close"), "lock", "c", at_once=True)
    again = step("reopen_case", _("Reopen"), "rotate", "o")
    steps = {
        "new": [take, assign, solve, wait, priority],
        "active": [solve, wait, assign, priority],
        "waiting": [go_on, solve, assign, priority],
        "resolved": [close, again],
        "closed": [again],
    }
    return steps[row.state]


def _more(actor: Actor, shown: CaseShown) -> list[Act | None]:
    """How it can be linked to other cases, or that undone."""
    row = shown.case
    here = words.case_url(row.number)

    def step(verb: str, label: object, icon: str, at_once: bool = False) -> Act | None:
        return act_for(
            actor, f"ict.{verb}", label=label, icon=icon, at_once=at_once, back=here,
            number=row.number,
        )  # fmt: skip

    mine = {each.kind for each in shown.linked if not each.here}
    under = any(each.kind == "major" and each.here for each in shown.linked)
    if row.state == "closed":
        return [step("unmerge_case", _("Undo the merge"), "git-branch", at_once=True)] if "merged" in mine else []  # fmt: skip
    return [
        None
        if row.assignee
        else step("share_out_case", _("Give out by load"), "scale", at_once=True),
        step("add_tasks", _("Add tasks"), "checklist"),
        act_for(
            actor,
            "ict.write_work",
            {"work.case": row.number},
            label=_("Write down time"),
            icon="clock",
            back=here,
        ),
        step("update_major", _("Tell all cases under it"), "speakerphone") if under else None,
        step("merge_case", _("Merge into another"), "arrows-join"),
        step("leave_major", _("Take from under the major incident"), "arrow-up", at_once=True)
        if "major" in mine
        else step("join_major", _("Hang under a major incident"), "sitemap"),
        None if "problem" in mine else step("link_problem", _("Caused by a problem"), "link"),
    ]


CASE = RecordView(
    key="ict.cases",
    title=_("Case"),
    kind="ict.case",
    path="<str:number>",
    find=case,
    show=show,
    template="ict/case.html",
)
QUESTION = RecordView(
    key="ict.my_questions",
    title=_("Question"),
    kind="ict.case",
    path="<str:number>",
    find=my_question,
    show=show_question,
    template="ict/case.html",
)
