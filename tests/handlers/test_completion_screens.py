"""Confirming as it is seen and pressed: from the card, from «Мои задачи», from notices in private and in the group."""

import pytest

from domain.people import Account, Duty, Role
from rehearsal.chats import Group
from rehearsal.pressing import Answer
from tests.domain.files import PDF
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk, enters
from tests.people import OLGA, Somebody, a_school, enrolled

HEAD = "⏳ п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс\nШкола № 7\n"
ASKS = (
    "Показатель: Замечания и предложения в ИС МЭДК\n\n"
    "Пришлите сюда файлы, фото или альбом, можно несколько сообщений подряд. "
    "Подойдут и ссылка, текст, номер приказа."
)
EMPTY = HEAD + ASKS
FULL = f"{EMPTY} Всё на месте — нажмите «Отправить».\n\nПриложено\n1. Программа.pdf, 1\u00a0КБ"
ADDING = ["Отправить", "Ссылка", "Текст", "Приказ №"]
BACK = ["К пункту", "В меню"]
SENT = (
    f"{HEAD}Отправлено 10.03.2022 12:00. Проверит Департамент образования Ивановской области.\n"
    "Пока не проверили, можно отозвать и изменить.\n\nПриложено\n1. Программа.pdf, 1\u00a0КБ"
)
NOT_YOURS = Answer(
    "Этот пункт подтверждаете не Вы: он за другой школой, другим человеком или Вы больше не за него отвечаете. "
    "Что за Вами: /tasks",
    alert=True,
)
STRANGER = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
STATES = "SELECT item_id, state FROM completion ORDER BY id"


@pytest.fixture
async def director(desk: Desk) -> Desk:
    """Olga is responsible for a school."""
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    return desk


async def opens(desk: Desk, item: int = 20) -> None:
    """«Подтвердить» on the card."""
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, f"item:{item}")
    await desk.presses(desk.olga, "Подтвердить")


async def sends_file(desk: Desk, content: bytes = PDF, name: str = "Программа.pdf") -> None:
    desk.olga.sends_document(content, name)
    await desk.settle()


async def test_card_offers_to_confirm_what_is_owed(director: Desk) -> None:
    await director.says(director.olga, "/menu")
    await director.forges(director.olga, "item:20")
    assert director.said(director.olga).buttons[0] == "Подтвердить"
    await director.forges(director.olga, "item:24")
    assert "Подтвердить" not in director.said(director.olga).buttons


async def test_draft_says_what_it_wants_and_takes_a_file_at_once(director: Desk) -> None:
    await opens(director)
    asked = director.said(director.olga)
    assert (asked.text, asked.buttons) == (EMPTY, [*ADDING, *BACK])
    await sends_file(director)
    shown = director.said(director.olga)
    assert (shown.text, shown.buttons) == (f"✅ Получено 1 из 1\n\n{FULL}", [*ADDING, "Убрать …", *BACK])


