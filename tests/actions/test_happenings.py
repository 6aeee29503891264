"""What was held is told of, counted at once, listed and taken away; the reminder goes with it."""

from asyncio import gather
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from actions.form_sheet import Page, Said
from actions.happening_sight import HeldCard
from domain.debtor import Debtor
from domain.evidence import FILE_LIMIT, SentFile
from domain.form import FormFile
from domain.form_value import files_of
from domain.happening import Happening
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy, Threshold, ThresholdKind
from storage import completion as completion_rows
from storage import form_run as run_rows
from storage import registry as registry_rows
from storage.form_run import Run
from tests.actions.office import Office
from tests.actions.telling import Telling, fills, tells
from tests.people import OLGA, PAVEL, STRANGER, Look, Somebody, a_school, an_item, comes_in, enrolled

DARYA = Somebody("Дарья Департаментова", Account("telegram", 500_000_011))
MIRA = Somebody("Мира Муниципальнова", Account("telegram", 500_000_012))
YOURS, KOHMA = "Южский район", "г. Кохма"
HELD = "SELECT item_id, municipality_id, day, title, link, reported_by, removed_at IS NULL FROM happening ORDER BY id"
PROOF = "SELECT happening_id, completion_id, name, text, source, is_photo, file_id FROM evidence ORDER BY id"
RUNS = "SELECT mark, is_sent, answers, person_id FROM form_run ORDER BY mark"
DEEDS = "SELECT deed, about FROM audit WHERE deed LIKE 'happening-%' ORDER BY id"
SEMINARS, UPDATES, EVENTS, ORDER = 1, 2, 3, 4
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class Shelf:
    """A messenger that hands over what it has."""

    def __init__(self, **files: bytes) -> None:
        self._files = files

    async def fetch(self, remote_id: str) -> bytes | None:
        return self._files.get(remote_id)


class Region:
    """The Department carries seminars and updates out; Mira is of «Южский район», «г. Кохма» has nobody."""

    def __init__(self, office: Office, marina: Member, darya: Member, mira: Member, places: dict[str, int]) -> None:
        self.office, self.core, self.marina = office, office.core, marina
        self.darya, self.mira, self.places = darya, mira, places

    def at(self, by: Member) -> dict[str, Any]:
        return {"by": by, "now": self.office.clock()}

    async def tells(
        self, by: Member, item: int = SEMINARS, day: int | date = 7, title: str = "Семинар", **more: Any
    ) -> tuple[HeldCard, bool]:
        """The card of it, and whether it was not there before."""
        at = day if isinstance(day, date) else date(2022, 3, day)
        said = await tells(self.core, Telling(item, at, title, **more), by, self.office.clock())
        ids = [button.data.split(":")[1] for row in said.buttons for button in row if button.data.startswith("unheld")]
        ids += [str(one.id) for one in (await self.happenings(by, item)) if not ids and one.day == at]
        return await self.core.happenings.look(int(ids[0]), by=by, now=self.office.clock()), said.toast == "Сохранено."

    async def refused(self, by: Member, item: int = SEMINARS, **more: Any) -> str:
        with pytest.raises(Refusal) as caught:
            await self.tells(by, item, **more)
        return caught.value.reason

    async def number(self, item: int) -> tuple[int, int | None]:
        count = (await self.core.indicators.of_item(item, by=self.marina, now=self.office.clock())).row.indicator.count
        return count.done, count.needed

    async def happenings(self, by: Member, item: int) -> tuple[Happening, ...]:
        return (await self.core.happenings.of_item(item, by=by, now=self.office.clock())).happenings

    async def listed(self, by: Member, item: int) -> list[str]:
        return [one.title for one in await self.happenings(by, item)]

    async def exempts(self, place: str) -> None:
        async with self.core.database.transaction() as tx:
            debtor = Debtor(OwedBy.MUNICIPALITY, self.places[place])
            await completion_rows.exempt(tx, EVENTS, debtor, "Нет", 1, self.office.clock())


def thresholds() -> Iterable[tuple[int, Threshold]]:
    yield SEMINARS, Threshold(ThresholdKind.COUNT, 4)
    yield UPDATES, Threshold(ThresholdKind.MONTHLY, 1)
    yield EVENTS, Threshold(ThresholdKind.PER_MUNICIPALITY, 1)


