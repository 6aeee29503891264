"""What a file comes to, row by row: cases over a small registry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.people import Duty, Role
from domain.registry import Municipality, Organisation, Registered, Registry, School
from domain.registry_file import Column, FileRow, Lexicon, Sheet, Unread, kept, restored, spelled
from domain.registry_file_plan import Kind, Outcome, Plan
from domain.registry_file_planning import plan
from domain.registry_file_questions import About

LEXICON = Lexicon(
    {"координатор": Role.COORDINATOR, "организатор": Role.ORGANISER, "моуо": Role.MUNICIPAL, "куратор": Role.CURATOR}
    | {"школа": Role.SCHOOL},
    "да",
    "нет",
)
ORGANISATIONS = (
    Organisation(1, "department", "Департамент образования Ивановской области"),
    Organisation(0, "university", "ГАУ ДПО ИО «Университет непрерывного образования»"),
    Organisation(0, "centre", "Центр оценки качества образования"),
)
SEVENTH, EIGHTH, ABROAD = School(1, "МБОУ СОШ № 7", 1), School(2, "Лицей № 8", 1), School(3, "Школа № 9", 2)
WHERE = "Южа, ул. Советская, 5"
ANNA = Registered(1, "Соколова Анна Петровна", "директор", (Duty(Role.SCHOOL, 1, responsible=True),))
PYOTR = Registered(2, "Ильин Пётр Олегович", "методист", (Duty(Role.CURATOR, 1), Duty(Role.CURATOR, 2)))
MARINA = Registered(3, "Королёва Марина", "", (Duty(Role.COORDINATOR),), has_come=True)
NAMELESS = Registered(4, "")
REGISTRY = Registry(
    (Municipality(1, "Южский район"), Municipality(2, "Шуйский район")),
    ORGANISATIONS[:1],
    (SEVENTH, EIGHTH, ABROAD),
    (ANNA, PYOTR, MARINA, NAMELESS),
)
PEOPLE = (Column.NAME, Column.POSITION, Column.ROLE, Column.MUNICIPALITY, Column.PLACE, Column.RESPONSIBLE)
HOME, AT_7 = "Южский район", ("Южский район", "МБОУ СОШ № 7")


def person(*cells: str, number: str = "", row: int = 2) -> FileRow:
    named = dict(zip(PEOPLE, cells, strict=False)) | {Column.NUMBER: number}
    return FileRow(Sheet.PEOPLE, row, {column: said for column, said in named.items() if said})


def school(*cells: str, row: int = 2) -> FileRow:
    named = zip((Column.MUNICIPALITY, Column.SCHOOL, Column.ADDRESS), cells, strict=False)
    return FileRow(Sheet.SCHOOLS, row, {column: said for column, said in named if said})


def planned(*rows: FileRow, registry: Registry = REGISTRY, answers: Mapping[str, bool] | None = None) -> Plan:
    return plan(rows, registry, ORGANISATIONS, LEXICON, answers or {})


def answered(*rows: FileRow, same: bool, registry: Registry = REGISTRY) -> Plan:
    """Every question gets the same answer until none is left."""
    answers: dict[str, bool] = {}
    while (found := planned(*rows, registry=registry, answers=answers)).questions:
        answers[found.questions[0].id] = same
    return found


def told(outcome: Outcome) -> tuple[Kind, list[str]]:
    return outcome.kind, [said.what for said in outcome.said]


def only(found: Plan) -> tuple[Kind, list[str]]:
    (outcome,) = found.outcomes
    return told(outcome)


# --- One row ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "number", "kind", "said"),
    [
        (("Новая Ольга", "учитель", "школа", *AT_7), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "школа", *AT_7, "да"), "", Kind.ADDED, ["person-added", "duty-given", "responsible"]),
        (("Новая Ольга", "", "школа", *AT_7, "нет"), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "школа", "", "Школа № 100"), "", Kind.WRONG, ["school-without-municipality"]),
        (("Новая Ольга", "", "школа", "", "мбоу  сош № 7"), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "КУРАТОР", "южский  РАЙОН", "Лицей № 8"), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "моуо", HOME), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "координатор", HOME), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "организатор", "", "Университет"), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Новая Ольга", "", "организатор", "", "Департамент"), "", Kind.ADDED, ["person-added", "duty-given"]),
        (("Соколова Анна Петровна", "директор", "школа", *AT_7, "да"), "", Kind.SAME, []),
        (("Соколова Анна Петровна", "", "школа", *AT_7), "", Kind.SAME, []),
        (("соколова  анна петровна", "", "школа", *AT_7), "1", Kind.CHANGED, ["renamed"]),
        (("Соколова Анна Петровна",), "", Kind.SAME, []),
        (("Соколова Анна Петровна", "завуч", "школа", *AT_7), "", Kind.CHANGED, ["position"]),
        (("Соколова Анна Петровна", "", "школа", *AT_7, "нет"), "", Kind.CHANGED, ["responsible-no-more"]),
        (("Соколова Анна Петровна", "", "куратор", HOME, "Лицей № 8"), "", Kind.CHANGED, ["duty-given"]),
        (("Ильин Петр Олегович", "", "куратор", *AT_7), "", Kind.SAME, []),
        (("Королёва Марина", "", "школа", *AT_7), "", Kind.CHANGED, ["duty-given"]),
        (("", "", "школа", *AT_7), "", Kind.WRONG, ["no-name"]),
        (("«—»", "", "школа", *AT_7), "", Kind.WRONG, ["nameless"]),
        (("Н" * 201, "п" * 201, "школа", *AT_7), "", Kind.WRONG, ["long", "long"]),
        (("Новая Ольга",), "", Kind.WRONG, ["no-role"]),
        (("Новая Ольга", "", "", *AT_7), "", Kind.WRONG, ["no-role"]),
        (("Новая Ольга", "", "директор", *AT_7), "", Kind.WRONG, ["unknown-role"]),
        (("", "", "директор", "", "", "может быть"), "", Kind.WRONG, ["no-name", "unknown-role", "bad-responsible"]),
        (("Новая Ольга", "", "школа", HOME), "", Kind.WRONG, ["no-school"]),
        (("Новая Ольга", "", "куратор"), "", Kind.WRONG, ["no-school"]),
        (("Новая Ольга", "", "моуо"), "", Kind.WRONG, ["no-own-municipality"]),
        (("Новая Ольга", "", "моуо", *AT_7), "", Kind.WRONG, ["needless-place"]),
        (("Новая Ольга", "", "координатор", "", "Лицей № 8"), "", Kind.WRONG, ["needless-place"]),
        (("Новая Ольга", "", "организатор", HOME), "", Kind.WRONG, ["no-organisation"]),
        (("Новая Ольга", "", "организатор", "", "Министерство"), "", Kind.WRONG, ["unknown-organisation"]),
        (("Новая Ольга", "", "организатор", "", "образования"), "", Kind.WRONG, ["unknown-organisation"]),
        (("Новая Ольга", "", "школа", "Тейковский район", "Лицей № 8"), "", Kind.WRONG, ["unknown-municipality"]),
        (("Новая Ольга", "", "школа", HOME, "Лицей № 10"), "", Kind.WRONG, ["unknown-school"]),
        (("Новая Ольга", "", "куратор", *AT_7, "да"), "", Kind.WRONG, ["not-responsible"]),
        (("Новая Ольга", "", "школа", *AT_7), "икс", Kind.WRONG, ["bad-number"]),
        (("Новая Ольга", "", "школа", *AT_7), "9" * 30, Kind.WRONG, ["bad-number"]),
        (("Новая Ольга", "", "школа", *AT_7), "77", Kind.WRONG, ["unknown-number"]),
        (("Новая Ольга", "", "школа", *AT_7), "4", Kind.WRONG, ["unknown-number"]),
        (("Соколова Анна Петрвна", "", "школа", *AT_7), "", Kind.DOUBTFUL, ["like"]),
        (("Новая Ольга", "", "школа", *AT_7), "1", Kind.DOUBTFUL, ["like"]),
        (("Новая Ольга", "", "школа", "Южский р-н", "Лицей № 8"), "", Kind.DOUBTFUL, ["like"]),
        (("Новая Ольга", "", "школа", HOME, "Школа № 7"), "", Kind.DOUBTFUL, ["like"]),
        (("Соколова Анна Петровна", "", "школа", HOME, "Лицей № 8"), "", Kind.DOUBTFUL, ["like"]),
    ],
)
def test_a_row_of_a_person(cells: tuple[str, ...], number: str, kind: Kind, said: list[str]) -> None:
    assert only(planned(person(*cells, number=number))) == (kind, said)


@pytest.mark.parametrize(
    ("cells", "kind", "said"),
    [
        ((HOME, "Школа № 12"), Kind.ADDED, ["school-added"]),
        (("Тейковский район", "Школа № 7"), Kind.ADDED, ["municipality-added", "school-added"]),
        (("Тейковский район",), Kind.ADDED, ["municipality-added"]),
        ((HOME, "МБОУ СОШ № 7"), Kind.SAME, []),
        ((HOME,), Kind.SAME, []),
        ((HOME, "МБОУ «СОШ № 7»"), Kind.CHANGED, ["renamed"]),
        ((HOME, "Школа № 7"), Kind.DOUBTFUL, ["like"]),
        (("Южский р-н", "Школа № 12"), Kind.DOUBTFUL, ["like"]),
        (("", "Школа № 12"), Kind.WRONG, ["no-municipality"]),
        ((HOME, "«—»"), Kind.WRONG, ["nameless"]),
        (("…", "Школа № 12"), Kind.WRONG, ["nameless"]),
        ((HOME, "ш" * 301), Kind.WRONG, ["long"]),
        ((HOME, "МБОУ СОШ № 7", WHERE), Kind.CHANGED, ["address"]),
        ((HOME, "МБОУ «СОШ № 7»", WHERE), Kind.CHANGED, ["renamed", "address"]),
        ((HOME, "Школа № 12", WHERE), Kind.ADDED, ["school-added", "address"]),
        (("Тейковский район", "Школа № 7", WHERE), Kind.ADDED, ["municipality-added", "school-added", "address"]),
        ((HOME, "МБОУ СОШ № 7", "а" * 300), Kind.CHANGED, ["address"]),
        ((HOME, "МБОУ СОШ № 7", "а" * 301), Kind.WRONG, ["long"]),
        ((HOME, "МБОУ СОШ № 7", "155630, 5"), Kind.WRONG, ["bad-address"]),
        ((HOME, "МБОУ СОШ № 7", "—" * 301), Kind.WRONG, ["long", "bad-address"]),
        ((HOME, "", WHERE), Kind.WRONG, ["address-without-school"]),
    ],
)
def test_a_row_of_a_school(cells: tuple[str, ...], kind: Kind, said: list[str]) -> None:
    assert only(planned(school(*cells))) == (kind, said)


@pytest.mark.parametrize("why", list(Unread))
@pytest.mark.parametrize("column", [Column.NAME, Column.ROLE, Column.PLACE, Column.MUNICIPALITY])
def test_a_cell_that_says_nothing_is_wrong_and_told_once(why: Unread, column: Column) -> None:
    cells = {Column.NAME: "Новая Ольга", Column.ROLE: "школа", Column.MUNICIPALITY: HOME, Column.PLACE: "Лицей № 8"}
    del cells[column]
    kind, said = only(planned(FileRow(Sheet.PEOPLE, 2, cells, {column: why})))
    assert (kind, said) == (Kind.WRONG, [why])


@pytest.mark.parametrize("why", list(Unread))
def test_an_address_that_says_nothing_is_wrong_and_told_once(why: Unread) -> None:
    cells = {Column.MUNICIPALITY: HOME, Column.SCHOOL: "Лицей № 8"}
    assert only(planned(FileRow(Sheet.SCHOOLS, 2, cells, {Column.ADDRESS: why}))) == (Kind.WRONG, [why])
    unnamed = {Column.MUNICIPALITY: HOME, Column.ADDRESS: WHERE}
    assert only(planned(FileRow(Sheet.SCHOOLS, 2, unnamed, {Column.SCHOOL: why}))) == (Kind.WRONG, [why])


# --- Rows together ---------------------------------------------------------------------------------------------------


def test_a_person_of_several_rows_is_one() -> None:
    found = planned(
        person("Новая Ольга", "методист", "куратор", *AT_7, row=2),
        person("новая ольга", "", "куратор", HOME, "Лицей № 8", row=3),
        person("Новая Ольга", "", "моуо", HOME, row=4),
    )
    (work,) = found.work.people
    assert (work.known, work.name, work.position, len(work.duties)) == (None, "Новая Ольга", "методист", 3)
    assert [told(one) for one in found.outcomes] == [
        (Kind.ADDED, ["person-added", "duty-given"]),
        (Kind.ADDED, ["duty-given"]),
        (Kind.ADDED, ["duty-given"]),
    ]


def test_a_row_that_repeats_another_changes_nothing() -> None:
    row = ("Новая Ольга", "учитель", "школа", *AT_7)
    found = planned(person(*row, row=2), person(*row, row=5))
    assert told(found.outcomes[1]) == (Kind.SAME, ["twice"])
    assert found.outcomes[1].said[0].values == {"row": 2}
    assert len(found.work.people) == 1


def test_the_schools_of_the_file_are_known_to_its_people_wherever_they_stand() -> None:
    found = planned(
        person("Новая Ольга", "", "школа", "Тейковский район", "Школа № 1", "да"),
        person("Новый Олег", "", "моуо", "Тейковский район", row=3),
        school("Тейковский район", "Школа № 1"),
    )
    assert found.is_ready
    assert [home.name for home in found.work.homes] == ["Тейковский район"]
    assert [one.name for one in found.work.schools] == ["Школа № 1"]
    assert found.counts == {Kind.ADDED: 3}


def test_a_school_in_two_municipalities_needs_one_of_them() -> None:
    rows = (school("Шуйский район", "Лицей № 8"), person("Новая Ольга", "", "школа", "", "Лицей № 8"))
    assert told(planned(*rows).outcomes[1]) == (Kind.WRONG, ["ambiguous-school"])


def test_a_person_has_one_position() -> None:
    found = planned(
        person("Новая Ольга", "директор", "школа", *AT_7, row=2),
        person("Новая Ольга", "завуч", "куратор", HOME, "Лицей № 8", row=3),
    )
    assert told(found.outcomes[1]) == (Kind.WRONG, ["position-differs"])
    assert not found.is_ready


def test_a_school_has_one_responsible() -> None:
    found = planned(
        person("Новая Ольга", "", "школа", *AT_7, "да", row=2),
        person("Новый Олег", "", "школа", *AT_7, "да", row=3),
    )
    assert told(found.outcomes[1]) == (Kind.WRONG, ["two-responsible"])


def test_who_becomes_responsible_is_told_with_whom_instead() -> None:
    found = planned(person("Новая Ольга", "", "школа", *AT_7, "да"))
    assert found.outcomes[0].said[-1].values == {"place": "МБОУ СОШ № 7", "instead": "Соколова Анна Петровна"}


def test_a_number_belongs_to_one_name() -> None:
    found = planned(
        person("Соколова Анна Петровна", "", "школа", *AT_7, number="1", row=2),
        person("Новая Ольга", "", "школа", *AT_7, number="1", row=3),
    )
    assert [told(one) for one in found.outcomes] == [(Kind.SAME, []), (Kind.WRONG, ["number-twice"])]


def test_who_is_not_in_the_file_stays_and_is_told() -> None:
    found = planned(person("Ильин Пётр Олегович", "", "куратор", *AT_7))
    assert found.work.is_nothing
    assert found.absent == (ANNA, MARINA)
    assert found.left == ((PYOTR, Duty(Role.CURATOR, 2)),)


def living_at(address: str) -> Registry:
    return replace(REGISTRY, schools=(replace(SEVENTH, address=address), EIGHTH, ABROAD))


@pytest.mark.parametrize(
    ("before", "given", "work"),
    [
        ("", WHERE, {1: WHERE}),
        (WHERE, WHERE, {}),
        (WHERE, "  Южа,  ул. Советская,\n5 ", {}),
        (WHERE, "", {}),
        (WHERE, "Южа, ул. Ленина, 1", {1: "Южа, ул. Ленина, 1"}),
        (WHERE, WHERE.upper(), {1: WHERE.upper()}),
    ],
)
def test_an_address_is_a_change_where_it_differs(before: str, given: str, work: dict[int, str]) -> None:
    found = planned(school(HOME, "МБОУ СОШ № 7", given), registry=living_at(before)).work
    assert {place.id: said for place, said in found.addresses.items()} == work
    assert (found.is_nothing, found.changed) == (not work, len(work))


def test_an_address_is_told_with_the_one_before() -> None:
    (outcome,) = planned(school(HOME, "МБОУ СОШ № 7", WHERE), registry=living_at("Южа")).outcomes
    assert outcome.said[0].values == {"before": "Южа", "after": WHERE}


def test_a_school_has_one_address() -> None:
    rows = (school(HOME, "Школа № 12", WHERE), school(HOME, "школа № 12", row=3))
    again, other = school(HOME, "Школа № 12", WHERE, row=4), school(HOME, "Школа № 12", "Южа", row=5)
    found = planned(*rows, again, other)
    assert [told(one) for one in found.outcomes] == [
        (Kind.ADDED, ["school-added", "address"]),
        (Kind.SAME, []),
        (Kind.SAME, []),
        (Kind.WRONG, ["address-differs"]),
    ]
    assert found.outcomes[3].said[0].values == {"address": WHERE, "row": 2}


def test_a_later_row_may_give_the_address() -> None:
    found = planned(school(HOME, "Школа № 12"), school(HOME, "Школа № 12", WHERE, row=3))
    assert [told(one) for one in found.outcomes] == [(Kind.ADDED, ["school-added"]), (Kind.ADDED, ["address"])]
    assert found.work.addresses == {found.work.schools[0]: WHERE}


def test_a_school_written_otherwise_and_elsewhere_is_one_change() -> None:
    assert planned(school(HOME, "МБОУ «СОШ № 7»", WHERE)).work.changed == 1


def test_the_same_school_under_another_name_gets_the_address() -> None:
    found = answered(school(HOME, "Школа № 7", WHERE), same=True)
    assert ([one.id for one in found.work.addresses], found.work.respelled) == ([1], {})


# --- Questions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "about", "other"),
    [
        (person("Соколова А. П.", "", "школа", *AT_7), About.PERSON, "Соколова Анна Петровна"),
        (person("Соколова Анна Петровна", "", "школа", HOME, "Лицей № 8"), About.NAMESAKE, "Соколова Анна Петровна"),
        (person("Новая Ольга", "", "школа", HOME, "СОШ № 7"), About.SCHOOL, "МБОУ СОШ № 7"),
        (school("Шуйский р-н", "Школа № 1"), About.MUNICIPALITY, "Шуйский район"),
    ],
)
def test_what_is_asked(row: FileRow, about: About, other: str) -> None:
    (asked,) = planned(row).questions
    assert (asked.about, asked.other, asked.row) == (about, other, row)


def test_the_same_person_gets_what_the_row_says() -> None:
    found = answered(person("Соколова Анна Петрвна", "завуч", "куратор", HOME, "Лицей № 8"), same=True)
    (work,) = found.work.people
    assert (work.known, work.name, work.position) == (ANNA, "Соколова Анна Петрвна", "завуч")
    assert [duty.place for duty in work.duties] == ["Лицей № 8"]


def test_initials_do_not_replace_a_name() -> None:
    assert answered(person("Соколова А. П.", "", "школа", *AT_7), same=True).work.is_nothing


def test_another_person_is_new() -> None:
    found = answered(person("Соколова Анна Петрвна", "", "школа", *AT_7), same=False)
    (work,) = found.work.people
    assert (work.known, work.name) == (None, "Соколова Анна Петрвна")
    assert ANNA in found.absent


def test_a_question_is_asked_once_for_all_its_rows() -> None:
    found = planned(
        person("Соколова А. П.", "", "школа", *AT_7, row=2),
        person("Соколова А. П.", "", "куратор", HOME, "Лицей № 8", row=3),
    )
    assert (len(found.questions), found.counts) == (1, {Kind.DOUBTFUL: 2})


def test_a_new_surname_under_the_number_is_asked_about_and_further_rows_follow() -> None:
    rows = (
        person("Новая Анна Петровна", "", "школа", *AT_7, number="1", row=2),
        person("Новая Анна Петровна", "", "куратор", HOME, "Лицей № 8", row=3),
    )
    (same,) = answered(*rows, same=True).work.people
    assert (same.known, same.name, len(same.duties)) == (ANNA, "Новая Анна Петровна", 1)
    (other,) = answered(*rows, same=False).work.people
    assert (other.known, len(other.duties)) == (None, 2)


def test_two_alike_new_names_of_one_file_are_asked_about() -> None:
    rows = (
        person("Новая Ольга Ивановна", "", "школа", *AT_7, row=2),
        person("Новая Ольга Иванвна", "", "куратор", HOME, "Лицей № 8", row=7),
    )
    (asked,) = planned(*rows).questions
    assert (asked.known, asked.at, asked.other) == (None, 2, "Новая Ольга Ивановна")
    assert len(answered(*rows, same=True).work.people) == 1
    assert len(answered(*rows, same=False).work.people) == 2


def test_namesakes_in_two_schools_of_one_file() -> None:
    rows = (
        person("Новая Ольга", "учитель", "школа", *AT_7, row=2),
        person("Новая Ольга", "директор", "школа", HOME, "Лицей № 8", row=3),
    )
    assert [work.position for work in answered(*rows, same=False).work.people] == ["учитель", "директор"]
    (wrong,) = answered(*rows, same=True).wrong
    assert wrong.said[0].what == "position-differs"


def test_namesakes_of_the_registry_are_told_apart_by_their_duties_and_numbers() -> None:
    twins = tuple(Registered(10 + one, "Новая Ольга", "", (Duty(Role.SCHOOL, one),)) for one in (1, 2))
    registry = Registry(REGISTRY.municipalities, (), REGISTRY.schools, twins)
    rows = (
        person("Новая Ольга", "учитель", "школа", HOME, "Лицей № 8"),
        person("Новая Ольга", "завуч", "куратор", "Шуйский район", "Школа № 9", number="11", row=3),
    )
    found = planned(*rows, registry=registry)
    assert [(work.known and work.known.id, work.position) for work in found.work.people] == [
        (12, "учитель"),
        (11, "завуч"),
    ]
    unclear = planned(person("Новая Ольга", "", "куратор", "Шуйский район", "Школа № 9"), registry=registry)
    assert [asked.about for asked in unclear.questions] == [About.NAMESAKE]


def test_the_same_school_keeps_its_name_and_another_is_new() -> None:
    row = school(HOME, "Школа № 7")
    assert answered(row, same=True).work.is_nothing
    assert [one.name for one in answered(row, same=False).work.schools] == ["Школа № 7"]


def test_another_school_named_by_a_person_has_to_stand_among_the_schools() -> None:
    found = answered(person("Новая Ольга", "", "школа", HOME, "Школа № 7"), same=False)
    assert only(found) == (Kind.WRONG, ["unknown-school"])


def test_answers_outlive_a_change_of_the_registry() -> None:
    row = person("Соколова А. П.", "", "школа", *AT_7)
    (asked,) = planned(row).questions
    fewer = Registry(REGISTRY.municipalities, (), REGISTRY.schools, (ANNA,))
    assert planned(row, registry=fewer, answers={asked.id: True}).is_ready
    assert planned(row, registry=Registry(REGISTRY.municipalities, (), REGISTRY.schools), answers={}).work.added == 1


# --- Names and drafts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        ("Семёнов Пётр", "Семенов Петр", "Семёнов Пётр"),
        ("Семенов Петр", "Семёнов Пётр", "Семёнов Пётр"),
        ("Семенов петр", "Семенов Петр", "Семенов Петр"),
        ("МБОУ СОШ № 7", "МБОУ «СОШ № 7»", "МБОУ «СОШ № 7»"),
        ("Королёва Марина", "Королёва Марина Сергеевна", "Королёва Марина Сергеевна"),
        ("Королёва Марина Сергеевна", "Королёва М.С.", "Королёва Марина Сергеевна"),
        ("Королёва М. С.", "Королева Марина", "Королева Марина"),
    ],
)
def test_how_a_name_is_spelled(before: str, given: str, after: str) -> None:
    assert spelled(before, given) == after


def test_a_draft_gives_back_what_was_read() -> None:
    rows: Any = (school(HOME, "Школа № 7"), FileRow(Sheet.PEOPLE, 9, {Column.NAME: "А"}, {Column.ROLE: Unread.DATE}))
    assert restored(kept(rows)) == rows
