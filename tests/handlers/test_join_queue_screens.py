"""«Заявки» as coordinators see them: who may be the one who asks, letting in, refusing, two at once, forged data."""

import pytest

from domain.consent import VERSION
from domain.join_request import Asked
from domain.people import Account, Duty, Member, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import IGOR, OLGA, Somebody, enrolled, registered

NAME = "Прохожий Игорь Львович"
EMPTY = "✅ Заявок нет."
TOLD = Answer("Принято: человек получит сообщение.")
DECIDED = Answer("На эту заявку уже ответили. Откройте «Заявки» ещё раз.", alert=True)
STATES = "SELECT state, name FROM join_request ORDER BY id"


async def asks(
    desk: Desk, who: Somebody = IGOR, name: str = NAME, school: str = "Талицкая СОШ", position: str = "учитель"
) -> None:
    """A stranger has sent a request."""
    now = desk.world.clock()
    asked = Asked(await school_id(desk, school), name, position, VERSION, now)
    await desk.app.core.join_requests.ask(asked, by=Member(who.account), now=now)


async def school_id(desk: Desk, name: str) -> int:
    ((found,),) = desk.look.rows("SELECT id FROM school WHERE name = ?", name)
    return int(found)


# --- The way through


async def test_coordinators_are_told_and_find_the_request_from_the_message_the_menu_and_their_tasks(desk: Desk) -> None:
    await asks(desk)
    await desk.tick()
    told = "⏳ Заявок «Я из школы»: 1. Ответьте, чтобы люди вошли."
    assert [desk.screen(one) for one in (desk.marina, desk.pavel)] == [told, told]
    card = (
        f"Заявка 1 из 1, 10.03.2022 12:00\nИмя: {NAME}\nДолжность: учитель\nШкола: Талицкая СОШ, Южский район\n\n"
        "В списке похожих нет."
    )
    await desk.presses(desk.marina, "Заявки")
    assert desk.screen(desk.marina) == card
    assert desk.said(desk.marina).buttons == ["Принять как нового", "Отклонить", "В меню"]
    for command in ("/menu", "/tasks"):
        shown = await desk.opens(desk.marina, command)
        assert any(line.startswith("Заявок ждёт") for line in shown.text.splitlines())
        await desk.presses(desk.marina, "Заявки")
        assert shown.text == card


async def test_without_requests_there_is_no_button_and_the_queue_says_so(desk: Desk) -> None:
    for command in ("/menu", "/tasks"):
        assert "Заявки" not in (await desk.opens(desk.marina, command)).buttons
    await desk.forges(desk.marina, "go:requests")
    assert (desk.screen(desk.marina), desk.said(desk.marina).buttons) == (EMPTY, ["В меню"])


async def test_approved_as_new_they_are_told_and_the_menu_opens(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.marina, "/menu", "Заявки")
    assert await desk.presses(desk.marina, "Принять как нового") == TOLD
    assert desk.screen(desk.marina) == EMPTY
    await desk.tick()
    assert desk.screen(desk.igor) == (
        f"✅ Координатор принял заявку: Вы в проекте.\nВ списке Вы записаны как {NAME}. "
        "Если это ошибка — исправьте в «Обо мне»."
    )
    await desk.presses(desk.igor, "Открыть меню")
    assert "Моя школа" in desk.said(desk.igor).buttons
    assert desk.look.rows(STATES) == [("approved", "")]


async def test_approved_as_somebody_of_the_list(desk: Desk) -> None:
    school = await school_id(desk, "Талицкая СОШ")
    known = await registered(
        desk.app.core, "Прохожий И. Л.", Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock()
    )
    await enrolled(desk.app.core, Somebody(NAME, OLGA.account), Duty(Role.CURATOR, school), now=desk.world.clock())
    await asks(desk)
    shown = await desk.opens(desk.marina, "/menu", "Заявки")
    assert shown.text.split("\n\n")[1].splitlines() == [
        "Похоже, это человек из списка:",
        "• Прохожий И. Л. — команда школы, Талицкая СОШ",
        f"• {NAME} — куратор, Талицкая СОШ — уже в боте",
    ]
    assert shown.buttons == ["Это Прохожий И. Л.", "Принять как нового", "Отклонить", "В меню"]
    assert await desk.presses(desk.marina, "Это Прохожий И. Л.") == TOLD
    assert desk.look.rows("SELECT person_id FROM account WHERE account_id = ?", IGOR.account.account_id) == [(known,)]


