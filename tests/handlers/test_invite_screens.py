"""A personal code on the screen, and cards with codes to print."""

import logging
import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled, registered

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


async def people(desk: Desk) -> dict[str, int]:
    """A municipality with two schools and one with one, a curator; names → ids. Nobody of them has come in."""
    core, now = desk.app.core, desk.world.clock()
    seventh, lyceum = await a_school(core), await a_school(core, "Лицей № 1")
    village = await a_school(core, "ООШ с. Богданиха", "Ивановский район")
    found = {
        "Анна": Duty(Role.SCHOOL, seventh, responsible=True),
        "Борис <b>": Duty(Role.SCHOOL, seventh),
        "Вера": Duty(Role.SCHOOL, lyceum),
        "Глеб": Duty(Role.SCHOOL, village),
        "Дина": Duty(Role.CURATOR, village),
    }
    return {name: await registered(core, name, duty, now=now) for name, duty in found.items()}


def words(desk: Desk) -> str:
    """Marina's screen, with ordinary spaces."""
    return desk.screen(desk.marina).replace("\u00a0", " ")


def code_on(desk: Desk) -> str:
    """The code on Marina's screen."""
    (code,) = set(CODE.findall(words(desk)))
    return str(code)


def page(desk: Desk) -> tuple[str, str, str]:
    """Name, caption and contents of the file that came last."""
    shown = next(one for one in reversed(desk.marina.messages(desk.marina.private())) if one.media)
    assert shown.media is not None
    file = desk.world.files.get(shown.media.files[0])
    assert file is not None
    return file.name, shown.text.replace("\u00a0", " "), file.data.decode()


def names(text: str) -> list[str]:
    return re.findall(r'class="name">([^<]+)<', text)


async def test_code_is_shown_once_with_its_link_and_day(desk: Desk) -> None:
    anna = (await people(desk))["Анна"]
    await desk.forges(desk.marina, f"code:{anna}")
    code, shown = code_on(desk), desk.said(desk.marina)
    assert shown.text == (
        f"Код для входа: Анна\n{code}\nhttps://t.me/road_bot?start={code}\n"
        "Действует один раз, по 9 апреля, сб.\n\n"
        "Передайте код или ссылку лично: кто войдёт по ним, станет этим участником. Второй раз бот их не покажет."
    )
    assert shown.buttons == ["Отозвать код", "К человеку", "К людям и школам"]
    desk.olga.follows(f"https://t.me/road_bot?start={code}")
    await desk.settle()
    assert desk.screen(desk.olga).startswith("✅ Код подошёл. В списке Вы записаны так: Анна.")


async def test_second_code_says_that_the_first_is_over(desk: Desk) -> None:
    anna = (await people(desk))["Анна"]
    await desk.forges(desk.marina, f"code:{anna}")
    first = code_on(desk)
    await desk.forges(desk.marina, f"code:{anna}")
    assert code_on(desk) != first
    assert words(desk).splitlines()[-1] == "⚠️ Прежний код, в том числе на карточке, больше не действует."
    shown = await desk.says(desk.olga, first)
    assert shown.text == (
        "Этот код больше не действует: его отменили или заменили новым. Попросите у координатора новый."
    )


async def test_code_for_whoever_has_come_in_says_what_it_is_for(desk: Desk) -> None:
    olga = await enrolled(desk.app.core, OLGA, Duty(Role.ORGANISER), now=desk.world.clock())
    await desk.forges(desk.marina, f"code:{olga.person_id}")
    assert words(desk).splitlines()[-1] == (
        "Человек уже вошёл. По этому коду он войдёт ещё и с другого телефона, прежний останется."
    )
    await desk.says(desk.igor, code_on(desk))
    assert desk.screen(desk.igor).startswith("✅ Сейчас за Вами ничего нет.")


