"""A region full of secrets: whoever may look at it, and what each of them must never be shown."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from actions.registry_file import Look
from bot.core import Core, build_core
from domain.access import Right, may, reach
from domain.consent import VERSION
from domain.deputy import possible_deputies
from domain.item_field import ItemField
from domain.join_request import Asked
from domain.people import Account, Duty, Member, Role
from domain.registry import Registered, Registry, School
from domain.survey import PARTICIPANTS
from rehearsal.chats import Group
from rehearsal.world import World
from storage import registry as registry_rows
from tests.handlers.access import (
    answered_surveys,
    kept_broadcasts,
    kept_meeting_slots,
    kept_meetings,
    kept_surveys,
    kept_visits,
    told_visits,
    work,
)
from tests.handlers.access.work import MaySee
from tests.handlers.desk import enters
from tests.handlers.opening import NOON, a_world, settings_of
from tests.people import IGOR, MARINA, PAVEL, Somebody, bound, comes_in, enrolled, ivanovo
from tests.workbook import a_workbook

NOTE, REASON = "Сургучов-примечание", "Кварцев-основание"
"""What the coordinator wrote for coordinators: at closing, and at moving a deadline."""
DRAFTED = ("Бетинн", "Фитина")
"""Whoever stands in a list that is not loaded yet."""


def _somebody(number: int, name: str) -> Somebody:
    return Somebody(name, Account("telegram", 500_000_100 + number))


VIEWERS = {
    "stranger": IGOR,
    "who has not agreed": _somebody(1, "Нина Несогласнова"),
    "who was removed": _somebody(2, "Рита Бывшева"),
    "director of А": _somebody(3, "Анна Альфина"),
    "teacher of А": _somebody(4, "Алла Азбукина"),
    "director of Б": _somebody(5, "Борис Бетин"),
    "curator of А": _somebody(6, "Кира Каппина"),
    "municipal of А": _somebody(7, "Мира Мюина"),
    "municipal of Б": _somebody(8, "Нонна Нюина"),
    "organiser": _somebody(9, "Ольга Омегина"),
    "coordinator": MARINA,
}
"""Who presses and types everything. Those who have not agreed or were removed had the coordinator's role."""
_NOT_COME = {"teacher of Б": "Вера Ведина", "curator of Б": "Кай Хиин"}
_ASKERS = (_somebody(21, "Зоя Просилова"), _somebody(22, "Яна Заявкина"))
_POSITIONS = {"director of А": "Директор-Аист", "director of Б": "Директор-Беркут", "teacher of Б": "Учитель-Беркут"}
_ADDRESSES = ("Аистовая-слобода", "Беркутовая-слобода")
"""Of school «А» and of school «Б»."""


@dataclass(frozen=True)
class Region:
    """The database to copy, ids by what they are of («person» → of school А, of school Б, others), the members, the
    secrets with those who may read them, codes that work or worked, who hears of what strangers do, person id → the
    keys of their answers to surveys, visit id → its school, what was announced, the meetings, and the interview."""

    file: Path
    ids: dict[str, tuple[str, ...]]
    members: dict[str, Member]
    secrets: dict[str, MaySee]
    codes: dict[str, str]
    coordinators: frozenset[int]
    marks: dict[int, frozenset[str]]
    visits: dict[int, int]
    announced: kept_broadcasts.Announced
    met: kept_meetings.Met
    interview: kept_meeting_slots.Interviewed
    _hidden: dict[Member, list[str]] = field(default_factory=dict)

    def school(self, school_id: int) -> School:
        """School «А» or «Б»."""
        homes = dict(zip(self.ids["school"], self.ids["municipality"], strict=True))
        return School(school_id, "", int(homes[str(school_id)]))

    def hidden_from(self, member: Member) -> list[str]:
        """The words that must never reach this person."""
        if member not in self._hidden:
            seen = {word for word, may_see in self.secrets.items() if word in member.name or may_see(member)}
            self._hidden[member] = [word for word in self.secrets if word not in seen]
        return self._hidden[member]


