"""The whole year without a page: what everybody got, and that every request for it was a true one."""

import asyncio
import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from bot.settings import Settings
from domain.notice import responsible
from rehearsal.journal import Beginning
from rehearsal.spec import Spec
from rehearsal.world import World
from rehearsal.year import Year, play_year
from reports.year import as_json_lines, by_day
from tests.people import ivanovo, msk
from texts import Texts

START = msk("2021-11-24 08:30")
SCHOOLS = [school.name for school in ivanovo().schools]
pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def judged() -> Counter[str]:
    """Requests that the specification was asked about, and under «problem» what it said against them."""
    return Counter()


@pytest.fixture(scope="module")
def year(spec: Spec | None, judged: Counter[str]) -> Year:
    def watch(world: World) -> None:
        def judge(method: str, asked: dict[str, object], result: object) -> None:
            judged[method] += 1
            if spec is not None:
                judged.update(f"problem: {one}" for one in spec.call(method, asked, result))

        world.audit = judge

    return asyncio.run(play_year(Beginning(at=START), Settings(_env_file=None), Texts(), watch))


def lines(year: Year) -> list[dict[str, object]]:
    return [json.loads(line) for line in as_json_lines(year.got)]


def test_every_request_of_the_year_is_valid_by_the_specification(
    year: Year, judged: Counter[str], spec: Spec | None
) -> None:
    assert year.complaints == []
    assert +judged == +year.calls  # each was let through by the server and judged
    if spec is None:
        pytest.skip("../shared/specs/telegram-bot-api.json is not on this machine: requests were not judged by it")


def test_groups_and_people_get_their_year(year: Year) -> None:
    to = Counter(one.to for one in year.got)
    covered = [school for school in SCHOOLS if school != "Центральная городская СОШ"]
    assert set(to) == {
        "group:500+", "group:ВУ", "person:coordinator:Департамент",
        "person:municipal:г. о. Иваново", "person:municipal:г. о. Тейково",
        "person:municipal:Южский район",
        "person:organiser:Университет", "person:organiser:Центр", "person:organiser:Департамент",
        "person:curator:Университет", "person:curator:Университет:2", "person:curator:Университет:3",
        *(f"person:school:{school}" for school in covered),
        *(f"person:school:{school}:2" for school in covered),
    }  # fmt: skip
    assert to["group:500+"] > 60
    sixteenth = [(one.at.date(), one.to) for one in year.got if 16 in one.items and one.to == "group:500+"]
    assert sixteenth == [(date(2022, 3, day), "group:500+") for day in (3, 9, 10, 21, 23, 24, 25)]


def test_one_of_a_school_s_team_hears_what_the_schools_are_asked_for(year: Year) -> None:
    """The director, who is responsible; the deputy of the same school is «person:school:МСОШ № 2:2» and hears of the
    surveys alone."""
    heard = [(one.at.date(), one.items) for one in year.got if one.to == "person:school:МСОШ № 2"]
    assert heard[:2] == [(date(2022, 1, 24), (10,)), (date(2022, 1, 31), (10,))]
    order = ivanovo()
    owed = {one.number for one in order.items if "role:school" in responsible(one, order)}
    assert {item for _, items in heard for item in items} <= owed
    deputy = [item for one in year.got if one.to == "person:school:МСОШ № 2:2" for item in one.items]
    assert {*deputy} == {16, 26, 30}


def test_nothing_is_sent_at_night_or_twice(year: Year) -> None:
    assert [one for one in year.got if not 8 <= one.at.hour < 20] == []
    mornings = [one for one in year.got if one.text.startswith("📅 Сегодня")]
    assert [key for key, count in Counter((one.at.date(), one.to) for one in mornings).items() if count > 1] == []
    others = [one for one in year.got if one not in mornings and one.at > msk("2022-01-01 00:00")]
    assert {one.to for one in others} == {"person:coordinator:Департамент"}  # how the surveys ended


def test_a_line_of_json_is_one_message_with_its_address_items_words_and_buttons(year: Year) -> None:
    first = lines(year)[0]
    assert first == {
        "at": "2021-11-24T09:00:00+03:00",
        "to": "person:coordinator:Департамент",
        "items": [1],
        "text": "📅 Сегодня, 24 ноября, ср\n"
        "⏳ п. 1 Начало проекта, региональный координатор — 25 ноября, чт (остался 1\N{NO-BREAK SPACE}день)",
        "buttons": ["Подтвердить", "Подробнее", "Мои задачи", "Отложить"],
    }
    assert [line["at"] for line in lines(year)] == sorted(str(line["at"]) for line in lines(year))


def test_for_people_it_is_told_by_day(year: Year) -> None:
    told = list(by_day(year.got, Texts()))
    assert told[:3] == [
        "24 ноября 2021, ср",
        "    09:00 региональный координатор, Департамент",
        "        📅 Сегодня, 24 ноября, ср",
    ]
    assert told.count("10 марта 2022, чт") == 1


async def test_year_from_its_last_days_is_short() -> None:
    beginning = Beginning(at=datetime(2022, 11, 29, 5, tzinfo=UTC))
    year = await play_year(beginning, Settings(_env_file=None), Texts())
    assert [one.at.date() for one in year.got if one.to == "group:500+"] == [date(2022, 11, 30)]
