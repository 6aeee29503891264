"""Reviewers hear in measure what waits for them; authors hear at once what was decided, with one button to fix it."""

import pytest

from bot.core import Core
from domain.button import Button
from domain.people import Duty, Member, Role
from storage import registry as registry_rows
from tests.actions.office import Office
from tests.actions.reviewed import BORIS, DARYA, KIRA, MIRA, TATYANA, Region, a_region
from tests.people import MARINA, OLGA, Look, SettableClock, Somebody

TOLD = "SELECT text, due_at FROM outbox WHERE key LIKE 'reviews:%' AND state != 'withdrawn' ORDER BY id"
ONE = "⏳ Ждут Вашей проверки: 1\u00a0подтверждение."
TWO = "⏳ Ждут Вашей проверки: 2\u00a0подтверждения."


@pytest.fixture
async def region(core: Core, clock: SettableClock, marina: Member) -> Region:
    return await a_region(core, clock, marina)


class Post:
    """What arrived about reviews, by person."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def at(self, moment: str | None = None) -> dict[str, list[str]]:
        """The texts that arrive at a Moscow time (now without one)."""
        if moment is not None:
            self._office.clock.set(moment)
        before = len(self._office.channel.sent)
        while await self._office.outbox.deliver():
            pass
        cast = (MARINA, DARYA, MIRA, KIRA, OLGA, TATYANA, BORIS)
        names = {who.account.account_id: who.name.split()[0] for who in cast}
        found: dict[str, list[str]] = {}
        for one in self._office.channel.sent[before:]:
            found.setdefault(names[one.chat.chat_id], []).append(one.text)
        return found

    def buttons(self, who: Somebody) -> list[Button]:
        """Of the latest message to somebody."""
        sent = [one for one in self._office.channel.sent if one.chat.chat_id == who.account.account_id]
        return [button for row in sent[-1].buttons for button in row]


@pytest.fixture
def post(office: Office) -> Post:
    return Post(office)


# --- Reviewers


async def test_reviewers_hear_of_what_is_theirs_with_the_way_there(region: Region, post: Post) -> None:
    await region.sends(1, region.olga)
    await region.sends(4, region.olga)
    assert await post.at() == {"Дарья": [ONE], "Мира": [ONE], "Кира": [ONE]}
    assert post.buttons(DARYA) == [Button("Проверить", "go:review")]


async def test_once_an_hour_at_most_and_then_with_the_number_of_that_moment(region: Region, post: Post) -> None:
    await region.sends(1, region.olga)
    assert await post.at() == {"Дарья": [ONE]}
    region.clock.advance(minutes=5)
    await region.sends(1, region.boris)
    assert await post.at() == {}
    assert await post.at("2022-03-09 12:59") == {}
    assert await post.at("2022-03-09 13:00") == {"Дарья": [TWO]}
    assert await post.at("2022-03-09 18:00") == {}


async def test_what_waits_for_one_reviewer_does_not_silence_or_wake_another(region: Region, post: Post) -> None:
    await region.sends(1, region.olga)
    assert await post.at() == {"Дарья": [ONE]}
    region.clock.advance(minutes=1)
    await region.sends(4, region.olga)
    assert await post.at() == {"Мира": [ONE], "Кира": [ONE]}
    await region.sends(4, region.boris)
    assert await post.at() == {"Марина": [ONE]}
    assert await post.at("2022-03-09 18:00") == {}


async def test_never_at_night_and_in_the_morning_only_what_still_waits(region: Region, post: Post) -> None:
    region.clock.set("2022-03-09 22:00")
    sent = await region.sends(1, region.olga)
    await region.sends(4, region.olga)
    assert await post.at("2022-03-10 07:59") == {}
    await region.accepts(sent, region.darya)
    found = await post.at("2022-03-10 08:00")
    assert {who: texts for who, texts in found.items() if who != "Ольга"} == {"Мира": [ONE], "Кира": [ONE]}


async def test_what_was_withdrawn_before_they_were_told_is_not_told(region: Region, post: Post, look: Look) -> None:
    region.clock.set("2022-03-09 22:00")
    sent = await region.sends(1, region.olga)
    await region.withdraws(sent, region.olga)
    assert look.rows(TOLD) == []
    assert await post.at("2022-03-10 08:00") == {}


async def test_the_coordinator_hears_where_nobody_else_can_decide(region: Region, post: Post) -> None:
    await region.core.people.blocked(DARYA.account, now=region.clock())
    await post.at()
    await region.sends(1, region.olga)
    assert await post.at() == {"Марина": [ONE]}


# --- Authors


async def test_returned_the_author_learns_why_at_once_with_one_button_to_fix_it(region: Region, post: Post) -> None:
    sent = await region.sends(1, region.olga)
    await post.at()
    await region.returns(sent, region.darya, "Нет <b>печати</b> & даты\nи подписи")
    (told,) = (await post.at())["Ольга"]
    assert told.splitlines() == [
        "⚠️ Вернули п. 1 Мероприятие 1 (Школа № 7)",
        "Срок: до 20 марта, вс (осталось 11\u00a0дней)",
        "",
        "Что исправить: Нет &lt;b&gt;печати&lt;/b&gt; &amp; даты",
        "и подписи",
    ]
    assert post.buttons(OLGA) == [Button("Исправить", "confirm:1")]


async def test_accepted_the_author_and_the_responsible_of_the_school_are_told(region: Region, post: Post) -> None:
    sent = await region.sends(1, region.tatyana)
    await post.at()
    await region.accepts(sent, region.darya)
    accepted = ["✅ Приняли п. 1 Мероприятие 1 (Школа № 7)"]
    assert await post.at() == {"Ольга": accepted, "Татьяна": accepted}
    assert post.buttons(TATYANA) == [Button("Мои задачи", "tasks")]


async def test_each_round_is_told_and_a_stale_one_is_taken_back(region: Region, post: Post) -> None:
    region.clock.set("2022-03-09 22:00")
    sent = await region.sends(1, region.olga)
    await region.returns(sent, region.darya, "Первый раз")
    await region.sends(1, region.olga, "Исправили ночью")
    assert "Ольга" not in await post.at("2022-03-10 08:00")
    await region.returns(sent, region.darya, "Второй раз", seen=2)
    (told,) = (await post.at())["Ольга"]
    assert told.endswith("Второй раз")
    await region.sends(1, region.olga, "Исправили днём")
    await region.accepts(sent, region.darya, seen=3)
    assert (await post.at())["Ольга"] == ["✅ Приняли п. 1 Мероприятие 1 (Школа № 7)"]
    await region.core.reviews.reopen(sent, "Не тот файл", by=region.marina, now=region.clock())
    (told,) = (await post.at())["Ольга"]
    assert told.startswith("⚠️ Снова открыли п. 1 Мероприятие 1 (Школа № 7)\n")


async def test_after_the_deadline_the_author_reads_how_late_it_is(region: Region, post: Post) -> None:
    sent = await region.sends(1, region.olga)
    region.clock.set("2022-03-22 10:00")
    await post.at()
    await region.returns(sent, region.darya)
    (told,) = (await post.at())["Ольга"]
    assert "до 20 марта, вс (просрочено на 2\u00a0дня)" in told


async def test_an_author_who_is_not_of_the_school_any_more_hears_nothing(region: Region, post: Post) -> None:
    sent = await region.sends(1, region.olga)
    await post.at()
    async with region.core.database.transaction() as tx:
        olga = region.olga.person_id or 0
        await registry_rows.end_duty(tx, olga, Duty(Role.SCHOOL, 1, responsible=True), region.clock())
    await region.returns(sent, region.darya)
    assert list(await post.at()) == ["Татьяна"]


async def test_executors_are_told_without_a_school_and_whoever_decided_is_not(region: Region, post: Post) -> None:
    sent = await region.sends(3, region.darya)
    await post.at()
    await region.accepts(sent, region.marina)
    assert await post.at() == {"Дарья": ["✅ Приняли п. 3 Мероприятие 3"]}


async def test_what_was_to_be_said_to_them_today_is_composed_anew(region: Region, office: Office, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    region.clock.set("2022-03-16 23:00")
    await office.core.notices.plan(region.clock())
    days = "SELECT count(*) FROM outbox WHERE key LIKE 'day:%' AND state = 'planned' AND person_id = ?"
    (before,) = look.rows(days, region.olga.person_id)
    await region.accepts(sent, region.darya)
    (after,) = look.rows(days, region.olga.person_id)
    assert (before, after) == (before, (0,))


async def test_whoever_decides_has_answered_what_they_were_reminded_of(
    region: Region, office: Office, post: Post
) -> None:
    await region.core.rules.change_rule("unanswered_cap", "1", by=region.marina, now=region.clock())
    sent = await region.sends(1, region.olga)
    reminded = []
    for moment in ("2022-03-11 09:00", "2022-03-17 09:00"):
        region.clock.set(moment)
        await office.core.notices.plan(region.clock())
        reminded.append([text for text in (await post.at())["Дарья"] if "п. 1 " in text] != [])
        if len(reminded) == 1:
            await region.accepts(sent, region.darya)
    assert reminded == [True, True]
