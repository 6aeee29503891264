"""A roadmap is loaded, corrected, closed and carried over; nothing is doubled and nothing a person did is lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from actions.roadmap import LoadReport
from bot.core import Core
from domain.access import Right
from domain.item_field import Change, ItemField
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import (
    Flag,
    FlagState,
    Item,
    KeptItem,
    NamedSchool,
    OwedBy,
    ReviewedBy,
    Threshold,
    ThresholdKind,
)
from domain.roadmap_file import RoadmapFileError, read_roadmap
from tests.people import (
    IVANOVO_FILE,
    OLGA,
    SCHOOL,
    STRANGER,
    Look,
    SettableClock,
    a_roadmap,
    a_school,
    an_item,
    enrolled,
    ivanovo,
)

FLAGGED = an_item(1, "до 20 марта", flags=(Flag("deadline", FlagState.RESTORED, "так в скане"),))


async def load(core: Core, clock: SettableClock, *items: Item) -> LoadReport:
    return await core.roadmaps.load(a_roadmap(*items), now=clock())


async def kept(core: Core, number: int, slug: str = "test-2022") -> KeptItem:
    roadmaps = await core.roadmaps.all()
    return next(
        one
        for roadmap in roadmaps
        if roadmap.roadmap.slug == slug
        for one in roadmap.items
        if one.item.number == number
    )


def history(look: Look) -> list[tuple[object, ...]]:
    return look.rows("SELECT person_id, field, before, after, note FROM item_change ORDER BY id")


# --- Loading


async def test_shipped_roadmap_is_kept_as_it_is_in_its_file(core: Core, clock: SettableClock) -> None:
    report = await core.roadmaps.load(ivanovo(), now=clock())
    assert report == LoadReport("ivanovo-2022", tuple(range(1, 35)), (), (), (), schools=8)
    (found,) = await core.roadmaps.all()
    assert found.roadmap == replace(ivanovo(), schools=(), surveys=())
    assert [one.item for one in found.items] == list(ivanovo().items)


async def test_schools_of_the_order_begin_an_empty_registry_and_a_kept_one_stays(
    core: Core, clock: SettableClock, look: Look
) -> None:
    await core.roadmaps.load(ivanovo(), now=clock())
    names = "SELECT s.name, m.name FROM school s JOIN municipality m ON m.id = s.municipality_id ORDER BY s.id"
    assert look.rows(names) == [(one.name, one.municipality) for one in ivanovo().schools]
    look_again = look.rows("SELECT id, name FROM school")
    other = replace(a_roadmap(an_item(1, "до 20 марта")), schools=(NamedSchool("Школа № 1", "г. Кохма"),))
    assert (await core.roadmaps.load(other, now=clock())).schools == 0
    assert look.rows("SELECT id, name FROM school") == look_again


async def test_a_municipality_written_two_ways_is_one(core: Core, clock: SettableClock, look: Look) -> None:
    named = (NamedSchool("Школа № 1", "г. «Кохма»"), NamedSchool("Школа № 2", "Г. Кохма"))
    await core.roadmaps.load(replace(a_roadmap(an_item(1, "до 20 марта")), schools=named), now=clock())
    assert look.rows("SELECT name FROM municipality") == [("г. «Кохма»",)]
    assert look.count("school") == 2


async def test_loading_twice_doubles_and_changes_nothing(core: Core, clock: SettableClock, look: Look) -> None:
    await core.roadmaps.load(ivanovo(), now=clock())
    ids = look.rows("SELECT id, number FROM item")
    assert await core.roadmaps.load(ivanovo(), now=clock()) == LoadReport("ivanovo-2022", (), (), (), ())
    assert look.rows("SELECT id, number FROM item") == ids
    assert (look.count("roadmap"), look.count("item_change"), look.count("outbox")) == (1, 0, 0)


async def test_changed_file_changes_items_and_reports_each_field(core: Core, clock: SettableClock, look: Look) -> None:
    await load(core, clock, an_item(1, "до 20 марта"), an_item(2, "до 30 марта"))
    changed = replace(an_item(1, "до 21 марта"), short_title="Новое название")
    report = await load(core, clock, changed, an_item(2, "до 30 марта"))
    expected = (
        Change(1, ItemField.SHORT, "Мероприятие 1", "Новое название"),
        Change(1, ItemField.DEADLINE, "до 20 марта", "до 21 марта"),
    )
    assert report == LoadReport("test-2022", (), expected, (), ())
    assert (await kept(core, 1)).item == changed
    assert history(look) == [
        (None, "short", "Мероприятие 1", "Новое название", ""),
        (None, "deadline", "до 20 марта", "до 21 марта", ""),
    ]


async def test_who_reviews_an_item_follows_the_file_and_stands_in_its_history(
    core: Core, clock: SettableClock, look: Look
) -> None:
    await load(core, clock, an_item(1, "до 20 марта", owed_by=OwedBy.SCHOOL))
    changed = an_item(1, "до 20 марта", owed_by=OwedBy.SCHOOL, reviewed_by=(ReviewedBy.CURATOR, ReviewedBy.MUNICIPAL))
    report = await load(core, clock, changed)
    assert report.changed == (Change(1, ItemField.REVIEWED_BY, "", "curator, municipal"),)
    assert (await kept(core, 1)).item == changed
    assert history(look) == [(None, "reviewed_by", "", "curator, municipal", "")]


async def test_new_numbers_are_added_and_absent_ones_are_kept(core: Core, clock: SettableClock) -> None:
    await load(core, clock, an_item(1, "до 20 марта"), an_item(2, "до 30 марта"))
    report = await load(core, clock, an_item(2, "до 30 марта"), an_item(3, "до 1 апреля"))
    assert report == LoadReport("test-2022", (3,), (), (), (1,))
    (found,) = await core.roadmaps.all()
    assert [one.item.number for one in found.items] == [1, 2, 3]


async def test_head_of_the_roadmap_follows_the_file(core: Core, clock: SettableClock) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    renamed = a_roadmap(an_item(1, "до 20 марта"), title="Новое название", order_number="7")
    await core.roadmaps.load(renamed, now=clock())
    (found,) = await core.roadmaps.all()
    assert found.roadmap == renamed


async def test_what_a_person_corrected_is_left_and_reported(core: Core, clock: SettableClock, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    item_id = (await kept(core, 1)).id
    await core.roadmaps.correct(item_id, ItemField.DEADLINE, "до 25 марта", by=marina, now=clock())
    file = replace(an_item(1, "до 21 марта"), indicator="Письмо")
    report = await load(core, clock, file)
    assert report.changed == (Change(1, ItemField.INDICATOR, "Приказ", "Письмо"),)
    assert report.left == (Change(1, ItemField.DEADLINE, "до 25 марта", "до 21 марта"),)
    item = (await kept(core, 1)).item
    assert (item.deadline.end, item.deadline_text, item.indicator) == (date(2022, 3, 25), "до 25 марта", "Письмо")


async def test_flag_that_a_person_confirmed_does_not_come_back_with_the_file(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await load(core, clock, FLAGGED)
    await core.roadmaps.confirm((await kept(core, 1)).id, ItemField.DEADLINE, by=marina, now=clock())
    assert (await load(core, clock, FLAGGED)).changed == ()
    assert (await kept(core, 1)).item.flags == ()


async def test_date_chosen_in_the_chat_is_no_business_of_the_file(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await load(core, clock, an_item(1, "после 29 апреля"))
    await core.roadmaps.correct((await kept(core, 1)).id, ItemField.HELD_ON, "16 мая", by=marina, now=clock())
    assert await load(core, clock, an_item(1, "после 29 апреля")) == LoadReport("test-2022", (), (), (), ())
    assert (await kept(core, 1)).item.held_on == date(2022, 5, 16)


async def test_closing_survives_a_load(core: Core, clock: SettableClock, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    await core.roadmaps.close((await kept(core, 1)).id, "приказ № 5", by=marina, now=clock())
    await load(core, clock, an_item(1, "до 21 марта"))
    closing = (await kept(core, 1)).closing
    assert closing is not None
    assert closing.note == "приказ № 5"


async def test_roadmaps_stand_side_by_side(core: Core, clock: SettableClock) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    other = a_roadmap(an_item(1, "до 1 мая", year=2023), slug="tver-2023", year=2023, region="Тверская область")
    await core.roadmaps.load(other, now=clock())
    found = await core.roadmaps.all()
    assert [(one.roadmap.slug, len(one.items)) for one in found] == [("test-2022", 1), ("tver-2023", 1)]
    assert found[1].roadmap == other


async def test_every_kind_of_threshold_and_flag_survives_the_database(core: Core, clock: SettableClock) -> None:
    items = (
        an_item(1, "март – апрель", threshold=Threshold(ThresholdKind.SHARE, None, "participants")),
        an_item(2, "ежемесячно", threshold=Threshold(ThresholdKind.MONTHLY, 1)),
        an_item(3, "", flags=tuple(Flag("deadline", state, "заметка") for state in FlagState)),
    )
    await load(core, clock, *items)
    assert [one.item for one in (await core.roadmaps.all())[0].items] == list(items)


def test_broken_file_gives_no_roadmap_to_load() -> None:
    text = IVANOVO_FILE.read_text(encoding="utf-8").replace('deadline = "25.11.2021"', 'deadline = "31.02.2022"')
    with pytest.raises(RoadmapFileError) as caught:
        read_roadmap(text)
    assert [(defect.item, defect.field) for defect in caught.value.defects] == [(1, "deadline")]


async def test_load_that_fails_half_way_leaves_nothing(core: Core, clock: SettableClock, look: Look) -> None:
    with pytest.raises(Exception, match="UNIQUE"):
        await load(core, clock, an_item(1, "до 20 марта"), an_item(1, "до 21 марта"))
    assert (look.count("roadmap"), look.count("item")) == (0, 0)


# --- Correcting and confirming


async def test_correction_is_saved_with_its_history_and_reason(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await load(core, clock, FLAGGED)
    item_id = (await kept(core, 1)).id
    card = await core.roadmaps.correct(
        item_id, ItemField.DEADLINE, "до 25 марта", why="письмо № 7", by=marina, now=clock()
    )
    assert (card.kept.item.deadline.end, card.kept.item.flags) == (date(2022, 3, 25), ())
    assert (await kept(core, 1)).item == card.kept.item
    assert history(look) == [(1, "deadline", "до 20 марта", "до 25 марта", "письмо № 7")]
    assert look.rows("SELECT corrected FROM item") == [('["deadline"]',)]


async def test_same_correction_twice_is_one(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    item_id = (await kept(core, 1)).id
    for _ in range(2):
        await core.roadmaps.correct(item_id, ItemField.SHORT, "Новое", by=marina, now=clock())
    assert history(look) == [(1, "short", "Мероприятие 1", "Новое", "")]


async def test_history_is_shown_newest_first(core: Core, clock: SettableClock, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    item_id = (await kept(core, 1)).id
    for title in ("Раз", "Два"):
        await core.roadmaps.correct(item_id, ItemField.SHORT, title, by=marina, now=clock())
    await load(core, clock, an_item(1, "до 25 марта"))
    _, changes = await core.roadmaps.history(item_id, by=marina, now=clock())
    assert [(one.who, one.change.before, one.change.after) for one in changes] == [
        ("", "до 20 марта", "до 25 марта"),
        (marina.name, "Раз", "Два"),
        (marina.name, "Мероприятие 1", "Раз"),
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (ItemField.SHORT, " "),
        (ItemField.SHORT, "я" * 61),
        (ItemField.TITLE, "я" * 1501),
        (ItemField.DEADLINE, "31 февраля"),
        (ItemField.DEADLINE, "когда-нибудь"),
        (ItemField.HELD_ON, "16 мая"),
        (ItemField.EXECUTORS, "никто"),
    ],
)
async def test_text_that_cannot_be_the_field_changes_nothing(
    core: Core, clock: SettableClock, look: Look, marina: Member, field: ItemField, text: str
) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    before = await kept(core, 1)
    with pytest.raises(Refusal) as caught:
        await core.roadmaps.correct(before.id, field, text, by=marina, now=clock())
    assert core.texts.plain(str(caught.value.reason), **caught.value.details)
    assert await kept(core, 1) == before
    assert look.count("item_change") == 0


async def test_confirming_removes_the_flag_once(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    await load(core, clock, FLAGGED)
    item_id = (await kept(core, 1)).id
    for _ in range(2):
        card = await core.roadmaps.confirm(item_id, ItemField.DEADLINE, by=marina, now=clock())
        assert (card.kept.item.flags, card.kept.item.deadline_text) == ((), "до 20 марта")
    assert len(history(look)) == 1


async def test_confirming_one_field_leaves_the_flags_of_the_others(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    title = Flag("title", FlagState.UNREADABLE)
    await load(core, clock, replace(FLAGGED, flags=(*FLAGGED.flags, title)))
    await core.roadmaps.confirm((await kept(core, 1)).id, ItemField.DEADLINE, by=marina, now=clock())
    assert (await kept(core, 1)).item.flags == (title,)


# --- Closing and opening again


async def test_closing_twice_is_closing_once(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    item_id, first = (await kept(core, 1)).id, clock()
    await core.roadmaps.close(item_id, " приказ № 5 ", by=marina, now=clock())
    card = await core.roadmaps.close(item_id, "ещё раз", by=marina, now=clock.advance(hours=1))
    assert card.kept.closing is not None
    assert (card.kept.closing.at, card.kept.closing.note) == (first, "приказ № 5")
    assert history(look) == [(1, "state", "open", "closed", "приказ № 5")]


async def test_reopening_twice_is_reopening_once(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    item_id = (await kept(core, 1)).id
    await core.roadmaps.reopen(item_id, by=marina, now=clock())
    assert history(look) == []
    await core.roadmaps.close(item_id, "", by=marina, now=clock())
    for _ in range(2):
        assert (await core.roadmaps.reopen(item_id, by=marina, now=clock())).kept.is_open
    assert [row[2:4] for row in history(look)] == [("open", "closed"), ("closed", "open")]
    assert look.rows("SELECT closed_at, closed_by, closing_note FROM item") == [(None, None, "")]


# --- Refusals


@pytest.mark.parametrize("member", [STRANGER, SCHOOL], ids=["stranger", "without the role"])
async def test_nobody_but_the_coordinator_sees_or_changes_anything(
    core: Core, clock: SettableClock, look: Look, marina: Member, member: Member
) -> None:
    await load(core, clock, FLAGGED)
    before = await kept(core, 1)
    roadmaps = core.roadmaps
    for refused in (
        roadmaps.card(before.id, by=member, now=clock(), right=Right.CORRECT_ITEM),
        roadmaps.history(before.id, by=member, now=clock()),
        roadmaps.correct(before.id, ItemField.SHORT, "Взлом", by=member, now=clock()),
        roadmaps.confirm(before.id, ItemField.DEADLINE, by=member, now=clock()),
        roadmaps.close(before.id, "", by=member, now=clock()),
        roadmaps.reopen(before.id, by=member, now=clock()),
        roadmaps.carry_over(before.roadmap_id, 2023, by=member, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await refused
    assert await kept(core, 1) == before
    assert (look.count("item_change"), look.count("attention"), look.count("roadmap")) == (0, 0, 1)


async def test_roadmap_itself_is_seen_by_everybody_of_the_project_and_by_nobody_else(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await load(core, clock, FLAGGED)
    before = await kept(core, 1)
    seen = await core.roadmaps.card(before.id, by=marina, now=clock())
    assert (seen.keeps, seen.owes) == (True, True)
    school = await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core)), now=clock())
    seen = await core.roadmaps.card(before.id, by=school, now=clock())
    assert (seen.keeps, seen.owes) == (False, False)
    assert (await core.roadmaps.overview(by=school, now=clock())).keeps is False
    for refused in (
        core.roadmaps.overview(by=STRANGER, now=clock()),
        core.roadmaps.card(before.id, by=STRANGER, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await refused


async def test_item_that_is_not_there_is_refused_kindly(core: Core, clock: SettableClock, marina: Member) -> None:
    for refused in (
        core.roadmaps.card(404, by=marina, now=clock()),
        core.roadmaps.correct(404, ItemField.SHORT, "x", by=marina, now=clock()),
        core.roadmaps.close(404, "", by=marina, now=clock()),
        core.roadmaps.reopen(404, by=marina, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"roadmap\.unknown-item"):
            await refused


# --- Looking


async def test_overview_shows_the_live_roadmaps_and_the_newest_where_all_are_over(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 1 мая", year=2021), slug="a-2021", year=2021), now=clock())
    await load(core, clock, an_item(1, "до 20 марта"))
    overview = await core.roadmaps.overview(by=marina, now=clock())
    assert ([one.roadmap.slug for one in overview.roadmaps], overview.today) == (["test-2022"], date(2022, 3, 9))
    clock.set("2024-01-01 00:30")
    overview = await core.roadmaps.overview(by=marina, now=clock())
    assert ([one.roadmap.slug for one in overview.roadmaps], overview.today) == (["test-2022"], date(2024, 1, 1))


# --- Carrying over


async def test_carrying_over_twice_makes_one_roadmap(core: Core, clock: SettableClock, marina: Member) -> None:
    await load(core, clock, an_item(1, "до 20.03.2022"), an_item(2, "после 29 апреля", held_on=date(2022, 5, 16)))
    (old,) = await core.roadmaps.all()
    first = await core.roadmaps.carry_over(old.id, 2023, by=marina, now=clock())
    again = await core.roadmaps.carry_over(old.id, 2023, by=marina, now=clock())
    assert first == again
    assert [one.roadmap.slug for one in await core.roadmaps.all()] == ["test-2022", "test-2023"]
    assert [(one.item.deadline_text, one.item.held_on) for one in first.items] == [
        ("до 20.03.2023", None),
        ("после 29 апреля", None),
    ]
    assert all(one.item.flags[-1].state is FlagState.CARRIED for one in first.items)
    assert (await core.roadmaps.all())[0] == old


@pytest.mark.parametrize("year", [2021, 2022, 2043, -5])
async def test_roadmap_is_not_carried_to_a_year_that_makes_no_sense(
    core: Core, clock: SettableClock, look: Look, marina: Member, year: int
) -> None:
    await load(core, clock, an_item(1, "до 20 марта"))
    (old,) = await core.roadmaps.all()
    with pytest.raises(Refusal, match=r"roadmap\.cannot-carry-over"):
        await core.roadmaps.carry_over(old.id, year, by=marina, now=clock())
    with pytest.raises(Refusal, match=r"roadmap\.cannot-carry-over"):
        await core.roadmaps.carry_over(404, 2023, by=marina, now=clock())
    assert look.count("roadmap") == 1


async def test_roadmap_of_the_last_century_s_end_is_refused_not_broken(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    far = a_roadmap(an_item(1, "до 20 марта", year=2095), slug="far-2095", year=2095)
    await core.roadmaps.load(far, now=clock())
    (old,) = await core.roadmaps.all()
    with pytest.raises(Refusal, match=r"roadmap\.cannot-carry-over"):
        await core.roadmaps.carry_over(old.id, 2101, by=marina, now=clock())


def test_shipped_file_is_where_the_texts_say() -> None:
    assert Path("roadmaps/ivanovo-2022.toml").resolve() == IVANOVO_FILE.resolve()
