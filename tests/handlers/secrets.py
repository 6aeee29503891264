"""A region full of secrets: whoever may look at it, and what each of them must never be shown."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core import Core, build_core
from domain.access import Right, may, may_for, reach
from domain.consent import VERSION
from domain.debtor import Debtor
from domain.deputy import possible_deputies
from domain.document import DocumentKind, DocumentState, Slot
from domain.item_field import ItemField
from domain.join_request import Asked
from domain.people import Account, Duty, Member, Role
from domain.registry import Registered, Registry, School
from domain.remark import RemarkKind, Target
from domain.roadmap import OwedBy
from rehearsal.chats import Group
from rehearsal.world import World
from storage import registry as registry_rows
from tests.actions.reviewed import sends
from tests.handlers.desk import enters
from tests.handlers.opening import NOON, a_world, settings_of
from tests.people import IGOR, MARINA, PAVEL, Somebody, bound, comes_in, enrolled, ivanovo

NOTE, REASON = "Сургучов-примечание", "Кварцев-основание"
"""What the coordinator wrote for coordinators: at closing, and at moving a deadline."""
REVIEWED_ITEM = 31
"""Owed by schools; reviewed by the University and the coordinators."""
PROOFS = ("Берилл-отчёт", "Гранат-отчёт")
"""What schools «А» and «Б» sent of it."""
WRITTEN = ("Яшма-слово", "Опал-слово")
"""What stands in the documents of schools «А» and «Б», and in what was remarked on them."""


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

MaySee = Callable[[Member], bool]


@dataclass(frozen=True)
class Region:
    """The database to copy, ids by what they are of («person» → of school А, of school Б, others), the members, the
    secrets with those who may read them, codes that work or worked, and who hears of what strangers do."""

    file: Path
    ids: dict[str, tuple[int, ...]]
    members: dict[str, Member]
    secrets: dict[str, MaySee]
    codes: dict[str, str]
    coordinators: frozenset[int]

    def school(self, school_id: int) -> School:
        """School «А» or «Б»."""
        homes = dict(zip(self.ids["school"], self.ids["municipality"], strict=True))
        return School(school_id, "", homes[school_id])

    def hidden_from(self, member: Member) -> list[str]:
        """The words that must never reach this person."""
        return [word for word, may_see in self.secrets.items() if not (word in member.name or may_see(member))]


async def a_region(file: Path) -> Region:
    """Fill an empty database of the newest version. School «А» is most people's, «Б» is in another municipality."""
    core = build_core(settings_of(file))
    try:
        marina = await _coordinators(core)
        schools = await _schools(core, marina)
        people = await _people(core, schools)
        await _work(core, marina, schools)
        confirmed = await _confirmations(core, people, schools)
        remarks = await _documents(core, marina, schools)
        await _leave(core, marina, people)
        codes = await _codes(core, marina, people)
        members = {name: await core.people.member(who.account, now=NOON) for name, who in VIEWERS.items()}
        registry = await core.registries.whole(by=marina)
    finally:
        await core.database.close()
    secrets = _secrets(registry, schools, codes.values())
    coordinators = frozenset(one.id for one in registry.coordinators())
    ids = _ids(file, people, schools) | {"completion": confirmed, "remark": remarks}
    return Region(file, ids, members, secrets, codes, coordinators)


async def _coordinators(core: Core) -> Member:
    await core.roadmaps.load(ivanovo(), now=NOON)
    marina = await comes_in(core, MARINA, NOON)
    await comes_in(core, PAVEL, NOON)
    return marina


async def _schools(core: Core, marina: Member) -> tuple[School, School]:
    registry = await core.registries.whole(by=marina)
    names = ("Средняя школа № 37", "МСОШ № 2")
    own, other = (next(one for one in registry.schools if one.name == name) for name in names)
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
    """What coordinators keep for themselves: notes, reasons, requests; and the group."""
    await bound(core, marina, NOON, chat_id=gathered(a_world(None)).id)
    await core.roadmaps.close(1, NOTE, by=marina, now=NOON)
    await core.roadmaps.correct(16, ItemField.DEADLINE, "10–31 марта", why=REASON, by=marina, now=NOON)
    for who, school in zip(_ASKERS, schools, strict=True):
        asked = Asked(school.id, who.name, "", VERSION, NOON)
        await core.join_requests.ask(asked, by=Member(who.account), now=NOON)


async def _confirmations(core: Core, people: dict[str, int], schools: tuple[School, School]) -> tuple[int, ...]:
    """Both schools have sent what the University and the coordinators review."""
    authors = (people["teacher of А"], people["director of Б"])
    ids = []
    for school, author, proof in zip(schools, authors, PROOFS, strict=True):
        ids.append(await sends(core, REVIEWED_ITEM, Debtor(OwedBy.SCHOOL, school.id), author, NOON, proof))
    return tuple(ids)