async def test_sent_says_who_looks_at_it_and_the_card_and_the_task_know(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    assert await director.presses(director.olga, "Отправить") == Answer("Отправлено на проверку.")
    shown = director.said(director.olga)
    assert (shown.text, shown.buttons) == (SENT, ["Отозвать и изменить", "История", *BACK])
    assert director.look.rows(STATES) == [(20, "sent")]
    await director.presses(director.olga, "К пункту")
    assert director.said(director.olga).buttons[0] == "Что отправлено"
    tasks = await director.opens(director.olga, "/tasks", "Дальше")
    line = "⏳ п. 20 Концептуальные документы и антирисковые программы — ждёт проверки"
    assert tasks.text.splitlines()[1:] == [line]


async def test_sent_twice_quickly_is_sent_once(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    shown = director.said(director.olga)
    presses = [director.olga.presses("Отправить", shown) for _ in range(2)]
    await director.settle()
    before = Answer("Уже отправлено, ждёт проверки.")
    assert [press.answers for press in presses] == [[Answer("Отправлено на проверку.")], [before]]
    assert director.look.rows("SELECT step FROM completion_step") == [("sent",)]


async def test_taken_back_is_a_draft_with_everything_in_it(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    await director.presses(director.olga, "Отправить")
    withdrawn = Answer("Отозвано. Измените и отправьте снова.")
    assert await director.presses(director.olga, "Отозвать и изменить") == withdrawn
    assert director.screen(director.olga) == FULL
    await sends_file(director, PDF + b"\n", "Вторая.pdf")
    assert director.said(director.olga).text.endswith("2. Вторая.pdf, 1\u00a0КБ")


async def test_what_waits_is_not_taken_back_where_it_could_not_be_sent_again(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    await director.presses(director.olga, "Отправить")
    sent = director.said(director.olga)
    await director.forges(director.marina, "closed:20")
    closed = (
        "Пункт уже закрыт. Приложенное раньше сохранено, новое не принимается. "
        "Если нужно добавить — напишите координатору."
    )
    assert await director.presses(director.olga, "Отозвать и изменить") == Answer(closed, alert=True)
    await director.forges(director.olga, "draft:1", sent)
    assert (sent.text.splitlines()[2], sent.buttons) == (
        "Отправлено 10.03.2022 12:00. Проверит Департамент образования Ивановской области.",
        ["История", *BACK],
    )
    assert director.look.rows(STATES) == [(20, "sent")]


async def test_author_looks_back_at_the_rounds(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    await director.presses(director.olga, "Отправить")
    await director.opens(director.marina, "/menu", "Проверить", "Вернуть")
    await director.says(director.marina, "Нет подписи")
    await opens(director)
    shown = director.said(director.olga)
    draft = shown.text
    assert shown.buttons == [*ADDING, "Убрать …", "История", *BACK]
    await director.presses(director.olga, "История")
    assert shown.text.splitlines()[2:] == [
        "",
        "10.03.2022 12:00 отправлено, Ольга Лебедева",
        "10.03.2022 12:00 возвращено, Марина Королёва: Нет подписи",
    ]
    await director.presses(director.olga, "Назад")
    assert shown.text == draft


async def test_nothing_attached_cannot_be_sent(director: Desk) -> None:
    await opens(director)
    said = "Пока ничего не приложено. Пришлите файл, фото, ссылку, текст или номер приказа, потом нажмите «Отправить»."
    assert await director.presses(director.olga, "Отправить") == Answer(said, alert=True)
    assert director.look.rows(STATES) == [(20, "draft")]


@pytest.mark.usefixtures("no_surveys")
async def test_item_of_a_cancelled_survey_is_confirmed_by_a_word(director: Desk) -> None:
    await opens(director, 16)
    assert director.screen(director.olga).endswith(
        "\n\nДокументы не нужны: нажмите «Отправить». Если есть что приложить, пришлите сюда."
    )
    assert await director.presses(director.olga, "Отправить") == Answer("Отправлено на проверку.")


@pytest.mark.usefixtures("no_surveys")
async def test_tasks_offer_to_choose_what_to_confirm(director: Desk) -> None:
    shown = await director.opens(director.olga, "/tasks", "Подтвердить")
    assert shown.text == "Что подтверждаете?"
    assert shown.buttons[:3] == [
        "п. 10 Семинар-совещание по работе с…",
        "п. 20 Концептуальные документы и антирисковые…",
        "п. 16 Первый опрос участников",
    ]
    await director.presses(director.olga, "п. 20")
    assert director.said(director.olga).text == EMPTY


async def test_draft_survives_a_restart_in_the_middle_of_everything(director: Desk, reopen: Reopen) -> None:
    await opens(director)
    await sends_file(director)
    again = await reopen()
    await sends_file(again, PDF + b"\n", "Вторая.pdf")
    shown = again.said(again.olga)
    assert shown.text == f"✅ Получено 2 из 2\n\n{FULL}\n2. Вторая.pdf, 1\u00a0КБ"
    await again.presses(again.olga, "Отправить")
    assert again.look.rows(STATES) == [(20, "sent")]


async def test_draft_that_was_left_is_found_again(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    await director.says(director.olga, "/menu")
    await opens(director)
    assert director.screen(director.olga) == FULL


async def test_returned_shows_the_comment_and_can_be_fixed(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    await director.presses(director.olga, "Отправить")
    await director.opens(director.marina, "/menu", "Проверить", "Вернуть")
    await director.says(director.marina, "Нет подписи на второй странице")
    await opens(director)
    shown = director.screen(director.olga)
    assert shown.startswith("⚠️ п. 20 Концептуальные")
    assert "\nВернули: Нет подписи на второй странице\n\nИсправьте и отправьте ещё раз. " in shown
    await director.presses(director.olga, "Отправить")
    assert director.look.rows(STATES) == [(20, "sent")]


async def test_late_is_said_and_taken(director: Desk) -> None:
    director.world.clock.set(director.world.clock().replace(day=22))
    await opens(director)
    assert "\nСрок прошёл, но отправить можно: будет видно, что позже срока.\n" in director.screen(director.olga)
    await sends_file(director)
    await director.presses(director.olga, "Отправить")
    assert "Отправлено 22.03.2022 12:00, позже срока. Проверит" in director.screen(director.olga)


async def test_closed_item_is_not_confirmed(director: Desk) -> None:
    await opens(director)
    await sends_file(director)
    await director.forges(director.marina, "closed:20")
    closed = (
        "Пункт уже закрыт. Приложенное раньше сохранено, новое не принимается. "
        "Если нужно добавить — напишите координатору."
    )
    assert await director.presses(director.olga, "Отправить") == Answer(closed, alert=True)
    await director.forges(director.olga, "confirm:20")
    shown = director.said(director.olga)
    assert (closed in shown.text, shown.buttons) == (True, BACK)
    assert await director.forges(director.olga, "confirm:1") == NOT_YOURS


@pytest.mark.parametrize(
    "data", ["draft:1", "senddraft:1", "undraft:1", "confirmfor:20:9", "unproof:1:1", "proofs:1:0"]
)
async def test_confirmation_of_another_school_cannot_be_reached(director: Desk, data: str) -> None:
    await opens(director)
    await sends_file(director)
    boris = Somebody("Борис Дальний", Account("telegram", 500_000_044))
    person = enters(director.world, boris)
    await enrolled(
        director.app.core, boris, Duty(Role.SCHOOL, await a_school(director.app.core, "Школа № 8")),
        now=director.world.clock(),
    )  # fmt: skip
    await director.says(person, "/menu")
    assert await director.forges(person, data) == NOT_YOURS
    assert director.look.rows(STATES) == [(20, "draft")]


async def test_confirmation_that_is_not_there_is_said_so(director: Desk) -> None:
    await director.says(director.olga, "/menu")
    for data in ("draft:999", "senddraft:999", "confirmfor:20:999"):
        assert await director.forges(director.olga, data) == NOT_YOURS
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    for data in ("draft:0", "confirm:x", "addproof:1:file", "addproof:1:nonsense", "unproof:1:-1"):
        assert await director.forges(director.olga, data) == dead


async def two_schools(desk: Desk) -> None:
    schools = [await a_school(desk.app.core, name) for name in ("Школа № 7", "Гимназия")]
    await enrolled(desk.app.core, OLGA, *(Duty(Role.SCHOOL, one) for one in schools), now=desk.world.clock())


@pytest.mark.usefixtures("no_surveys")
async def test_whoever_speaks_for_several_chooses_and_sees_how_far_each_is(desk: Desk) -> None:
    await two_schools(desk)
    await opens(desk, 16)
    asked = desk.said(desk.olga)
    assert (asked.text, asked.buttons) == (
        "п. 16 Первый опрос участников\nЗа кого подтверждаете?", ["Гимназия", "Школа № 7", "В меню"],
    )  # fmt: skip
    await desk.presses(desk.olga, "Гимназия")
    await desk.presses(desk.olga, "Отправить")
    await opens(desk, 16)
    assert desk.said(desk.olga).buttons == ["⏳ Гимназия", "Школа № 7", "В меню"]


# --- Notices ----------------------------------------------------------------------------------------------------------


async def the_group(desk: Desk) -> Group:
    group = await desk.group("500+", "500+", desk.olga, desk.igor, desk.pavel)
    await desk.tick()
    return group


@pytest.mark.usefixtures("no_surveys")
async def test_group_offers_it_and_whoever_owes_goes_on_in_private(director: Desk) -> None:
    group = await the_group(director)
    notice = director.marina.last(group)
    assert notice.buttons == ["Подтвердить", "Подробнее", "Мои задачи"]
    said = len(director.marina.messages(group))
    sent = Answer("Отправлено Вам в личные сообщения.")
    assert await director.presses(director.olga, "Подтвердить", group) == sent
    assert director.screen(director.olga).startswith("⏳ п. 16 Первый опрос участников — 10–24 марта\nШкола № 7\n")
    assert len(director.marina.messages(group)) == said
    await sends_file(director)
    assert director.screen(director.olga).startswith("✅ Получено 1 из 1\n")


@pytest.mark.usefixtures("no_surveys")
async def test_group_tells_strangers_and_those_who_do_not_owe_so_kindly(director: Desk) -> None:
    group = await the_group(director)
    assert await director.presses(director.igor, "Подтвердить", group) == STRANGER
    assert await director.presses(director.pavel, "Подтвердить", group) == NOT_YOURS
    assert director.look.rows(STATES) == []


@pytest.mark.usefixtures("no_surveys")
async def test_whoever_blocked_the_bot_is_told_what_to_do(director: Desk) -> None:
    group = await the_group(director)
    director.olga.blocks()
    await director.settle()
    asked = Answer("Сначала откройте бота и нажмите «Запустить» — тогда смогу написать Вам.", alert=True)
    assert await director.presses(director.olga, "Подтвердить", group) == asked


async def test_group_answers_only_whoever_pressed_to_go_on(director: Desk) -> None:
    group = await the_group(director)
    notice = director.marina.last(group)
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    for data in ("confirmfor:16:9", "senddraft:1", "draft:1", "toconfirm:0", "proofs:1:0"):
        assert await director.forges(director.olga, data, notice) == dead


@pytest.mark.usefixtures("no_surveys")
async def test_private_notice_offers_it_and_stays_as_it_was(director: Desk) -> None:
    await director.tick()
    notice = director.olga.sees("📅 Сегодня, 10 марта")
    assert notice.buttons == ["Подтвердить", "Подробнее", "Мои задачи", "Отложить"]
    assert await director.presses(director.olga, "Подтвердить", message=notice) == Answer("")
    assert (notice.edits, director.screen(director.olga).splitlines()[0]) == (
        [], "⏳ п. 16 Первый опрос участников — 10–24 марта",
    )  # fmt: skip


@pytest.mark.usefixtures("no_surveys")
async def test_who_has_confirmed_is_not_reminded_of_it(director: Desk) -> None:
    await opens(director, 16)
    await director.presses(director.olga, "Отправить")
    await director.tick()
    director.olga.does_not_see("📅 Сегодня, 10 марта")
    await director.forges(director.olga, "undraft:1")
    await director.tick()
    director.olga.sees("📅 Сегодня, 10 марта")
