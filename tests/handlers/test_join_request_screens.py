"""«Я из школы …» as a stranger sees it: the consent, the form, waiting, and everything that can be typed and forged."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from domain.consent import VERSION
from domain.people import Duty, Role
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from tests.handlers.desk import Desk
from tests.people import MARINA, OLGA, enrolled

CONSENT = (
    "Чтобы войти, выберите школу и назовите себя — координатор ответит на заявку. Сначала нужно Ваше согласие."
    "\n\nСогласие на обработку персональных данных\n"
)
BOTH = ["Согласен", "Не согласен"]
NAME = "Прохожий Игорь Львович"
WAITING = (
    "⏳ Заявка ждёт ответа координатора. Отправлена 10.03.2022 12:00.\n"
    "Школа: Талицкая СОШ\n"
    "Имя: Прохожий Игорь Львович\n"
    "Должность: учитель\n"
    "\n"
    "Ответ придёт сюда. Если координатор даст Вам код, отправьте его сюда же: он действует сразу."
)
BAD_NAME = "Нужны хотя бы имя и фамилия, буквами. Например: Соколова Анна Петровна."
REQUESTS = "SELECT state, name, position FROM join_request ORDER BY id"


async def agrees(desk: Desk) -> None:
    await desk.opens(desk.igor, "/start", "Я из школы …", "Согласен")


async def comes_to_name(desk: Desk) -> None:
    await agrees(desk)
    for button in ("Дальше ›", "Южский район", "Талицкая СОШ"):
        await desk.presses(desk.igor, button)


async def comes_to_summary(desk: Desk) -> None:
    await comes_to_name(desk)
    await desk.says(desk.igor, NAME)
    await desk.says(desk.igor, "учитель")


async def asks(desk: Desk) -> None:
    await comes_to_summary(desk)
    await desk.presses(desk.igor, "Отправить заявку")


def kept(desk: Desk) -> tuple[int, int, int]:
    """What may hold something of a stranger."""
    return desk.look.count("join_request"), desk.look.count("conversation"), desk.look.count("outbox")


# --- The way through


async def test_from_the_button_to_a_request_that_waits(desk: Desk) -> None:
    await desk.presses(desk.igor, "Я из школы …")
    shown = desk.said(desk.igor)
    assert shown.text.startswith(CONSENT)
    assert (shown.text.splitlines()[-1], shown.buttons) == (f"Версия {VERSION}", BOTH)
    assert kept(desk) == (0, 0, 0)
    await desk.presses(desk.igor, "Согласен")
    assert (shown.text, shown.buttons[-2:]) == ("В каком муниципалитете Ваша школа?", ["Дальше ›", "Отмена"])
    await desk.presses(desk.igor, "Дальше ›")
    assert shown.buttons == ["Южский район", "‹ Назад", "Отмена"]
    await desk.presses(desk.igor, "Южский район")
    assert shown.text == "Какая школа?"
    assert shown.buttons == ["МКСОШ с. Мугреево-Дмитриевское", "Талицкая СОШ", "Другой муниципалитет", "Отмена"]
    await desk.presses(desk.igor, "Талицкая СОШ")
    assert (shown.text, shown.buttons) == ("Талицкая СОШ\nНапишите фамилию, имя и отчество.", ["Отмена"])
    asked = await desk.says(desk.igor, f"  {NAME.replace(' ', '  ')} ")
    assert asked.buttons == ["Пропустить", "Отмена"]
    summary = await desk.says(desk.igor, "учитель")
    assert summary.text == f"Проверьте заявку\nШкола: Талицкая СОШ\nИмя: {NAME}\nДолжность: учитель"
    assert summary.buttons == ["Отправить заявку", "Исправить", "Отмена"]
    assert await desk.presses(desk.igor, "Отправить заявку") == Answer("Заявка отправлена.")
    assert (summary.text, summary.buttons) == (WAITING, ["Отозвать заявку"])
    assert desk.look.rows(REQUESTS) == [("waiting", NAME, "учитель")]
    assert desk.look.count("conversation") == 0


async def test_link_from_a_group_leads_to_the_consent(desk: Desk) -> None:
    desk.igor.follows("https://t.me/road_bot?start=school")
    await desk.settle()
    assert (desk.screen(desk.igor)[: len(CONSENT)], desk.said(desk.igor).buttons) == (CONSENT, BOTH)


async def test_position_may_be_skipped_and_everything_filled_in_anew(desk: Desk) -> None:
    await comes_to_name(desk)
    await desk.says(desk.igor, NAME)
    await desk.presses(desk.igor, "Пропустить")
    assert desk.screen(desk.igor) == f"Проверьте заявку\nШкола: Талицкая СОШ\nИмя: {NAME}"
    await desk.presses(desk.igor, "Исправить")
    for button in ("г. о. Вичуга", "Другой муниципалитет", "г. о. Иваново", "Средняя школа № 37"):
        await desk.presses(desk.igor, button)
    await desk.says(desk.igor, "Прохожий Игорь")
    await desk.says(desk.igor, "директор")
    assert desk.screen(desk.igor) == (
        "Проверьте заявку\nШкола: Средняя школа № 37\nИмя: Прохожий Игорь\nДолжность: директор"
    )


async def test_sending_twice_is_sending_once(desk: Desk) -> None:
    await comes_to_summary(desk)
    message = desk.said(desk.igor)
    for _ in range(2):
        await desk.forges(desk.igor, "joinsend", message)
    assert desk.screen(desk.igor) == WAITING
    assert len(desk.look.rows(REQUESTS)) == 1


# --- While it waits


@pytest.mark.parametrize("text", ["/start", "/menu", "/start school", "Когда ответят?", "🎉", "я" * 4000])
async def test_whatever_is_written_shows_the_request_that_waits(desk: Desk, text: str) -> None:
    await asks(desk)
    shown = await desk.says(desk.igor, text)
    assert (shown.text, shown.buttons) == (WAITING, ["Отозвать заявку"])


@pytest.mark.parametrize(
    "data", ["join:0", "joinok:1", "joinok:0", "joinplace:1:0", "joinschool:1", "joinskip", "joinsend"]
)
async def test_old_buttons_of_the_form_show_the_request_that_waits(desk: Desk, data: str) -> None:
    await asks(desk)
    await desk.forges(desk.igor, data)
    assert desk.screen(desk.igor) == WAITING
    assert desk.look.rows(REQUESTS) == [("waiting", NAME, "учитель")]


async def test_withdrawn_request_leaves_nothing_and_a_new_one_may_be_made(desk: Desk) -> None:
    await asks(desk)
    await desk.presses(desk.igor, "Отозвать заявку")
    shown = desk.said(desk.igor)
    assert (shown.text, shown.buttons) == ("Заявка отозвана, из неё ничего не сохранено.", ["Новая заявка"])
    assert desk.look.rows(REQUESTS) == [("withdrawn", "", "")]
    await desk.forges(desk.igor, "joinback")
    assert desk.screen(desk.igor).startswith(CONSENT)
    await asks(desk)
    assert [row[0] for row in desk.look.rows(REQUESTS)] == ["withdrawn", "waiting"]


async def test_fourth_request_of_a_day_is_refused(desk: Desk) -> None:
    for _ in range(3):
        await asks(desk)
        await desk.presses(desk.igor, "Отозвать заявку")
    await comes_to_summary(desk)
    refused = "Сегодня заявок уже 3. Попробуйте завтра или попросите у координатора приглашение."
    assert await desk.presses(desk.igor, "Отправить заявку") == Answer(refused, alert=True)
    assert len(desk.look.rows(REQUESTS)) == 3


@pytest.mark.parametrize("begins", [asks, comes_to_name, comes_to_summary])
async def test_code_lets_in_at_once_and_the_request_or_the_form_is_gone(
    desk: Desk, begins: Callable[[Desk], Awaitable[None]]
) -> None:
    await begins(desk)
    code = (await desk.app.core.invites.invite(Role.CURATOR, now=desk.world.clock())).code
    await desk.says(desk.igor, code)
    await desk.presses(desk.igor, "Согласен")
    assert desk.screen(desk.igor).startswith("✅ Вы вошли: куратор.")
    await desk.app.core.join_requests.tidy_up(now=desk.world.clock())
    assert desk.look.rows("SELECT count(*) FROM join_request WHERE name != ''") == [(0,)]
    assert desk.look.count("conversation") == 0


async def test_mistyped_code_in_the_form_is_refused_and_the_form_stays(desk: Desk) -> None:
    await comes_to_name(desk)
    said = await desk.says(desk.igor, "AAAA-BBBB-CCC2")
    assert said.text == "Такого кода нет. Проверьте, все ли буквы и цифры на месте, или попросите новый код."
    assert (await desk.says(desk.igor, NAME)).buttons == ["Пропустить", "Отмена"]


# --- Without the consent


async def test_declining_keeps_nothing_and_agreeing_is_still_possible(desk: Desk) -> None:
    await desk.opens(desk.igor, "/start", "Я из школы …", "Не согласен")
    shown = desk.said(desk.igor)
    assert shown.text == "Понятно, ничего не сохранено. Если передумаете — нажмите «Согласен»."
    assert kept(desk) == (0, 0, 0)
    await desk.presses(desk.igor, "Согласен")
    assert shown.text == "В каком муниципалитете Ваша школа?"


@pytest.mark.parametrize(
    "data", ["join:0", "join:3", "joinplace:1:0", "joinschool:1", "joinskip", "joinsend", "joinback"]
)
@pytest.mark.parametrize("before", ["never asked", "declined", "declined after agreeing", "agreed long ago"])
async def test_form_that_is_forged_without_the_consent_leads_to_the_consent(desk: Desk, before: str, data: str) -> None:
    if before == "declined":
        await desk.opens(desk.igor, "/start", "Я из школы …", "Не согласен")
    elif before == "declined after agreeing":
        await comes_to_summary(desk)
        await desk.forges(desk.igor, "joinok:0")
    elif before == "agreed long ago":
        await comes_to_summary(desk)
        desk.world.clock.advance(timedelta(days=1))
    await desk.forges(desk.igor, data)
    assert desk.screen(desk.igor).startswith(CONSENT)
    await desk.says(desk.igor, NAME)
    assert kept(desk) == (0, 0, 0)


async def test_what_is_typed_after_the_consent_is_too_old_leads_to_the_consent(desk: Desk) -> None:
    await comes_to_name(desk)
    desk.world.clock.advance(timedelta(days=1))
    assert (await desk.says(desk.igor, NAME)).text.startswith(CONSENT)
    assert kept(desk) == (0, 0, 0)


# --- Bad input


@pytest.mark.parametrize(
    "typed", ["Игорь", "<b>Игорь</b> <i>Прохожий</i>", "Игорь 🎉 Прохожий", "12345", "{{ 7 * 7 }}"]
)
async def test_what_is_no_name_is_refused_and_asked_again(desk: Desk, typed: str) -> None:
    await comes_to_name(desk)
    assert (await desk.says(desk.igor, typed)).text == BAD_NAME
    assert (await desk.says(desk.igor, NAME)).buttons == ["Пропустить", "Отмена"]


async def test_four_thousand_letters_are_refused_and_asked_again(desk: Desk) -> None:
    await comes_to_name(desk)
    refused = "Слишком длинно: нужно до 200 знаков. Напишите короче."
    assert (await desk.says(desk.igor, "Я " * 2000)).text == refused
    await desk.says(desk.igor, NAME)
    assert (await desk.says(desk.igor, "я" * 4000)).text == refused
    assert (await desk.says(desk.igor, "завуч")).buttons[0] == "Отправить заявку"


async def test_hostile_position_is_shown_as_it_was_typed(desk: Desk) -> None:
    await comes_to_name(desk)
    await desk.says(desk.igor, "\u202eПрохожий\u200f Игорь")
    shown = await desk.says(desk.igor, "<b>завуч</b> & 🎓 <a href='x'>")
    assert "Имя: Прохожий Игорь\nДолжность: <b>завуч</b> & 🎓 <a href='x'>" in shown.text


async def test_picture_instead_of_a_text_is_answered_once_and_the_form_stays(desk: Desk) -> None:
    please = "Нажмите кнопку под вопросом или напишите ответ текстом. Начать сначала: «Отмена»."
    await comes_to_name(desk)
    desk.igor.sends_photo(PICTURE, caption=NAME)
    await desk.settle()
    assert desk.screen(desk.igor) == please
    desk.igor.sends_album([PICTURE] * 3)
    await desk.settle()
    assert [one.text for one in desk.igor.messages() if one.sender.is_bot].count(please) == 2
    assert (await desk.says(desk.igor, NAME)).buttons == ["Пропустить", "Отмена"]


async def test_text_where_a_button_is_waited_for_is_answered(desk: Desk) -> None:
    please = "Нажмите кнопку под вопросом или напишите ответ текстом. Начать сначала: «Отмена»."
    await agrees(desk)
    assert (await desk.says(desk.igor, "Талицкая")).text == please
    await comes_to_summary(desk)
    assert (await desk.says(desk.igor, "да")).text == please


async def test_schools_that_are_not_there_are_refused_or_chosen_again(desk: Desk) -> None:
    await agrees(desk)
    gone = "Этой школы в списке больше нет. Выберите школу ещё раз: /start"
    assert await desk.forges(desk.igor, "joinschool:999") == Answer(gone, alert=True)
    await desk.forges(desk.igor, "joinplace:999:0")
    assert desk.screen(desk.igor) == "В каком муниципалитете Ваша школа?"
    await desk.forges(desk.igor, "joinplace:7:99")
    assert desk.said(desk.igor).buttons[-2:] == ["Другой муниципалитет", "Отмена"]
    dead = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
    for data in ("joinschool:0", "joinschool:-1", "joinschool:x", f"joinschool:{2**70}", "join:x", "joinok:maybe"):
        assert await desk.forges(desk.igor, data) == dead, data


async def test_school_that_left_before_sending_is_refused(desk: Desk) -> None:
    await comes_to_summary(desk)
    marina = await desk.app.core.people.member(MARINA.account, now=desk.world.clock())
    ((school,),) = desk.look.rows("SELECT id FROM school WHERE name = 'Талицкая СОШ'")
    await desk.app.core.registries.school_left(school, by=marina, now=desk.world.clock())
    gone = "Этой школы в списке больше нет. Выберите школу ещё раз: /start"
    assert await desk.presses(desk.igor, "Отправить заявку") == Answer(gone, alert=True)
    assert desk.look.count("join_request") == 0


async def test_button_of_a_step_that_was_left_begins_the_form_again(desk: Desk) -> None:
    await comes_to_summary(desk)
    summary = desk.said(desk.igor)
    await desk.presses(desk.igor, "Исправить")
    await desk.forges(desk.igor, "joinsend", summary)
    assert (summary.text, desk.look.count("join_request")) == ("В каком муниципалитете Ваша школа?", 0)


async def test_cancelling_forgets_what_was_written(desk: Desk) -> None:
    await comes_to_summary(desk)
    assert await desk.presses(desk.igor, "Отмена") == Answer("Отменено, ничего не изменено.")
    assert desk.said(desk.igor).buttons == ["Я из школы …"]
    assert kept(desk) == (0, 0, 0)


# --- Members


async def test_member_is_told_that_they_are_in_already(desk: Desk) -> None:
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, 1), now=desk.world.clock())
    desk.olga.follows("https://t.me/road_bot?start=school")
    await desk.settle()
    first = "✅ Вы уже в проекте, заявка не нужна."
    assert desk.screen(desk.olga).splitlines()[0] == first
    for data in ("join:0", "joinok:1", "joinplace:1:0", "joinschool:1", "joinskip", "joinsend", "joinback"):
        await desk.says(desk.olga, "/help")
        await desk.forges(desk.olga, data)
        assert desk.screen(desk.olga).splitlines()[0] == first, data
    assert desk.look.count("join_request") == 0


async def test_member_without_a_consent_is_asked_for_it(desk: Desk) -> None:
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, 1), now=desk.world.clock(), has_agreed=False)
    await desk.forges(desk.olga, "join:0")
    assert desk.screen(desk.olga).startswith("Согласие на обработку персональных данных")
