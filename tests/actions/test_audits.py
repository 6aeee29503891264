"""The audit read by the coordinator; and that everything people do gets into it."""

import ast
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions.audit import SHOWN
from bot.core import Core
from domain.audit import ABOUT, Deed
from domain.audit_look import Narrowing, Span
from domain.audit_topic import Topic
from domain.item_field import ItemField
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import Flag, FlagState
from storage import audit as audit_rows
from tests.people import (
    MARINA,
    MOSCOW,
    OLGA,
    PAVEL,
    SCHOOL,
    STRANGER,
    VECTOR_CHAT,
    Look,
    SettableClock,
    a_roadmap,
    a_school,
    an_item,
    bound,
    comes_in,
    enrolled,
)
from tests.texts.features.audit import empty, filled, row
from texts import Texts
from texts.check import ROOMS, ROOT

UNTOLD = {"request", "remark", "happening", "destroyed", "visit", "agreed"}
"""Numbers and counts that stand in the act or serve a second press, not the reader of the audit."""
ACTIONS = sorted(Path(ROOT / "actions").glob("*.py"))


def written(look: Look, *deeds: Deed) -> list[tuple[str, int | None, str]]:
    """(deed, person, about) of the rows, those of some deeds."""
    rows = look.rows("SELECT deed, person_id, about FROM audit ORDER BY id")
    return [(deed, by, about) for deed, by, about in rows if not deeds or deed in deeds]


async def say(core: Core, clock: SettableClock, by: int | None, deed: Deed, **about: int | str | None) -> None:
    async with core.database.transaction() as tx:
        await audit_rows.record(tx, clock(), by, deed, **about)


# --- What is written down


