"""What is typed: every command, and whatever the bot may be waiting for, with what it remembers beside."""

from collections.abc import Iterator
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.fsm.state import State

from domain.access import Right
from domain.consent import VERSION
from domain.document import DocumentKind
from domain.item_field import ItemField
from domain.notice_rules import Rules
from domain.remark import RemarkKind
from domain.survey_field import SurveyField
from handlers.awaiting import Awaiting
from handlers.presses.meeting import MeetingField
from tests.handlers.access.purpose import Pressed
from tests.handlers.access.region import Region
from tests.handlers.opening import NOON

KEEP, LET_IN, CONFIRM = Right.KEEP_REGISTRY, Right.LET_IN, Right.CONFIRM
SURVEYS = Right.KEEP_SURVEYS
COMMANDS: dict[str, Right | None] = {
    "bind": Right.BIND_GROUP,
    "groups": Right.BIND_GROUP,
    "help": Right.SEE_ROADMAP,
    "menu": Right.SEE_TASKS,
    "month": Right.SEE_ROADMAP,
    "my_data": Right.OWN_DATA,
    "now": Right.SEE_ROADMAP,
    "people": KEEP,
    "roadmap": Right.SEE_ROADMAP,
    "rules": Right.CHANGE_RULES,
    "start": None,
    "tasks": Right.SEE_TASKS,
    "unclear": Right.SEE_ROADMAP,
}
"""What each is for; a command that does not stand here makes the test fail."""
ANSWERS: dict[State, Pressed] = {
    Awaiting.field: Pressed(Right.CORRECT_ITEM, {}),
    Awaiting.reason: Pressed(Right.CORRECT_ITEM, {}),
    Awaiting.note: Pressed(Right.CLOSE_ITEM, {}),
    Awaiting.rule: Pressed(Right.CHANGE_RULES, {}),
    Awaiting.special_day: Pressed(Right.CHANGE_RULES, {}),
    Awaiting.join_school: Pressed(None, {}),
    Awaiting.join_name: Pressed(None, {}),
    Awaiting.join_position: Pressed(None, {}),
    Awaiting.join_ready: Pressed(None, {}),
    Awaiting.join_refusal: Pressed(LET_IN, {}, tells=True),
    Awaiting.own_name: Pressed(Right.OWN_DATA, {}),
    Awaiting.leave_since: Pressed(Right.GO_ON_LEAVE, {}),
    Awaiting.leave_until: Pressed(Right.GO_ON_LEAVE, {}),
    Awaiting.pause_until: Pressed(Right.SET_REMINDERS, {}),
    Awaiting.audit_who: Pressed(Right.SEE_AUDIT, {}),
    Awaiting.find_person: Pressed(KEEP, {}),
    Awaiting.person_name: Pressed(KEEP, {}),
    Awaiting.person_position: Pressed(KEEP, {}),
    Awaiting.new_person: Pressed(KEEP, {}),
    Awaiting.new_alike: Pressed(KEEP, {}),
    Awaiting.new_position: Pressed(KEEP, {}),
    Awaiting.new_duty: Pressed(KEEP, {}),
    Awaiting.school_home: Pressed(KEEP, {}),
    Awaiting.school_name: Pressed(KEEP, {}),
    Awaiting.school_alike: Pressed(KEEP, {}),
    Awaiting.school_new_name: Pressed(KEEP, {}),
    Awaiting.school_address: Pressed(KEEP, {}),
    Awaiting.heir: Pressed(KEEP, {}),
    Awaiting.heir_named: Pressed(KEEP, {}),
    Awaiting.heir_position: Pressed(KEEP, {}),
    Awaiting.heir_ready: Pressed(KEEP, {}, tells=True),
    Awaiting.registry_file: Pressed(KEEP, {}),
    Awaiting.document: Pressed(Right.KEEP_DOCUMENTS, {}),
    Awaiting.remark: Pressed(Right.REMARK, {}, tells=True, signed=True),
    Awaiting.remark_answer: Pressed(Right.KEEP_DOCUMENTS, {}),
    Awaiting.remark_text: Pressed(Right.REMARK, {}, tells=True, signed=True),
    Awaiting.new_risk: Pressed(KEEP, {}),
    Awaiting.risk_name: Pressed(KEEP, {}),
    Awaiting.evidence: Pressed(CONFIRM, {}),
    Awaiting.evidence_link: Pressed(CONFIRM, {}),
    Awaiting.evidence_text: Pressed(CONFIRM, {}),
    Awaiting.evidence_order: Pressed(CONFIRM, {}),
    Awaiting.review_comment: Pressed(Right.REVIEW, {}, tells=True),
    Awaiting.review_reopening: Pressed(Right.CLOSE_ITEM, {}, tells=True),
    Awaiting.exempt_reason: Pressed(Right.EXEMPT, {}, tells=True),
    Awaiting.told_number: Pressed(Right.CORRECT_ITEM, {}),
    Awaiting.form: Pressed(Right.ANSWER_SURVEY, {}),
    Awaiting.survey_code: Pressed(Right.ANSWER_SURVEY, {}),
    Awaiting.survey_file: Pressed(SURVEYS, {}),
    Awaiting.survey_field: Pressed(SURVEYS, {}, tells=True),
    Awaiting.survey_person: Pressed(SURVEYS, {}),
    Awaiting.poll_question: Pressed(SURVEYS, {}),
    Awaiting.poll_options: Pressed(SURVEYS, {}),
    Awaiting.visit_day: Pressed(Right.VISIT, {}, tells=True),
    Awaiting.visit_why: Pressed(Right.VISIT, {}, tells=True),
    Awaiting.visit_missed: Pressed(Right.VISIT, {}, tells=True),
    Awaiting.visit_return: Pressed(Right.APPROVE_VISITS, {}, tells=True),
    Awaiting.visit_report_return: Pressed(Right.REVIEW_VISITS, {}, tells=True),
    Awaiting.visit_cancel: Pressed(Right.APPROVE_VISITS, {}, tells=True),
    Awaiting.visit_wish_day: Pressed(Right.HOST_VISITS, {}),
    Awaiting.visit_wish_why: Pressed(Right.HOST_VISITS, {}, tells=True),
    Awaiting.broadcast: Pressed(Right.ANNOUNCE, {}),
    Awaiting.broadcast_time: Pressed(Right.ANNOUNCE, {}),
    Awaiting.broadcast_people: Pressed(Right.ANNOUNCE, {}),
    Awaiting.broadcast_correction: Pressed(Right.ANNOUNCE, {}),
    Awaiting.broadcast_corrected: Pressed(Right.ANNOUNCE, {}),
    Awaiting.meeting_field: Pressed(Right.HOLD_MEETINGS, {}, tells=True),
    Awaiting.meeting_files: Pressed(Right.HOLD_MEETINGS, {}),
    Awaiting.meeting_cancel: Pressed(Right.HOLD_MEETINGS, {}, tells=True),
    Awaiting.meeting_code: Pressed(Right.ATTEND, {}),
    Awaiting.minutes_text: Pressed(Right.HOLD_MEETINGS, {}),
    Awaiting.minutes_files: Pressed(Right.HOLD_MEETINGS, {}),
    Awaiting.slot_hours: Pressed(Right.HOLD_MEETINGS, {}, tells=True),
    Awaiting.slot_time: Pressed(Right.HOLD_MEETINGS, {}, tells=True),
    Awaiting.meeting_why: Pressed(Right.ATTEND, {}),
    Awaiting.meeting_other: Pressed(Right.ATTEND, {}),
}
"""What an answer is for; a state that does not stand here makes the test fail."""
_OF_DRAFT = {Awaiting.evidence, Awaiting.evidence_link, Awaiting.evidence_text, Awaiting.evidence_order}
TYPED = ("Новый Человек", "до 20 апреля", "school.ru/new", "<b>&")