@pytest.fixture
async def region(office: Office, marina: Member) -> Region:
    own: dict[str, Any] = {"executors": ("department",)}
    each = {EVENTS: {"owed_by": OwedBy.MUNICIPALITY, "executors": ()}}
    items = [
        an_item(number, "01.02 – 20.10.2022", threshold=counted, **own | each.get(number, {}))
        for number, counted in thresholds()
    ]
    await office.load(*items, an_item(ORDER, "до 30 ноября", executors=("department",)))
    core, now = office.core, office.clock()
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "department", "Департамент")
    for school, home in (("Школа № 7", YOURS), ("Школа № 8", KOHMA)):
        await a_school(core, school, home)
    async with core.database.read() as tx:
        places = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
    darya = await enrolled(core, DARYA, Duty(Role.ORGANISER, organisation="department"), now=now)
    mira = await enrolled(core, MIRA, Duty(Role.MUNICIPAL, municipality_id=places[YOURS]), now=now)
    return Region(office, marina, darya, mira, places)


async def test_what_was_held_is_kept_written_down_and_counted_at_once(region: Region, look: Look) -> None:
    card, anew = await region.tells(region.darya, link="https://example.ru/1")
    assert (anew, card.is_own, card.reporter, card.held.number.count.done) == (True, True, DARYA.name, 1)
    link, by = "https://example.ru/1", region.darya.person_id
    assert look.rows(HELD) == [(SEMINARS, None, "2022-03-07", "Семинар", link, by, 1)]
    assert look.rows(DEEDS) == [("happening-reported", '{"item": 1, "happening": 1, "day": "2022-03-07"}')]
    assert await region.number(SEMINARS) == (1, 4)


async def test_told_twice_is_held_once(region: Region, look: Look) -> None:
    await region.tells(region.darya)
    _, anew = await region.tells(region.marina, title=" «семинар» ")
    assert (anew, len(look.rows(HELD)), len(look.rows(DEEDS))) == (False, 1, 1)
    assert (await region.tells(region.darya, day=8))[1]
    assert (await region.tells(region.darya, title="Другой"))[1]
    assert await region.number(SEMINARS) == (3, 4)


async def test_a_day_outside_the_window_is_kept_and_not_counted(region: Region) -> None:
    card, _ = await region.tells(region.darya, day=date(2022, 1, 31), title="Рано")
    assert (card.held.counts(date(2022, 1, 31)), card.held.number.count.done) == (False, 0)
    assert await region.listed(region.darya, SEMINARS) == ["Рано"]


async def test_each_municipality_tells_for_itself_and_the_coordinator_for_any(region: Region, look: Look) -> None:
    await region.tells(region.mira, EVENTS)
    assert await region.number(EVENTS) == (1, 2)
    assert await region.refused(region.mira, item=EVENTS, place=region.places[KOHMA]) == "form.no-option"
    await region.tells(region.marina, EVENTS, place=region.places[KOHMA], title="Слёт")
    assert await region.number(EVENTS) == (2, 2)
    assert await region.listed(region.mira, EVENTS) == ["Семинар"]
    assert await region.listed(region.marina, EVENTS) == ["Слёт", "Семинар"]
    assert [row[1] for row in look.rows(HELD)] == [region.places[YOURS], region.places[KOHMA]]


async def test_what_cannot_be_is_refused(region: Region, look: Look) -> None:
    assert await region.refused(region.darya, day=10) == "form.not-yet"
    assert await region.refused(region.darya, title="…") == "happening.no-title"
    assert await region.refused(region.darya, title="я" * 201) == "form.long-text"
    assert await region.refused(region.darya, link="нет") == "evidence.no-link"
    assert await region.refused(region.marina, item=EVENTS, place=999) == "form.no-option"
    assert await region.refused(region.darya, item=ORDER) == "happening.not-counted"
    assert await region.refused(region.darya, item=99) == "roadmap.unknown-item"
    await region.core.roadmaps.close(SEMINARS, "", by=region.marina, now=region.office.clock())
    assert await region.refused(region.darya) == "happening.item-closed"
    assert look.rows(HELD) == []


async def test_where_something_was_not_answered_that_is_asked_instead(region: Region, look: Look) -> None:
    forms, at = region.core.forms, region.at(region.marina)
    ref = await region.core.happenings.begin(EVENTS, **at)
    page = await forms.send(ref, **at)
    assert isinstance(page, Page)
    assert page.question is not None
    assert (page.question.id, [one.id for one in page.missing]) == ("place", ["place", "day", "title"])
    assert [one.text for one in page.question.options] == [KOHMA, YOURS]
    assert look.rows(HELD) == []


async def test_a_draft_waits_and_is_refused_when_the_item_is_closed_meanwhile(region: Region, look: Look) -> None:
    at = region.at(region.darya)
    page = await fills(region.core, Telling(SEMINARS, date(2022, 3, 7), "Семинар"), **at)
    ref = await region.core.happenings.begin(SEMINARS, **at)
    assert (await region.core.forms.open(ref, **at)).answers == page.answers
    assert look.rows(HELD) == []
    await region.core.roadmaps.close(SEMINARS, "", by=region.marina, now=region.office.clock())
    for attempt in (region.core.forms.open(ref, **at), region.core.forms.send(ref, **at)):
        with pytest.raises(Refusal, match=r"happening\.item-closed"):
            await attempt