async def test_code_is_revoked_and_a_new_one_is_a_press_away(desk: Desk) -> None:
    anna = (await people(desk))["Анна"]
    await desk.forges(desk.marina, f"code:{anna}")
    code = code_on(desk)
    await desk.presses(desk.marina, "Отозвать код")
    shown = desk.said(desk.marina)
    assert (shown.text, shown.buttons) == (
        "✅ Код отозван: Анна по нему не войдёт.",
        ["Новый код", "К человеку", "К людям и школам"],
    )
    assert (await desk.says(desk.olga, code)).text.startswith("Этот код больше не действует")
    await desk.forges(desk.marina, f"uncode:{anna}")
    assert words(desk) == "Анна: действующего кода нет."
    await desk.presses(desk.marina, "Новый код")
    assert CODE.search(words(desk))


async def test_the_phone_of_whoever_came_in_with_another_s_card_is_unlinked(desk: Desk) -> None:
    anna = (await people(desk))["Анна"]
    await desk.forges(desk.marina, f"code:{anna}")
    await desk.says(desk.igor, code_on(desk))
    await desk.presses(desk.igor, "Согласен")
    await desk.opens(desk.igor, "/my_data", "Изменить имя")
    await desk.forges(desk.marina, f"code:{anna}")
    shown = desk.said(desk.marina)
    assert shown.buttons == ["Отозвать код", "Отвязать телефон", "К человеку", "К людям и школам"]
    code = code_on(desk)
    await desk.presses(desk.marina, "Отвязать телефон")
    asked = desk.said(desk.marina)
    assert asked.text == (
        "Отвязать телефон: Анна?\nНужно, если по карточке вошёл не тот человек.\n\nСразу после этого:\n"
        "• тот, кто вошёл, станет для бота посторонним: ничего не увидит и не получит; если телефонов несколько, "
        "отвяжутся все\n"
        "• выданные коды перестанут действовать\n"
        "• неотправленные сообщения, начатые ответы и загрузки пропадут\n"
        "• согласие, данное с этого телефона, перестанет действовать\n\n"
        "Имя, обязанности и всё сделанное останутся. Сообщения, которые уже пришли на тот телефон, бот не сотрёт."
    )
    assert asked.buttons == ["Отвязать", "К человеку", "Отмена"]
    assert desk.look.rows("SELECT count(*) FROM account WHERE person_id = ?", anna) == [(1,)]
    await desk.presses(desk.marina, "Отвязать")
    done = desk.said(desk.marina)
    assert (done.text, done.buttons) == (
        "✅ Телефон отвязан: Анна. Теперь выдайте новый код и передайте его лично.",
        ["Новый код", "К человеку", "К людям и школам"],
    )
    stranger = desk.app.core.texts.html("people.stranger")
    assert (await desk.says(desk.igor, "Анна Новая")).text == stranger
    assert (await desk.says(desk.igor, code)).text.startswith("Этот код больше не действует")
    await desk.presses(desk.marina, "Новый код")
    await desk.says(desk.olga, code_on(desk))
    assert desk.said(desk.olga).buttons[:2] == ["Согласен", "Не согласен"]


async def test_unlinking_twice_says_that_nobody_has_come_in(desk: Desk) -> None:
    olga = await enrolled(desk.app.core, OLGA, Duty(Role.ORGANISER), now=desk.world.clock())
    await desk.forges(desk.marina, f"unlink:{olga.person_id}:1")
    for sure in (1, 0):
        await desk.forges(desk.marina, f"unlink:{olga.person_id}:{sure}")
        assert words(desk) == f"{OLGA.name}: в бота никто не вошёл, отвязывать нечего."
    assert desk.look.rows("SELECT count(*) FROM audit WHERE deed = 'accounts-unlinked'") == [(1,)]


async def test_one_s_own_phone_stays(desk: Desk) -> None:
    await desk.forges(desk.marina, "code:1")
    assert "Отвязать телефон" not in desk.said(desk.marina).buttons
    told = await desk.forges(desk.marina, "unlink:1:1")
    assert told == Answer("Себя отвязать нельзя. Попросите об этом другого координатора.", alert=True)


