"""The registry's file: looked at, asked about, loaded whole or not at all."""

from typing import Any

import pytest

from actions.registry_file import DRAFT_LIFE, Look
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry_file_plan import Kind
from tests.people import (
    MARINA,
    OLGA,
    PAVEL,
    SCHOOL,
    STRANGER,
    SettableClock,
    a_roadmap,
    a_school,
    an_item,
    comes_in,
    enrolled,
)
from tests.people import Look as Rows
from tests.workbook import a_workbook, cells_of

SCHOOLS = [("Южский район", "Школа № 7"), ("Южский район", "Школа № 8"), ("Шуйский район",)]
ANNA = ("Соколова Анна Петровна", "директор", "команда школы", "Южский район", "Школа № 7", "да")
PYOTR = [
    ("Ильин Пётр Олегович", "методист", "куратор", "Южский район", "Школа № 7"),
    ("Ильин Пётр Олегович", "", "куратор", "Южский район", "Школа № 8"),
    ("Ильин Пётр Олегович", "", "муниципальный координатор", "Шуйский район"),
]
EVERYBODY = [ANNA, *PYOTR]
DUTIES = """
    SELECT p.name, d.role, s.name, m.name, o.code, d.responsible FROM duty d JOIN person p ON p.id = d.person_id
    LEFT JOIN school s ON s.id = d.school_id LEFT JOIN municipality m ON m.id = d.municipality_id
    LEFT JOIN organisation o ON o.id = d.organisation_id WHERE d.until IS NULL AND p.id > 1 ORDER BY d.id
"""
LOADED = [
    ("Соколова Анна Петровна", "school", "Школа № 7", None, None, 1),
    ("Ильин Пётр Олегович", "curator", "Школа № 7", None, None, 0),
    ("Ильин Пётр Олегович", "curator", "Школа № 8", None, None, 0),
    ("Ильин Пётр Олегович", "municipal", None, "Шуйский район", None, 0),
]


async def looked(core: Core, by: Member, clock: SettableClock, *people: Any, schools: Any = ()) -> Look:
    """Somebody sends a file; every one has a time of its own."""
    clock.advance(seconds=1)
    return await core.registry_files.look(a_workbook(people, schools), by=by, now=clock())


async def loaded(core: Core, by: Member, clock: SettableClock, *people: Any, schools: Any = ()) -> Look:
    found, done = await core.registry_files.load(
        (await looked(core, by, clock, *people, schools=schools)).version, by=by, now=clock()
    )
    assert done
    return found


async def test_everything_is_loaded_at_once(core: Core, clock: SettableClock, marina: Member, look: Rows) -> None:
    before = await looked(core, marina, clock, *EVERYBODY, schools=SCHOOLS)
    assert before.plan.counts == {Kind.ADDED: 7}
    assert look.rows(DUTIES) == []
    assert (await core.registry_files.load(before.version, by=marina, now=clock()))[1]
    assert look.rows(DUTIES) == LOADED
    assert look.rows("SELECT name, name_key FROM school ORDER BY id") == [
        ("Школа № 7", "школа № 7"),
        ("Школа № 8", "школа № 8"),
    ]
    assert look.rows("SELECT name_key, position FROM person WHERE id > 1") == [
        ("соколова анна петровна", "директор"),
        ("ильин петр олегович", "методист"),
    ]
    assert look.count("registry_draft") == 0


async def test_each_deed_is_written_down(core: Core, clock: SettableClock, marina: Member, look: Rows) -> None:
    await loaded(core, marina, clock, *EVERYBODY, schools=SCHOOLS)
    deeds = look.rows("SELECT deed, count(*), max(about) FROM audit WHERE person_id = 1 GROUP BY deed ORDER BY max(id)")
    assert deeds[-4:] == [
        ("school-added", 2, '{"school": 2}'),
        ("person-added", 2, '{"person": 3}'),
        ("duty-given", 4, '{"person": 3, "role": "municipal", "municipality": 2}'),
        ("registry-loaded", 1, '{"count": 6}'),
    ]


async def test_the_same_file_again_changes_nothing(core: Core, clock: SettableClock, marina: Member) -> None:
    await loaded(core, marina, clock, *EVERYBODY, schools=SCHOOLS)
    again = await looked(core, marina, clock, *EVERYBODY, schools=SCHOOLS)
    assert (again.plan.work.is_nothing, again.plan.counts) == (True, {Kind.SAME: 7})


