"""Calendars: the file of a meeting, one's own link, what is behind it and what is behind the region's."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import vobject
from sqlalchemy import insert, update

from bot.core import Core, build_core
from bot.settings import Settings
from domain.audit import Deed
from domain.meeting import Coming, Guest
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.visit import Proposal, Visit
from storage import meeting as meeting_rows
from storage import tables as t
from storage import visit as visit_rows
from tests.meetings import LINK, PLACE, TITLE, called, drafted
from tests.people import IGOR, OLGA, Look, SettableClock, Somebody, a_school, enrolled, ivanovo, msk
from tests.reports.calendars import read

START = msk("2022-03-16 10:00")
URL = "https://road.example.org"
ANNA = Somebody("Анна Смирнова", Account("telegram", 500_000_005))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Calendars are served here."""
    return settings.model_copy(update={"public_url": URL})


@pytest.fixture
async def school(core: Core) -> int:
    return await a_school(core)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, school: int, marina: Member) -> Member:
    """The director of the school."""
    return await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=clock())


@pytest.fixture
async def igor(core: Core, clock: SettableClock, school: int, marina: Member) -> Member:
    """Its curator."""
    return await enrolled(core, IGOR, Duty(Role.CURATOR, school), now=clock())


@pytest.fixture
async def meeting(core: Core, clock: SettableClock, marina: Member, olga: Member) -> int:
    """Olga is called to it by Marina."""
    return await called(core, marina, clock(), START, [olga.person_id or 0])


async def refused(action: object) -> str:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value.reason


async def file_of(core: Core, meeting: int, by: Member, now: datetime) -> vobject.base.Component:
    return read((await core.meeting_files.calendar(meeting, by=by, now=now)).content)


async def feed_of(core: Core, token: str, now: datetime) -> list[Any]:
    """The events behind a link."""
    feed = await core.calendar_feeds.personal(token, now=now)
    assert feed is not None
    return list(read(await core.calendar_feeds.written(feed, now=now)).contents.get("vevent", []))


async def linked(core: Core, by: Member, now: datetime) -> str:
    """The secret of a new link."""
    link = await core.calendar_feeds.make(by=by, now=now)
    return link.removeprefix(f"{URL}/calendar/").removesuffix(".ics")


async def answers(core: Core, meeting: int, by: Member, coming: Coming) -> None:
    async with core.database.transaction() as tx:
        guest = await meeting_rows.guest(tx, meeting, by.recipient)
        assert guest is not None
        await meeting_rows.save_guest(tx, meeting, replace(guest, coming=coming))


async def by_slots(core: Core, meeting: int, *schools: int | None) -> None:
    """It is an interview of twenty minutes; schools have its times in this order."""
    async with core.database.transaction() as tx:
        await tx.execute(update(t.meeting).where(t.meeting.c.id == meeting).values(slot_minutes=20))
        for place, school in enumerate(schools):
            at = START + timedelta(minutes=20 * place)
            row = {"meeting_id": meeting, "starts_at": at, "school_id": school, "taken_at": START if school else None}
            await tx.execute(insert(t.meeting_slot).values(**row))


# --- The file of a meeting


async def test_a_guest_and_whoever_leads_get_the_meeting(
    core: Core, clock: SettableClock, marina: Member, olga: Member, meeting: int
) -> None:
    for by in (olga, marina):
        calendar = await file_of(core, meeting, by, clock())
        event = calendar.vevent
        assert calendar.method.value == "PUBLISH"
        assert (event.uid.value, event.sequence.value) == (f"meeting-{meeting}@roadmap500", "0")
        assert (event.dtstart.value, event.dtend.value) == (START, START + timedelta(minutes=90))
        assert (event.summary.value, event.location.value, event.url.value) == (TITLE, PLACE, LINK)


async def test_a_moved_meeting_comes_as_the_same_event_and_a_cancelled_one_goes(
    core: Core, clock: SettableClock, marina: Member, olga: Member, meeting: int
) -> None:
    first = (await file_of(core, meeting, olga, clock())).vevent
    await core.meeting_moves.move(meeting, START + timedelta(days=1), by=marina, now=clock())
    second = (await file_of(core, meeting, olga, clock())).vevent
    await core.meeting_moves.cancel(meeting, "Нет света", by=marina, now=clock())
    made = await core.meeting_files.calendar(meeting, by=olga, now=clock())
    last = read(made.content)
    assert first.uid.value == second.uid.value == last.vevent.uid.value
    assert second.dtstart.value == START + timedelta(days=1)
    assert int(first.sequence.value) < int(second.sequence.value) < int(last.vevent.sequence.value)
    assert (made.cancelled, last.method.value, last.vevent.status.value) == (True, "CANCEL", "CANCELLED")


