"""What can be pressed and typed: every kind of callback data and every command, and what is forged of each."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from actions.notices import Later
from domain.access import Right
from domain.document import moment
from domain.item_field import ItemField
from domain.notice_rules import Rules
from domain.people import Role
from handlers import presses
from handlers.presses import (
    audit,
    completion,
    consent,
    correction,
    coverage,
    document,
    duty,
    evidence,
    exemption,
    group,
    happening,
    indicator,
    invite,
    item,
    join_request,
    leave,
    menu,
    notice,
    own_data,
    own_reminders,
    people,
    person,
    remark,
    replacement,
    review,
    risk_factor,
    roadmap,
    rules,
    school,
    task,
    told_number,
)
from tests.handlers.opening import NOON
from tests.handlers.secrets import Region

HANDLERS = Path(__file__).parents[2] / "handlers"
NOBODY = ("0", "999999", str(2**63 - 1))
"""Ids of nothing."""
NONSENSE = ("no-such", "<b>&", "-1")
_MOST = 64
"""Bytes that a messenger takes."""


@dataclass(frozen=True)
class Pressed:
    """What a kind of button is for, and what each of its fields names: a key of ``Region.ids``, or values.

    ``right`` is what the table of rights must give whoever it does something for; ``None`` where it is for strangers.
    ``tells`` is whether somebody else hears of it besides the coordinators.
    """

    right: Right | None
    fields: dict[str, str | tuple[str, ...]]
    tells: bool = False


def _for(right: Right | None, *, tells: bool = False, **fields: str | tuple[str, ...]) -> Pressed:
    return Pressed(right, fields, tells)


PAGES = ("0", "99")
DAYS = ("20220310", "20991231")
SEE, OWN, KEEP = Right.SEE_ROADMAP, Right.OWN_DATA, Right.KEEP_REGISTRY
AWAY, LET_IN, CORRECT = Right.GO_ON_LEAVE, Right.LET_IN, Right.CORRECT_ITEM
HELD = Right.REPORT_HAPPENING
FIELDS = (ItemField.DEADLINE, ItemField.TITLE)
ROLES = (Role.SCHOOL, Role.COORDINATOR)
FLAGS = ("0", "1")
SEEN = ("1", "0")
SECTIONS = {
    "audit": Right.SEE_AUDIT,
    "board": Right.SEE_REGION,
    "away": AWAY,
    "cards": LET_IN,
    "coverage": Right.SEE_REGION,
    "days": Right.CHANGE_RULES,
    "documents": Right.SEE_SCHOOL,
    "erasures": Right.SEE_AUDIT,
    "groups": Right.BIND_GROUP,
    "help": SEE,
    "me": OWN,
    "menu": Right.SEE_TASKS,
    "month": SEE,
    "my-schools": Right.SEE_SCHOOL,
    "my-tasks": Right.SEE_TASKS,
    "now": SEE,
    "people": KEEP,
    "region": Right.SEE_REGION,
    "reminders": Right.SET_REMINDERS,
    "requests": LET_IN,
    "review": Right.REVIEW,
    "roadmap": SEE,
    "rules": Right.CHANGE_RULES,
    "unclear": SEE,
}
"""The sections of the menu; a handler of another one makes the test fail until it stands here."""
_JOURNAL = _for(Right.SEE_AUDIT, who=("0", "1", "-1"), topic=("", "people", "items"), span=("0", "7"), page=("0", "99"))
_SCHOOLS_DOCUMENT: dict[str, Any] = {"school": "school", "kind": ("concept", "antirisk"), "risk": ("0", "1")}
_WHAT = ("remark", "proposal")
PRESSES: dict[type[CallbackData], Pressed] = {
    audit.AuditPage: _JOURNAL,
    audit.AuditTopics: _JOURNAL,
    audit.AuditWho: _JOURNAL,
    audit.AuditFile: _JOURNAL,
    completion.Confirm: _for(Right.CONFIRM, id=("16", "31", "1", "24")),
    completion.ConfirmFor: _for(Right.CONFIRM, id=("16", "31"), debtor="school"),
    completion.ChooseToConfirm: _for(Right.SEE_TASKS, page=PAGES),
    completion.OpenDraft: _for(Right.CONFIRM, id="completion"),
    completion.SendDraft: _for(Right.CONFIRM, id="completion", tells=True),
    completion.WithdrawDraft: _for(Right.CONFIRM, id="completion", tells=True),
    consent.Consent: _for(OWN, given=FLAGS, version=("2026-11", "2025-01")),
    correction.EditItem: _for(CORRECT, id="item"),
    correction.EditField: _for(CORRECT, id="item", field=FIELDS),
    correction.ConfirmField: _for(CORRECT, id="item", field=FIELDS),
    correction.ToggleExecutor: _for(CORRECT, id="item", executor=("coordinator", "schools")),
    correction.ChooseParty: _for(CORRECT, id="item", party=("school", "executors")),
    correction.NoReason: _for(CORRECT),
    coverage.CoveragePage: _for(Right.SEE_REGION, gap=tuple(coverage.Gap), page=PAGES),
    document.SchoolDocuments: _for(Right.SEE_SCHOOL, id="school"),
    document.DocumentsPage: _for(Right.SEE_SCHOOL, id="school", page=PAGES),
    document.OpenDocument: _for(Right.SEE_SCHOOL, **_SCHOOLS_DOCUMENT),
    document.AddToDocument: _for(Right.KEEP_DOCUMENTS, **_SCHOOLS_DOCUMENT),
    document.MarkDocument: _for(Right.KEEP_DOCUMENTS, **_SCHOOLS_DOCUMENT, state=("draft", "placed", "accepted")),
    document.DropFromDocument: _for(Right.KEEP_DOCUMENTS, **_SCHOOLS_DOCUMENT, what=("link", "file")),
    document.DocumentFile: _for(Right.SEE_SCHOOL, **_SCHOOLS_DOCUMENT),
    document.AcceptDocument: _for(Right.REMARK, **_SCHOOLS_DOCUMENT, seen=("0", str(moment(NOON)))),
    document.DocumentNotAccepted: _for(Right.REMARK, **_SCHOOLS_DOCUMENT),
    document.DocumentsLacking: _for(Right.SEE_SCHOOL, kind=("concept", "antirisk"), page=PAGES),
    document.DocumentsWaiting: _for(Right.SEE_SCHOOL, page=PAGES),
    duty.OpenDuties: _for(KEEP, id="person", page=PAGES),
    duty.OpenDuty: _for(KEEP, id="person", duty="duty"),
    duty.SetResponsible: _for(KEEP, id="person", duty="duty", on=FLAGS),
    duty.EndDuty: _for(KEEP, id="person", duty="duty"),
    duty.ChooseRole: _for(KEEP, id="person"),
    duty.ChooseHome: _for(KEEP, id="person", role=ROLES, page=("0",)),
    duty.ChooseSchool: _for(KEEP, id="person", role=("school", "curator"), home="municipality", page=("0",)),
    duty.ChooseOrganisation: _for(KEEP, id="person", page=PAGES),
    duty.GiveDuty: _for(KEEP, id="person", role=ROLES, place=("0", "1", "university")),
    exemption.Exempt: _for(Right.EXEMPT, id="item"),
    exemption.ExemptPage: _for(Right.EXEMPT, id="item", page=PAGES),
    exemption.ToggleExempt: _for(Right.EXEMPT, id="item", debtor="school", page=("0",)),
    evidence.AskEvidence: _for(Right.CONFIRM, id="completion", kind=("link", "text", "order")),
    evidence.EvidenceList: _for(Right.CONFIRM, id="completion", page=PAGES),
    evidence.TakeAway: _for(Right.CONFIRM, id="completion", evidence=("1", "2")),
    group.OpenGroup: _for(Right.BIND_GROUP, id="group"),
    group.BindGroup: _for(Right.BIND_GROUP, id="group", channel=("500+", "ВУ")),
    group.UnbindGroup: _for(Right.BIND_GROUP, id="group"),
    group.LeaveGroup: _for(Right.BIND_GROUP, id="group"),
    group.InviteGroup: _for(Right.LET_IN, id="group"),
    happening.Held: _for(HELD, id="item"),
    happening.ChooseHeld: _for(Right.SEE_TASKS, page=PAGES),
    happening.HeldPlaces: _for(HELD, id="item", page=PAGES),
    happening.HeldPlace: _for(HELD, id="item", place="municipality"),
    happening.HeldDay: _for(HELD, id="item", day=DAYS),
    happening.NoHeldLink: _for(HELD, id="item"),
    happening.AskHeld: _for(HELD, id="item", what=("day", "place")),
    happening.SaveHeld: _for(HELD, id="item"),
    happening.HeldPage: _for(HELD, id="item", page=PAGES),
    happening.OpenHappening: _for(HELD, id=("1", "2")),
    happening.HappeningFiles: _for(HELD, id=("1", "2")),
    happening.TakeAwayHappening: _for(HELD, id=("1", "2")),
    indicator.BoardPage: _for(Right.SEE_REGION, screen=tuple(indicator.BoardScreen), page=PAGES),
    indicator.WhoDid: _for(Right.SEE_SCHOOL, id="item"),
    indicator.WhoDidPage: _for(Right.SEE_SCHOOL, id="item", page=PAGES),
    indicator.ResultOfSchool: _for(Right.SEE_SCHOOL, id="school"),
    indicator.ResultPage: _for(Right.SEE_SCHOOL, id="school", page=PAGES),
    invite.IssueCode: _for(LET_IN, id="person"),
    invite.RevokeCode: _for(LET_IN, id="person"),
    invite.CardsPage: _for(LET_IN, municipality="municipality", page=PAGES),
    invite.ChooseCards: _for(LET_IN, municipality="municipality", school="school"),
    invite.PrintCards: _for(LET_IN, municipality="municipality", school="school", last=("2", "99")),
    item.OpenItem: _for(SEE, id="item"),
    item.MoreAboutItem: _for(SEE, id="item"),
    item.ItemHistory: _for(CORRECT, id="item"),
    item.CloseItem: _for(Right.CLOSE_ITEM, id="item"),
    item.CloseWithoutNote: _for(Right.CLOSE_ITEM, id="item"),
    item.ReopenItem: _for(Right.CLOSE_ITEM, id="item"),
    join_request.Join: _for(None, page=PAGES),
    join_request.JoinConsent: _for(None, given=FLAGS),
    join_request.JoinPlace: _for(None, id="municipality", page=PAGES),
    join_request.JoinSchool: _for(None, id="school"),
    join_request.JoinSkip: _for(None),
    join_request.JoinSend: _for(None),
    join_request.JoinWithdraw: _for(None),
    join_request.OpenRequest: _for(LET_IN, id="request"),
    join_request.LetIn: _for(LET_IN, id="request", person="person", tells=True),
    join_request.DeclineRequest: _for(LET_IN, id="request"),
    join_request.DeclineSilently: _for(LET_IN, id="request", tells=True),
    leave.LeaveOf: _for(AWAY, id="person"),
    leave.GoOnLeave: _for(AWAY, id="person"),
    leave.LeaveSince: _for(AWAY, id="person", since=DAYS),
    leave.LeaveUntil: _for(AWAY, id="person", since=("20220310",), until=DAYS, page=("0",)),
    leave.LeaveDeputy: _for(AWAY, id="person", since=("20220310",), until=("20220401",), deputy="person"),
    leave.ArrangeLeave: _for(AWAY, id="person", since=("20220310",), until=("20220401",), deputy="person", tells=True),
    leave.EndLeave: _for(AWAY, id="leave"),
    leave.LeaveIsOver: _for(AWAY, id="leave", tells=True),
    menu.Go: _for(SEE, section=("no-such",)),
    menu.Cancel: _for(Right.SEE_TASKS),
    notice.PutOff: _for(Right.SNOOZE, day=DAYS),
    notice.PutOffUntil: _for(Right.SNOOZE, day=DAYS, later=tuple(Later)),
    own_data.RenameMe: _for(OWN),
    own_data.MyFile: _for(OWN),
    own_data.WithdrawConsent: _for(OWN),
    own_data.LeaveProject: _for(OWN, tells=True, sure=FLAGS),
    own_data.EraseMe: _for(OWN, tells=True, sure=FLAGS),
    own_data.ErasuresPage: _for(Right.SEE_AUDIT, page=PAGES),
    own_data.ActFile: _for(Right.SEE_AUDIT, id="audit"),
    own_data.ExtractFile: _for(Right.SEE_AUDIT, id="audit"),
    own_reminders.AskOwnHour: _for(Right.SET_REMINDERS),
    own_reminders.SetOwnHour: _for(Right.SET_REMINDERS, hour=("0", "8", "99")),
    own_reminders.SetOwnDay: _for(Right.SET_REMINDERS, day=("0", "6"), heard=FLAGS),
    own_reminders.AskPause: _for(Right.SET_REMINDERS),
    own_reminders.PauseUntil: _for(Right.SET_REMINDERS, until=DAYS),
    own_reminders.EndPause: _for(Right.SET_REMINDERS),
    people.PeoplePage: _for(KEEP, page=PAGES),
    person.OpenPerson: _for(KEEP, id="person"),
    person.RenamePerson: _for(KEEP, id="person"),
    person.ChangePosition: _for(KEEP, id="person"),
    person.NoPosition: _for(KEEP, id="person"),
    person.RemovePerson: _for(KEEP, id="person"),
    person.RemoveForSure: _for(KEEP, id="person"),
    person.AddPerson: _for(KEEP, id="school"),
    person.AddEvenSo: _for(KEEP),
    person.SkipPosition: _for(KEEP),
    remark.SchoolRemarks: _for(Right.SEE_SCHOOL, id="school"),
    remark.RemarksPage: _for(Right.SEE_SCHOOL, id="school", page=PAGES),
    remark.OpenRemark: _for(Right.SEE_SCHOOL, id="remark"),
    remark.ChooseRemarkDocument: _for(Right.REMARK, school="school", what=_WHAT, page=PAGES),
    remark.ChooseRemarkItem: _for(Right.REMARK, school="school", what=_WHAT, page=PAGES),
    remark.RemarkOnDocument: _for(Right.REMARK, **_SCHOOLS_DOCUMENT, what=_WHAT),
    remark.RemarkOnItem: _for(Right.REMARK, school="school", item=("20", "1"), what=_WHAT),
    remark.AnswerRemark: _for(Right.KEEP_DOCUMENTS, id="remark"),
    remark.SettleRemark: _for(Right.REMARK, id="remark", fixed=FLAGS, tells=True),
    remark.ShowMedkText: _for(Right.REMARK, school="school", everything=FLAGS),
    remark.PlacedInMedk: _for(Right.REMARK, school="school", seen=("0", str(2**62))),
    remark.NotPlacedInMedk: _for(Right.REMARK, school="school", placed=("0", str(moment(NOON)))),
    replacement.ReplacePerson: _for(KEEP, id="person"),
    replacement.ChooseHeir: _for(KEEP, id="person", duty="duty", page=("0",)),
    replacement.TakeHeir: _for(KEEP, id="person", duty="duty", heir="person"),
    replacement.NewHeir: _for(KEEP),
    replacement.HeirPosition: _for(KEEP, same=FLAGS),
    replacement.Replace: _for(KEEP, id="person", duty="duty", heir="person", tells=True),
    replacement.ReplaceByNew: _for(KEEP, tells=True),
    review.OpenReview: _for(Right.REVIEW, id="completion"),
    review.AcceptReview: _for(Right.REVIEW, id="completion", seen=SEEN, tells=True),
    review.GiveBack: _for(Right.REVIEW, id="completion", seen=SEEN),
    review.ShowProof: _for(Right.REVIEW, id="completion"),
    review.ShowRounds: _for(Right.CONFIRM, id="completion"),
    review.AlikeReviews: _for(Right.REVIEW, item=("31", "1"), page=PAGES),
    review.AcceptAlike: _for(Right.REVIEW, item=("31",), until=("1", str(2**62)), tells=True),
    review.DecidedReviews: _for(Right.REVIEW, page=PAGES),
    review.ReopenReview: _for(Right.CLOSE_ITEM, id="completion"),
    risk_factor.RisksPage: _for(KEEP, page=PAGES),
    risk_factor.OpenRisk: _for(KEEP, id=("1", "2")),
    risk_factor.AddRisk: _for(KEEP),
    risk_factor.RenameRisk: _for(KEEP, id=("1", "2")),
    risk_factor.EndRisk: _for(KEEP, id=("1", "2")),
    risk_factor.EndRiskForSure: _for(KEEP, id=("1", "2")),
    risk_factor.SchoolProfile: _for(Right.SEE_SCHOOL, id="school", page=PAGES),
    risk_factor.TickRisk: _for(Right.TICK_RISKS, school="school", risk=("1", "2"), on=FLAGS, page=("0",)),
    roadmap.MonthPage: _for(SEE, year=("2022",), month=("3", "13")),
    roadmap.ListPage: _for(SEE, by=("all", "month", "executor", "status"), value=("-", "202203"), page=PAGES),
    roadmap.ListFilter: _for(SEE, by=("month", "executor", "status")),
    roadmap.CarryOver: _for(Right.CARRY_OVER, id="roadmap", year=("2023", "1")),
    rules.RulesPage: _for(Right.CHANGE_RULES, page=PAGES),
    rules.EditRule: _for(Right.CHANGE_RULES, name=Rules.names()[:2]),
    rules.DefaultRule: _for(Right.CHANGE_RULES, name=Rules.names()[:2]),
    rules.AddSpecialDay: _for(Right.CHANGE_RULES, working=FLAGS),
    rules.ForgetSpecialDay: _for(Right.CHANGE_RULES, day=DAYS),
    school.SchoolHomes: _for(Right.SEE_SCHOOL, page=PAGES),
    school.SchoolsOf: _for(Right.SEE_SCHOOL, home="municipality", page=PAGES),
    school.OpenSchool: _for(Right.SEE_SCHOOL, id="school"),
    school.SchoolPeople: _for(Right.SEE_SCHOOL, id="school", page=PAGES),
    school.RenameSchool: _for(KEEP, id="school"),
    school.SchoolLeaves: _for(KEEP, id="school"),
    school.SchoolLeft: _for(KEEP, id="school"),
    school.AddSchool: _for(KEEP, page=PAGES),
    school.AddSchoolIn: _for(KEEP, home="municipality"),
    school.AddSchoolEvenSo: _for(KEEP),
    task.MyTasks: _for(Right.SEE_TASKS),
    task.TasksPage: _for(Right.SEE_TASKS, page=PAGES),
    task.PutOffTasks: _for(Right.SNOOZE, id="item"),
    task.PutOffTasksUntil: _for(Right.SNOOZE, id="item", later=tuple(Later)),
    told_number.TellNumber: _for(CORRECT, id="item"),
    told_number.ForgetNumber: _for(CORRECT, id="item"),
}
"""A kind of button that does not stand here makes the test fail: whoever adds one says here what it is for."""


def kinds() -> list[type[CallbackData]]:
    """Every kind of callback data there is."""
    names = [f"{presses.__name__}.{one.name}" for one in pkgutil.iter_modules(presses.__path__)]
    modules = [importlib.import_module(name) for name in names]
    found = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    return [one for one in found if issubclass(one, CallbackData) and one is not CallbackData]


def sections() -> set[str]:
    """The sections of the menu that handlers open."""
    sources = (path.read_text(encoding="utf-8") for path in HANDLERS.glob("*.py"))
    return {name for source in sources for name in re.findall(r'F\.section == "([^"]+)"', source)}


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


def forged(kind: type[CallbackData], region: Region) -> Iterator[str]:
    """Callback data of a kind: every combination of what is there, then ids of nothing and nonsense in each field."""
    pools = [_pool(PRESSES[kind].fields[name], region) for name in kind.model_fields]
    for values in product(*pools):
        yield from _packed(kind, values)
    for place, pool in enumerate(pools):
        for odd in NOBODY if pool[0].isdigit() else NONSENSE:
            values = [other[0] for other in pools]
            values[place] = odd
            yield from _packed(kind, values)


def _pool(named: str | tuple[str, ...], region: Region) -> tuple[str, ...]:
    return tuple(map(str, region.ids[named])) if isinstance(named, str) else named


def _packed(kind: type[CallbackData], values: tuple[str, ...] | list[str]) -> Iterator[str]:
    data = ":".join([kind.__prefix__, *values])
    if len(data.encode()) <= _MOST:
        yield data
