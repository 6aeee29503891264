"""Buttons under what the bot says by itself, in private and in groups."""

import pytest

from rehearsal.chats import Group
from rehearsal.messages import Message
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import ivanovo

MORNING = "📅 Сегодня, 10 марта, чт\n⏳ п. 16 Первый опрос участников — началось: 10–24 марта"
HERS = f"{MORNING}\n\nПора вмешаться\n⚠️ п. 14 Совещание с командами школ — 7\u00a0рабочих дней после срока"
"""Marina's own says what became the region's business that day."""
SENT = Answer("Отправлено Вам в личные сообщения.")
HERE = Answer("")
"""What was asked for is seen in the same chat: no word is needed."""
STRANGER = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
BRIEF = "п. 16 Первый опрос участников — 10–24 марта. Не менее 90 % участников проекта приняли участие в опросе"


@pytest.fixture
async def project(desk: Desk) -> Group:
    """«500+» with its morning message."""
    group = await desk.group("500+", "500+", desk.igor, desk.pavel)
    await desk.tick()
    return group


def morning(desk: Desk) -> Message:
    """Marina's own morning message."""
    found = desk.marina.sees(MORNING, desk.marina.private())
    assert found.text == HERS
    return found


async def test_morning_message_is_one_for_each_chat(desk: Desk, project: Group) -> None:
    assert (desk.marina.last(project).text, desk.marina.last(project).buttons) == (
        MORNING, ["Пройти опрос", "Подробнее", "Мои задачи"],
    )  # fmt: skip
    assert morning(desk).buttons == ["Подробнее", "Показатели", "Мои задачи", "Отложить"]


async def test_card_comes_as_a_message_of_its_own_and_the_notice_stays(desk: Desk, project: Group) -> None:
    notice = morning(desk)
    assert await desk.presses(desk.marina, "Подробнее", message=notice) == HERE
    assert desk.screen(desk.marina).startswith("⏳ п. 16 Организация первого опроса")
    assert (notice.text, notice.edits) == (HERS, [])


async def test_tasks_come_as_a_message_of_their_own_and_the_notice_stays(desk: Desk, project: Group) -> None:
    notice = morning(desk)
    assert await desk.presses(desk.marina, "Мои задачи", message=notice) == HERE
    assert desk.screen(desk.marina).startswith("Мои задачи: 16, страница 1 из 2\n⚠️ п. 1 ")
    assert (notice.text, notice.edits) == (HERS, [])


async def test_member_presses_in_the_group_and_reads_in_private(desk: Desk, project: Group) -> None:
    said = len(desk.marina.messages(project))
    assert await desk.presses(desk.pavel, "Подробнее", project) == SENT
    assert desk.screen(desk.pavel).startswith("⏳ п. 16 Организация первого опроса")
    assert await desk.presses(desk.pavel, "Мои задачи", project) == SENT
    assert desk.screen(desk.pavel).startswith("Мои задачи: 16, страница 1 из 2\n⚠️ п. 1 ")
    assert len(desk.marina.messages(project)) == said


async def test_member_who_blocked_the_bot_is_told_what_to_do(desk: Desk, project: Group) -> None:
    desk.pavel.blocks()
    await desk.settle()
    asked = Answer("Сначала откройте бота и нажмите «Запустить» — тогда смогу написать Вам.", alert=True)
    assert await desk.presses(desk.pavel, "Подробнее", project) == asked
    assert await desk.presses(desk.pavel, "Мои задачи", project) == asked


async def test_stranger_in_a_bound_group_gets_the_published_lines_only(desk: Desk, project: Group) -> None:
    before = len(desk.igor.messages(desk.igor.private()))
    assert await desk.presses(desk.igor, "Подробнее", project) == Answer(BRIEF, alert=True)
    assert await desk.presses(desk.igor, "Мои задачи", project) == STRANGER
    assert len(desk.igor.messages(desk.igor.private())) == before


async def test_published_lines_of_every_item_fit_into_a_toast(desk: Desk, project: Group) -> None:
    notice = desk.marina.last(project)
    for item in ivanovo().items:
        answer = await desk.forges(desk.igor, f"more:{item.number}", notice)
        announced = "500+" in item.channels
        assert answer.text.startswith(f"п. {item.number} ") is announced, item.number
        assert (answer == REFUSED) is not announced
        assert len(answer.text) <= 200


async def test_long_indicator_is_cut_in_the_published_lines(desk: Desk, project: Group) -> None:
    await desk.forges(desk.marina, "field:16:indicator")
    await desk.says(desk.marina, "показатель " * 130)
    answer = await desk.presses(desk.igor, "Подробнее", project)
    assert len(answer.text) <= 200
    assert answer.text.endswith("показатель…")


async def test_notes_and_history_of_an_item_are_not_among_the_published_lines(desk: Desk, project: Group) -> None:
    await desk.forges(desk.marina, "close:16")
    await desk.says(desk.marina, "тайное примечание")
    assert await desk.presses(desk.igor, "Подробнее", project) == Answer(BRIEF, alert=True)


async def test_notice_in_a_group_that_is_bound_no_more_tells_strangers_nothing(desk: Desk, project: Group) -> None:
    await desk.forges(desk.marina, "unbind:1")
    assert await desk.presses(desk.igor, "Подробнее", project) == REFUSED


