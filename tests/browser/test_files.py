"""Photos, albums, documents, places and voices: sent from the page and seen in the chat."""

import re
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.made import HOSTILE_NAME, Payload, document, photo
from tests.browser.opened import Opened
from tests.browser.tab import Tab

pytestmark = SHARED_LOOP


async def attached(tab: Tab, files: list[Payload]) -> Locator:
    """Choose files by the paper clip; the box in which they wait to be sent."""
    await tab.page.get_by_role("button", name="Прикрепить").click()
    async with tab.page.expect_file_chooser() as chosen:
        await tab.page.get_by_role("menuitem", name="Фото или файлы").click()
    await (await chosen.value).set_files(files)
    box = tab.page.get_by_role("dialog", name="Отправить файлы")
    await expect(box).to_be_visible()
    return box


async def sent(box: Locator) -> None:
    await box.get_by_role("button", name="Отправить", exact=True).click()
    await expect(box).to_be_hidden()


async def test_photo_goes_with_its_caption_and_opens_over_the_page(tab: Tab, shown: Opened) -> None:
    await tab.opens("500+")
    await tab.text.fill("Семинар в Талицкой школе")
    await sent(await attached(tab, [photo("семинар.png")]))
    await expect(tab.text).to_have_value("")
    message = await tab.sees("Семинар в Талицкой школе")
    picture = message.get_by_role("img", name="Фотография")
    await expect(picture).to_have_js_property("naturalWidth", 320)
    await message.get_by_role("button", name="Открыть фотографию").click()
    viewer = tab.page.get_by_role("dialog", name="Открыть фотографию")
    await expect(viewer.get_by_text("Марина Королёва")).to_be_visible()
    await tab.page.keyboard.press("Escape")
    await expect(viewer).to_be_hidden()
    assert [one.text for one in shown.cast.project.live()][-1] == "Семинар в Талицкой школе"


async def test_several_photos_are_one_album_and_are_leafed_through(tab: Tab) -> None:
    box = await attached(tab, [photo("1.png", (200, 90, 90)), photo("2.png"), photo("3.png"), photo("лишняя.png")])
    await box.get_by_role("button", name="Убрать лишняя.png").click()
    await box.get_by_role("textbox", name="Подпись").fill("Три фотографии")
    await sent(box)
    album = await tab.sees("Три фотографии")
    await expect(album.get_by_role("button", name="Открыть фотографию")).to_have_count(3)
    await album.get_by_role("button", name="Открыть фотографию").first.click()
    viewer = tab.page.get_by_role("dialog", name="Открыть фотографию")
    await expect(viewer.get_by_role("button", name="Предыдущая фотография")).to_be_hidden()
    await viewer.get_by_role("button", name="Следующая фотография").click()
    await tab.page.keyboard.press("ArrowRight")
    await expect(viewer.get_by_role("button", name="Следующая фотография")).to_be_hidden()
    await viewer.get_by_role("button", name="Закрыть").click()
    await expect(viewer).to_be_hidden()


async def test_document_with_a_hostile_name_comes_back_byte_by_byte_and_harmless(tab: Tab, tmp_path: Path) -> None:
    data = bytes(range(256)) * 100
    await sent(await attached(tab, [document(HOSTILE_NAME, data)]))
    link = tab.log.get_by_role("link", name="Скачать")
    await expect(link).to_be_visible()
    name = await link.get_attribute("aria-label") or ""
    assert re.search(r"[/\\\u202e]", name) is None
    await expect(tab.log.get_by_role("img", name="x")).to_have_count(0)
    async with tab.page.expect_download() as saving:
        await link.click()
    saved = await saving.value
    assert re.search(r"[/\\\u202e]", saved.suggested_filename) is None
    await saved.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == data


async def test_what_is_not_a_picture_is_refused_with_advice(tab: Tab) -> None:
    lie: Payload = {"name": "фото.png", "mimeType": "image/png", "buffer": b"GIF? no"}
    box = await attached(tab, [lie])
    await box.get_by_role("button", name="Отправить", exact=True).click()
    await expect(box.get_by_role("alert")).to_have_text("«фото.png» — не картинка. Отправьте файлом.")
    await box.get_by_role("checkbox", name="Отправить картинки файлами").check()
    await sent(box)
    await expect(tab.log.get_by_role("link", name="Скачать фото.png")).to_be_visible()


async def test_place_stands_on_a_map_and_a_voice_can_be_listened_to(tab: Tab) -> None:
    await tab.page.get_by_role("button", name="Прикрепить").click()
    await tab.page.get_by_role("menuitem", name="Место").click()
    box = tab.page.get_by_role("dialog", name="Отправить место")
    await box.get_by_role("textbox", name="Широта").fill("157")
    await box.get_by_role("button", name="Отправить").click()
    await expect(box.get_by_role("alert")).to_have_text("Широта — число от −90 до 90.")
    await box.get_by_role("textbox", name="Широта").fill("57,0005")
    await box.get_by_role("button", name="Отправить").click()
    await expect(box).to_be_hidden()
    place = tab.log.get_by_role("article").filter(has=tab.page.get_by_role("img", name="Место на карте")).last
    await expect(place).to_contain_text("57,0005, 40,9737")
    await place.get_by_role("button", name="Открыть на карте").click()
    leaving = tab.page.get_by_role("dialog")
    await expect(leaving).to_contain_text("Эта ссылка ведёт в интернет. Открыть её?")
    await leaving.get_by_role("button", name="Отмена").click()
    assert len(tab.page.context.pages) == 1
    await tab.page.get_by_role("button", name="Прикрепить").click()
    await tab.page.get_by_role("menuitem", name="Голосовое").click()
    await tab.page.get_by_role("dialog", name="Отправить голосовое").get_by_role("button", name="Отправить").click()
    voice = tab.log.get_by_role("article").filter(has=tab.page.get_by_role("slider", name="Место в записи")).last
    await expect(voice).to_contain_text("0:04")
    await voice.get_by_role("button", name="Слушать").click()
    await expect(voice.get_by_role("button", name="Остановить")).to_be_visible()
    await voice.get_by_role("button", name="Остановить").click()
    await expect(voice.get_by_role("button", name="Слушать")).to_be_visible()