async def test_a_municipality_that_is_not_theirs_any_more_is_refused_and_another_chosen(
    region: Region, look: Look
) -> None:
    at = region.at(region.marina)
    told = Telling(EVENTS, date(2022, 3, 7), "Слёт", place=region.places[YOURS])
    ref = (await fills(region.core, told, **at)).ref
    await region.exempts(YOURS)
    with pytest.raises(Refusal, match=r"happening\.other-place"):
        await region.core.forms.send(ref, **at)
    assert look.rows(HELD) == []
    await region.core.forms.press(ref, "place", str(region.places[KOHMA]), **at)
    assert isinstance(await region.core.forms.send(ref, **at), Said)
    assert [row[1] for row in look.rows(HELD)] == [region.places[KOHMA]]


async def test_sent_five_times_it_is_told_once_and_the_next_one_begins_anew(region: Region, look: Look) -> None:
    at = region.at(region.darya)
    page = await fills(region.core, Telling(SEMINARS, date(2022, 3, 7), "Семинар"), **at)
    answers = await gather(*(region.core.forms.send(page.ref, **at) for _ in range(5)), return_exceptions=True)
    assert sorted(str(one) if isinstance(one, Refusal) else type(one).__name__ for one in answers) == [
        "Said",
        *["happening.form-gone"] * 4,
    ]
    assert (len(look.rows(HELD)), len(look.rows(DEEDS))) == (1, 1)
    assert look.rows(RUNS) == [(f"held:1:person:{region.darya.person_id}", 1, "{}", None)]
    for attempt in (
        region.core.forms.open(page.ref, **at),
        region.core.forms.press(page.ref, "day", "20220309", **at),
        region.core.forms.drop(page.ref, **at),
    ):
        with pytest.raises(Refusal, match=r"happening\.form-gone"):
            await attempt
    ref = await region.core.happenings.begin(SEMINARS, **at)
    assert (await region.core.forms.open(ref, **at)).answers == {}


async def test_the_drafts_of_two_are_their_own_and_go_with_them(region: Region, look: Look) -> None:
    now = region.office.clock()
    for by, title in ((region.darya, "Семинар Дарьи"), (region.marina, "Семинар Марины")):
        await fills(region.core, Telling(SEMINARS, date(2022, 3, 7), title), by, now)
    assert [mark for mark, *_ in look.rows(RUNS)] == [f"held:1:person:{one}" for one in (1, region.darya.person_id)]
    async with region.core.database.transaction() as tx:
        assert await run_rows.forget_person(tx, region.darya.person_id or 0) == 1
    assert [mark for mark, *_ in look.rows(RUNS)] == ["held:1:person:1"]


async def test_nobody_else_tells_of_it_or_looks(region: Region, look: Look) -> None:
    now, one = region.office.clock(), (await region.tells(region.darya))[0].happening.id
    school = await enrolled(region.core, OLGA, Duty(Role.SCHOOL, school_id=1), now=now)
    for other in (STRANGER, school, region.mira):
        assert await region.refused(other) == "access.refused"
        for attempt in (
            region.core.happenings.begin(SEMINARS, by=other, now=now),
            region.core.happenings.of_item(SEMINARS, by=other, now=now),
            region.core.happenings.look(one, by=other, now=now),
            region.core.happenings.take_away(one, by=other, now=now),
        ):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await attempt
    assert len(look.rows(HELD)) == 1


async def test_whoever_told_or_a_coordinator_takes_it_away(region: Region, look: Look) -> None:
    happenings, now = region.core.happenings, region.office.clock()
    pavel = await comes_in(region.core, PAVEL, now)
    mine = (await region.tells(region.marina, EVENTS, place=region.places[YOURS]))[0].happening.id
    with pytest.raises(Refusal, match=r"happening\.not-yours"):
        await happenings.take_away(mine, by=region.mira, now=now)
    left = await happenings.take_away(mine, by=pavel, now=now)
    assert (left.happenings, left.held.number.count.done) == ((), 0)
    with pytest.raises(Refusal, match=r"happening\.gone"):
        await happenings.take_away(mine, by=pavel, now=now)
    assert [row[-1] for row in look.rows(HELD)] == [0]
    assert [deed for deed, _ in look.rows(DEEDS)] == ["happening-reported", "happening-taken-away"]
    assert (await region.tells(region.marina, EVENTS, place=region.places[YOURS]))[1]


