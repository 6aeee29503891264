"""Blocking, coming and going, new names, a group that becomes a supergroup: by the menus of the chats."""

from playwright.async_api import expect

from domain.people import Role
from tests.browser.conftest import SHARED_LOOP
from tests.browser.opened import Opened
from tests.browser.tab import Tab

pytestmark = SHARED_LOOP


async def invited(shown: Opened) -> str:
    """A link by which a second coordinator comes in."""
    invitation = await shown.stage.app.core.invites.invite(Role.COORDINATOR, now=shown.world.clock())
    return f"https://t.me/roadmap_500_bot?start={invitation.code}"


async def agrees(tab: Tab, question: str, yes: str) -> None:
    box = tab.page.get_by_role("dialog")
    await expect(box).to_contain_text(question)
    await box.get_by_role("button", name=yes).click()
    await expect(box).to_be_hidden()


async def test_link_with_a_code_is_followed_inside_the_rehearsal(tab: Tab, shown: Opened) -> None:
    await tab.opens("500+")
    await tab.says(f"Виктор, входите: {await invited(shown)}")
    await tab.actor.select_option(label="Виктор Мальцев, муниципальный координатор")
    await tab.log.get_by_role("link", name="t.me/roadmap_500_bot").click()
    await tab.is_in("Виктор Мальцев")
    await expect(tab.log.get_by_role("button", name="Люди и школы")).to_be_visible()


async def test_person_who_blocks_the_bot_gets_nothing_and_the_coordinator_hears_of_it(tab: Tab, shown: Opened) -> None:
    second = next(person for person in shown.cast.parts if person.name == "Виктор Мальцев")
    await second.follows(await invited(shown))
    await tab.opens("Виктор Мальцев")
    await tab.acts("Заблокировать бота")
    await agrees(tab, "Заблокировать бота от имени «Виктор Мальцев»?", "Заблокировать бота")
    await expect(tab.page.get_by_text("Бот заблокирован: его сообщения не приходят.")).to_be_visible()
    await expect(tab.text).to_be_hidden()
    await tab.moves()
    await expect(tab.message("Сегодня, 10 марта")).to_be_hidden()
    await tab.opens("Марина Королёва")
    await tab.sees("Виктор Мальцев не получает сообщения: бот заблокирован.")
    await tab.opens("Виктор Мальцев")
    await tab.page.get_by_role("button", name="Разблокировать").click()
    await tab.sees("Мои задачи:")
    await expect(tab.text).to_be_visible()


async def test_whoever_leaves_a_group_sees_no_more_of_it_until_coming_back(tab: Tab) -> None:
    await tab.opens("500+")
    await tab.actor.select_option(label="Ольга Лебедева, директор")
    await tab.acts("Выйти из группы")
    await agrees(tab, "Ольга Лебедева выходит из группы «500+»?", "Выйти из группы")
    await expect(tab.page.get_by_text("Ольга Лебедева не в этой группе и писать в неё не может.")).to_be_visible()
    await tab.moves()
    await expect(tab.message("Сегодня, 10 марта")).to_be_hidden()
    await tab.page.get_by_role("button", name="Вернуться в группу").click()
    await tab.sees("Сегодня, 10 марта")
    await tab.says("Я снова здесь")


async def test_new_names_of_a_person_and_of_a_group_stand_everywhere(tab: Tab) -> None:
    await tab.opens("Ольга Лебедева")
    await tab.acts("Изменить имя")
    box = tab.page.get_by_role("dialog", name="Имя и фамилия")
    await box.get_by_role("textbox", name="Имя и фамилия").fill("Ольга Новикова")
    await box.get_by_role("button", name="Сохранить").click()
    await expect(tab.chat("Ольга Новикова")).to_be_visible()
    await expect(tab.page.get_by_role("heading", level=1)).to_contain_text("Так видит Ольга Новикова")
    await tab.opens("500+")
    await tab.acts("Переименовать группу")
    await tab.page.get_by_role("textbox", name="Название группы").fill("500+ Иваново")
    await tab.page.keyboard.press("Enter")
    await tab.is_in("500+ Иваново")
    await expect(tab.log).to_contain_text("Новое название группы: «500+ Иваново»")


async def test_open_chat_follows_a_group_that_becomes_a_supergroup(tab: Tab, shown: Opened) -> None:
    await tab.opens("Вектор успеха")
    await tab.text.fill("недописанное")
    await tab.acts("Сделать супергруппой")
    await agrees(tab, "Сделать группу «Вектор успеха» супергруппой?", "Сделать супергруппой")
    await expect(tab.log).to_contain_text("Группа стала супергруппой")
    await tab.is_in("Вектор успеха")
    await expect(tab.text).to_have_value("недописанное")
    await expect(tab.chat("Вектор успеха")).to_have_count(1)
    assert tab.page.url == f"{shown.base}/#{shown.cast.vector.now.id}"
    await tab.says("Пишем дальше")
    assert [one.text for one in shown.cast.vector.now.live()][-1] == "Пишем дальше"


async def test_bot_removed_from_a_group_is_added_again(tab: Tab) -> None:
    await tab.opens("Вектор успеха")
    await tab.acts("Убрать бота")
    await agrees(tab, "Убрать бота из группы «Вектор успеха»?", "Убрать бота")
    await expect(tab.page.get_by_text("Бота нет в этой группе.")).to_be_visible()
    await tab.page.get_by_role("button", name="Добавить бота").click()
    await expect(tab.page.get_by_text("Бота нет в этой группе.")).to_be_hidden()
    await expect(tab.log).to_contain_text("Теперь в группе: Дорожная карта 500+")