async def test_what_the_operator_does_with_a_roadmap_is_written_down(
    core: Core, clock: SettableClock, look: Look
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта"), an_item(2, "до 21 марта")), now=clock())
    await core.roadmaps.load(
        a_roadmap(an_item(1, "до 25 марта", indicator="Протокол"), an_item(2, "до 21 марта")), now=clock()
    )
    await core.roadmaps.load(
        a_roadmap(an_item(1, "до 25 марта", indicator="Протокол"), an_item(2, "до 21 марта")), now=clock()
    )
    assert written(look) == [("roadmap-loaded", None, f'{{"roadmap": 1, "count": {count}}}') for count in (2, 1, 0)]


async def test_every_change_of_an_item_is_written_down_once(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    unclear = an_item(1, "до 20 марта", flags=(Flag(ItemField.INDICATOR, FlagState.RESTORED),))
    await core.roadmaps.load(a_roadmap(unclear), now=clock())
    for _ in range(2):
        await core.roadmaps.correct(1, ItemField.SHORT, "Новое", by=marina, now=clock())
        await core.roadmaps.confirm(1, ItemField.INDICATOR, by=marina, now=clock())
    for _ in range(2):
        await core.roadmaps.close(1, "приказ", by=marina, now=clock())
    for _ in range(2):
        await core.roadmaps.reopen(1, by=marina, now=clock())
    assert written(look, Deed.ITEM_CORRECTED, Deed.ITEM_CONFIRMED, Deed.ITEM_CLOSED, Deed.ITEM_REOPENED) == [
        ("item-corrected", 1, '{"item": 1, "field": "short"}'),
        ("item-confirmed", 1, '{"item": 1, "field": "indicator"}'),
        ("item-closed", 1, '{"item": 1}'),
        ("item-reopened", 1, '{"item": 1}'),
    ]


async def test_a_refused_press_is_not_written_down(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    before = written(look)
    with pytest.raises(Refusal):
        await core.roadmaps.correct(1, ItemField.DEADLINE, "когда-нибудь", by=marina, now=clock())
    with pytest.raises(Refusal):
        await core.roadmaps.close(1, "", by=SCHOOL, now=clock())
    assert written(look) == before


async def test_carrying_over_is_written_down_once(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    for _ in range(2):
        await core.roadmaps.carry_over(1, 2023, by=marina, now=clock())
    assert written(look, Deed.CARRIED_OVER) == [("carried-over", 1, '{"roadmap": 2}')]


async def test_a_group_that_takes_the_place_of_another_unbinds_it(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    first = await bound(core, marina, clock())
    second = await bound(core, marina, clock(), chat_id=VECTOR_CHAT)
    for _ in range(2):
        await core.groups.bind(second.id, "500+", by=marina, now=clock())
        await core.groups.bind(first.id, None, by=marina, now=clock())
    await core.groups.bind(second.id, None, by=marina, now=clock())
    assert written(look, Deed.GROUP_BOUND, Deed.GROUP_UNBOUND) == [
        ("group-bound", 1, '{"group": 1, "channel": "500+"}'),
        ("group-unbound", 1, '{"group": 1, "channel": "500+"}'),
        ("group-bound", 1, '{"group": 2, "channel": "500+"}'),
        ("group-unbound", 1, '{"group": 2, "channel": "500+"}'),
    ]


async def test_settings_are_written_down_where_they_differ(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    for text in ("10, 2", "2;10", None, None):
        await core.rules.change_rule("by_ahead", text, by=marina, now=clock())
    for working in (False, False, True):
        await core.rules.add_special_day("16 марта, день области", working=working, by=marina, now=clock())
    for _ in range(2):
        await core.rules.forget_special_day(date(2022, 3, 16), by=marina, now=clock())
    assert written(look, Deed.RULE_CHANGED, Deed.SPECIAL_DAY_ADDED, Deed.SPECIAL_DAY_FORGOTTEN) == [
        ("rule-changed", 1, '{"rule": "by_ahead", "value": "10, 2"}'),
        ("rule-changed", 1, '{"rule": "by_ahead", "value": "14, 7, 3, 1"}'),
        ("special-day-added", 1, '{"day": "2022-03-16", "working": 0}'),
        ("special-day-added", 1, '{"day": "2022-03-16", "working": 1}'),
        ("special-day-forgotten", 1, '{"day": "2022-03-16"}'),
    ]


async def test_a_special_day_without_a_year_is_of_the_local_one(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    clock.set("2023-01-01 00:30")  # 2022 by UTC
    sheet = await core.rules.add_special_day("9 января", working=False, by=marina, now=clock())
    assert [one.day for one in sheet.special_days] == [date(2023, 1, 9)]


# --- Reading


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A director; the roadmap is loaded, and something was done with it."""
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта"), an_item(16, "до 30 ноября")), now=clock())
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core)), now=clock())
    clock.advance(days=3)
    await core.roadmaps.close(2, "", by=marina, now=clock())
    clock.advance(days=5)
    await core.persons.rename(olga.person_id or 0, "Ольга Новая", by=marina, now=clock())
    return olga


async def deeds(core: Core, clock: SettableClock, by: Member, narrowing: Narrowing) -> list[Deed]:
    found = await core.audits.page(narrowing, 0, by=by, now=clock())
    assert found.total == len(found.rows)
    return [row.deed for row in found.rows]


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        (Narrowing(span=Span.TODAY), [Deed.PERSON_RENAMED]),
        (Narrowing(span=Span.WEEK), [Deed.PERSON_RENAMED, Deed.ITEM_CLOSED]),
        (Narrowing(topic=Topic.ROADMAP), [Deed.ITEM_CLOSED, Deed.ROADMAP_LOADED]),
        (Narrowing(topic=Topic.ROADMAP, span=Span.WEEK), [Deed.ITEM_CLOSED]),
        (Narrowing(by_operator=True), [Deed.ROADMAP_LOADED]),
        (Narrowing(2), [Deed.PERSON_RENAMED]),
        (Narrowing(1, topic=Topic.PEOPLE), [Deed.PERSON_RENAMED]),
        (Narrowing(999), []),
    ],
)
async def test_rows_are_narrowed(
    core: Core, clock: SettableClock, olga: Member, marina: Member, narrowing: Narrowing, expected: list[Deed]
) -> None:
    assert await deeds(core, clock, marina, narrowing) == expected


async def test_a_page_says_who_what_and_when(core: Core, clock: SettableClock, olga: Member, marina: Member) -> None:
    found = await core.audits.page(Narrowing(olga.person_id), 0, by=marina, now=clock())
    (row,) = found.rows
    assert (row.who, row.deed, row.about["person"], row.at) == (
        MARINA.name,
        Deed.PERSON_RENAMED,
        "Ольга Новая",
        clock(),
    )
    assert (found.choice.who, found.today, found.zone) == ("Ольга Новая", date(2022, 3, 17), MOSCOW)


async def test_who_was_erased_is_a_number_and_every_row_stays(
    core: Core, clock: SettableClock, look: Look, olga: Member, marina: Member
) -> None:
    before = look.rows("SELECT * FROM audit")
    await core.own_data.erase(by=olga, now=clock())
    found = await core.audits.page(Narrowing(2), 0, by=marina, now=clock())
    assert found.choice.who == "участник № 2"
    assert [(row.deed, row.who, row.about["person"]) for row in found.rows] == [
        (Deed.ERASED, "участник № 2", ""),
        (Deed.PERSON_RENAMED, MARINA.name, "участник № 2"),
    ]
    assert await core.audits.people("№ 2", by=marina) == {2: "участник № 2"}
    assert look.rows("SELECT * FROM audit")[: len(before)] == before


async def test_who_was_erased_by_the_coordinator_is_named_by_the_number(
    core: Core, clock: SettableClock, olga: Member, marina: Member, texts: Texts
) -> None:
    await core.persons.remove(2, by=marina, now=clock())
    await core.erasures.erase(2, by=marina, now=clock())
    (row, *_) = (await core.audits.page(Narrowing(), 0, by=marina, now=clock())).rows
    assert (row.who, texts.plain("audit.what", row=row, room=60)) == (
        MARINA.name,
        f"личные данные участника № 2 удалены по его требованию, акт № {row.id}",
    )


async def test_pages_are_turned_and_one_that_is_not_there_is_the_nearest(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    for number in range(2 * SHOWN + 1):
        await say(core, clock, 1, Deed.AUDIT_EXPORTED, count=number)
    everything = [(0, 9, 0), (1, 9, 1), (2, 9, 2), (99, 9, 2), (-1, 9, 0)]
    narrowing = Narrowing(topic=Topic.SETTINGS)
    seen = {}
    for asked, _, shown in everything:
        found = await core.audits.page(narrowing, asked, by=marina, now=clock())
        assert (found.page, found.pages, found.total) == (shown, 3, 19)
        seen[shown] = [row.about["count"] for row in found.rows]
    assert [count for page in sorted(seen) for count in seen[page]] == list(range(18, -1, -1))


async def test_people_are_found_by_name_and_number(
    core: Core, clock: SettableClock, olga: Member, marina: Member
) -> None:
    assert await core.audits.people("новая ольга", by=marina) == {2: "Ольга Новая"}
    assert await core.audits.people("участник № 1", by=marina) == {1: MARINA.name}
    for text in ("Зимин", "№ 99", "", "«»", "9" * 300):
        with pytest.raises(Refusal, match=r"audit\.nobody"):
            await core.audits.people(text, by=marina)


async def test_the_file_has_every_row_and_is_written_down(
    core: Core, clock: SettableClock, look: Look, olga: Member, marina: Member
) -> None:
    async with core.database.transaction() as tx:
        for number in range(1203):
            await audit_rows.record(tx, clock(), 1, Deed.CARDS_PRINTED, count=number)
    file = await core.audits.export(Narrowing(topic=Topic.COMING_IN, span=Span.TODAY), by=marina, now=clock())
    sheet = load_workbook(BytesIO(file.content), read_only=True)["Журнал"]
    said = [what for _, _, _, what in sheet.iter_rows(values_only=True)][1:]
    assert said == [f"подготовлены карточки с кодами: {number}" for number in range(1202, -1, -1)]
    assert (file.total, file.day, file.choice.narrowing.span) == (1203, date(2022, 3, 17), Span.TODAY)
    assert written(look, Deed.AUDIT_EXPORTED) == [("audit-exported", 1, '{"count": 1203}')]


async def test_the_audit_is_the_coordinator_s_alone(
    core: Core, clock: SettableClock, look: Look, olga: Member, marina: Member
) -> None:
    before = look.count("audit")
    pavel = await comes_in(core, PAVEL, clock(), Role.ORGANISER)
    undecided = Member(MARINA.account, marina.person_id, marina.name, marina.duties)
    for by in (STRANGER, SCHOOL, olga, pavel):
        for refused in (
            core.audits.page(Narrowing(), 0, by=by, now=clock()),
            core.audits.choice(Narrowing(1), by=by),
            core.audits.people("Марина", by=by),
            core.audits.export(Narrowing(), by=by, now=clock()),
        ):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await refused
    with pytest.raises(Refusal, match=r"access\.consent-first"):
        await core.audits.page(Narrowing(), 0, by=undecided, now=clock())
    assert written(look)[before:] == [("came-in", 3, '{"role": "organiser"}'), ("consent-given", 3, "{}")]


# --- The whole vocabulary


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


def used_deeds() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ACTIONS]
    return {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Deed"
    }


def records() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of ``record`` in the actions."""
    for path in ACTIONS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit_rows.record":
                yield path, node


def test_every_deed_is_recorded_somewhere() -> None:
    assert sorted({deed.name for deed in Deed} - used_deeds()) == []


def test_every_key_that_is_recorded_is_known() -> None:
    keys = {(path.name, one.arg) for path, call in records() for one in call.keywords if one.arg is not None}
    assert [found for found in sorted(keys) if found[1] not in ABOUT] == []
    assert ("roadmap.py", "item") in keys


def told_keys() -> Iterator[tuple[Deed, str]]:
    """(deed, key) of every record that spells them out."""
    for _, call in records():
        deed = call.args[3]
        if isinstance(deed, ast.Attribute):
            yield from ((Deed[deed.attr], one.arg) for one in call.keywords if one.arg is not None)


@pytest.mark.parametrize(("deed", "key"), sorted(set(told_keys())))
def test_every_key_that_is_recorded_is_read(texts: Texts, deed: Deed, key: str) -> None:
    values = filled("Школа № 7")
    said = [
        texts.plain("audit.what", row=row(deed, about), room=60) for about in (empty(), empty() | {key: values[key]})
    ]
    assert (said[0] != said[1]) is (key not in UNTOLD)


def test_nothing_but_the_actions_writes_the_audit_and_nothing_changes_it() -> None:
    for room in ROOMS:
        for path in Path(ROOT / room).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            assert "update(t.audit)" not in source
            assert "delete(t.audit)" not in source
            assert "audit_rows.record" not in source or path in ACTIONS
