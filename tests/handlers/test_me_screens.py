"""«Обо мне» as it is seen and pressed: my data, my name, leaving, erasing, and the acts for the coordinator."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from storage import people as people_rows
from storage import registry as registry_rows
from tests.handlers.desk import Desk
from tests.people import MARINA, OLGA, a_school, enrolled

ME = """Ольга Лебедева
Должность: директор

За что отвечаю
• команда школы — Школа № 7, ответственный
• куратор — Школа № 9

✅ Согласие на обработку данных: 10.03.2022 12:00, версия 2026-11
Всё, что о Вас хранится, — в файле «Скачать мои данные»."""
BUTTONS = [
    *("Изменить имя", "Скачать мои данные", "Мои напоминания", "Отпуск"),
    *("Мой календарь", "Отозвать согласие"),
    *("Выйти из проекта", "Удалить мои данные", "В меню"),
]
BEFORE_CONSENT = ["Изменить имя", "Скачать мои данные", "Выйти из проекта", "Удалить мои данные", "К согласию"]
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
STRANGER = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
LAST = Answer(
    "Вы единственный координатор. Добавьте второго в «Люди и школы», дождитесь, пока он войдёт и даст согласие, "
    "и повторите.",
    alert=True,
)


@pytest.fixture
async def director(desk: Desk) -> Desk:
    """Olga is responsible for a school and curates another one."""
    own, other = await a_school(desk.app.core), await a_school(desk.app.core, "Школа № 9")
    duties = (Duty(Role.SCHOOL, own, responsible=True), Duty(Role.CURATOR, other))
    olga = await enrolled(desk.app.core, OLGA, *duties, now=desk.world.clock())
    async with desk.app.core.database.transaction() as tx:
        await registry_rows.set_position(tx, olga.person_id or 0, "директор")
    return desk


def file_of(desk: Desk, who: str = "olga") -> tuple[str, str]:
    """The name and the words of the latest file that somebody got."""
    person = getattr(desk, who)
    shown = next(one for one in reversed(person.messages(person.private())) if one.media)
    file = desk.world.files.get(shown.media.files[0])
    assert file is not None
    return shown.media.content["file_name"], file.data.decode()


@pytest.mark.parametrize(
    "typed",
    ["/my_data", "/мои_данные", "/Мои_данные", "/мои данные", "/мои_данные@road_bot", "мои данные", " Мои Данные "],
)
async def test_every_way_of_asking_shows_the_same_screen(director: Desk, typed: str) -> None:
    shown = await director.says(director.olga, typed)
    assert (shown.text, shown.buttons) == (ME, BUTTONS)


async def test_the_button_of_the_menu_shows_it_too_and_leads_back(director: Desk) -> None:
    shown = await director.opens(director.olga, "/menu", "Обо мне")
    assert shown.text == ME
    menu = (await director.says(director.olga, "/menu")).text
    await director.opens(director.olga, "/my_data", "В меню")
    assert director.screen(director.olga) == menu


async def test_words_that_are_an_answer_stay_one(director: Desk) -> None:
    await director.opens(director.marina, "/roadmap", "п. 1", "Закрыть пункт")
    await director.says(director.marina, "мои данные")
    assert director.look.rows("SELECT closing_note FROM item WHERE closed_at IS NOT NULL") == [("мои данные",)]


async def test_cyrillic_command_goes_before_what_is_awaited(director: Desk) -> None:
    await director.opens(director.olga, "/my_data", "Изменить имя")
    assert (await director.says(director.olga, "/мои_данные")).text == ME
    await director.says(director.olga, "Ольга Кузнецова")
    assert director.look.rows("SELECT name FROM person WHERE id = 3") == [(OLGA.name,)]


async def test_i_change_my_name(director: Desk) -> None:
    asked = await director.opens(director.olga, "/my_data", "Изменить имя")
    assert (asked.text, asked.buttons) == (
        "Сейчас Вы записаны как Ольга Лебедева. Напишите, как правильно: фамилия, имя и отчество.",
        ["Отмена"],
    )
    refused = await director.says(director.olga, " — ")
    assert refused.text == director.app.core.texts.html("registry.no-name")
    shown = await director.says(director.olga, "Ольга <i>Лёвина</i>")
    assert shown.text == "✅ Имя изменено.\n\n" + ME.replace("Ольга Лебедева", "Ольга <i>Лёвина</i>")
    assert director.look.rows("SELECT name FROM person WHERE id = 3") == [("Ольга <i>Лёвина</i>",)]


async def test_changing_the_name_can_be_given_up(director: Desk) -> None:
    await director.opens(director.olga, "/my_data", "Изменить имя", "Отмена")
    assert director.screen(director.olga) == ME
    await director.says(director.olga, "Ольга Кузнецова")
    assert director.look.rows("SELECT name FROM person WHERE id = 3") == [(OLGA.name,)]


async def test_i_get_the_file_of_what_is_kept_about_me(director: Desk) -> None:
    await director.opens(director.olga, "/my_data")
    assert await director.presses(director.olga, "Скачать мои данные") == Answer("Файл отправлен.")
    name, words = file_of(director)
    assert name == "мои-данные.html"
    assert [one for one in (OLGA.name, "директор", "Школа № 7", "500000003") if one not in words] == []
    assert [one for one in ("Марина", "Королёва", "Зимин") if one in words] == []
    assert director.look.rows("SELECT person_id FROM audit WHERE deed = 'data-exported'") == [(3,)]


async def test_i_take_my_consent_back_and_give_it_again(director: Desk) -> None:
    asked = await director.opens(director.olga, "/my_data", "Отозвать согласие")
    assert (asked.text.splitlines()[0], asked.buttons) == ("Отозвать согласие?", ["Отозвать", "Отмена"])
    assert director.look.rows("SELECT given FROM consent WHERE person_id = 3") == [(1,)]
    await director.presses(director.olga, "Отозвать")
    declined = director.said(director.olga)
    assert (declined.text.splitlines()[0], declined.buttons) == (
        "Понятно: бот ничего Вам не пришлёт и данные использовать не будет. Координатор узнает, что согласия нет.",
        ["Согласен", "Обо мне"],
    )
    await director.tick()
    assert director.marina.sees("Ольга Лебедева — нет согласия", director.marina.private())
    await director.presses(director.olga, "Обо мне")
    assert director.said(director.olga).buttons == BEFORE_CONSENT
    await director.presses(director.olga, "К согласию")
    await director.presses(director.olga, "Согласен")
    assert (await director.says(director.olga, "/my_data")).buttons == BUTTONS


async def test_i_leave_when_i_am_sure(director: Desk) -> None:
    asked = await director.opens(director.olga, "/my_data", "Выйти из проекта")
    assert (asked.text.splitlines()[:4], asked.buttons) == (
        [
            "Выйти из проекта?",
            "Сразу закончится то, за что Вы отвечаете:",
            "• команда школы — Школа № 7, ответственный",
            "• куратор — Школа № 9",
        ],
        ["Выйти", "Удалить мои данные", "Отмена"],
    )
    await director.presses(director.olga, "Отмена")
    assert director.screen(director.olga) == ME
    await director.presses(director.olga, "Выйти из проекта")
    await director.presses(director.olga, "Выйти")
    assert director.screen(director.olga) == (
        "Вы вышли из проекта, бот больше не пишет. Чтобы вернуться, попросите у координатора новый код."
    )
    assert await director.forges(director.olga, "go:me") == STRANGER
    assert (await director.says(director.olga, "/my_data")).text == director.app.core.texts.html("people.stranger")
    await director.tick()
    told = director.marina.sees("выход из проекта", director.marina.private())
    assert (told.text.splitlines()[0], told.buttons) == (
        "⚠️ Ольга Лебедева — выход из проекта по своему решению.",
        ["Люди и школы"],
    )


async def test_i_erase_myself_when_i_am_sure(director: Desk) -> None:
    asked = await director.opens(director.olga, "/my_data", "Удалить мои данные")
    assert (asked.text.splitlines()[0], asked.buttons) == (
        "Удалить мои данные?",
        ["Удалить навсегда", "Скачать мои данные", "Отмена"],
    )
    assert director.look.rows("SELECT name FROM person WHERE id = 3") == [(OLGA.name,)]
    await director.presses(director.olga, "Удалить навсегда")
    assert director.screen(director.olga) == (
        "✅ Данные удалены. В проекте осталось только «участник № 3». Переписку в этом чате можете удалить сами."
    )
    assert director.look.rows("SELECT name, position, erased_at IS NULL FROM person WHERE id = 3") == [("", "", 0)]
    assert director.look.rows("SELECT key FROM conversation") == []
    assert await director.forges(director.olga, "eraseme:1") == STRANGER


async def test_two_presses_at_once_erase_once(director: Desk) -> None:
    asked = await director.opens(director.olga, "/my_data", "Удалить мои данные")
    presses = [director.olga.presses("Удалить навсегда", asked) for _ in range(2)]
    await director.settle()
    assert sorted(len(press.answers) for press in presses) == [1, 1]
    assert director.look.rows("SELECT count(*) FROM audit WHERE deed = 'erased'") == [(1,)]


async def test_the_coordinator_hears_of_it_and_takes_both_papers(director: Desk) -> None:
    await director.opens(director.olga, "/my_data", "Удалить мои данные", "Удалить навсегда")
    await director.tick()
    told = director.marina.sees("данные удалены", director.marina.private())
    assert (told.text.splitlines()[0], told.buttons) == (
        "⚠️ участник № 3 — данные удалены по требованию этого человека.",
        ["Акты об удалении"],
    )
    await director.presses(director.marina, "Акты об удалении")
    ((number,),) = director.look.rows("SELECT id FROM audit WHERE deed = 'erased'")
    listed = director.said(director.marina)
    assert (listed.text.splitlines()[:2], listed.buttons) == (
        ["Акты об удалении", f"10.03.2022 12:00 — акт № {number}, участник № 3"],
        [f"Акт № {number}", f"Выгрузка № {number}", "Удалить данные бывшего участника", "В меню"],
    )
    assert await director.presses(director.marina, f"Акт № {number}") == Answer("Файл отправлен.")
    name, act = file_of(director, "marina")
    assert (name, "Акт об уничтожении персональных данных" in act, OLGA.name in act) == (
        f"акт-{number}.html",
        True,
        False,
    )
    await director.presses(director.marina, f"Выгрузка № {number}")
    name, extract = file_of(director, "marina")
    assert (name, "Выгрузка из журнала регистрации событий" in extract) == (f"выгрузка-{number}.html", True)


async def test_without_acts_the_list_says_so(desk: Desk) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, "go:erasures")
    assert desk.screen(desk.marina) == "Акты об удалении\nПока ничьих данных не удаляли."
    absent = Answer("Такого акта нет. Откройте «Акты об удалении» ещё раз.", alert=True)
    assert [await desk.forges(desk.marina, data) for data in ("act:1", "extract:999")] == [absent, absent]


async def test_the_coordinator_erases_whoever_left_at_their_request(director: Desk) -> None:
    asked = await director.opens(director.olga, "/my_data", "Выйти из проекта")
    assert "после выхода их сотрёт координатор по Вашей просьбе" in asked.text
    await director.presses(director.olga, "Выйти")
    await director.says(director.marina, "/menu")
    await director.forges(director.marina, "go:erasures")
    await director.presses(director.marina, "Удалить данные бывшего участника")
    listed = director.said(director.marina)
    assert (listed.text.splitlines()[:2], listed.buttons) == (
        ["Удалить данные бывшего участника", f"{OLGA.name} — не участвует с 10 марта 2022, чт"],
        [OLGA.name, "Акты об удалении"],
    )
    await director.presses(director.marina, OLGA.name)
    question = director.said(director.marina)
    assert (question.text.splitlines()[:2], question.buttons) == (
        [
            f"Удалить данные: {OLGA.name}?",
            "Не участвует с 10 марта 2022, чт. Удаляйте только по требованию этого человека.",
        ],
        ["Удалить навсегда", "Акты об удалении", "Отмена"],
    )
    assert director.look.rows("SELECT name FROM person WHERE id = 3") == [(OLGA.name,)]
    await director.presses(director.marina, "Удалить навсегда")
    ((number,),) = director.look.rows("SELECT id FROM audit WHERE deed = 'erased'")
    done = director.said(director.marina)
    assert (done.text.splitlines()[0], done.buttons) == (
        director.app.core.texts.html("own_data.erased-former", number=3),
        [f"Акт № {number}", f"Выгрузка № {number}", "Удалить данные бывшего участника", "В меню"],
    )
    assert f"акт № {number}, участник № 3" in done.text
    assert director.look.rows("SELECT name, position, erased_at IS NULL FROM person WHERE id = 3") == [("", "", 0)]
    await director.presses(director.marina, f"Акт № {number}")
    act = file_of(director, "marina")[1]
    assert "Требование субъекта персональных данных от «____»" in act
    again = Answer("Данные этого человека уже удалены. Акт — в списке «Акты об удалении».", alert=True)
    assert [await director.forges(director.marina, f"erase:3:{sure}") for sure in (0, 1)] == [again, again]
    await director.says(director.marina, "/menu")
    await director.forges(director.marina, "formers:0")
    assert director.screen(director.marina) == (
        "Удалить данные бывшего участника\nБывших участников, чьи данные ещё хранятся, нет."
    )


async def test_whoever_takes_part_is_not_erased_by_the_coordinator(director: Desk) -> None:
    await director.says(director.marina, "/menu")
    present = Answer("Этот человек ещё в проекте. Сначала уберите его из проекта в карточке: /people", alert=True)
    unknown = Answer("Такого бывшего участника нет. Откройте «Акты об удалении» ещё раз.", alert=True)
    for sure in (0, 1):
        assert await director.forges(director.marina, f"erase:3:{sure}") == present
        assert await director.forges(director.marina, f"erase:999:{sure}") == unknown


async def test_a_long_list_of_acts_fits_a_keyboard(director: Desk) -> None:
    core, now = director.app.core, director.world.clock()
    async with core.database.transaction() as tx:
        for place in range(13):
            one = await people_rows.add_person(tx, f"Участник {place}", now)
            await registry_rows.remove_person(tx, one, now)
    marina = await core.people.member(MARINA.account, now=now)
    for former in (await core.erasures.former(by=marina))[:6]:
        await core.erasures.erase(former.person_id, by=marina, now=now)
    await director.says(director.marina, "/menu")
    for data in ("erasures:0", "erasures:1", "formers:0", "formers:1"):
        await director.forges(director.marina, data)
        assert len(director.said(director.marina).keyboard) <= 8, data


@pytest.mark.parametrize(
    "data", ["go:erasures", "erasures:0", "act:1", "extract:1", "formers:0", "erase:3:0", "erase:3:1"]
)
async def test_acts_are_for_coordinators_alone(director: Desk, data: str) -> None:
    await director.says(director.olga, "/menu")
    assert await director.forges(director.olga, data) == REFUSED


@pytest.mark.parametrize("data", ["quit:1", "eraseme:1"])
async def test_the_last_coordinator_is_told_what_to_do_first(desk: Desk, data: str) -> None:
    await desk.says(desk.pavel, "/menu")
    await desk.forges(desk.pavel, data)
    await desk.says(desk.marina, "/menu")
    assert await desk.forges(desk.marina, data) == LAST
    assert (await desk.says(desk.marina, "/my_data")).text.splitlines()[0] == "Марина Королёва"


@pytest.mark.parametrize(
    "data", ["go:me", "myname", "myfile", "unconsent", "quit:0", "quit:1", "eraseme:0", "eraseme:1"]
)
async def test_strangers_learn_nothing(desk: Desk, data: str) -> None:
    await desk.says(desk.igor, "/мои_данные")
    assert desk.screen(desk.igor) == desk.app.core.texts.html("people.stranger")
    before = desk.look.rows("SELECT * FROM person"), desk.look.count("audit")
    assert await desk.forges(desk.igor, data) == STRANGER
    assert (desk.look.rows("SELECT * FROM person"), desk.look.count("audit")) == before