@pytest.mark.parametrize("data", ["code:999", "uncode:999", "unlink:999:0", "unlink:999:1"])
async def test_nobody_s_code(desk: Desk, data: str) -> None:
    told = await desk.forges(desk.marina, data)
    assert told.alert
    assert desk.look.count("invite") == 2


async def test_whoever_has_nothing_to_do_gets_no_code(desk: Desk) -> None:
    idle = await registered(desk.app.core, "Пётр", now=desk.world.clock())
    assert await desk.forges(desk.marina, f"code:{idle}") == Answer(
        "Этот человек пока ни за что не отвечает: код ничего ему не откроет. Сначала добавьте обязанность в карточке.",
        alert=True,
    )


async def test_cards_for_everybody_who_has_not_come_in(desk: Desk) -> None:
    await people(desk)
    await desk.forges(desk.marina, "go:cards")
    shown = desk.said(desk.marina)
    assert words(desk) == "Карточки с кодами\nНе вошли: 5 человек. Для кого напечатать?"
    assert shown.buttons == ["Все, кто не вошёл: 5", "Ивановский район: 1", "Южский район: 3", "К людям и школам"]
    await desk.presses(desk.marina, "Все, кто не вошёл")
    shown = desk.said(desk.marina)
    assert words(desk) == "5 карточек, действуют по 9 апреля, сб\nЭто все, кто здесь ещё не вошёл."
    assert shown.buttons == ["Сделать карточки", "Назад"]
    await desk.presses(desk.marina, "Сделать карточки")
    name, caption, html = page(desk)
    assert (name, caption.splitlines()[0]) == (
        "Карточки 10 марта.html",
        "5 карточек с кодами, действуют по 9 апреля, сб",
    )
    assert names(html) == ["Глеб", "Вера", "Анна", "Борис &lt;b&gt;", "Дина"]
    codes = re.findall(r'class="code">([^<]+)<', html)
    assert len(set(codes)) == 5
    desk.olga.follows(f"https://t.me/road_bot?start={codes[1]}")
    await desk.settle()
    assert "записаны так: Вера." in desk.screen(desk.olga)


async def test_cards_of_a_municipality_and_of_a_school(desk: Desk) -> None:
    await people(desk)
    await desk.forges(desk.marina, "go:cards")
    await desk.presses(desk.marina, "Южский район")
    shown = desk.said(desk.marina)
    assert words(desk) == "Карточки с кодами: Южский район\nНе вошли: 3 человека. Для кого напечатать?"
    assert shown.buttons == ["Весь муниципалитет: 3", "Лицей № 1: 1", "Школа № 7: 2", "Назад"]
    await desk.presses(desk.marina, "Школа № 7")
    assert words(desk).splitlines()[0] == "2 карточки: Школа № 7, действуют по 9 апреля, сб"
    await desk.presses(desk.marina, "Сделать карточки")
    assert names(page(desk)[2]) == ["Анна", "Борис &lt;b&gt;"]
    await desk.forges(desk.marina, "go:cards")
    await desk.presses(desk.marina, "Южский район")
    await desk.presses(desk.marina, "Весь муниципалитет")
    assert words(desk) == (
        "3 карточки: Южский район, действуют по 9 апреля, сб\nЭто все, кто здесь ещё не вошёл.\n\n"
        "⚠️ Коды, выданные раньше, перестанут действовать: 2. Прежние карточки этих людей выбросьте."
    )
    await desk.presses(desk.marina, "Назад")
    assert words(desk).startswith("Карточки с кодами: Южский район")
    await desk.presses(desk.marina, "Назад")
    assert words(desk).startswith("Карточки с кодами\n")