async def a_region(file: Path) -> Region:
    """Fill an empty database of the newest version. School «А» is most people's, «Б» is in another municipality."""
    core = build_core(settings_of(file))
    try:
        marina = await _coordinators(core)
        schools = await _schools(core, marina)
        people = await _people(core, schools)
        await _work(core, marina, schools)
        confirmed, evidence = await work.confirmations(core, people, schools)
        remarks = await work.documents(core, marina, schools)
        reporters = (VIEWERS["municipal of А"].account, VIEWERS["municipal of Б"].account)
        happenings = await work.meetings(core, reporters)
        surveys = await kept_surveys.surveys(core, marina, people["director of Б"])
        curators = people["curator of А"], people["curator of Б"]
        visits = await kept_visits.visits(core, schools, curators, people["director of Б"])
        reports = await told_visits.told(core, schools, curators)
        await _leave(core, marina, people)
        draft = await _draft(core, marina)
        codes = await _codes(core, marina, people)
        members = {name: await core.people.member(who.account, now=NOON) for name, who in VIEWERS.items()}
        answered = await answered_surveys.answered(core, marina, members, kept_surveys.RUNNING)
        registry = await core.registries.whole(by=marina)
        announced = await kept_broadcasts.announced(core, members)
        met = await kept_meetings.met(core, members)
        interview = await kept_meeting_slots.interviewed(core, members, schools)
        met.authors[interview.id] = marina.person_id or 0
    finally:
        await core.database.close()
    secrets = _secrets(registry, codes.values()) | work.secrets(schools)
    secrets |= announced.secrets | met.secrets | interview.secrets
    secrets |= answered_surveys.secrets(members["director of Б"]) | kept_visits.secrets(schools)
    secrets |= told_visits.secrets(schools)
    coordinators = frozenset(one.id for one in registry.coordinators())
    ids = _ids(file, people, schools)
    ids["draft"], ids["question"] = (str(draft.version),), tuple(one.id for one in draft.plan.questions)
    ids |= {"survey": surveys} | answered.forms(surveys[1], schools)
    ids |= {"completion": confirmed, "evidence": evidence, "remark": remarks, "happening": happenings}
    ids |= {"broadcast": announced.ids, "meeting": met.ids} | interview.ids(met.ids[-1])
    ids |= {"visit": tuple(map(str, visits)), "curator": tuple(map(str, curators))}
    ids |= reports.ids
    seen = visits | reports.visits
    return Region(file, ids, members, secrets, codes, coordinators, answered.marks, seen, announced, met, interview)


async def _coordinators(core: Core) -> Member:
    await core.roadmaps.load(ivanovo(), now=NOON)
    marina = await comes_in(core, MARINA, NOON)
    await comes_in(core, PAVEL, NOON)
    return marina


async def _schools(core: Core, marina: Member) -> tuple[School, School]:
    registry = await core.registries.whole(by=marina)
    names = ("Средняя школа № 37", "МСОШ № 2")
    own, other = (next(one for one in registry.schools if one.name == name) for name in names)
    for one, address in zip((own, other), _ADDRESSES, strict=True):
        await core.registries.set_school_address(one.id, address, by=marina, now=NOON)
    return own, other


def _held(schools: tuple[School, School]) -> dict[str, tuple[Duty, ...]]:
    own, other = schools
    return {
        "who has not agreed": (Duty(Role.COORDINATOR),),
        "who was removed": (Duty(Role.COORDINATOR),),
        "director of А": (Duty(Role.SCHOOL, school_id=own.id, responsible=True),),
        "teacher of А": (Duty(Role.SCHOOL, school_id=own.id),),
        "director of Б": (Duty(Role.SCHOOL, school_id=other.id, responsible=True),),
        "teacher of Б": (Duty(Role.SCHOOL, school_id=other.id),),
        "curator of А": (Duty(Role.CURATOR, school_id=own.id),),
        "curator of Б": (Duty(Role.CURATOR, school_id=other.id),),
        "municipal of А": (Duty(Role.MUNICIPAL, municipality_id=own.municipality_id),),
        "municipal of Б": (Duty(Role.MUNICIPAL, municipality_id=other.municipality_id),),
        "organiser": (Duty(Role.ORGANISER, organisation="university"),),
    }


async def _people(core: Core, schools: tuple[School, School]) -> dict[str, int]:
    """Name in ``VIEWERS`` or ``_NOT_COME`` → id in the registry."""
    ids: dict[str, int] = {}
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "university", "Университет")
    for name, duties in _held(schools).items():
        who = VIEWERS.get(name) or _somebody(50 + len(ids), _NOT_COME[name])
        agreed = name != "who has not agreed"
        member = await enrolled(core, who, *duties, now=NOON, has_agreed=agreed)
        assert member.person_id is not None
        ids[name] = member.person_id
        if name in _POSITIONS:
            async with core.database.transaction() as tx:
                await registry_rows.set_position(tx, member.person_id, _POSITIONS[name])
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, ids["who was removed"], NOON)
    return ids


async def _work(core: Core, marina: Member, schools: tuple[School, School]) -> None:
    """What coordinators set and keep for themselves: rules, notes, reasons, requests; and the group."""
    await bound(core, marina, NOON, chat_id=gathered(a_world(None)).id)
    await core.rules.change_rule("unanswered_cap", "3", by=marina, now=NOON)
    await core.rules.add_special_day("10 марта", working=False, by=marina, now=NOON)
    await core.roadmaps.close(1, NOTE, by=marina, now=NOON)
    await core.roadmaps.correct(16, ItemField.DEADLINE, "10–31 марта", why=REASON, by=marina, now=NOON)
    for who, school in zip(_ASKERS, schools, strict=True):
        asked = Asked(school.id, who.name, "", VERSION, NOON)
        await core.join_requests.ask(asked, by=Member(who.account), now=NOON)


