"""Documents of schools: who places, who accepts, and all schools at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from actions.document import DocumentCard
from actions.late_files import LateFiles
from bot.core import Core
from bot.settings import Settings
from domain.document import DocumentKind, DocumentState, Slot
from domain.evidence import FILE_LIMIT, SentFile
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from tests.people import IGOR, OLGA, PAVEL, STRANGER, Look, SettableClock, a_school, enrolled

NONE, DRAFT, REMARKS, PLACED, ACCEPTED = DocumentState
ROWS = "SELECT kind, risk_factor_id, state, link, name, remote_id FROM school_document ORDER BY id"
DEEDS = "SELECT person_id, about FROM audit WHERE deed = 'document-changed' ORDER BY id"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Handing:
    """A messenger that hands over this, or nothing; counts how often it was asked."""

    content: bytes | None = PDF
    asked: int = 0

    async def fetch(self, remote_id: str) -> bytes | None:
        self.asked += 1
        return self.content


def sent(name: str = "Концепция.pdf", size: int | None = len(PDF)) -> SentFile:
    return SentFile("telegram", "remote-1", "1:2", name, size)


@pytest.fixture
async def seven(core: Core) -> int:
    return await a_school(core)


@pytest.fixture
def slot(seven: int) -> Slot:
    return Slot(seven, DocumentKind.CONCEPT)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, seven: int) -> Member:
    return await enrolled(core, OLGA, Duty(Role.SCHOOL, seven, responsible=True), now=clock())


@pytest.fixture
async def curator(core: Core, clock: SettableClock, seven: int) -> Member:
    return await enrolled(core, PAVEL, Duty(Role.CURATOR, seven), now=clock())


async def placed(core: Core, slot: Slot, by: Member, clock: SettableClock) -> DocumentCard:
    await core.documents.add_link(slot, "school.ru/concept", by=by, now=clock())
    return await core.documents.mark(slot, PLACED, by=by, now=clock())


# --- The school places ------------------------------------------------------------------------------------------------


async def test_a_school_begins_with_an_empty_checklist(core: Core, olga: Member, seven: int, look: Look) -> None:
    sheet = await core.documents.sheet(seven, by=olga)
    assert [(one.kind, one.state) for one in sheet.lines] == [
        (DocumentKind.CONCEPT, NONE),
        (DocumentKind.PROGRAMME, NONE),
        (DocumentKind.STAGE_1, NONE),
        (DocumentKind.STAGE_2, NONE),
    ]
    assert (sheet.municipality, sheet.keeps, sheet.reviews, sheet.ticks) == ("Южский район", True, False, False)
    assert look.count("school_document") == 0


async def test_a_link_makes_a_draft_that_the_school_places(
    core: Core, clock: SettableClock, olga: Member, slot: Slot, look: Look
) -> None:
    card = await core.documents.add_link(slot, " school.ru/concept ", by=olga, now=clock())
    assert (card.line.state, card.changed_by) == (DRAFT, OLGA.name)
    for _twice in range(2):
        card = await core.documents.mark(slot, PLACED, by=olga, now=clock())
    assert card.line.state is PLACED
    assert look.rows(ROWS) == [("concept", 0, "placed", "https://school.ru/concept", "", "")]
    assert look.rows(DEEDS) == [
        (olga.person_id, f'{{"school": {slot.school_id}, "risk": null, "document": "concept", "state": "{state}"}}')
        for state in ("draft", "placed")
    ]


async def test_a_file_is_kept_on_the_disk_as_well(
    core: Core, clock: SettableClock, olga: Member, slot: Slot, look: Look, settings: Settings
) -> None:
    name = '../../Концеп"ция.pdf'
    card = await core.documents.add_file(slot, sent(name), Handing(), by=olga, now=clock())
    assert (card.line.state, card.line.document.name) == (DRAFT, "Концеп ция.pdf")
    assert await core.documents.copy_of(card.line.document) == PDF
    ((path,),) = look.rows("SELECT path FROM stored_file")
    assert (Path(settings.files) / path).read_bytes() == PDF
    again = await core.documents.drop_file(slot, by=olga, now=clock())
    assert (again.line.state, again.line.document.has_content) == (DRAFT, False)
    assert await core.documents.copy_of(again.line.document) is None


async def test_a_file_the_messenger_does_not_hand_over_is_kept_by_its_id(
    core: Core, clock: SettableClock, olga: Member, slot: Slot, look: Look
) -> None:
    card = await core.documents.add_file(slot, sent(), Handing(None), by=olga, now=clock())
    assert (card.line.state, card.line.document.file) == (DRAFT, None)
    assert look.rows(ROWS) == [("concept", 0, "draft", "", "Концепция.pdf", "remote-1")]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (sent(size=0), PDF),
        (sent(size=FILE_LIMIT + 1), PDF),
        (sent(size=None), b""),
        (sent("Концепция.pdf"), b"MZ" + b"\0" * 200),
    ],
    ids=["empty", "too big", "empty after all", "a program"],
)
async def test_what_is_no_document_is_refused_and_says_why(
    core: Core, clock: SettableClock, olga: Member, slot: Slot, look: Look, file: SentFile, content: bytes
) -> None:
    with pytest.raises(Refusal) as refused:
        await core.documents.add_file(slot, file, Handing(content), by=olga, now=clock())
    assert refused.value.reason == "document.bad-file"
    assert core.texts.plain(refused.value.reason, **refused.value.details).startswith("«Концепция.pdf»: ")
    assert look.count("school_document") == look.count("stored_file") == 0


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "javascript:alert.a(1)", "data:text/html,<b>", "нет", "http://", "ftp://a.ru/x", ""],
)
async def test_what_is_no_address_of_a_page_is_no_link(
    core: Core, clock: SettableClock, olga: Member, slot: Slot, look: Look, typed: str
) -> None:
    with pytest.raises(Refusal, match=r"evidence\.no-link"):
        await core.documents.add_link(slot, typed, by=olga, now=clock())
    assert look.count("school_document") == 0


async def test_without_the_last_of_it_a_document_is_a_draft_again(
    core: Core, clock: SettableClock, olga: Member, slot: Slot
) -> None:
    await placed(core, slot, olga, clock)
    await core.documents.add_file(slot, sent(), Handing(), by=olga, now=clock())
    assert (await core.documents.drop_link(slot, by=olga, now=clock())).line.state is PLACED
    assert (await core.documents.drop_file(slot, by=olga, now=clock())).line.state is DRAFT
    with pytest.raises(Refusal, match=r"document\.nothing-to-place"):
        await core.documents.mark(slot, PLACED, by=olga, now=clock())


async def test_a_programme_has_a_place_of_its_own_for_each_risk(
    core: Core, clock: SettableClock, marina: Member, olga: Member, seven: int, look: Look
) -> None:
    for risk in (1, 2):
        await core.risk_factors.tick(seven, risk, on=True, by=marina, now=clock())
        programme = Slot(seven, DocumentKind.ANTIRISK, risk)
        await core.documents.add_link(programme, f"school.ru/{risk}", by=olga, now=clock())
    assert [(row[1], row[3]) for row in look.rows(ROWS)] == [(1, "https://school.ru/1"), (2, "https://school.ru/2")]
    for wrong in (Slot(seven, DocumentKind.ANTIRISK, 3), Slot(seven, DocumentKind.CONCEPT, 1)):
        with pytest.raises(Refusal, match=r"document\.gone"):
            await core.documents.add_link(wrong, "school.ru", by=olga, now=clock())


async def test_two_of_a_team_at_once_make_one_document(
    core: Core, clock: SettableClock, marina: Member, olga: Member, slot: Slot, look: Look
) -> None:
    await asyncio.gather(
        core.documents.add_link(slot, "school.ru/a", by=olga, now=clock()),
        core.documents.add_link(slot, "school.ru/b", by=marina, now=clock()),
    )
    assert look.count("school_document") == 1


# --- A reviewer accepts -----------------------------------------------------------------------------------------------


async def test_a_curator_accepts_and_the_school_changes_nothing_then(
    core: Core, clock: SettableClock, olga: Member, curator: Member, slot: Slot, look: Look
) -> None:
    seen = (await placed(core, slot, olga, clock)).line.document.version
    clock.advance(minutes=1)
    for _twice in range(2):
        card = await core.documents.accept(slot, seen, by=curator, now=clock())
    assert (card.line.state, card.changed_by, len(look.rows(DEEDS))) == (ACCEPTED, PAVEL.name, 3)
    source = Handing()
    uses: list[Callable[[], Awaitable[object]]] = [
        lambda: core.documents.add_link(slot, "school.ru/b", by=olga, now=clock()),
        lambda: core.documents.add_file(slot, sent(), source, by=olga, now=clock()),
        lambda: core.documents.drop_link(slot, by=olga, now=clock()),
        lambda: core.documents.mark(slot, DRAFT, by=olga, now=clock()),
        lambda: core.documents.to_change(slot, by=olga),
    ]
    for use in uses:
        with pytest.raises(Refusal, match=r"document\.accepted-already"):
            await use()
    assert source.asked == 0
    again = await core.documents.take_acceptance_back(slot, by=curator, now=clock())
    assert again.line.state is PLACED
    assert (await core.documents.take_acceptance_back(slot, by=curator, now=clock())).line.state is PLACED


async def test_a_document_that_changed_meanwhile_is_not_accepted_unseen(
    core: Core, clock: SettableClock, olga: Member, curator: Member, slot: Slot
) -> None:
    seen = (await placed(core, slot, olga, clock)).line.document.version
    clock.advance(seconds=1)
    await core.documents.add_link(slot, "school.ru/other", by=olga, now=clock())
    with pytest.raises(Refusal, match=r"document\.changed-since"):
        await core.documents.accept(slot, seen, by=curator, now=clock())


async def test_a_school_accepts_nothing_and_a_curator_places_nothing(
    core: Core, clock: SettableClock, olga: Member, curator: Member, slot: Slot
) -> None:
    seen = (await placed(core, slot, olga, clock)).line.document.version
    uses: list[Callable[[], Awaitable[object]]] = [
        lambda: core.documents.accept(slot, seen, by=olga, now=clock()),
        lambda: core.documents.take_acceptance_back(slot, by=olga, now=clock()),
        lambda: core.documents.mark(slot, DRAFT, by=curator, now=clock()),
        lambda: core.documents.add_link(slot, "school.ru", by=curator, now=clock()),
        lambda: core.documents.drop_link(slot, by=curator, now=clock()),
        lambda: core.documents.to_change(slot, by=curator),
    ]
    for use in uses:
        with pytest.raises(Refusal, match=r"access\.refused"):
            await use()


Use = Callable[[Core, Slot, Member, SettableClock], Awaitable[object]]
USES: dict[str, Use] = {
    "sheet": lambda core, slot, by, clock: core.documents.sheet(slot.school_id, by=by),
    "card": lambda core, slot, by, clock: core.documents.card(slot, by=by),
    "ask": lambda core, slot, by, clock: core.documents.to_change(slot, by=by),
    "link": lambda core, slot, by, clock: core.documents.add_link(slot, "a.ru", by=by, now=clock()),
    "file": lambda core, slot, by, clock: core.documents.add_file(slot, sent(), Handing(), by=by, now=clock()),
    "no link": lambda core, slot, by, clock: core.documents.drop_link(slot, by=by, now=clock()),
    "no file": lambda core, slot, by, clock: core.documents.drop_file(slot, by=by, now=clock()),
    "mark": lambda core, slot, by, clock: core.documents.mark(slot, DRAFT, by=by, now=clock()),
    "accept": lambda core, slot, by, clock: core.documents.accept(slot, 0, by=by, now=clock()),
    "undo": lambda core, slot, by, clock: core.documents.take_acceptance_back(slot, by=by, now=clock()),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
async def test_documents_of_other_schools_are_closed(
    core: Core, clock: SettableClock, marina: Member, olga: Member, curator: Member, seven: int, look: Look, use: Use
) -> None:
    eight = await a_school(core, "Школа № 8", "Тейково")
    near = await enrolled(core, IGOR, Duty(Role.MUNICIPAL, municipality_id=1), now=clock())
    for by in (olga, curator, near, STRANGER):
        for school in (eight, 999, 2**62):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await use(core, Slot(school, DocumentKind.CONCEPT), by, clock)
    await core.registries.school_left(seven, by=marina, now=clock())
    with pytest.raises(Refusal, match=r"school\.gone"):
        await use(core, Slot(seven, DocumentKind.CONCEPT), marina, clock)
    assert look.count("school_document") == 0


async def test_documents_of_a_school_that_is_back_are_there(
    core: Core, clock: SettableClock, marina: Member, slot: Slot, seven: int
) -> None:
    await placed(core, slot, marina, clock)
    await core.registries.school_left(seven, by=marina, now=clock())
    await core.registries.add_school(1, "Школа № 7", by=marina, now=clock())
    assert (await core.documents.card(slot, by=marina)).line.state is PLACED


# --- All schools ------------------------------------------------------------------------------------------------------


async def test_everybody_looks_over_the_schools_they_see(
    core: Core, clock: SettableClock, marina: Member, olga: Member, curator: Member, slot: Slot, seven: int
) -> None:
    eight = await a_school(core, "Школа № 8", "Тейково")
    await placed(core, slot, olga, clock)
    await core.risk_factors.tick(eight, 1, on=True, by=marina, now=clock())
    whole = (await core.documents.overview(by=marina)).picture
    assert whole.counts(DocumentKind.CONCEPT) == [(PLACED, 1), (NONE, 1)]
    assert whole.counts(DocumentKind.ANTIRISK) == [(NONE, 1), (None, 1)]
    assert [one.school.id for one in whole.lacking(DocumentKind.CONCEPT)] == [eight]
    assert [one.slot for one in whole.waiting] == [slot]
    for by in (olga, curator):
        found = await core.documents.overview(by=by)
        assert ([one.id for one in found.registry.schools], found.keeps_risks) == ([seven], False)
        assert found.registry.people == ()
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.documents.overview(by=STRANGER)


# --- Files that come late ---------------------------------------------------------------------------------------------


def late(core: Core, source: Handing) -> LateFiles:
    return LateFiles(core.database, core.project, core.keeper, {"telegram": source})


async def test_a_copy_is_fetched_as_soon_as_the_messenger_gives_it(
    core: Core, clock: SettableClock, olga: Member, slot: Slot
) -> None:
    source = Handing(None)
    await core.documents.add_file(slot, sent(), source, by=olga, now=clock())
    assert await late(core, source).fetch(now=clock.advance(minutes=5)) == 0
    source.content = PDF
    assert [await late(core, source).fetch(now=clock.advance(minutes=5)) for _twice in range(2)] == [1, 0]
    document = (await core.documents.card(slot, by=olga)).line.document
    assert await core.documents.copy_of(document) == PDF


async def test_a_late_file_that_is_no_document_is_taken_away_and_the_school_is_told(
    core: Core, clock: SettableClock, olga: Member, slot: Slot, look: Look
) -> None:
    await core.documents.add_file(slot, sent(), Handing(None), by=olga, now=clock())
    await core.documents.mark(slot, PLACED, by=olga, now=clock())
    assert await late(core, Handing(b"MZ" + b"\0" * 200)).fetch(now=clock.advance(minutes=5)) == 0
    assert look.rows(ROWS) == [("concept", 0, "draft", "", "", "")]
    ((chat, text),) = look.rows("SELECT chat_id, text FROM outbox WHERE key LIKE 'late-document:%'")
    assert (chat, "«Концепция.pdf»: файл удалось скачать только сейчас" in text) == (OLGA.account.account_id, True)


async def test_a_file_of_another_messenger_waits_for_it(
    core: Core, clock: SettableClock, olga: Member, slot: Slot
) -> None:
    file = SentFile("max", "remote-1", "1:2", "Концепция.pdf")
    await core.documents.add_file(slot, file, Handing(None), by=olga, now=clock())
    source = Handing()
    assert (await late(core, source).fetch(now=clock()), source.asked) == (0, 0)


async def test_how_many_wait_is_told_to_whoever_may_accept_them(
    core: Core, clock: SettableClock, marina: Member, olga: Member, curator: Member, slot: Slot, seven: int
) -> None:
    north = await a_school(core, "Школа № 8", "Тейково")
    galina = await enrolled(core, IGOR, Duty(Role.MUNICIPAL, municipality_id=1), now=clock())
    await core.risk_factors.tick(seven, 1, on=True, by=curator, now=clock())
    programme = Slot(seven, DocumentKind.ANTIRISK, 1)
    for one in (slot, programme, Slot(north, DocumentKind.CONCEPT)):
        await placed(core, one, marina, clock)

    async def told() -> list[int]:
        found = []
        for by in (marina, galina, curator, olga):
            tasks = await core.tasks.mine(by=by, now=clock())
            waiting = (await core.documents.overview(by=by)).picture.waiting
            assert tasks.documents == (0 if by is olga else len(waiting))
            found.append(tasks.documents)
        return found

    assert await told() == [3, 2, 2, 0]
    await core.risk_factors.tick(seven, 1, on=False, by=curator, now=clock())
    assert await told() == [2, 1, 1, 0]
    await core.registries.school_left(north, by=marina, now=clock())
    assert await told() == [1, 1, 1, 0]
    version = (await core.documents.card(slot, by=curator)).line.document.version
    await core.documents.accept(slot, version, by=curator, now=clock())
    assert await told() == [0, 0, 0, 0]
