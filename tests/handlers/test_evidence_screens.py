"""What is sent while a draft is open: files, albums, bad files, links, texts, orders; taking away."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from rehearsal.world import World
from tests.domain.files import DOCM, DOCX, PDF, PNG, PROGRAM
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled
from texts import Texts

PIECES = "SELECT kind, text, day, name FROM evidence WHERE removed_at IS NULL ORDER BY id"
PHOTOS = "Фото мессенджер сжимает. Нужно лучшее качество — пришлите его как файл."
MIB = 1024 * 1024


@pytest.fixture
async def director(desk: Desk) -> Desk:
    """Olga has opened the confirmation of item 20."""
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, "confirm:20")
    return desk


async def sends(desk: Desk, content: bytes, name: str = "Программа.pdf", caption: str = "") -> str:
    """A file; what the screen says of it, without the draft below."""
    desk.olga.sends_document(content, name, caption=caption)
    return await told(desk)


async def told(desk: Desk) -> str:
    """What the screen says of the files that just came."""
    await desk.settle()
    return desk.said(desk.olga).text.split("\n\n")[0]


def attached(desk: Desk) -> list[str]:
    """The numbered list of the screen."""
    _, _, found = desk.said(desk.olga).text.partition("\n\nПриложено\n")
    return found.splitlines()


async def test_album_is_answered_with_one_message(director: Desk) -> None:
    before = len(director.olga.messages(director.olga.private()))
    director.olga.sends_album([PNG + bytes([place]) for place in range(5)], caption="Наши фото")
    assert await told(director) == f"✅ Получено 5 из 5\n{PHOTOS}"
    assert attached(director) == ["1. Фото, 1\u00a0КБ — Наши фото", *(f"{n}. Фото, 1\u00a0КБ" for n in range(2, 6))]
    assert len(director.olga.messages(director.olga.private())) == before + 5 + 1
    assert director.said(director.olga).edits[0].text.startswith("✅ Получено 1 из 1")


async def test_largest_size_of_a_photo_is_kept(director: Desk, world: World) -> None:
    message = director.olga.sends_photo(PNG)
    await director.settle()
    assert message.media is not None
    assert director.look.rows("SELECT remote_id, is_photo, name FROM evidence") == [(message.media.files[-1], 1, "")]


async def test_files_one_after_another_are_counted_together(director: Desk) -> None:
    assert await sends(director, PDF) == "✅ Получено 1 из 1"
    assert await sends(director, DOCX, "План.docx", "Новый план") == "✅ Получено 2 из 2"
    assert attached(director) == ["1. Программа.pdf, 1\u00a0КБ", "2. План.docx, 1\u00a0КБ — Новый план"]


async def test_file_sent_later_is_answered_below_it(director: Desk) -> None:
    await sends(director, PDF)
    first = director.said(director.olga)
    await director.moves("2022-03-10 12:05")
    assert await sends(director, DOCX, "План.docx") == "✅ Получено 1 из 1"
    assert director.said(director.olga).id > first.id


async def test_album_of_ten_with_one_failing_names_it_and_keeps_nine(director: Desk) -> None:
    contents = [PNG + bytes([place]) for place in range(10)]
    album = director.olga.sends_album(contents)
    media = album.messages[4].media
    assert media is not None
    for file_id in media.files:
        file = director.world.files.get(file_id)
        assert file is not None
        file.data = PROGRAM
    why = "Фото: это программа, такие файлы не принимаются. Не сохранено: пришлите документ, фото или ссылку."
    assert await told(director) == f"⚠️ Получено 9 из 10\n{why}\n{PHOTOS}"
    assert director.look.count("evidence") == 9


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (PROGRAM, "план.pdf", "program"),
        (DOCM, "план.docm", "macros"),
        (b"Rar!\x1a\x07\x01\0" + b"\0" * 40, "всё.rar", "archive"),
        (b"\0\1\2", "план.pdf", "unknown-kind"),
    ],
)
async def test_file_that_is_not_taken_says_why_and_what_to_do(
    director: Desk, texts: Texts, content: bytes, name: str, why: str
) -> None:
    said = texts.plain(f"evidence.{why}")
    assert await sends(director, content, name) == f"⚠️ Получено 0 из 1\n{name}: {said}"
    assert "не сохранено" in said.lower()
    assert director.look.count("evidence") == 0
    assert not (director.look.path.parent / "files").exists()


async def test_file_of_50_mb_says_why_and_what_to_do(director: Desk) -> None:
    await sends(director, PDF)
    why = "больше 20 МБ, мессенджер не отдаёт такие боту. Не сохранено: пришлите ссылку на файл или его частями."
    assert await sends(director, b"\0" * 50 * MIB, "видео.mp4") == f"⚠️ Получено 1 из 2\nвидео.mp4: {why}"
    assert attached(director) == ["1. Программа.pdf, 1\u00a0КБ"]


async def test_empty_file_says_so(director: Desk) -> None:
    message = director.olga.sends_document(b"x", "пустой.pdf")
    assert message.media is not None
    file = director.world.files.get(message.media.files[0])
    assert file is not None
    file.data = b""
    why = "файл пустой, не сохранён. Проверьте его и пришлите снова."
    assert await told(director) == f"⚠️ Получено 0 из 1\nпустой.pdf: {why}"


async def test_same_file_twice_is_said_and_attached_once(director: Desk) -> None:
    await sends(director, PDF)
    assert await sends(director, PDF, "Копия.pdf") == (
        "✅ Получено 2 из 2\nКопия.pdf: уже есть, второй раз не приложено."
    )
    assert len(attached(director)) == 1


@pytest.mark.parametrize("fault", ["fail", "drop"])
async def test_file_that_cannot_be_downloaded_is_kept_and_fetched_later(director: Desk, fault: str) -> None:
    getattr(director.world.faults, fault)("getfile")
    later = "Копий ещё нет: 1. Файлы приняты, бот скачает их сам, присылать снова не нужно."
    assert await sends(director, PDF) == f"✅ Получено 1 из 1\n{later}"
    assert attached(director) == ["1. Программа.pdf, копия скачивается"]
    assert await director.presses(director.olga, "Отправить") == Answer("Отправлено на проверку.")
    assert await director.app.late_files.fetch(now=director.world.clock()) == 1
    await director.forges(director.olga, "draft:1")
    assert attached(director) == ["1. Программа.pdf, 1\u00a0КБ"]


async def test_file_that_is_not_taken_after_it_was_sent_says_how_to_change_it(director: Desk) -> None:
    director.world.faults.fail("getfile")
    await sends(director, PROGRAM, "план.pdf")
    await director.presses(director.olga, "Отправить")
    assert await director.app.late_files.fetch(now=director.world.clock()) == 0
    await director.tick()
    told = director.said(director.olga)
    assert told.text.splitlines()[1] == (
        "Остальное сохранено. Чтобы заменить его, нажмите «Что отправлено», потом «Отозвать и изменить»."
    )
    await director.presses(director.olga, "Что отправлено")
    await director.presses(director.olga, "Отозвать и изменить")
    assert await sends(director, PDF) == "✅ Получено 1 из 1"


async def test_name_of_a_file_is_cleaned(director: Desk) -> None:
    await sends(director, PDF, "../..\\план <новый>\u202e.pdf")
    assert attached(director) == ["1. план новый.pdf, 1\u00a0КБ"]


async def test_links_texts_and_orders_are_understood_as_they_come(director: Desk) -> None:
    for typed in ("школа.рф/программа", "№ 15-О от 1 марта 2022 г.", "Провели собрание <25> & 30"):
        await director.says(director.olga, typed)
    assert attached(director) == [
        "1. https://школа.рф/программа",
        "2. Приказ № 15-О от 01.03.2022",
        "3. Провели собрание <25> & 30",
    ]
    assert director.look.rows(PIECES)[1] == ("order", "15-О", "2022-03-01", "")


@pytest.mark.parametrize(
    ("button", "question", "bad", "why", "good"),
    [
        ("Ссылка", "Пришлите ссылку", "привет", "Это не похоже на ссылку.", "школа.рф"),
        ("Текст", "Напишите, что сделано", "я" * 2001, "Слишком длинно: нужно до 2000", "https://школа.рф"),
        ("Приказ №", "Напишите номер и дату", "№ 15", "Не понял номер и дату.", "№ 15 от 01.03.2022"),
        ("Приказ №", "Напишите номер и дату", "№ 15 от 01.04.2022", "01.04.2022 ещё не наступило.", "15 от 1 марта"),
    ],
)
async def test_what_is_asked_for_is_asked_again_when_it_is_wrong(
    director: Desk, button: str, question: str, bad: str, why: str, good: str
) -> None:
    await director.presses(director.olga, button)
    asked = director.said(director.olga)
    assert (asked.text.startswith(question), asked.buttons) == (True, ["Назад"])
    assert (await director.says(director.olga, bad)).text.startswith(why)
    await director.says(director.olga, good)
    assert len(attached(director)) == 1
    kinds = {"Ссылка": "link", "Текст": "text", "Приказ №": "order"}
    assert [kind for kind, *_ in director.look.rows(PIECES)] == [kinds[button]]


async def test_file_is_taken_also_while_a_text_is_asked_for(director: Desk) -> None:
    await director.presses(director.olga, "Текст")
    assert await sends(director, PDF) == "✅ Получено 1 из 1"


async def test_back_from_a_question_is_the_draft(director: Desk) -> None:
    shown = director.said(director.olga).text
    await director.presses(director.olga, "Ссылка")
    await director.presses(director.olga, "Назад")
    assert director.screen(director.olga) == shown


async def test_what_is_not_meant_is_taken_away_by_its_number(director: Desk) -> None:
    for number in range(1, 18):
        await director.says(director.olga, f"Текст {number}")
    assert director.screen(director.olga).endswith("12. Текст 12\nи ещё 5")
    await director.presses(director.olga, "Убрать …")
    shown = director.said(director.olga)
    assert shown.text.startswith("Что убрать? Страница 1 из 2\n1. Текст 1\n")
    assert shown.buttons == [*(str(number) for number in range(1, 16)), "Дальше ›", "Назад"]
    await director.presses(director.olga, "Дальше ›")
    assert shown.buttons == ["16", "17", "‹ Назад", "Назад"]
    assert await director.presses(director.olga, "17") == Answer("Убрано.")
    assert await director.forges(director.olga, "unproof:1:17") == Answer("Убрано.")
    assert len(director.look.rows(PIECES)) == 16


async def test_sticker_or_place_cannot_be_attached(director: Desk) -> None:
    director.olga.sends_location(57.0, 41.0)
    said = "Это приложить не могу: подойдут файл, фото, видео, ссылка или текст. Всё приложенное раньше сохранено."
    assert await told(director) == said
    assert director.said(director.olga).buttons == ["Назад"]


async def test_voice_is_a_file(director: Desk) -> None:
    director.olga.sends_voice(b"OggS\0\x02" + b"\0" * 50, 3)
    assert await told(director) == "✅ Получено 1 из 1"
    assert attached(director) == ["1. голосовое.ogg, 1\u00a0КБ"]


async def test_album_into_what_was_sent_already_is_answered_once(director: Desk) -> None:
    await sends(director, PDF)
    draft = director.said(director.olga)
    await director.presses(director.olga, "Отправить")
    await director.forges(director.olga, "addproof:1:text", draft)
    assert "Отправлено 10.03.2022" in draft.text
    state = director.look.rows("SELECT state FROM conversation")
    before = len(director.olga.messages(director.olga.private()))
    director.olga.sends_album([PNG + bytes([place]) for place in range(5)])
    said = (
        "Получил файл, но не знаю, к какому он пункту, и не сохранил. "
        "Нажмите «Подтвердить», выберите пункт и пришлите файл ещё раз."
    )
    assert (await told(director), len(director.olga.messages(director.olga.private()))) == (said, before + 6)
    assert (state, director.said(director.olga).buttons) == ([(None,)] * len(state), ["Подтвердить", "В меню"])


async def test_album_into_an_item_that_was_closed_is_answered_once(director: Desk) -> None:
    await sends(director, PDF)
    await director.forges(director.marina, "closed:20")
    before = len(director.olga.messages(director.olga.private()))
    director.olga.sends_album([PNG + bytes([place]) for place in range(5)])
    said = (
        "Пункт уже закрыт. Приложенное раньше сохранено, новое не принимается. "
        "Если нужно добавить — напишите координатору."
    )
    assert (await told(director), len(director.olga.messages(director.olga.private()))) == (said, before + 6)
    assert director.look.count("evidence") == 1


async def test_file_that_nobody_asked_for_is_answered(director: Desk) -> None:
    await director.says(director.olga, "/menu")
    assert (await sends(director, PDF)).startswith("Получил файл, но не знаю, к какому он пункту")
    await director.presses(director.olga, "Подтвердить")
    assert director.screen(director.olga) == "Что подтверждаете?"
    assert director.look.count("evidence") == 0


async def test_edit_that_is_refused_is_a_new_message(director: Desk) -> None:
    await sends(director, PDF)
    shown = director.said(director.olga)
    shown.deleted = True
    assert await sends(director, DOCX, "План.docx") == "✅ Получено 2 из 2"
    assert director.said(director.olga).id > shown.id