async def test_photos_and_documents_are_kept_with_it(region: Region, look: Look) -> None:
    shelf, at = Shelf(a=b"%PDF-1.4 one", b=b"%PDF-1.4 one", c=PNG), region.at(region.darya)
    ref, said = await region.core.happenings.begin(SEMINARS, **at), []
    for sent in (
        SentFile("telegram", "a", "5:1", "Программа.pdf"),
        SentFile("telegram", "a", "5:1", "Программа.pdf"),
        SentFile("telegram", "b", "5:2", "Копия.pdf"),
        SentFile("telegram", "c", "5:3", "", is_photo=True, caption="Открытие"),
        SentFile("telegram", "d", "5:4", "Видео.mp4", size=FILE_LIMIT + 1),
        SentFile("telegram", "e", "5:5", "Пропало.pdf"),
    ):
        try:
            page = await region.core.forms.add_file(ref, sent, shelf, **at)
        except Refusal as why:
            said.append(why.reason)
        else:
            said.append(str(len(files_of(page.answers["files"]))))
    assert said == ["1", "1", "1", "2", "evidence.big-file", "form.file-not-fetched"]
    card, _ = await region.tells(region.darya, files=(SentFile("telegram", "a", "5:1", ""),), source=shelf)
    assert [one.name for one in card.happening.files] == ["Программа.pdf", ""]
    assert look.rows(PROOF) == [(1, None, "Программа.pdf", "", "5:1", 0, 1), (1, None, "", "Открытие", "5:3", 1, 2)]
    piece, photo = card.happening.files
    assert await region.core.happenings.copy_of(piece) == b"%PDF-1.4 one"
    assert await region.core.happenings.copy_of(photo) == PNG


async def test_the_twenty_first_file_is_refused(region: Region) -> None:
    at = region.at(region.darya)
    ref, mark = await region.core.happenings.begin(SEMINARS, **at), f"held:1:person:{region.darya.person_id}"
    many = tuple(FormFile(one, "a", f"5:{one}") for one in range(101, 121))
    async with region.core.database.transaction() as tx:
        await run_rows.put(tx, Run(mark, ref.about, {"files": many}, person_id=region.darya.person_id))
    with pytest.raises(Refusal, match=r"form\.too-many-files"):
        await region.core.forms.add_file(ref, SentFile("telegram", "a", "5:1", "a.pdf"), Shelf(a=b"%PDF-1.4"), **at)


# --- Tasks and reminders


async def test_the_monthly_reminder_offers_to_tell_of_it_and_stops_when_the_month_is_done(region: Region) -> None:
    office, chat = region.office, DARYA.account.account_id
    await office.at("2022-03-25 09:00")
    (message,) = [one for one in office.channel.sent if one.chat.chat_id == chat]
    buttons = [(button.text, button.data) for row in message.buttons for button in row]
    assert ("Провели семинар: п. 1", "held:1") in buttons
    assert ("Обновили раздел: п. 2", "held:2") in buttons
    await region.tells(region.darya, UPDATES, day=25)
    said = await office.at("2022-04-25 09:00")
    assert "п. 2" in said[chat][0]
    await region.tells(region.darya, UPDATES, day=25, title="Апрель")
    office.clock.set("2022-05-24 12:00")
    await region.tells(region.darya, UPDATES, day=date(2022, 5, 3), title="Май")
    said = await office.at("2022-05-25 09:00")
    assert "п. 2" not in said[chat][0]


async def test_whom_it_does_not_apply_to_has_no_task_no_reminder_and_tells_nothing(region: Region) -> None:
    office, chat = region.office, MIRA.account.account_id
    mine = await region.core.tasks.mine(by=region.mira, now=office.clock())
    assert [(task.kept.id, task.may_report) for task in mine.tasks] == [(EVENTS, True)]
    await region.exempts(YOURS)
    assert (await region.core.tasks.mine(by=region.mira, now=office.clock())).tasks == ()
    assert chat not in await office.at("2022-03-25 09:00")
    assert await region.refused(region.mira, item=EVENTS) == "happening.no-place"
    assert await region.number(EVENTS) == (0, 1)


async def test_a_municipality_that_held_its_own_is_reminded_no_more_though_others_lack_theirs(region: Region) -> None:
    office = region.office
    card, _ = await region.tells(region.mira, EVENTS)
    assert (await region.core.tasks.mine(by=region.mira, now=office.clock())).tasks == ()
    assert MIRA.account.account_id not in await office.at("2022-03-25 09:00")
    await region.core.happenings.take_away(card.happening.id, by=region.mira, now=office.clock())
    assert MIRA.account.account_id in await office.at("2022-04-25 09:00")