async def test_refused_with_a_reason_they_are_told_why(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.marina, "/menu", "Заявки", "Отклонить")
    asked = desk.said(desk.marina)
    assert asked.text == f"{NAME}: почему отклонить? Напишите причину до 300 знаков — человек её увидит."
    assert asked.buttons == ["Без причины", "Отмена"]
    shown = await desk.says(desk.marina, "Вас <b>нет</b> в списке")
    assert shown.text == f"Отклонено: человек получит сообщение.\n\n{EMPTY}"
    await desk.tick()
    assert desk.screen(desk.igor) == (
        "Заявка (Талицкая СОШ) отклонена.\nПричина: Вас <b>нет</b> в списке\n"
        "Можно отправить новую или попросить у координатора приглашение."
    )
    await desk.presses(desk.igor, "Новая заявка")
    assert desk.said(desk.igor).buttons == ["Согласен", "Не согласен"]
    assert desk.look.rows(STATES) == [("refused", "")]
    assert desk.look.count("conversation") == 0


async def test_refused_without_a_reason(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.marina, "/menu", "Заявки", "Отклонить")
    assert await desk.presses(desk.marina, "Без причины") == Answer("Отклонено: человек получит сообщение.")
    await desk.tick()
    assert desk.screen(desk.igor) == (
        "Заявка (Талицкая СОШ) отклонена.\nМожно отправить новую или попросить у координатора приглашение."
    )


async def test_too_long_a_reason_is_asked_again_and_cancelling_leaves_the_request(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.marina, "/menu", "Заявки", "Отклонить")
    assert (await desk.says(desk.marina, "я" * 4000)).text == "Слишком длинно: нужно до 300 знаков. Напишите короче."
    assert desk.look.rows(STATES) == [("waiting", NAME)]
    await desk.presses(desk.marina, "Отмена")
    await desk.says(desk.marina, "уже не причина")
    assert desk.look.rows(STATES) == [("waiting", NAME)]


async def test_queue_is_walked_to_and_fro_and_shows_the_next_one_after_an_answer(desk: Desk) -> None:
    for place, name in enumerate(("Первый Пётр", "Второй Пётр", "Третий Пётр"), 1):
        await asks(desk, Somebody(name, Account("telegram", 7_000 + place)), name)
    shown = await desk.opens(desk.marina, "/menu", "Заявки")
    assert shown.buttons == ["Принять как нового", "Отклонить", "Дальше ›", "В меню"]
    await desk.presses(desk.marina, "Дальше ›")
    assert shown.text.splitlines()[:2] == ["Заявка 2 из 3, 10.03.2022 12:00", "Имя: Второй Пётр"]
    await desk.presses(desk.marina, "Принять как нового")
    assert shown.text.splitlines()[:2] == ["Заявка 2 из 2, 10.03.2022 12:00", "Имя: Третий Пётр"]
    await desk.presses(desk.marina, "‹ Назад")
    assert shown.text.splitlines()[1] == "Имя: Первый Пётр"


async def test_hostile_words_are_shown_as_they_were_typed_on_one_screen(desk: Desk) -> None:
    name = "Ёлкина-Палкина (" + "Д'Артаньян " * 15 + ")"
    school = await school_id(desk, "Талицкая СОШ")
    for _ in range(3):
        await registered(
            desk.app.core, name, *(Duty(role, school) for role in (Role.SCHOOL, Role.CURATOR)), now=desk.world.clock()
        )
    await asks(desk, name=name, position="<b>&" * 50)
    shown = await desk.opens(desk.marina, "/menu", "Заявки")
    assert "Должность: " + "<b>&" * 15 in shown.text
    assert len(shown.html) < 3900
    assert all(len(button) <= 60 for button in shown.buttons)


# --- What changes meanwhile


async def test_two_coordinators_at_once_one_lets_in_and_the_other_is_told(desk: Desk) -> None:
    await asks(desk)
    for one in (desk.marina, desk.pavel):
        await desk.opens(one, "/menu", "Заявки")
    presses = [one.presses("Принять как нового", None, one.private()) for one in (desk.marina, desk.pavel)]
    await desk.settle()
    answers = [press.answers[0] for press in presses]
    assert sorted(answers, key=lambda answer: answer.alert) == [TOLD, DECIDED]
    assert desk.look.rows("SELECT count(*) FROM person") == [(3,)]


