"""Builders of roadmaps for the tests: an item is made from the words of its deadline."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from domain.deadline import parse_deadline
from domain.roadmap import Channel, Closing, Executor, Item, ItemKind, KeptItem, KeptRoadmap, Roadmap

YEAR = 2022

CHANNELS = (
    Channel("site", "Сайт Департамента", address="https://www.iv-edu.ru/"),
    Channel("500+", "500+", group=True),
    Channel("ВУ", "Вектор успеха", group=True),
)
EXECUTORS = (
    Executor("coordinator", "Региональный координатор", "coordinator"),
    Executor("department", "Департамент образования", "organiser"),
    Executor("university", "Университет", "organiser"),
    Executor("municipal", "Муниципальные координаторы", "municipal"),
    Executor("curators", "Кураторы", "curator"),
    Executor("schools", "Команды школ", "school"),
)


def an_item(deadline: str = "", **changed: Any) -> Item:
    """An item of the university in the group «500+», unless told otherwise."""
    values: dict[str, Any] = {
        "number": 1,
        "title": "Организация первого опроса участников проекта",
        "short_title": "Первый опрос участников",
        "deadline_text": deadline,
        "deadline": parse_deadline(deadline, year=YEAR),
        "executors": ("university",),
        "indicator": "Не менее 90 % участников приняли участие",
        "channels": ("site", "500+"),
        "kind": ItemKind.SURVEY,
    }
    return Item(**values | changed)


def a_roadmap(*items: Item, year: int = YEAR) -> Roadmap:
    """A roadmap with two groups and every kind of executor."""
    return Roadmap(
        slug=f"region-{year}",
        title=f"Дорожная карта на {year} год",
        year=year,
        region="Ивановская область",
        order_number="1222-О",
        order_date=date(year - 1, 12, 4),
        channels=CHANNELS,
        executors=EXECUTORS,
        items=items,
    )


def kept(roadmap: Roadmap, *, closed: Iterable[int] = ()) -> KeptRoadmap:
    """The roadmap as it is kept; the id of an item is its number and a hundred."""
    closing = Closing(datetime(YEAR, 3, 1, tzinfo=UTC))
    items = tuple(
        KeptItem(100 + item.number, 1, item, closing if item.number in set(closed) else None) for item in roadmap.items
    )
    return KeptRoadmap(1, roadmap, items)


def kept_item(item: Item, *, closed: bool = False) -> KeptItem:
    """One item as it is kept."""
    return kept(a_roadmap(item), closed=[item.number] if closed else []).items[0]
