"""A roadmap file is read whole, or refused with everything that is wrong in it."""

import copy
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline import Deadline, DeadlineKind
from domain.people import Role
from domain.roadmap import (
    Channel,
    Executor,
    Flag,
    FlagState,
    Item,
    ItemKind,
    NamedSchool,
    OwedBy,
    ReviewedBy,
    Roadmap,
    ShippedSurvey,
    Threshold,
    ThresholdKind,
)
from domain.roadmap_file import Defect, RoadmapFileError, check_roadmap, read_roadmap, unconfirmed
from texts.renderer import Texts

TEXTS = Texts()
GENERIC = "roadmap_file.not-valid"
UNKNOWN_FORM = "roadmap_file.unknown-form"  # told by whoever lays the surveys: the file alone knows no forms

GOOD = """
slug = "tver-2024"
title = "Дорожная карта <b>Тверской</b> области"
year = 2024
region = "Тверская область"

[order]
number = "17-п"
date = 2023-12-15

[[flags]]
field = "order_date"
state = "restored"
note = "Печать смазана"

[[channels]]
id = "site"
title = "Сайт"
address = "https://example.org/"

[[channels]]
id = "500+"
title = "500+"
group = true

[[executors]]
id = "coordinator"
name = "Региональный координатор"
role = "coordinator"

[[executors]]
id = "schools"
name = "Команды школ"
role = "school"

[[schools]]
name = "МБОУ «Школа № 3»"
municipality = "г. Торжок"

[[items]]
number = 1
title = "Организация опроса участников"
short = "Опрос"
deadline = "10.02 – 29.02"
executors = ["coordinator", "schools"]
indicator = "Не менее 90 % участников"
channels = ["500+"]
kind = "survey"
owed_by = "school"
reviewed_by = ["organiser", "curator"]
threshold = { kind = "share", of = "participants", target = 90 }
flags = [{ field = "deadline", state = "restored", note = "Год не указан" }]

[[items]]
number = 7
title = "Сбор документов"
short = "Документы"
deadline = ""
executors = []
channels = []

[[surveys]]
item = 1
form = "first-survey"
audience = ["school", "curator"]
per_school = true
target = 75
"""


def parsed() -> dict[str, Any]:
    return tomllib.loads(GOOD)


def defects_of(raw: dict[str, Any]) -> tuple[Defect, ...]:
    with pytest.raises(RoadmapFileError) as caught:
        check_roadmap(raw)
    return caught.value.defects


def defects_if_any(read: Callable[[], Roadmap]) -> tuple[Defect, ...]:
    try:
        read()
    except RoadmapFileError as error:
        return error.defects
    return ()


def test_a_good_file_is_read_whole() -> None:
    assert read_roadmap(GOOD) == Roadmap(
        slug="tver-2024",
        title="Дорожная карта <b>Тверской</b> области",
        year=2024,
        region="Тверская область",
        order_number="17-п",
        order_date=date(2023, 12, 15),
        channels=(Channel("site", "Сайт", group=False, address="https://example.org/"), Channel("500+", "500+", True)),
        executors=(
            Executor("coordinator", "Региональный координатор", "coordinator"),
            Executor("schools", "Команды школ", "school"),
        ),
        schools=(NamedSchool("МБОУ «Школа № 3»", "г. Торжок"),),
        surveys=(ShippedSurvey(1, "first-survey", frozenset({Role.SCHOOL, Role.CURATOR}), per_school=True, target=75),),
        items=(
            Item(
                number=1,
                title="Организация опроса участников",
                short_title="Опрос",
                deadline_text="10.02 – 29.02",
                deadline=Deadline(DeadlineKind.BETWEEN, date(2024, 2, 10), date(2024, 2, 29)),
                executors=("coordinator", "schools"),
                indicator="Не менее 90 % участников",
                channels=("500+",),
                kind=ItemKind.SURVEY,
                owed_by=OwedBy.SCHOOL,
                reviewed_by=(ReviewedBy.ORGANISER, ReviewedBy.CURATOR),
                threshold=Threshold(ThresholdKind.SHARE, 90, "participants"),
                flags=(Flag("deadline", FlagState.RESTORED, "Год не указан"),),
            ),
            Item(
                number=7,
                title="Сбор документов",
                short_title="Документы",
                deadline_text="",
                deadline=Deadline(DeadlineKind.NONE, exact=False),
                executors=(),
                indicator="",
                channels=(),
                kind=ItemKind.UNKNOWN,
            ),
        ),
        flags=(Flag("order_date", FlagState.RESTORED, "Печать смазана"),),
    )