async def test_nobody_else_learns_of_it_and_of_a_draft_there_is_nothing(
    core: Core, clock: SettableClock, marina: Member, igor: Member, meeting: int
) -> None:
    now = clock()
    assert await refused(core.meeting_files.calendar(meeting, by=igor, now=now)) == "calendar.not-yours"
    assert await refused(core.meeting_files.calendar(999, by=marina, now=now)) == "calendar.not-yours"
    assert await refused(core.meeting_files.calendar(meeting, by=Member(IGOR.account), now=now)) == "access.refused"
    draft = await drafted(core, marina, now, START)
    assert await refused(core.meeting_files.calendar(draft, by=marina, now=now)) == "meeting.not-called"


async def test_of_an_interview_a_guest_gets_the_time_of_their_school(
    core: Core, clock: SettableClock, marina: Member, olga: Member, meeting: int, school: int
) -> None:
    other = await a_school(core, "Школа № 9")
    await by_slots(core, meeting, None, other)
    assert await refused(core.meeting_files.calendar(meeting, by=olga, now=clock())) == "calendar.no-time"
    async with core.database.transaction() as tx:
        free = t.meeting_slot.c.school_id.is_(None)
        await tx.execute(update(t.meeting_slot).where(free).values(school_id=school, taken_at=START))
    event = (await file_of(core, meeting, olga, clock())).vevent
    assert (event.uid.value, event.summary.value) == (f"meeting-{meeting}-{school}@roadmap500", f"{TITLE}: Школа № 7")
    assert (event.dtstart.value, event.dtend.value) == (START, START + timedelta(minutes=20))
    every = (await file_of(core, meeting, marina, clock())).vevent_list
    assert [one.summary.value for one in every] == [f"{TITLE}: Школа № 7", f"{TITLE}: Школа № 9"]


async def test_whoever_comes_for_no_school_has_the_whole_of_an_interview(
    core: Core, clock: SettableClock, marina: Member, olga: Member, igor: Member, school: int
) -> None:
    meeting = await called(core, marina, clock(), START, [olga.person_id or 0, igor.person_id or 0])
    await by_slots(core, meeting, None, school)
    event = (await file_of(core, meeting, igor, clock())).vevent
    assert (event.uid.value, event.summary.value) == (f"meeting-{meeting}@roadmap500", TITLE)
    assert (event.dtstart.value, event.dtend.value) == (START, START + timedelta(minutes=90))


# --- The link