async def _documents(core: Core, marina: Member, schools: tuple[School, School]) -> tuple[int, ...]:
    """Both schools have placed a document; one remark on it was answered, another goes with a risk."""
    ids = []
    for school, word in zip(schools, WRITTEN, strict=True):
        concept = Slot(school.id, DocumentKind.CONCEPT)
        await core.risk_factors.tick(school.id, 1, on=True, by=marina, now=NOON)
        await core.documents.add_link(concept, f"school.ru/{word}", by=marina, now=NOON)
        await core.documents.mark(concept, DocumentState.PLACED, by=marina, now=NOON)
        for slot in (concept, Slot(school.id, DocumentKind.ANTIRISK, 1)):
            made = await core.remarks.make(Target(school.id, slot), RemarkKind.REMARK, word, by=marina, now=NOON)
            ids.append(made.card.told.remark.id)
        await core.remarks.answer(ids[-2], word, by=marina, now=NOON)
    return ids[0], ids[2], ids[3]


async def _leave(core: Core, marina: Member, people: dict[str, int]) -> None:
    """The director of school «Б» will be away."""
    away, deputy = people["director of Б"], people["teacher of Б"]
    days = date(2022, 3, 21), date(2022, 3, 27)
    await core.leaves.arrange(away, *days, deputy, by=marina, now=NOON)


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


def _ids(file: Path, people: dict[str, int], schools: tuple[School, School]) -> dict[str, tuple[int, ...]]:
    own, other = schools
    return {
        "item": (1, 16),
        "person": (people["teacher of А"], people["director of Б"]),
        "school": (own.id, other.id),
        "municipality": (own.municipality_id, other.municipality_id),
        "duty": tuple(_column(file, "SELECT id FROM duty WHERE school_id IN (?, ?)", own.id, other.id)),
        "group": tuple(_column(file, "SELECT id FROM group_chat")),
        "request": tuple(_column(file, "SELECT id FROM join_request ORDER BY school_id = ? DESC", own.id)),
        "roadmap": (1,),
        "leave": tuple(_column(file, "SELECT id FROM stand_in")),
        "audit": tuple(_column(file, "SELECT max(id) FROM audit")),
    }


def _column(file: Path, sql: str, *values: Any) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute(sql, values)]


def _secrets(registry: Registry, schools: Iterable[School], codes: Iterable[str]) -> dict[str, MaySee]:
    """Each is one word that stands nowhere else."""
    return {
        NOTE: lambda member: may(member, Right.CLOSE_ITEM),
        REASON: lambda member: may(member, Right.CORRECT_ITEM),
        "Бывшева": lambda member: may(member, Right.KEEP_REGISTRY),
        **{who.name.split()[-1]: lambda member: may(member, Right.LET_IN) for who in _ASKERS},
        **{person.name.split()[-1]: _may_know(registry, person) for person in registry.people if not _leads(person)},
        **{person.position: _may_know(registry, person) for person in registry.people if person.position},
        **{proof: _may_see_proof(school) for proof, school in zip(PROOFS, schools, strict=True)},
        **{word: _may_see(school) for word, school in zip(WRITTEN, schools, strict=True)},
        **dict.fromkeys(codes, lambda member: False),
    }


def _may_see(school: School) -> MaySee:
    """Whoever sees a school."""
    return lambda member: may_for(member, Right.SEE_SCHOOL, school)


def _may_see_proof(school: School) -> MaySee:
    """The school's own people, and whoever reviews it."""

    def may_see(member: Member) -> bool:
        of_school = any(duty.role is Role.SCHOOL and duty.school_id == school.id for duty in member.duties)
        return of_school or decides(member)

    return may_see


def decides(member: Member) -> bool:
    """Whether somebody reviews what schools «А» and «Б» sent."""
    return may(member, Right.REVIEW) and bool(member.roles & {Role.COORDINATOR, Role.ORGANISER})


def _leads(person: Registered) -> bool:
    """A coordinator who has come in is known to everybody."""
    return person.has_agreed and any(duty.role is Role.COORDINATOR for duty in person.duties)


def _may_know(registry: Registry, person: Registered) -> MaySee:
    """Whoever keeps the registry, sees a school of the person's, or may be stood in for by them."""

    def may_know(member: Member) -> bool:
        if may(member, Right.KEEP_REGISTRY):
            return True
        schools = [school for duty in person.duties if (school := registry.school(duty.school_id))]
        seen = may(member, Right.SEE_SCHOOL) and bool(reach(member, Right.SEE_SCHOOL).among(schools))
        return seen or (may(member, Right.GO_ON_LEAVE) and person in possible_deputies(registry, member.person_id or 0))

    return may_know