def test_the_heading_s_flags_are_to_be_confirmed_before_those_of_the_items() -> None:
    assert unconfirmed(read_roadmap(GOOD)) == (
        (None, Flag("order_date", FlagState.RESTORED, "Печать смазана")),
        (1, Flag("deadline", FlagState.RESTORED, "Год не указан")),
    )


@pytest.mark.parametrize("spoil", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_file_saved_by_notepad_reads_the_same(spoil: Callable[[str], str]) -> None:
    assert read_roadmap(spoil(GOOD)) == read_roadmap(GOOD)


def test_blanks_around_a_value_are_not_kept() -> None:
    raw = parsed()
    raw["slug"] = " tver-2024 "
    raw["executors"][0]["id"] = "coordinator "
    raw["items"][0]["short"] = "  Опрос\t"
    assert check_roadmap(raw) == read_roadmap(GOOD)


@pytest.mark.parametrize(
    ("kind", "target"), [("count", 4), ("monthly", 1), ("per-municipality", 1), ("count", 1000), ("monthly", 31)]
)
def test_a_threshold_that_is_not_a_share_needs_only_its_number(kind: str, target: int) -> None:
    raw = parsed()
    raw["items"][0]["threshold"] = {"kind": kind, "target": target}
    assert check_roadmap(raw).items[0].threshold == Threshold(ThresholdKind(kind), target)


def test_a_share_may_have_no_number() -> None:
    raw = parsed()
    raw["items"][0]["threshold"] = {"kind": "share", "of": "teams"}
    assert check_roadmap(raw).items[0].threshold == Threshold(ThresholdKind.SHARE, None, "teams")


BROKEN = [
    ("slug = ", "roadmap_file.broken", {"line": "1", "column": "8"}),
    ('slug = "a"\nyear == 5\n', "roadmap_file.broken", {"line": "2", "column": "7"}),
    ('slug = "a"\ntitle = """без конца\n', "roadmap_file.broken", {"line": "3", "column": "1"}),
    ("date = 2022-02-30", "roadmap_file.broken", {"line": "1", "column": "8"}),
    ("year = " + "9" * 5000, "roadmap_file.unreadable", {}),
    ("a = " + "[" * 100_000, "roadmap_file.unreadable", {}),
]


@pytest.mark.parametrize(("text", "reason", "details"), BROKEN, ids=range(len(BROKEN)))
def test_a_text_that_is_not_toml_is_one_defect(text: str, reason: str, details: dict[str, str]) -> None:
    with pytest.raises(RoadmapFileError) as caught:
        read_roadmap(text)
    assert caught.value.defects == (Defect(None, "", reason, details),)


def case(where: str, value: Any, item: int | None, field: str, reason: str, /, **details: str) -> Any:
    return pytest.param(where, value, Defect(item, field, f"roadmap_file.{reason}", details), id=f"{where}-{reason}")


GONE = object()
ITEM_FIELDS = "title, short, deadline, executors, indicator, threshold, channels, kind, owed_by, reviewed_by"
THRESHOLDS = "share, count, monthly, per-municipality"
DEFECTS = [
    case("slug", "Tver", None, "slug", "bad-slug"),
    case("slug", "", None, "slug", "bad-slug"),
    case("slug", "a" * 41, None, "slug", "bad-slug"),
    case("slug", "тверь", None, "slug", "bad-slug"),
    case("title", 5, None, "title", "not-text"),
    case("title", "а" * 1501, None, "title", "too-long", max="1500", length="1501"),
    case("title", " ", None, "title", "empty"),
    case("year", "2024", None, "year", "not-number"),
    case("year", 2024.0, None, "year", "not-number"),
    case("year", True, None, "year", "not-number"),
    case("year", 1999, None, "year", "out-of-range", min="2000", max="2100"),
    case("year", 2101, None, "year", "out-of-range", min="2000", max="2100"),
    case("region", GONE, None, "region", "missing"),
    case("region", "Тверская\nобласть", None, "region", "control-character"),
    case("order", GONE, None, "order", "missing"),
    case("order", "17-п", None, "order", "not-table"),
    case("order.date", "2023-12-15", None, "order.date", "not-date"),
    case("order.date", datetime(2023, 12, 15, 9, tzinfo=UTC), None, "order.date", "not-date"),
    case("order.number", "1" * 101, None, "order.number", "too-long", max="100", length="101"),
    case("motto", "Вперёд", None, "motto", "unknown-field"),
    case("flags.0.field", "items", None, "flags[1].field", "bad-choice",
         allowed="slug, title, year, region, order_number, order_date, channels, executors"),
    case("flags.0.note", "а" * 501, None, "flags[1].note", "too-long", max="500", length="501"),
    case("channels", {"id": "site"}, None, "channels", "not-list"),
    case("channels.1.group", "да", None, "channels[2].group", "not-yes-or-no"),
    case("channels", GONE, None, "channels", "missing"),
    case("channels", [{"id": "500+", "title": "а"}, {"id": "500+", "title": "б"}], None, "channels[2].id", "duplicate",
         value="500+"),
    case("channels.0.id", "сайт школы", None, "channels[1].id", "bad-id"),
    case("executors.2", {"id": "schools", "name": "Школы", "role": "school"}, None, "executors[3].id", "duplicate",
         value="schools"),
    case("executors.0.role", "boss", None, "executors[1].role", "bad-choice",
         allowed="coordinator, organiser, municipal, curator, school"),
    case("schools.0.name", "", None, "schools[1].name", "empty"),
    case("schools.0.municipality", GONE, None, "schools[1].municipality", "missing"),
    case("schools.1", {"name": "мбоу Школа № 3", "municipality": "Г. Торжок"}, None, "schools", "duplicate",
         value="мбоу Школа № 3"),
    case("items", [], None, "items", "empty"),
    case("items", GONE, None, "items", "missing"),
    case("items.1", "Сбор документов", None, "items[2]", "not-table"),
    case("items.0.number", GONE, None, "items[1].number", "missing"),
    case("items.0.number", "1", None, "items[1].number", "not-number"),
    case("items.0.number", 0, None, "items[1].number", "out-of-range", min="1", max="999"),
    case("items.0.number", 1000, None, "items[1].number", "out-of-range", min="1", max="999"),
    case("items.1.number", 1, 1, "number", "duplicate", value="1"),
    case("items.0.title", "а\x00б", 1, "title", "control-character"),
    case("items.0.title", "а\u202eб", 1, "title", "control-character"),
    case("items.0.short", "а" * 61, 1, "short", "too-long", max="60", length="61"),
    case("items.0.short", GONE, 1, "short", "missing"),
    case("items.0.deadline", GONE, 1, "deadline", "missing"),
    case("items.0.deadline", date(2024, 3, 20), 1, "deadline", "not-text"),
    case("items.0.deadline", "до 20.03.2042", 1, "deadline", "deadline-far", year="2024"),
    case("items.0.deadline", "а" * 201, 1, "deadline", "too-long", max="200", length="201"),
    case("items.0.executors.1", "директор", 1, "executors[2]", "unknown-executor", id="директор"),
    case("items.0.executors.1", "coordinator", 1, "executors", "duplicate", value="coordinator"),
    case("items.0.executors.1", 5, 1, "executors[2]", "not-text"),
    case("items.0.executors", "coordinator", 1, "executors", "not-list"),
    case("items.0.channels.0", "VK\x07", 1, "channels[1]", "unknown-channel", id="VK�"),
    case("items.0.kind", "party", 1, "kind", "bad-choice", allowed=", ".join(ItemKind)),
    case("items.0.owed_by", "everybody", 1, "owed_by", "bad-choice", allowed=", ".join(OwedBy)),
    case("items.0.reviewed_by", "organiser", 1, "reviewed_by", "not-list"),
    case("items.0.reviewed_by.1", "school", 1, "reviewed_by[2]", "bad-choice", allowed=", ".join(ReviewedBy)),
    case("items.0.reviewed_by.1", "organiser", 1, "reviewed_by", "duplicate", value="organiser"),
    case("items.1.reviewed_by", ["coordinator", "organiser"], 7, "reviewed_by", "cannot-review", value="organiser",
         allowed="coordinator"),
    case("items.0.owed_by", "curator", 1, "reviewed_by", "cannot-review", value="curator",
         allowed="coordinator, organiser"),
    case("items.0.threshold", 90, 1, "threshold", "not-table"),
    case("items.0.threshold.kind", "часть", 1, "threshold.kind", "bad-choice", allowed=THRESHOLDS),
    case("items.0.threshold.target", 0, 1, "threshold.target", "out-of-range", min="1", max="100"),
    case("items.0.threshold.target", 101, 1, "threshold.target", "out-of-range", min="1", max="100"),
    case("items.0.threshold.target", 0.9, 1, "threshold.target", "not-number"),
    case("items.0.threshold.of", GONE, 1, "threshold.of", "share-of-nobody"),
    case("items.0.threshold.of", "pupils", 1, "threshold.of", "bad-choice", allowed="participants, teams, schools"),
    case("items.0.threshold.kind", "count", 1, "threshold.of", "not-a-share"),
    case("items.0.threshold", {"kind": "count"}, 1, "threshold.target", "no-target"),
    case("items.0.threshold", {"kind": "monthly", "target": 32}, 1, "threshold.target", "out-of-range",
         min="1", max="31"),
    case("items.0.flags.0.field", "срок", 1, "flags[1].field", "bad-choice", allowed=ITEM_FIELDS),
    case("items.0.flags.0.state", "lost", 1, "flags[1].state", "bad-choice", allowed=", ".join(FlagState)),
    case("items.0.flags", [{"field": "title", "state": "restored"}] * 21, 1, "flags", "too-many", max="20", count="21"),
    case("items.0.kind", GONE, None, "surveys[1].item", "not-a-survey", number="1"),
    case("surveys.0.item", 2, None, "surveys[1].item", "unknown-item", number="2"),
    case("surveys.0.item", "1", None, "surveys[1].item", "not-number"),
    case("surveys.1", {"item": 1, "form": "second-survey", "audience": ["school"]}, None, "surveys[2].item",
         "duplicate", value="1"),
    case("surveys.0.form", "../first", None, "surveys[1].form", "bad-slug"),
    case("surveys.0.audience", [], None, "surveys[1].audience", "empty"),
    case("surveys.0.audience", ["school", "school"], None, "surveys[1].audience", "duplicate", value="school"),
    case("surveys.0.audience.1", "parents", None, "surveys[1].audience[2]", "bad-choice",
         allowed="coordinator, organiser, municipal, curator, school"),
    case("surveys.0.anonymous", "да", None, "surveys[1].anonymous", "not-yes-or-no"),
    case("surveys.0.target", 101, None, "surveys[1].target", "out-of-range", min="1", max="100"),
    case("surveys.0.target", "75", None, "surveys[1].target", "not-number"),
    case("items.0.srok", "до 20.03.2024", 1, "srok", "unknown-field"),
    case("items.0." + "я" * 100, 1, 1, "я" * 79 + "…", "unknown-field"),
]  # fmt: skip


def change(raw: dict[str, Any], where: str, value: Any) -> None:
    *path, last = (int(part) if part.isdigit() else part for part in where.split("."))
    target: Any = raw
    for part in path:
        target = target[part]
    if value is GONE:
        del target[last]
    elif isinstance(target, list) and last == len(target):
        target.append(value)
    else:
        target[last] = value


@pytest.mark.parametrize(("where", "value", "defect"), DEFECTS)
def test_one_wrong_field_is_one_defect(where: str, value: Any, defect: Defect) -> None:
    raw = parsed()
    change(raw, where, value)
    assert defects_of(raw) == (defect,)


@pytest.mark.parametrize(
    ("deadline", "reason", "fragment"),
    [
        ("до 31.02.2024", "deadline.impossible-date", "31.02.2024"),
        ("скоро", "deadline.not-understood", "скоро"),
        ("24.03 – 10.03.2024", "deadline.reversed", "24.03 – 10.03.2024"),
    ],
)
def test_the_parser_s_reason_passes_through(deadline: str, reason: str, fragment: str) -> None:
    raw = parsed()
    raw["items"][0]["deadline"] = deadline
    (found,) = defects_of(raw)
    assert (found.item, found.field, found.reason) == (1, "deadline", reason)
    assert fragment.replace(" ", "").replace("–", "-") == found.details["fragment"].replace(" ", "").replace("–", "-")


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    raw = parsed()
    for where, value in (
        ("slug", "Тверь"),
        ("year", 20240),
        ("channels.0.title", ""),
        ("items.0.deadline", "29.02 или раньше"),
        ("items.0.executors", ["никто", "coordinator"]),
        ("items.0.threshold", {"kind": "monthly", "of": "teams", "target": 0}),
        ("items.1.number", 1),
        ("items.1.short", GONE),
    ):
        change(raw, where, value)
    assert [(defect.item, defect.field, defect.reason) for defect in defects_of(raw)] == [
        (None, "slug", "roadmap_file.bad-slug"),
        (None, "year", "roadmap_file.out-of-range"),
        (None, "channels[1].title", "roadmap_file.empty"),
        (1, "deadline", "deadline.not-understood"),
        (1, "executors[1]", "roadmap_file.unknown-executor"),
        (1, "threshold.of", "roadmap_file.not-a-share"),
        (1, "threshold.target", "roadmap_file.out-of-range"),
        (1, "number", "roadmap_file.duplicate"),
        (1, "short", "roadmap_file.missing"),
    ]


@pytest.mark.parametrize("year", [GONE, "2023", 20230, 0])
def test_a_year_that_cannot_be_read_spoils_no_deadline(year: Any) -> None:
    raw = parsed()
    change(raw, "year", year)
    raw["items"][0]["deadline"] = "10.02 – 29.02"
    raw["items"][1]["deadline"] = "до 20.12.2011"
    assert [defect.field for defect in defects_of(raw)] == ["year"]


def test_the_year_of_the_roadmap_decides_whether_29_february_exists() -> None:
    raw = parsed()
    raw["year"] = 2023
    assert [defect.reason for defect in defects_of(raw)] == ["deadline.impossible-date"]


def test_an_empty_file_names_every_part_that_is_missing() -> None:
    with pytest.raises(RoadmapFileError) as caught:
        read_roadmap("")
    assert [(defect.field, defect.reason) for defect in caught.value.defects] == [
        (field, "roadmap_file.missing")
        for field in ("slug", "title", "year", "region", "order", "channels", "executors", "items")
    ]
    assert str(caught.value).startswith("/slug: roadmap_file.missing, /title: ")


def test_every_reason_has_its_sentence_and_every_sentence_its_case() -> None:
    sentences = tomllib.loads(Path("texts/ru/roadmap_file.toml").read_text(encoding="utf-8"))
    told = {one.values[2].reason for one in DEFECTS} | {reason for _, reason, _ in BROKEN}
    assert told == {f"roadmap_file.{name}" for name in sentences} - {GENERIC, UNKNOWN_FORM}


@pytest.mark.parametrize("defect", [one.values[2] for one in DEFECTS] + [Defect(None, "", r, d) for _, r, d in BROKEN])
def test_every_defect_renders(defect: Defect) -> None:
    assert TEXTS.plain(defect.reason, **defect.details)


def places(value: Any, at: str = "") -> list[str]:
    """Every path of the document, containers too."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(f"{at}.{key}".removeprefix("."), inner) for key, inner in pairs]
    return [one for path, inner in found for one in (path, *places(inner, path))]


scalars = (
    st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.times() | st.datetimes()
    | st.just(10**4000) | st.just(time(9)) | st.sampled_from(["share", "count", "до 20.03.2024", "site", "500+"])
)  # fmt: skip
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5
)


@given(changes=st.lists(st.tuples(st.sampled_from(places(parsed())), values | st.just(GONE)), min_size=1, max_size=3))
def test_whatever_stands_in_a_field_is_taken_or_refused_with_a_known_sentence(changes: list[tuple[str, Any]]) -> None:
    raw = copy.deepcopy(parsed())
    for where, value in changes:
        try:
            change(raw, where, value)
        except (KeyError, IndexError, TypeError, AttributeError):  # an earlier change took the place away
            continue
    found = defects_if_any(lambda: check_roadmap(raw))
    assert GENERIC not in [defect.reason for defect in found]
    assert all(TEXTS.html(defect.reason, **defect.details) for defect in found)


@given(st.text() | st.builds(lambda at, what: GOOD[:at] + what + GOOD[at:], st.integers(0, len(GOOD)), st.text()))
def test_no_text_raises_anything_else(text: str) -> None:
    assert all(TEXTS.html(defect.reason, **defect.details) for defect in defects_if_any(lambda: read_roadmap(text)))