async def test_cards_pressed_twice_come_once(desk: Desk) -> None:
    await people(desk)
    await desk.forges(desk.marina, "cards:0:0")
    offered = desk.said(desk.marina)
    await desk.presses(desk.marina, "Сделать карточки")
    again = await desk.forges(desk.marina, "print:0:0:2", offered)
    assert again == Answer(
        "С тех пор коды уже выдавались, а новые отменят прежние. Если карточки нужны ещё раз, "
        "откройте «Карточки с кодами» заново.",
        alert=True,
    )
    assert sum(one.media is not None for one in desk.marina.messages(desk.marina.private())) == 1


async def test_where_all_have_come_in_there_is_nothing_to_print(desk: Desk) -> None:
    for data in ("go:cards", "cardsof:0:9", "cardsof:1:0", "cards:0:0", "cards:1:0", "cards:5:7"):
        await desk.forges(desk.marina, data)
        assert words(desk) == "Карточки с кодами\n✅ Здесь все вошли, печатать нечего.", data
    told = await desk.forges(desk.marina, "print:0:0:2")
    assert told == Answer("Здесь все уже вошли, печатать нечего.", alert=True)


async def test_many_municipalities_are_turned_page_by_page(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    for number in range(10, 23):
        school = await a_school(core, f"Школа № {number}", f"Район {number}")
        await registered(core, f"Участник {number}", Duty(Role.SCHOOL, school), now=now)
    await desk.forges(desk.marina, "go:cards")
    assert len(desk.said(desk.marina).buttons) == 8
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Дальше ›")
    assert desk.said(desk.marina).buttons == ["Район 21: 1", "Район 22: 1", "‹ Назад", "К людям и школам"]
    for number in range(7):
        school = await a_school(core, f"Лицей № {number}", "Район 21")
        await registered(core, f"Новый {number}", Duty(Role.SCHOOL, school), now=now)
    await desk.presses(desk.marina, "Район 21")
    await desk.presses(desk.marina, "Дальше ›")
    assert words(desk).startswith("Карточки с кодами: Район 21")
    assert desk.said(desk.marina).buttons == ["Лицей № 5: 1", "Лицей № 6: 1", "Школа № 21: 1", "‹ Назад", "Назад"]


async def test_a_director_hands_out_nothing(desk: Desk) -> None:
    found = await people(desk)
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    await desk.says(desk.olga, "/menu")
    before = desk.look.rows("SELECT * FROM invite"), desk.screen(desk.olga)
    for data in (
        f"code:{found['Анна']}",
        f"uncode:{found['Анна']}",
        f"unlink:{found['Анна']}:0",
        f"unlink:{found['Анна']}:1",
        "go:cards",
        "cardsof:1:0",
        "cards:0:0",
        "print:0:0:2",
    ):
        told = await desk.forges(desk.olga, data)
        assert told == Answer(
            "Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True
        ), data
    assert (desk.look.rows("SELECT * FROM invite"), desk.screen(desk.olga)) == before


async def test_a_card_is_over_after_its_day(desk: Desk) -> None:
    anna = (await people(desk))["Анна"]
    await desk.forges(desk.marina, f"code:{anna}")
    code = code_on(desk)
    desk.world.clock.advance(timedelta(days=30, hours=12))
    assert (await desk.says(desk.olga, code)).text == "Срок этого кода вышел. Попросите у координатора новый."


async def test_codes_are_in_no_table_and_no_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    anna = (await people(desk))["Анна"]
    await desk.forges(desk.marina, f"code:{anna}")
    codes = [code_on(desk), "AAAA-BBBB-2222"]
    for code in (*codes, *codes):
        await desk.says(desk.olga, code)
    await desk.forges(desk.marina, "cards:0:0")
    await desk.presses(desk.marina, "Сделать карточки")
    codes += CODE.findall(page(desk)[2])
    await desk.says(desk.igor, codes[-1])
    await desk.presses(desk.igor, "Согласен")
    with closing(sqlite3.connect(desk.look.path)) as connection:
        everything = "\n".join(connection.iterdump()) + caplog.text
    assert "Борис <b>" in everything
    assert "cards-printed" in everything
    found = [code for code in codes if code in everything or code.replace("-", "") in everything]
    assert (len(codes), found) == (6, [])
