"""What can be pressed: every kind of callback data, and what is forged of each."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from pathlib import Path

from aiogram.filters.callback_data import CallbackData

from actions.notices import Later
from domain.access import Right
from domain.coverage import Gap
from domain.item_field import ItemField
from domain.people import Role
from handlers import presses
from handlers.presses import (
    audit,
    consent,
    correction,
    coverage,
    duty,
    group,
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
    registry_file,
    replacement,
    roadmap,
    rules,
    school,
    task,
)
from tests.handlers.access.buttons_of_answering import ANSWERING
from tests.handlers.access.buttons_of_broadcasts import ANNOUNCED
from tests.handlers.access.buttons_of_calendars import CALENDARS
from tests.handlers.access.buttons_of_meeting_doors import HELD
from tests.handlers.access.buttons_of_meeting_guests import ATTENDED
from tests.handlers.access.buttons_of_meeting_slots import TIMED
from tests.handlers.access.buttons_of_meetings import LED
from tests.handlers.access.buttons_of_survey_results import RESULTS
from tests.handlers.access.buttons_of_surveys import KEPT
from tests.handlers.access.buttons_of_visit_region import REGION_VISITS
from tests.handlers.access.buttons_of_visit_reports import REPORTED
from tests.handlers.access.buttons_of_visits import PLANNED
from tests.handlers.access.buttons_of_work import WORK
from tests.handlers.access.purpose import DAYS, FLAGS, PAGES, Pressed
from tests.handlers.access.region import Region

HANDLERS = Path(__file__).parents[3] / "handlers"
NOBODY = ("0", "999999", str(2**63 - 1))
"""Ids of nothing."""
NONSENSE = ("no-such", "<b>&", "-1")
_ALL_OF = 4
_MOST = 64
"""Bytes that a messenger takes."""


SEE, OWN, KEEP = Right.SEE_ROADMAP, Right.OWN_DATA, Right.KEEP_REGISTRY
AWAY, LET_IN, CORRECT = Right.GO_ON_LEAVE, Right.LET_IN, Right.CORRECT_ITEM
FIELDS = (ItemField.DEADLINE, ItemField.TITLE)
ROLES = (Role.SCHOOL, Role.COORDINATOR)
_for = Pressed.of
SECTIONS = {
    "audit": Right.SEE_AUDIT,
    "away": AWAY,
    "board": Right.SEE_REGION,
    "broadcasts": Right.ANNOUNCE,
    "calendar": Right.ATTEND,
    "cards": LET_IN,
    "coverage": Right.SEE_REGION,
    "days": Right.CHANGE_RULES,
    "documents": Right.SEE_SCHOOL,
    "erasures": Right.SEE_AUDIT,
    "groups": Right.BIND_GROUP,
    "help": SEE,
    "me": OWN,
    "meetings": Right.HOLD_MEETINGS,
    "menu": Right.SEE_TASKS,
    "month": SEE,
    "my-meetings": Right.ATTEND,
    "my-schools": Right.SEE_SCHOOL,
    "my-tasks": Right.SEE_TASKS,
    "now": SEE,
    "people": KEEP,
    "region": Right.SEE_REGION,
    "registry-file": KEEP,
    "reminders": Right.SET_REMINDERS,
    "requests": LET_IN,
    "review": Right.REVIEW,
    "roadmap": SEE,
    "rules": Right.CHANGE_RULES,
    "surveys": Right.SEE_SURVEYS,
    "unclear": SEE,
    "visit-all": Right.SEE_REGION,
    "visit-approvals": Right.APPROVE_VISITS,
    "visit-coverage": Right.SEE_REGION,
    "visit-host": Right.HOST_VISITS,
    "visit-mine": Right.VISIT,
    "visit-region": Right.SEE_REGION,
    "visit-reviews": Right.REVIEW_VISITS,
    "visits": Right.SEE_VISITS,
}
"""The sections of the menu; a handler of another one makes the test fail until it stands here."""
_ALL_DUTIES, _RULES = ("0",), ("unanswered_cap", "morning")
_WHO, _TOPICS, _SPANS = ("0", "2"), ("", "people"), ("7",)
PRESSES: dict[type[CallbackData], Pressed] = {
    audit.AuditPage: _for(Right.SEE_AUDIT, who=_WHO, topic=_TOPICS, span=_SPANS, page=PAGES),
    audit.AuditTopics: _for(Right.SEE_AUDIT, who=_WHO, topic=_TOPICS, span=_SPANS),
    audit.AuditWho: _for(Right.SEE_AUDIT, who=_WHO, topic=_TOPICS, span=_SPANS),
    audit.AuditFile: _for(Right.SEE_AUDIT, who=_WHO, topic=_TOPICS, span=_SPANS),
    consent.Consent: _for(OWN, given=FLAGS, version=("2026-11", "2025-01")),
    correction.EditItem: _for(CORRECT, id="item"),
    correction.EditField: _for(CORRECT, id="item", field=FIELDS),
    correction.ConfirmField: _for(CORRECT, id="item", field=FIELDS),
    correction.ToggleExecutor: _for(CORRECT, id="item", executor=("coordinator", "schools")),
    correction.ChooseParty: _for(CORRECT, id="item", party=("school", "executors")),
    correction.NoReason: _for(CORRECT),
    coverage.CoveragePage: _for(Right.SEE_REGION, gap=tuple(Gap), page=PAGES),
    duty.OpenDuties: _for(KEEP, id="person", page=PAGES),
    duty.OpenDuty: _for(KEEP, id="person", duty="duty"),
    duty.SetResponsible: _for(KEEP, id="person", duty="duty", on=FLAGS),
    duty.EndDuty: _for(KEEP, id="person", duty="duty"),
    duty.ChooseRole: _for(KEEP, id="person"),
    duty.ChooseHome: _for(KEEP, id="person", role=ROLES, page=("0",)),
    duty.ChooseSchool: _for(KEEP, id="person", role=("school", "curator"), home="municipality", page=("0",)),
    duty.ChooseOrganisation: _for(KEEP, id="person", page=PAGES),
    duty.GiveDuty: _for(KEEP, id="person", role=ROLES, place=("0", "1", "university")),
    group.OpenGroup: _for(Right.BIND_GROUP, id="group"),
    group.BindGroup: _for(Right.BIND_GROUP, id="group", channel=("500+", "ВУ")),
    group.UnbindGroup: _for(Right.BIND_GROUP, id="group"),
    group.LeaveGroup: _for(Right.BIND_GROUP, id="group"),
    group.InviteGroup: _for(Right.LET_IN, id="group"),
    invite.IssueCode: _for(LET_IN, id="person"),
    invite.RevokeCode: _for(LET_IN, id="person"),
    invite.CardsPage: _for(LET_IN, municipality="municipality", page=PAGES),
    invite.ChooseCards: _for(LET_IN, municipality="municipality", school="school"),
    invite.PrintCards: _for(LET_IN, municipality="municipality", school="school", last=("2", "99")),
    invite.UnlinkAccounts: _for(LET_IN, id="person", sure=FLAGS),
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
    leave.LeaveDeputy: _for(AWAY, id="person", since=("20220310",), until=("20220401",), deputy="heir"),
    leave.ArrangeLeave: _for(AWAY, id="person", since=("20220310",), until=("20220401",), deputy="heir", tells=True),
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
    own_data.FormerPage: _for(KEEP, page=PAGES),
    own_data.EraseFormer: _for(KEEP, id="former", sure=FLAGS),
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
    registry_file.DownloadRegistry: _for(KEEP, which=("template", "list", "report")),
    registry_file.LookAtRegistryFile: _for(KEEP),
    registry_file.RegistryFilePage: _for(KEEP, page=PAGES),
    registry_file.AnswerAboutFile: _for(KEEP, version="draft", question="question", same=FLAGS),
    registry_file.LoadRegistryFile: _for(KEEP, version="draft"),
    registry_file.ForgetRegistryFile: _for(KEEP),
    replacement.ReplacePerson: _for(KEEP, id="person"),
    replacement.ChooseHeir: _for(KEEP, id="person", duty="duty", page=("0",)),
    replacement.TakeHeir: _for(KEEP, id="person", duty=_ALL_DUTIES, heir="heir"),
    replacement.NewHeir: _for(KEEP),
    replacement.HeirPosition: _for(KEEP, same=FLAGS),
    replacement.Replace: _for(KEEP, id="person", duty=_ALL_DUTIES, heir="heir", tells=True),
    replacement.ReplaceByNew: _for(KEEP, tells=True),
    roadmap.MonthPage: _for(SEE, year=("2022",), month=("3", "13")),
    roadmap.ListPage: _for(SEE, by=("all", "month", "executor", "status"), value=("-", "202203"), page=PAGES),
    roadmap.ListFilter: _for(SEE, by=("month", "executor", "status")),
    roadmap.CarryOver: _for(Right.CARRY_OVER, id="roadmap", year=("2023", "1")),
    rules.RulesPage: _for(Right.CHANGE_RULES, page=PAGES),
    rules.EditRule: _for(Right.CHANGE_RULES, name=_RULES),
    rules.DefaultRule: _for(Right.CHANGE_RULES, name=_RULES),
    rules.AddSpecialDay: _for(Right.CHANGE_RULES, working=FLAGS),
    rules.ForgetSpecialDay: _for(Right.CHANGE_RULES, day=DAYS),
    school.SchoolHomes: _for(Right.SEE_SCHOOL, page=PAGES),
    school.SchoolsOf: _for(Right.SEE_SCHOOL, home="municipality", page=PAGES),
    school.OpenSchool: _for(Right.SEE_SCHOOL, id="school"),
    school.SchoolPeople: _for(Right.SEE_SCHOOL, id="school", page=PAGES),
    school.RenameSchool: _for(KEEP, id="school"),
    school.SchoolAddress: _for(KEEP, id="school"),
    school.ForgetSchoolAddress: _for(KEEP, id="school"),
    school.SchoolLeaves: _for(KEEP, id="school"),
    school.SchoolLeft: _for(KEEP, id="school"),
    school.AddSchool: _for(KEEP, page=PAGES),
    school.AddSchoolIn: _for(KEEP, home="municipality"),
    school.AddSchoolEvenSo: _for(KEEP),
    task.MyTasks: _for(Right.SEE_TASKS),
    task.TasksPage: _for(Right.SEE_TASKS, page=PAGES),
    task.PutOffTasks: _for(Right.SNOOZE, id="item"),
    task.PutOffTasksUntil: _for(Right.SNOOZE, id="item", later=tuple(Later)),
    **WORK,
    **ANSWERING,
    **RESULTS,
    **REGION_VISITS,
    **REPORTED,
    **KEPT,
    **PLANNED,
    **ANNOUNCED,
    **LED,
    **HELD,
    **ATTENDED,
    **TIMED,
    **CALENDARS,
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


def forged(kind: type[CallbackData], region: Region) -> Iterator[str]:
    """Callback data of a kind: of what is there, then ids of nothing and nonsense in each field."""
    pools = [_pool(PRESSES[kind].fields[name], region) for name in kind.model_fields]
    for values in _combined(pools):
        yield from _packed(kind, values)
    for place, pool in enumerate(pools):
        odds = NOBODY if pool[0].isdigit() else NONSENSE
        for odd in odds if place == 0 else odds[-1:]:
            values = [other[0] for other in pools]
            values[place] = odd
            yield from _packed(kind, values)


def _combined(pools: list[tuple[str, ...]]) -> list[Sequence[str]]:
    """All together where they are few; otherwise so that each value of each field comes, with its like in others."""
    if prod(map(len, pools)) <= _ALL_OF:
        return list(product(*pools))
    return [[pool[number % len(pool)] for pool in pools] for number in range(max(map(len, pools)))]


def _pool(named: str | tuple[str, ...], region: Region) -> tuple[str, ...]:
    return region.ids[named] if isinstance(named, str) else named


def _packed(kind: type[CallbackData], values: Sequence[str]) -> Iterator[str]:
    data = ":".join([kind.__prefix__, *values])
    if len(data.encode()) <= _MOST:
        yield data