def typed_commands(name: str, region: Region) -> Iterator[str]:
    """A command alone, with nonsense and with codes that let nobody in."""
    yield f"/{name}"
    yield f"/{name} <b>& no-such"
    yield f"/{name} {region.codes['revoked']}"


def beside(region: Region, state: State) -> dict[str, Any]:
    """What may be remembered beside a state, of school «Б» where it is of a school, by any key that features use."""
    person, school, home = (int(region.ids[one][1]) for one in ("person", "school", "municipality"))
    _, sent, draft = map(int, region.ids["completion"])
    return {
        "broadcast": int(region.ids["broadcast"][3]),
        "agreed_at": NOON.isoformat(),
        "curator": int(region.ids["curator"][0]),
        "day": "20220323",
        "completion": draft if state in _OF_DRAFT else sent,
        "debtor": school,
        "duty": 0,
        "field": MeetingField.TITLE if state is Awaiting.meeting_field else ItemField.DEADLINE,
        "file": "no-such",
        "form": answered_for(region)[1],
        "former": person,
        "heir": "Новый Человек",
        "home": home,
        "item": 16,
        "kind": DocumentKind.ANTIRISK,
        "meeting": int(region.ids["meeting"][1]),
        "minutes": 20,
        "name": "Новый Человек",
        "page": 0,
        "part": SurveyField.TITLE,
        "pause": 0,
        "person": person,
        "position": "",
        "query": "Бетин",
        "remark": int(region.ids["remark"][2]),
        "request": int(region.ids["request"][1]),
        "risk": 1,
        "rule": Rules.names()[0],
        "school": school,
        "seen": 1,
        "since": "2022-03-10",
        "span": 0,
        "survey": int(region.ids["answered"][2] if state is Awaiting.survey_code else region.ids["survey"][-1]),
        "text": "до 20 апреля",
        "topic": None,
        "version": VERSION,
        "visit": int(region.ids["told" if state is Awaiting.visit_report_return else "visit"][1]),
        "what": RemarkKind.REMARK,
        "who": 0,
        "working": True,
    }


def answered_for(region: Region) -> list[list[str | int]]:
    """What may be remembered beside a form that is filled in: the second one is of school «Б»."""
    cases = zip(region.ids["purpose"], region.ids["form"], region.ids["who"], strict=True)
    return [[purpose, int(one), int(who)] for purpose, one, who in cases]


def commands(router: Router) -> set[str]:
    """The words after the stroke that any router below listens to."""
    own = {
        str(name)
        for handler in router.message.handlers
        for one in handler.filters or []
        if isinstance(one.callback, Command)
        for name in one.callback.commands
    }
    return own.union(*(commands(one) for one in router.sub_routers))


def pressed_while(router: Router) -> Iterator[tuple[type[CallbackData], State]]:
    """Kinds of buttons that work only while something is waited for, and what that is."""
    for handler in router.callback_query.handlers:
        filters = [one.callback for one in handler.filters or []]
        kinds = [one.callback_data for one in filters if isinstance(one, CallbackQueryFilter)]
        states = [state for one in filters for state in _states(one)]
        yield from ((kind, state) for kind in kinds for state in states)
    for one in router.sub_routers:
        yield from pressed_while(one)


def _states(found: object) -> list[State]:
    if isinstance(found, State):
        return [found]
    return [one for one in found.states if isinstance(one, State)] if isinstance(found, StateFilter) else []
