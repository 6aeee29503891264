"""The act of an erasure and the extract of the log. Order № 179 of Roskomnadzor (28.10.2022) says what they hold."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.own_data import Act, Erasure
from domain.registry import called
from reports.paper import paper, paragraph, table
from texts import Texts

KEPT_FOR = timedelta(days=1096)
"""Three years with a leap day in them: so long the law asks to keep both papers."""

Row = tuple[str, str | list[str]]


def act_file(act: Act, texts: Texts, zone: ZoneInfo) -> bytes:
    """«Акт об уничтожении персональных данных», with room for a signature."""
    erasure = act.erasure
    return paper(
        texts.plain("own_data.act-title", number=erasure.number),
        table(_act(act, texts, zone)),
        paragraph(texts.plain("own_data.act-left")),
        paragraph(texts.plain("own_data.act-free-texts")),
        paragraph(texts.plain("own_data.act-sign"), sign=True),
        _keep(erasure, texts, zone),
    )


def extract_file(act: Act, texts: Texts, zone: ZoneInfo) -> bytes:
    """«Выгрузка из журнала регистрации событий»."""
    return paper(
        texts.plain("own_data.extract-title", number=act.erasure.number),
        table([_operator(act, texts), *_event(act.erasure, texts, zone, rows=True)]),
        _keep(act.erasure, texts, zone),
    )


def _keep(erasure: Erasure, texts: Texts, zone: ZoneInfo) -> str:
    until = erasure.at.astimezone(zone).date() + KEPT_FOR
    return paragraph(texts.plain("own_data.act-keep", until=until))


def _act(act: Act, texts: Texts, zone: ZoneInfo) -> Iterator[Row]:
    yield _operator(act, texts)
    yield texts.plain("own_data.act-row-processor"), texts.plain("own_data.act-no-processor")
    yield from _event(act.erasure, texts, zone)
    destroyer = "own_data.act-destroyer-coordinator" if act.erasure.by_coordinator else "own_data.act-destroyer"
    yield texts.plain("own_data.act-row-destroyer"), texts.plain(destroyer)
    yield texts.plain("own_data.act-row-way"), texts.plain("own_data.act-way")


def _operator(act: Act, texts: Texts) -> Row:
    return texts.plain("own_data.act-row-operator"), act.operator or texts.plain("own_data.act-fill-in")


def _event(erasure: Erasure, texts: Texts, zone: ZoneInfo, *, rows: bool = False) -> Iterator[Row]:
    """What both papers say; ``rows`` adds how many rows of each category there were."""
    categories = [
        texts.plain("own_data.act-category", category=category, count=count if rows else 0)
        for category, count in erasure.destroyed.items()
    ]
    yield texts.plain("own_data.act-row-subject"), called("", erasure.person_id)
    yield texts.plain("own_data.act-row-categories"), categories or texts.plain("own_data.file-absent")
    yield texts.plain("own_data.act-row-system"), texts.plain("own_data.act-system")
    reason = "own_data.act-reason-coordinator" if erasure.by_coordinator else "own_data.act-reason"
    yield texts.plain("own_data.act-row-reason"), texts.plain(reason)
    yield texts.plain("own_data.act-row-at"), texts.plain("own_data.file-at", at=erasure.at, zone=zone)
