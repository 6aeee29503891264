"""The work of the two schools and their municipalities, with a secret word in whatever not everybody may read."""

from collections.abc import Callable
from datetime import date

from bot.core import Core
from domain.access import Right, may, may_for
from domain.debtor import Debtor
from domain.document import DocumentKind, DocumentState, Slot
from domain.evidence import EvidenceKind
from domain.people import Account, Duty, Member, Role
from domain.registry import School
from domain.remark import RemarkKind, Target
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from tests.actions.reviewed import sends
from tests.actions.telling import Telling, fills, tells
from tests.handlers.opening import NOON

REVIEWED_ITEM, DRAFTED_ITEM, HELD_ITEM = 31, 16, 24
"""Owed by schools and reviewed by the University and the coordinators; owed by schools; held by each municipality."""
PROOFS = ("Берилл-отчёт", "Гранат-отчёт")
"""What schools «А» and «Б» sent of it."""
WRITTEN = ("Яшма-слово", "Опал-слово")
"""What stands in the documents of schools «А» and «Б», and in what was remarked on them."""
MEETINGS = ("Топаз-встреча", "Лазурит-встреча")
"""What the municipalities of schools «А» and «Б» held."""
UNTOLD = "Аметист-встреча"
"""What the municipality of school «Б» has written down and not sent."""

Schools = tuple[School, School]
Ids = tuple[str, ...]
MaySee = Callable[[Member], bool]


async def confirmations(core: Core, people: dict[str, int], schools: Schools) -> tuple[Ids, Ids]:
    """Both schools have sent what is reviewed, school «Б» has begun something else; with the ids of evidence."""
    authors = (people["teacher of А"], people["director of Б"])
    sent = []
    for school, author, proof in zip(schools, authors, PROOFS, strict=True):
        sent.append(await sends(core, REVIEWED_ITEM, Debtor(OwedBy.SCHOOL, school.id), author, NOON, proof))
    async with core.database.transaction() as tx:
        draft = await completion_rows.begin(tx, DRAFTED_ITEM, Debtor(OwedBy.SCHOOL, schools[1].id), NOON)
        await evidence_rows.add(tx, EvidenceKind.TEXT, authors[1], NOON, completion_id=draft.id, text="Черновик")
        found = [await completion_rows.get(tx, one) for one in (*sent, draft.id)]
    pieces = [piece.id for one in found if one for piece in one.evidence]
    return _ids(*sent, draft.id), _ids(*pieces)


async def documents(core: Core, marina: Member, schools: Schools) -> Ids:
    """Both schools have placed two documents; a remark on one was answered, the other goes with a risk. The ids of
    remarks."""
    ids = []
    for school, word in zip(schools, WRITTEN, strict=True):
        await core.risk_factors.tick(school.id, 1, on=True, by=marina, now=NOON)
        for slot in (Slot(school.id, DocumentKind.CONCEPT), Slot(school.id, DocumentKind.ANTIRISK, 1)):
            await core.documents.add_link(slot, f"school.ru/{word}", by=marina, now=NOON)
            await core.documents.mark(slot, DocumentState.PLACED, by=marina, now=NOON)
            made = await core.remarks.make(Target(school.id, slot), RemarkKind.REMARK, word, by=marina, now=NOON)
            ids.append(made.card.told.remark.id)
        await core.remarks.answer(ids[-2], word, by=marina, now=NOON)
    return _ids(ids[0], ids[2], ids[3])


async def meetings(core: Core, reporters: tuple[Account, Account]) -> Ids:
    """Both municipalities have held something; that of school «Б» is about to tell of something else."""
    ids = []
    for word, account in zip(MEETINGS, reporters, strict=True):
        by = await core.people.member(account, now=NOON)
        await tells(core, Telling(HELD_ITEM, date(2022, 3, 9), word), by, NOON)
        (one,) = (await core.happenings.of_item(HELD_ITEM, by=by, now=NOON)).happenings
        ids.append(one.id)
    await fills(core, Telling(HELD_ITEM, date(2022, 3, 9), UNTOLD), by, NOON)
    return _ids(*ids)


def secrets(schools: Schools) -> dict[str, MaySee]:
    """Each word with those who may read it."""
    return {
        **dict(zip(PROOFS, map(_may_see_proof, schools), strict=True)),
        **dict(zip(WRITTEN, map(may_see, schools), strict=True)),
        **dict(zip(MEETINGS, map(_holds, schools), strict=True)),
        UNTOLD: _is_municipal(schools[1]),
    }


def decides(member: Member) -> bool:
    """Whether somebody reviews what schools «А» and «Б» sent."""
    return may(member, Right.REVIEW) and bool(member.roles & {Role.COORDINATOR, Role.ORGANISER})


def holds_in(member: Member, municipality_id: int | None) -> bool:
    """Whether somebody tells of what a municipality held."""
    own = Duty(Role.MUNICIPAL, municipality_id=municipality_id) in member.duties
    return may(member, Right.REPORT_HAPPENING) and (own or Role.COORDINATOR in member.roles)


def may_see(school: School) -> MaySee:
    """Whoever sees a school."""
    return lambda member: may_for(member, Right.SEE_SCHOOL, school)


def _may_see_proof(school: School) -> MaySee:
    """The school's own people, and whoever reviews it."""

    def may_see(member: Member) -> bool:
        of_school = any(duty.role is Role.SCHOOL and duty.school_id == school.id for duty in member.duties)
        return of_school or decides(member)

    return may_see


def _is_municipal(school: School) -> MaySee:
    return lambda member: Duty(Role.MUNICIPAL, municipality_id=school.municipality_id) in member.duties


def _holds(school: School) -> MaySee:
    return lambda member: holds_in(member, school.municipality_id)


def _ids(*found: int) -> Ids:
    return tuple(map(str, found))