async def test_a_link_is_told_once_and_only_its_hash_is_kept(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    before = await core.calendar_feeds.look(by=olga)
    assert (before.is_offered, before.since, before.region) == (True, None, f"{URL}/calendar/region.ics")
    token = await linked(core, olga, clock())
    assert len(token) == 43
    assert (await core.calendar_feeds.look(by=olga)).since == clock()
    assert look.rows("SELECT person_id, token_hash FROM calendar_feed") == [
        (olga.person_id, sha256(token.encode()).hexdigest())
    ]
    assert look.rows("SELECT person_id, about FROM audit WHERE deed = ?", Deed.FEED_MADE) == [(olga.person_id, "{}")]


async def test_a_new_link_stops_the_old_one_and_closing_stops_both(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    first, second = await linked(core, olga, clock()), await linked(core, olga, clock())
    assert first != second
    assert await core.calendar_feeds.personal(first, now=clock()) is None
    assert await core.calendar_feeds.personal(second, now=clock()) is not None
    for _ in range(2):
        await core.calendar_feeds.stop(by=olga, now=clock())
    assert await core.calendar_feeds.personal(second, now=clock()) is None
    assert look.count("calendar_feed") == 0
    assert look.rows("SELECT count(*) FROM audit WHERE deed = ?", Deed.FEED_STOPPED) == [(1,)]


@pytest.mark.parametrize("token", ["", "region", "нет", "a" * 43, "x" * 5000, "\udcff"])
async def test_a_link_that_is_nobody_s_shows_nothing(
    core: Core, clock: SettableClock, olga: Member, token: str
) -> None:
    await linked(core, olga, clock())
    assert await core.calendar_feeds.personal(token, now=clock()) is None


async def test_where_calendars_are_not_served_there_is_no_link_but_the_file(
    settings: Settings, clock: SettableClock, core: Core, olga: Member, meeting: int
) -> None:
    silent = build_core(settings.model_copy(update={"public_url": ""}))
    found = await silent.calendar_feeds.look(by=olga)
    assert (found.is_offered, found.region) == (False, "")
    assert await refused(silent.calendar_feeds.make(by=olga, now=clock())) == "calendar.not-offered"
    calendar = read(await silent.calendar_feeds.file(by=olga, now=clock()))
    assert (calendar.method.value, calendar.vevent.summary.value) == ("PUBLISH", TITLE)
    await silent.database.close()


async def test_an_empty_file_is_not_sent(core: Core, clock: SettableClock, igor: Member) -> None:
    assert await refused(core.calendar_feeds.file(by=igor, now=clock())) == "calendar.nothing"


async def test_strangers_and_whoever_has_not_agreed_have_no_calendar(
    core: Core, clock: SettableClock, school: int
) -> None:
    late = await enrolled(core, ANNA, Duty(Role.SCHOOL, school), now=clock(), has_agreed=False)
    for by, reason in ((Member(IGOR.account), "access.refused"), (late, "access.consent-first")):
        assert await refused(core.calendar_feeds.look(by=by)) == reason
        assert await refused(core.calendar_feeds.make(by=by, now=clock())) == reason
        assert await refused(core.calendar_feeds.stop(by=by, now=clock())) == reason
        assert await refused(core.calendar_feeds.file(by=by, now=clock())) == reason


# --- Whoever is gone


async def test_without_consent_the_link_shows_nothing_and_with_it_again(
    core: Core, clock: SettableClock, olga: Member
) -> None:
    token = await linked(core, olga, clock())
    await core.consents.decline(by=olga, now=clock())
    assert await core.calendar_feeds.personal(token, now=clock()) is None
    await core.consents.agree(OLGA.name, by=olga, now=clock())
    assert await core.calendar_feeds.personal(token, now=clock()) is not None


async def test_whoever_leaves_is_removed_or_erased_has_no_link_any_more(
    core: Core, clock: SettableClock, marina: Member, look: Look, school: int, olga: Member, igor: Member
) -> None:
    anna = await enrolled(core, ANNA, Duty(Role.SCHOOL, school), now=clock())
    tokens = [await linked(core, one, clock()) for one in (olga, igor, anna)]
    await core.own_data.leave(by=olga, now=clock())
    await core.persons.remove(igor.person_id or 0, by=marina, now=clock())
    await core.own_data.erase(by=anna, now=clock())
    assert [await core.calendar_feeds.personal(one, now=clock()) for one in tokens] == [None] * 3
    assert look.count("calendar_feed") == 0
    (erasure,) = await core.erasures.all(by=marina)
    assert erasure.destroyed["calendar"] == 1  # type: ignore[index]


async def test_an_account_that_was_taken_away_takes_the_link_along(
    core: Core, clock: SettableClock, marina: Member, look: Look, olga: Member
) -> None:
    token = await linked(core, olga, clock())
    await core.invites.unlink(olga.person_id or 0, by=marina, now=clock())
    assert await core.calendar_feeds.personal(token, now=clock()) is None
    assert look.count("calendar_feed") == 0


async def test_one_s_own_data_say_since_when_there_is_a_link(core: Core, clock: SettableClock, olga: Member) -> None:
    assert (await core.own_data.look(by=olga, now=clock())).calendar_since is None
    await linked(core, olga, clock())
    assert (await core.own_data.look(by=olga, now=clock())).calendar_since == clock()


# --- What is behind it


async def test_a_guest_sees_what_they_are_called_to_until_they_say_no(
    core: Core, clock: SettableClock, olga: Member, meeting: int
) -> None:
    token = await linked(core, olga, clock())
    (event,) = await feed_of(core, token, clock())
    assert (event.uid.value, event.url.value) == (f"meeting-{meeting}@roadmap500", LINK)
    await answers(core, meeting, olga, Coming.YES)
    assert len(await feed_of(core, token, clock())) == 1
    await answers(core, meeting, olga, Coming.NO)
    assert await feed_of(core, token, clock()) == []


async def test_a_moved_and_a_cancelled_meeting_are_there_as_such(
    core: Core, clock: SettableClock, marina: Member, olga: Member, meeting: int
) -> None:
    token = await linked(core, olga, clock())
    await core.meeting_moves.move(meeting, START + timedelta(hours=1), by=marina, now=clock())
    (moved,) = await feed_of(core, token, clock())
    assert (moved.dtstart.value, moved.sequence.value) == (START + timedelta(hours=1), "1")
    await core.meeting_moves.cancel(meeting, "Нет света", by=marina, now=clock())
    (gone,) = await feed_of(core, token, clock())
    assert (gone.status.value, gone.sequence.value) == ("CANCELLED", "2")


async def test_whoever_leads_sees_their_own_and_no_draft(
    core: Core, clock: SettableClock, marina: Member, meeting: int
) -> None:
    await drafted(core, marina, clock(), START)
    (event,) = await feed_of(core, await linked(core, marina, clock()), clock())
    assert event.uid.value == f"meeting-{meeting}@roadmap500"


async def test_interviews_are_there_at_the_time_of_one_s_own_school(
    core: Core, clock: SettableClock, olga: Member, meeting: int, school: int
) -> None:
    token = await linked(core, olga, clock())
    await by_slots(core, meeting, None, await a_school(core, "Школа № 9"))
    assert await feed_of(core, token, clock()) == []
    async with core.database.transaction() as tx:
        free = t.meeting_slot.c.school_id.is_(None)
        await tx.execute(update(t.meeting_slot).where(free).values(school_id=school, taken_at=START))
    (event,) = await feed_of(core, token, clock())
    assert (event.dtstart.value, event.summary.value) == (START, f"{TITLE}: Школа № 7")


async def test_visits_are_there_without_anybody_s_name(
    core: Core, clock: SettableClock, olga: Member, igor: Member, school: int
) -> None:
    day = date(2022, 3, 21)
    async with core.database.transaction() as tx:
        visit = await visit_rows.add(tx, school, igor.person_id or 0, Proposal(day), clock())
        await visit_rows.save(tx, Visit(visit, school, igor.person_id or 0, day=day))
    for by in (olga, igor):
        (event,) = await feed_of(core, await linked(core, by, clock()), clock())
        assert (event.uid.value, event.dtstart.value) == (f"visit-{visit}@roadmap500", day)
        assert event.description.value == "Школа № 7, Южский район"


async def test_last_days_of_what_one_owes_are_there(core: Core, clock: SettableClock, olga: Member) -> None:
    await core.roadmaps.load(ivanovo(), now=clock())
    found = await feed_of(core, await linked(core, olga, clock()), clock())
    owed = (await core.tasks.mine(by=olga, now=clock())).tasks
    numbers = {one.summary.value.split(" ")[2] for one in found}
    assert numbers <= {str(task.kept.item.number) for task in owed}
    twentieth = next(one for one in found if one.summary.value.startswith("Срок: п. 20 "))
    assert (twentieth.dtstart.value, twentieth.transp.value) == (date(2022, 3, 20), "TRANSPARENT")


async def test_the_mark_changes_with_the_calendar_and_not_with_the_hour(
    core: Core, clock: SettableClock, marina: Member, olga: Member, meeting: int
) -> None:
    token = await linked(core, olga, clock())

    async def mark() -> str:
        feed = await core.calendar_feeds.personal(token, now=clock.advance(minutes=5))
        assert feed is not None
        return feed.mark

    first = await mark()
    assert await mark() == first
    await core.meeting_moves.move(meeting, START + timedelta(hours=1), by=marina, now=clock())
    assert await mark() != first


# --- The region's


async def test_the_region_s_calendar_says_what_when_and_where_and_names_nobody(
    core: Core, clock: SettableClock, marina: Member, olga: Member, igor: Member, school: int, meeting: int
) -> None:
    await core.roadmaps.load(ivanovo(), now=clock())
    await drafted(core, marina, clock(), START)
    async with core.database.transaction() as tx:
        visit = await visit_rows.add(tx, school, igor.person_id or 0, Proposal(date(2022, 3, 21)), clock())
        await visit_rows.save(tx, Visit(visit, school, igor.person_id or 0, day=date(2022, 3, 21)))
        other = Guest("person:99", invited_at=clock(), other="Вера Другая", why="Болезнь")
        await meeting_rows.add_guest(tx, meeting, other)
    feed = await core.calendar_feeds.region(now=clock())
    content = await core.calendar_feeds.written(feed, now=clock())
    events = read(content).vevent_list
    (one,) = [event for event in events if event.uid.value.startswith("meeting-")]
    assert (one.summary.value, one.location.value, one.dtstart.value) == (TITLE, PLACE, START)
    assert one.contents.keys().isdisjoint({"url", "description", "attendee", "organizer"})
    assert len(events) - 1 == len({event.uid.value for event in events if event.uid.value.startswith("item-")}) > 20
    said = content.decode().replace("\r\n ", "")
    hidden = (
        LINK,
        "meet.example",
        "Документы\\n",
        "Школа № 7",
        "Лебедева",
        "Королёва",
        "Прохожий",
        "Другая",
        "Болезнь",
    )
    assert [word for word in hidden if word in said] == []


async def test_a_cancelled_meeting_of_the_region_is_cancelled_and_a_link_in_its_place_is_left_out(
    core: Core, clock: SettableClock, marina: Member, meeting: int
) -> None:
    async with core.database.transaction() as tx:
        place = "Зал 2, https://meet.example/secret"
        await tx.execute(update(t.meeting).where(t.meeting.c.id == meeting).values(place=place))
    await core.meeting_moves.cancel(meeting, "Заболела Ольга", by=marina, now=clock())
    feed = await core.calendar_feeds.region(now=clock())
    (event,) = feed.events
    assert (event.location, event.cancelled, event.description, event.link) == (
        "Зал 2", True, "Встреча отменена.", "",
    )  # fmt: skip