async def test_what_is_exported_is_what_was_loaded(core: Core, clock: SettableClock, marina: Member) -> None:
    await loaded(core, marina, clock, *EVERYBODY, schools=SCHOOLS)
    made = await core.registry_files.export(by=marina, now=clock())
    assert (made.schools, made.people, made.day) == (2, 3, clock().date())
    assert cells_of(made.content, "Люди")[1][:3] == ("Ильин Пётр Олегович", "методист", "куратор")
    again = await core.registry_files.look(made.content, by=marina, now=clock())
    assert (again.plan.work.is_nothing, again.plan.absent, again.plan.left) == (True, (), ())


async def test_known_people_are_corrected_and_given_more(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    await loaded(core, marina, clock, *EVERYBODY, schools=SCHOOLS)
    number = look.rows("SELECT id FROM person WHERE name LIKE 'Сокол%'")[0][0]
    renamed = ("Новая Анна Петровна", "завуч", "команда школы", "Южский район", "Школа № 7", "", number)
    olga = ("Лебедева Ольга", "директор", "команда школы", "Южский район", "Школа № 7", "да")
    (asked,) = (await looked(core, marina, clock, renamed, olga)).plan.questions
    found = await core.registry_files.waits(by=marina)
    found = await core.registry_files.answer(found.version, asked.id, same=True, by=marina)
    assert (await core.registry_files.load(found.version, by=marina, now=clock()))[1]
    assert look.rows("SELECT name, position FROM person WHERE id = ?", number) == [("Новая Анна Петровна", "завуч")]
    assert [row for row in look.rows(DUTIES) if row[1] == "school"] == [
        ("Новая Анна Петровна", "school", "Школа № 7", None, None, 0),
        ("Лебедева Ольга", "school", "Школа № 7", None, None, 1),
    ]
    assert look.rows("SELECT deed FROM audit ORDER BY id DESC LIMIT 6") == [
        ("registry-loaded",),
        ("duty-given",),
        ("position-changed",),
        ("person-renamed",),
        ("person-added",),
        ("registry-loaded",),
    ]


async def test_who_is_responsible_is_changed(core: Core, clock: SettableClock, marina: Member, look: Rows) -> None:
    olga = ("Лебедева Ольга", "", "команда школы", "Южский район", "Школа № 7", "")
    await loaded(core, marina, clock, ANNA, olga, schools=SCHOOLS)
    await loaded(core, marina, clock, (*olga[:5], "да"))
    assert [(row[0], row[5]) for row in look.rows(DUTIES)] == [("Соколова Анна Петровна", 0), ("Лебедева Ольга", 1)]
    await loaded(core, marina, clock, (*olga[:5], "нет"))
    assert [row[5] for row in look.rows(DUTIES)] == [0, 0]


async def test_an_organisation_of_the_roadmap_is_made(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 марта")), now=clock())
    await loaded(core, marina, clock, ("Лебедева Ольга", "", "организатор", "", "Департамент"))
    assert look.rows(DUTIES) == [("Лебедева Ольга", "organiser", None, None, "department", 0)]


async def test_a_school_is_written_as_the_file_writes_it(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    await a_school(core, "МБОУ Ёлкинская школа", "Южский район")
    await loaded(core, marina, clock, schools=[("Южский район", "МБОУ «Елкинская школа»")])
    assert look.rows("SELECT name FROM school") == [("МБОУ «Елкинская школа»",)]
    await loaded(core, marina, clock, schools=[("Южский район", "МБОУ «Ёлкинская школа»")])
    await loaded(core, marina, clock, schools=[("Южский район", "МБОУ «Елкинская школа»")])
    assert look.rows("SELECT name FROM school") == [("МБОУ «Ёлкинская школа»",)]


ADDRESSES = "SELECT name, address FROM school ORDER BY id"


async def test_addresses_are_loaded_exported_and_never_taken_away(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    places = [("Южский район", "Школа № 7", "Южа, ул. Ёлочная, 5"), ("Южский район", "Школа № 8")]
    kept = [("Школа № 7", "Южа, ул. Ёлочная, 5"), ("Школа № 8", "")]
    await loaded(core, marina, clock, schools=places)
    assert look.rows(ADDRESSES) == kept
    exported = (await core.registry_files.export(by=marina, now=clock())).content
    assert cells_of(exported, "Школы") == [("Муниципалитет", "Школа", "Адрес"), places[0], (*places[1], None)]
    for content in (
        exported,
        a_workbook(schools=SCHOOLS),
        a_workbook(schools=SCHOOLS[:2], places=("Муниципалитет", "Школа")),
    ):
        clock.advance(seconds=1)
        found = await core.registry_files.look(content, by=marina, now=clock())
        assert (found.plan.work.addresses, found.plan.work.changed) == ({}, 0)
        assert (await core.registry_files.load(found.version, by=marina, now=clock()))[1]
    assert look.rows(ADDRESSES) == kept


async def test_a_changed_address_is_planned_and_written_down(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    _, eight = [await a_school(core, f"Школа № {number}", "Южский район") for number in (7, 8)]
    await core.registries.set_school_address(eight, "Талицы", by=marina, now=clock())
    places = [(*SCHOOLS[0], "Южа"), (*SCHOOLS[1], "Талицы, 1"), ("Шуйский район", "Лицей", "Шуя")]
    await loaded(core, marina, clock, schools=places)
    assert look.rows(ADDRESSES) == [("Школа № 7", "Южа"), ("Школа № 8", "Талицы, 1"), ("Лицей", "Шуя")]
    assert look.rows("SELECT deed, about FROM audit ORDER BY id DESC LIMIT 4") == [
        ("registry-loaded", '{"count": 4}'),
        ("school-address-changed", '{"school": 2}'),
        ("school-address-changed", '{"school": 1}'),
        ("school-added", '{"school": 3}'),
    ]


async def test_an_address_typed_while_the_file_waits_is_seen(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    school = await a_school(core, "Школа № 7", "Южский район")
    found = await looked(core, marina, clock, schools=[(*SCHOOLS[0], "Южа")])
    assert found.plan.work.changed == 1
    await core.registries.set_school_address(school, "Южа", by=marina, now=clock())
    again, done = await core.registry_files.load(found.version, by=marina, now=clock())
    assert (done, again.plan.work.is_nothing) == (True, True)


async def test_a_school_that_left_is_back(core: Core, clock: SettableClock, marina: Member, look: Rows) -> None:
    """With the address that it had, unless the file has another."""
    for number in (7, 8):
        school = await a_school(core, f"Школа № {number}", "Южский район")
        await core.registries.set_school_address(school, "Южа", by=marina, now=clock())
        await core.registries.school_left(school, by=marina, now=clock())
    await loaded(core, marina, clock, schools=[SCHOOLS[0], (*SCHOOLS[1], "Талицы")])
    assert look.rows("SELECT name, address, left_at FROM school ORDER BY id") == [
        ("Школа № 7", "Южа", None),
        ("Школа № 8", "Талицы", None),
    ]


async def test_nothing_is_loaded_while_a_row_is_wrong(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    found = await looked(core, marina, clock, *EVERYBODY, ("Без Роли", "", "директор"), schools=SCHOOLS)
    again, done = await core.registry_files.load(found.version, by=marina, now=clock())
    assert (done, len(again.plan.wrong)) == (False, 1)
    assert (look.count("school"), look.count("municipality"), look.count("person")) == (0, 0, 1)


async def test_nothing_is_loaded_while_something_is_asked(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    await loaded(core, marina, clock, ANNA, schools=SCHOOLS)
    found = await looked(core, marina, clock, ("Соколова А. П.", *ANNA[1:]))
    assert not (await core.registry_files.load(found.version, by=marina, now=clock()))[1]
    found = await core.registry_files.answer(found.version, found.plan.questions[0].id, same=False, by=marina)
    assert (await core.registry_files.load(found.version, by=marina, now=clock()))[1]
    assert [(row[0], row[5]) for row in look.rows(DUTIES)] == [("Соколова Анна Петровна", 0), ("Соколова А. П.", 1)]


async def test_a_broken_transaction_loads_nothing(
    core: Core, clock: SettableClock, marina: Member, look: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await looked(core, marina, clock, *EVERYBODY, schools=SCHOOLS)

    async def fails(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("storage.outbox.withdraw_days", fails)
    with pytest.raises(RuntimeError):
        await core.registry_files.load(found.version, by=marina, now=clock())
    assert (look.count("school"), look.count("municipality"), look.count("person"), look.count("registry_draft")) == (
        *(0, 0, 1, 1),
    )


async def test_a_person_added_meanwhile_is_asked_about_and_not_added_again(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    school = await a_school(core, "Школа № 7", "Южский район")
    found = await looked(core, marina, clock, ANNA)
    assert found.plan.is_ready
    await core.persons.add("Соколова А. П.", "", Duty(Role.SCHOOL, school), by=marina, now=clock())
    again, done = await core.registry_files.load(found.version, by=marina, now=clock())
    assert (done, len(again.plan.questions)) == (False, 1)
    assert look.count("person") == 2


async def test_a_change_while_the_plan_is_made_is_seen(
    core: Core, clock: SettableClock, marina: Member, look: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The registry is read again in the transaction that loads: what was planned from an older one is not written."""
    school = await a_school(core, "Школа № 7", "Южский район")
    found = await looked(core, marina, clock, ANNA)
    files = core.registry_files
    planned, meanwhile = files._plan, [True, False]

    async def plan_slowly(*asked: Any) -> Any:
        made = await planned(*asked)
        if meanwhile.pop(0):
            await core.persons.add(ANNA[0], "", Duty(Role.SCHOOL, school), by=marina, now=clock())
        return made

    monkeypatch.setattr(files, "_plan", plan_slowly)
    assert (await files.load(found.version, by=marina, now=clock()))[1]
    assert look.rows("SELECT name, position FROM person WHERE id > 1") == [("Соколова Анна Петровна", "директор")]


async def test_a_registry_that_never_stands_still_is_given_up(
    core: Core, clock: SettableClock, marina: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await looked(core, marina, clock, ANNA, schools=SCHOOLS)
    files = core.registry_files
    planned = files._plan

    async def plan_slowly(*asked: Any) -> Any:
        made = await planned(*asked)
        await a_school(core, f"Лицей № {clock.advance(seconds=1).second + 100}")
        return made

    monkeypatch.setattr(files, "_plan", plan_slowly)
    with pytest.raises(Refusal, match=r"registry_file\.changed"):
        await files.load(found.version, by=marina, now=clock())


async def test_nobody_loses_the_role_of_a_coordinator_by_a_file(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await loaded(core, marina, clock, (MARINA.name, "начальник", "команда школы", *ANNA[3:]), schools=SCHOOLS)
    assert (await core.people.member(MARINA.account, now=clock())).roles == {Role.COORDINATOR, Role.SCHOOL}


async def test_every_coordinator_has_a_file_of_their_own(core: Core, clock: SettableClock, marina: Member) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    hers = await looked(core, marina, clock, ANNA, schools=SCHOOLS)
    his = await looked(core, pavel, clock, *PYOTR, schools=SCHOOLS)
    assert (await core.registry_files.waits(by=marina)).plan.work == hers.plan.work
    assert (await core.registry_files.waits(by=pavel)).plan.work == his.plan.work
    await core.registry_files.forget(by=pavel)
    assert await core.registry_files.waiting(by=pavel, now=clock()) is None
    assert await core.registry_files.waiting(by=marina, now=clock()) is not None


async def test_a_file_that_nobody_decides_on_is_forgotten(
    core: Core, clock: SettableClock, marina: Member, look: Rows
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    await looked(core, pavel, clock, ANNA, schools=SCHOOLS)
    clock.now += DRAFT_LIFE
    await looked(core, marina, clock, ANNA, schools=SCHOOLS)
    assert look.rows("SELECT person_id FROM registry_draft") == [(marina.person_id,)]
    clock.now += DRAFT_LIFE * 2
    assert await core.registry_files.waiting(by=pavel, now=clock()) is None
    assert look.count("registry_draft") == 0


async def test_an_answer_to_an_older_file_is_none_to_the_newer(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await loaded(core, marina, clock, ANNA, schools=SCHOOLS)
    likely = ("Соколова А. П.", *ANNA[1:])
    older = await looked(core, marina, clock, likely)
    await looked(core, marina, clock, likely)
    found = await core.registry_files.answer(older.version, older.plan.questions[0].id, same=True, by=marina)
    assert len(found.plan.questions) == 1
    assert (await core.registry_files.load(older.version, by=marina, now=clock()))[1] is False


async def test_only_coordinators_have_to_do_with_it(core: Core, clock: SettableClock, marina: Member) -> None:
    school = await a_school(core)
    olga = await enrolled(core, OLGA, Duty(Role.CURATOR, school), now=clock())
    files, content = core.registry_files, a_workbook([ANNA], SCHOOLS)
    for by in (olga, SCHOOL, STRANGER):
        for use in (
            files.template(by=by),
            files.export(by=by, now=clock()),
            files.waiting(by=by, now=clock()),
            files.look(content, by=by, now=clock()),
            files.waits(by=by),
            files.answer(1, "0" * 12, same=True, by=by),
            files.load(1, by=by, now=clock()),
            files.forget(by=by),
            files.report(by=by),
        ):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await use


async def test_the_template_names_the_organisations(core: Core, clock: SettableClock, marina: Member) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 марта")), now=clock())
    said = [row[0] for row in cells_of(await core.registry_files.template(by=marina), "Как заполнять")]
    assert said[said.index("Организации:") + 1] == "Департамент"


async def test_without_a_file_there_is_nothing_to_do(core: Core, clock: SettableClock, marina: Member) -> None:
    files = core.registry_files
    await files.forget(by=marina)
    for use in (files.waits(by=marina), files.report(by=marina), files.load(1, by=marina, now=clock())):
        with pytest.raises(Refusal, match=r"registry_file\.gone"):
            await use