async def _leave(core: Core, marina: Member, people: dict[str, int]) -> None:
    """The director of school «Б» will be away."""
    away, deputy = people["director of Б"], people["teacher of Б"]
    days = date(2022, 3, 21), date(2022, 3, 27)
    await core.leaves.arrange(away, *days, deputy, by=marina, now=NOON)


async def _draft(core: Core, marina: Member) -> Look:
    """A list that waits for the coordinator's decision, with a question about somebody in it."""
    who = ("Борис Бетинн", "", "команда школы", "г. о. Тейково", "МСОШ № 2", "", "")
    new = ("Фёкла Фитина", "", "команда школы", "г. о. Тейково", "МСОШ № 2", "", "")
    return await core.registry_files.look(a_workbook([who, new]), by=marina, now=NOON)


async def _codes(core: Core, marina: Member, people: dict[str, int]) -> dict[str, str]:
    """A code that works, of somebody who has come in long ago, and one that was taken back."""
    issued = await core.invites.issue([people["director of Б"]], by=marina, now=NOON)
    revoked = await core.invites.issue([people["director of А"]], by=marina, now=NOON)
    await core.invites.revoke(people["director of А"], by=marina, now=NOON)
    return {"works": issued[people["director of Б"]].code, "revoked": revoked[people["director of А"]].code}


def gathered(world: World) -> Group:
    """Everybody has a phone in this world and is in the group with the bot, strangers too."""
    people = [enters(world, who) for who in VIEWERS.values()]
    group = world.add_group("500+", list(people), kind="supergroup")
    people[-1].adds_bot(group)
    world.bot.queue.clear()
    return group


def _ids(file: Path, people: dict[str, int], schools: tuple[School, School]) -> dict[str, tuple[str, ...]]:
    own, other = schools
    return {
        "item": ("1", "16"),
        "person": (str(people["teacher of А"]), str(people["director of Б"])),
        "heir": (str(people["director of Б"]), str(people["teacher of А"])),
        "former": (str(people["who was removed"]), str(people["director of Б"])),
        "school": (str(own.id), str(other.id)),
        "municipality": (str(own.municipality_id), str(other.municipality_id)),
        "duty": _column(file, "SELECT id FROM duty WHERE school_id IN (?, ?)", own.id, other.id),
        "group": _column(file, "SELECT id FROM group_chat"),
        "request": _column(file, "SELECT id FROM join_request ORDER BY school_id = ? DESC", own.id),
        "roadmap": ("1",),
        "leave": _column(file, "SELECT id FROM stand_in"),
        "audit": _column(file, "SELECT max(id) FROM audit"),
    }


def _column(file: Path, sql: str, *values: Any) -> tuple[str, ...]:
    with closing(sqlite3.connect(file)) as connection:
        return tuple(str(row[0]) for row in connection.execute(sql, values))


def _secrets(registry: Registry, codes: Iterable[str]) -> dict[str, MaySee]:
    """Each is one word that stands nowhere else."""
    return {
        NOTE: lambda member: may(member, Right.CLOSE_ITEM),
        REASON: lambda member: may(member, Right.CORRECT_ITEM),
        kept_surveys.DRAFT: lambda member: may(member, Right.KEEP_SURVEYS),
        **dict.fromkeys(("Бывшева", *DRAFTED), lambda member: may(member, Right.KEEP_REGISTRY)),
        **{who.name.split()[-1]: lambda member: may(member, Right.LET_IN) for who in _ASKERS},
        **{person.name.split()[-1]: _may_know(registry, person) for person in registry.people if not _leads(person)},
        **{person.position: _may_know(registry, person) for person in registry.people if person.position},
        **{one.address: work.may_see(one) for one in registry.schools if one.address},
        **dict.fromkeys(codes, lambda member: False),
    }


def _leads(person: Registered) -> bool:
    """A coordinator who has come in is known to everybody."""
    return person.has_agreed and any(duty.role is Role.COORDINATOR for duty in person.duties)


def _may_know(registry: Registry, person: Registered) -> MaySee:
    """Whoever keeps the registry, sees a school of the person's, or may be stood in for by them.

    Who has not come in or not agreed is known to those who see the whole region as well: they phone them; whoever is
    asked by surveys to those who see all of them.
    """

    def may_know(member: Member) -> bool:
        if may(member, Right.KEEP_REGISTRY):
            return True
        schools = [school for duty in person.duties if (school := registry.school(duty.school_id))]
        late = not (person.has_come and person.has_agreed)
        asked = any(duty.role in PARTICIPANTS for duty in person.duties)
        return (
            (may(member, Right.SEE_SCHOOL) and bool(reach(member, Right.SEE_SCHOOL).among(schools)))
            or (may(member, Right.GO_ON_LEAVE) and person in possible_deputies(registry, member.person_id or 0))
            or (late and may(member, Right.SEE_REGION) and reach(member, Right.SEE_REGION).everything)
            or (asked and may(member, Right.SEE_SURVEYS) and reach(member, Right.SEE_SURVEYS).everything)
        )

    return may_know