async def test_old_buttons_of_an_answered_request_change_nothing(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.pavel, "/menu", "Заявки")
    await desk.opens(desk.marina, "/menu", "Заявки", "Принять как нового")
    people = desk.look.count("person")
    for data in ("letin:1:0", "letin:1:1", "turned:1"):
        assert await desk.forges(desk.pavel, data) == DECIDED, data
    toast = Answer("На эту заявку уже ответили. Откройте «Заявки» ещё раз.")
    assert await desk.forges(desk.pavel, "turndown:1") == toast
    assert desk.screen(desk.pavel) == EMPTY
    await desk.forges(desk.pavel, "request:1")
    assert (desk.screen(desk.pavel), desk.look.count("person")) == (EMPTY, people)


async def test_reason_typed_after_somebody_else_answered_is_refused_once(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.pavel, "/menu", "Заявки", "Отклонить")
    await desk.opens(desk.marina, "/menu", "Заявки", "Принять как нового")
    assert (await desk.says(desk.pavel, "не знаю такого")).text == DECIDED.text
    assert (await desk.says(desk.pavel, "не знаю такого")).text.startswith("Я понимаю кнопки.")
    assert desk.look.rows(STATES) == [("approved", "")]


async def test_whoever_came_in_by_a_code_meanwhile_is_not_let_in_twice(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.marina, "/menu", "Заявки")
    code = (await desk.app.core.invites.invite(Role.CURATOR, now=desk.world.clock())).code
    await desk.says(desk.igor, code)
    assert await desk.presses(desk.marina, "Принять как нового") == Answer("Человек уже вошёл по коду, заявка закрыта.")
    assert desk.screen(desk.marina) == EMPTY
    assert desk.look.rows("SELECT role FROM duty WHERE person_id = 3") == [("curator",)]


async def test_school_that_left_meanwhile_can_only_be_declined(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.pavel, "/menu", "Заявки")
    marina = await desk.app.core.people.member(Account("telegram", desk.marina.id), now=desk.world.clock())
    school = await school_id(desk, "Талицкая СОШ")
    await desk.app.core.registries.school_left(school, by=marina, now=desk.world.clock())
    gone = "Этой школы в проекте больше нет, принять заявку нельзя. Отклоните её с причиной."
    assert await desk.presses(desk.pavel, "Принять как нового") == Answer(gone, alert=True)
    shown = await desk.opens(desk.marina, "/menu", "Заявки")
    assert shown.text.splitlines()[-1] == "⚠️ Этой школы в проекте больше нет: принять как нового человека нельзя."
    assert shown.buttons == ["Отклонить", "В меню"]


# --- Forged


FORGED = ("go:requests", "request:1", "letin:1:0", "letin:1:1", "letin:1:4", "turndown:1", "turned:1")


@pytest.mark.parametrize("data", FORGED)
async def test_nobody_else_sees_or_answers_by_forged_data(desk: Desk, data: str) -> None:
    await asks(desk)
    await enrolled(desk.app.core, OLGA, Duty(Role.CURATOR, 1), now=desk.world.clock())
    await desk.says(desk.olga, "/menu")
    refused = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
    assert await desk.forges(desk.olga, data) == refused
    toast = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
    assert await desk.forges(desk.igor, data) == toast
    assert desk.look.rows(STATES) == [("waiting", NAME)]
    assert (desk.look.count("person"), desk.look.count("conversation")) == (3, 0)


async def test_people_who_cannot_be_claimed_are_refused_also_by_forged_data(desk: Desk) -> None:
    await asks(desk)
    await desk.opens(desk.marina, "/menu", "Заявки")
    door = "Этот человек входит по своему коду. Выдайте новый код или примите заявку как нового человека."
    for person in (1, 2):
        assert await desk.forges(desk.marina, f"letin:1:{person}") == Answer(door, alert=True)
    gone = "Этого человека в списке больше нет. Откройте заявку ещё раз."
    assert await desk.forges(desk.marina, "letin:1:999") == Answer(gone, alert=True)
    assert await desk.forges(desk.marina, "letin:999:0") == DECIDED
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    for data in ("letin:0:0", "letin:1:-1", "letin:1", "request:x", f"turned:{2**64}"):
        assert await desk.forges(desk.marina, data) == dead, data
    assert desk.look.rows(STATES) == [("waiting", NAME)]