async def test_group_that_was_never_bound_tells_strangers_nothing(desk: Desk, project: Group) -> None:
    other = await desk.group("Другая", None, desk.igor)
    await desk.says(desk.marina, "/bind", other)
    question = desk.marina.last(other)
    for data in ("more:16", "item:16", "list:all:-:0", "go:now", "tasks"):
        answer = await desk.forges(desk.igor, data, question)
        assert answer.alert
        assert "Первый опрос" not in answer.text


async def test_private_screens_cannot_be_opened_in_a_group(desk: Desk, project: Group) -> None:
    notice = desk.marina.last(project)
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    for who in (desk.marina, desk.igor):
        for data in ("item:16", "go:now", "list:all:-:0", "closed:16", "later:20220310", "nonsense"):
            assert await desk.forges(who, data, notice) == dead, data
    assert desk.look.rows("SELECT count(*) FROM item WHERE closed_at IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("choice", "day"),
    [
        ("Отложить до завтра", "11 марта, пт"),
        ("Отложить на 3 дня", "14 марта, пн"),
        ("Отложить до понедельника", "14 марта, пн"),
    ],
)
async def test_reminder_is_put_off_and_the_deadline_is_not(desk: Desk, project: Group, choice: str, day: str) -> None:
    notice = morning(desk)
    assert await desk.presses(desk.marina, "Отложить", message=notice) == Answer("")
    question = desk.said(desk.marina)
    assert question.text == "На сколько отложить напоминание? Срок пункта не изменится."
    assert question.buttons == ["Отложить до завтра", "Отложить на 3 дня", "Отложить до понедельника", "Отмена"]
    await desk.presses(desk.marina, choice)
    assert (question.text, question.buttons) == (f"⏳ Напомню {day}. Срок пункта не изменился.", [])
    assert (await desk.card(16)).kept.item.deadline_text == "10.03-24.03.2022"


async def test_putting_off_can_be_thought_better_of(desk: Desk, project: Group) -> None:
    await desk.presses(desk.marina, "Отложить", message=morning(desk))
    await desk.presses(desk.marina, "Отмена")
    assert desk.look.count("attention") == 0
    assert "Отложить до завтра" not in desk.said(desk.marina).buttons


async def test_reminder_that_was_put_off_comes_on_its_day_to_that_person_only(desk: Desk, project: Group) -> None:
    await desk.presses(desk.marina, "Отложить", message=morning(desk))
    await desk.presses(desk.marina, "Отложить до завтра")
    await desk.moves("2022-03-11 12:00")
    line = "⏳ п. 16 Первый опрос участников — началось: 10–24 марта"
    other = "⚠️ п. 12 Графики посещения школ кураторами — срок был 24 февраля, чт (просрочено на 15\u00a0дней)"
    assert desk.screen(desk.marina) == f"📅 Сегодня, 11 марта, пт\n{other}\n{line}"
    assert desk.screen(desk.pavel) == f"📅 Сегодня, 11 марта, пт\n{other}"


async def test_putting_off_pressed_twice_is_put_off_once(desk: Desk, project: Group) -> None:
    await desk.presses(desk.marina, "Отложить", message=morning(desk))
    question = desk.said(desk.marina)
    presses = [desk.marina.presses("Отложить до завтра", question) for _ in range(2)]
    await desk.settle()
    assert [press.answers for press in presses] == [[Answer("")], [Answer("")]]
    assert desk.look.rows("SELECT item_id, snoozed_until FROM attention") == [(16, "2022-03-11")]


async def test_nothing_to_put_off_is_said(desk: Desk) -> None:
    nothing = Answer("По этому сообщению откладывать уже нечего. Что сейчас важно: /now", alert=True)
    assert await desk.forges(desk.marina, "until:20220301:tomorrow") == nothing


async def test_finished_roadmap_is_carried_over_once_by_whoever_presses(desk: Desk) -> None:
    await desk.sleeps("2023-01-09 12:00")
    offer = desk.marina.finds("Перенести на 2023 год")
    assert offer.text == (
        "📅 Дорожная карта на 2022 год завершена: последний срок был 30 ноября.\n"
        "Перенести её пункты на следующий год? Сроки сдвинутся, и каждый попросит Вашего подтверждения."
    )
    other = desk.pavel.finds("Перенести на 2023 год")
    presses = [desk.marina.presses_data(offer, "carry:1:2023") for _ in range(2)]
    presses.append(desk.pavel.presses_data(other, "carry:1:2023"))
    await desk.settle()
    assert [press.answers for press in presses] == [[Answer("")]] * 3
    done = "✅ Дорожная карта на 2023 год создана: 34\u00a0пункта.\nПодтвердите сроки: «Уточнить» в меню."
    assert (offer.text, other.text) == (done, done)
    assert desk.look.rows("SELECT year FROM roadmap") == [(2022,), (2023,)]
    assert (await desk.says(desk.marina, "/unclear")).text.startswith("Требуют уточнения — 34\u00a0пункта, ")


@pytest.mark.parametrize("data", ["carry:1:2022", "carry:1:1900", "carry:1:99999", "carry:77:2023"])
async def test_roadmap_is_not_carried_over_to_a_year_that_cannot_be(desk: Desk, data: str) -> None:
    refused = "Эту дорожную карту нельзя перенести на такой год. Откройте дорожную карту: /roadmap"
    assert await desk.forges(desk.marina, data) == Answer(refused, alert=True)
    assert desk.look.count("roadmap") == 1
