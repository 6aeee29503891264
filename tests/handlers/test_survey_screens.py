"""«Опросы» of the coordinator: the list, a card, its fields, whom it asks, the form as a file, its course."""

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from reports.form_toml import form_toml
from storage.shipped_form import shipped_form
from tests.actions.reviewed import MIRA
from tests.handlers.desk import Desk, enters
from tests.people import enrolled

FIRST = "Первый опрос участников"
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
SETTINGS = [
    "Срок: 10 марта, чт — 24 марта, чт (как у пункта)",
    "Анкета: 10 вопросов, около 3 минут",
    "Отвечают: каждый за себя, с указанием имени",
    "Ответы после срока: не принимаются",
    "Напоминаний каждому: не больше 3",
]


def lines(desk: Desk) -> list[str]:
    """The latest screen of Marina's, in words without hard spaces."""
    return desk.said(desk.marina).text.replace("\u00a0", " ").split("\n")


async def opens(desk: Desk, *path: str) -> list[str]:
    await desk.opens(desk.marina, "/menu", "Опросы", *path)
    return lines(desk)


async def begins(desk: Desk) -> None:
    """The clock opens the survey of item 16."""
    await desk.app.core.survey_course.run(desk.world.clock())


async def sends(desk: Desk, name: str, content: bytes) -> list[str]:
    desk.marina.sends_document(content, name)
    await desk.settle()
    return lines(desk)


async def test_the_list_shows_the_newest_first_with_the_share(desk: Desk, seven: int) -> None:
    await begins(desk)
    shown = await opens(desk)
    assert shown == [
        *("Опросы", "", "п. 30 Третий опрос участников", "📅 начнётся 3 октября, пн · спросит: 2"),
        *("", "п. 26 Второй опрос участников", "📅 начнётся 30 мая, пн · спросит: 2"),
        *("", "п. 16 Первый опрос участников"),
        "⏳ идёт до 24 марта, чт (осталось 14 дней) · ответили 0 из 2 (0 %)",
    ]
    assert desk.said(desk.marina).buttons == [
        *("Новый опрос", "Быстрый опрос", "Третий опрос участников", "Второй опрос участников", FIRST, "В меню"),
    ]


async def test_the_card_says_everything_and_leads_everywhere(desk: Desk, seven: int) -> None:
    await begins(desk)
    assert await opens(desk, FIRST) == [
        "п. 16 Первый опрос участников",
        "⏳ идёт до 24 марта, чт (осталось 14 дней)",
        "Ответили: 0 из 2 — 0 % (нужно 90 %)",
        "",
        "Кого спрашивает: все участники — 2 человека",
        *SETTINGS,
    ]
    card = desk.said(desk.marina)
    assert card.buttons == [
        *("Как идёт", "Кто не ответил", "Напомнить", "Результаты", "Как видит участник"),
        *("Перенести срок", "Закрыть сейчас", "Отменить", "Изменить", "Анкета", "Кого спрашивать"),
        *("Копия", "К опросам", "В меню"),
    ]
    assert len(card.keyboard) <= 8


async def test_the_form_is_shown_as_whoever_is_asked_sees_it(desk: Desk, seven: int) -> None:
    shown = await opens(desk, FIRST, "Как видит участник")
    assert shown[0] == "Первый опрос участников — так видит участник, страница 1 из 3"
    assert "Шкала от 1 до 5: совсем не понятно — полностью понятно" in shown
    assert "Только после ответа на вопрос 2." in shown
    assert shown[shown.index("○ Согласен(на) со всеми") + 3] == "○ Ещё не видел(а) результатов"
    await desk.presses(desk.marina, "Дальше ›")
    assert lines(desk)[2].startswith("5. ")
    await desk.presses(desk.marina, "К опросу")
    assert lines(desk)[0] == "п. 16 Первый опрос участников"


async def test_a_field_is_typed_and_a_wrong_value_is_still_awaited(desk: Desk) -> None:
    await opens(desk, FIRST, "Изменить", "Цель")
    assert lines(desk) == [
        "Какая доля ответивших нужна, в процентах? Сейчас: 90.",
        "Напишите число от 1 до 100.",
    ]
    assert (await desk.says(desk.marina, "много")).text == "Нужно целое число от 1 до 100. Напишите ещё раз."
    await desk.says(desk.marina, "85 %")
    assert lines(desk)[:3] == [f"п. 16 {FIRST} — что изменить?", "", "Цель: 85 %"]
    await desk.presses(desk.marina, "Цель")
    await desk.presses(desk.marina, "Как у пункта")
    assert lines(desk)[2] == "Цель: 90 % (как у пункта)"
    await desk.presses(desk.marina, "Сделать анонимным")
    assert "Отвечают: каждый за себя, анонимно" in lines(desk)
    assert desk.look.rows("SELECT target, anonymous FROM survey WHERE id = 1") == [(None, 1)]


async def test_two_coordinators_at_once_are_told_so_and_may_insist(desk: Desk) -> None:
    await opens(desk, FIRST, "Изменить", "Название")
    await desk.opens(desk.pavel, "/menu", "Опросы", FIRST, "Изменить", "Название")
    await desk.says(desk.pavel, "Опрос Павла")
    told = await desk.says(desk.marina, "Опрос Марины")
    assert told.text == (
        "Пока Вы решали, это изменил другой координатор. "
        "Откройте опрос, посмотрите, как теперь, и повторите, если нужно."
    )
    assert desk.look.rows("SELECT title FROM survey WHERE id = 1") == [("Опрос Павла",)]
    await desk.says(desk.marina, "Опрос Марины")
    assert desk.look.rows("SELECT title FROM survey WHERE id = 1") == [("Опрос Марины",)]


async def test_the_end_of_an_item_s_survey_moves_the_item(desk: Desk, seven: int) -> None:
    await begins(desk)
    asked = await opens(desk, FIRST, "Перенести срок")
    assert asked[-1].startswith("⚠️ Это срок п. 16: он изменится и в дорожной карте")
    assert (await desk.says(desk.marina, "9 марта")).text == (
        "9 марта 2022, ср уже в прошлом. Нужен день не раньше сегодняшнего, 10 марта."
    )
    await desk.says(desk.marina, "31 марта")
    assert "Срок: 10 марта, чт — 31 марта, чт (как у пункта)" in lines(desk)
    assert (await desk.card(16)).kept.item.deadline_text == "10.03.2022 – 31.03.2022"
    assert await desk.presses(desk.marina, "Свой срок") == Answer(
        "Теперь у опроса свой срок: с пунктом он не переносится."
    )
    assert "Срок: 10 марта, чт — 31 марта, чт (свой)" in lines(desk)


async def test_whom_it_asks_is_chosen_with_the_exact_count_on_every_screen(desk: Desk, seven: int) -> None:
    assert (await opens(desk, FIRST, "Кого спрашивать"))[1] == "Сейчас: все участники — 2 человека"
    await desk.presses(desk.marina, "✅ Кураторы")
    assert lines(desk)[1] == "Сейчас: команды школ, муниципальные координаторы — 1 человек"
    await desk.presses(desk.marina, "✅ Муниципальные")
    answer = await desk.presses(desk.marina, "✅ Команды школ")
    assert answer.text == "Так опрос никого не спросит. Выберите хотя бы кого-нибудь: «Кого спрашивать»."
    await desk.presses(desk.marina, "Все участники")
    assert lines(desk)[1] == "Сейчас: все участники — 2 человека"


async def test_a_draft_may_ask_nobody_yet_and_says_so(desk: Desk, seven: int) -> None:
    await opens(desk, FIRST, "Копия", "Кого спрашивать")
    for role in ("Кураторы", "Муниципальные", "Команды школ"):
        await desk.presses(desk.marina, f"✅ {role}")
    assert lines(desk)[1:] == [
        "Сейчас: никого",
        "⚠️ Никого: выберите, кого спрашивать, — пустой опрос не запустить.",
    ]
    await desk.presses(desk.marina, "По имени")
    await desk.says(desk.marina, "Лебедева")
    assert lines(desk)[:2] == ["Нашлось: 1. Кого спросить?", "Сейчас: никого"]
    await desk.presses(desk.marina, "Ольга Лебедева")
    assert lines(desk)[1] == "Сейчас: по имени: 1 — 1 человек"
    nobody = await desk.says(desk.marina, "<b>Никто</b>")
    assert nobody.text.startswith("Никого похожего на «<b>Никто</b>» в списке нет.")


async def test_a_municipality_and_its_schools_are_chosen(desk: Desk, seven: int) -> None:
    await opens(desk, FIRST, "Копия", "Кого спрашивать", "Где", "Дальше ›")
    places = desk.said(desk.marina)
    await desk.presses(desk.marina, "Южский район")
    assert places.text.split("\n")[1].endswith("(Южский район) — 2\u00a0человека")
    assert "✅ Южский район" in places.buttons
    await desk.forges(desk.marina, f"svschools:4:{places_of(desk, seven)}:0")
    assert desk.said(desk.marina).buttons[0].startswith("✅ ")
    await desk.presses(desk.marina, "✅ Школа № 7")
    assert "Сейчас:" in lines(desk)[1]
    await desk.presses(desk.marina, "К муниципалитетам")
    await desk.presses(desk.marina, "Весь регион")
    assert lines(desk)[1] == "Сейчас: все участники — 2 человека"


def places_of(desk: Desk, school: int) -> int:
    ((home,),) = desk.look.rows("SELECT municipality_id FROM school WHERE id = ?", school)
    return int(home)


# --- The form as a file


async def test_the_form_is_taken_out_changed_and_put_back_after_a_look(desk: Desk) -> None:
    await opens(desk, FIRST, "Анкета")
    form = desk.said(desk.marina)
    assert await desk.presses(desk.marina, "Скачать TOML") == Answer("Файл отправлен.")
    media = desk.said(desk.marina).media
    assert media is not None
    assert isinstance(media.content, dict)
    assert media.content["file_name"] == "Анкета Первый опрос участников.toml"
    changed = form_toml(shipped_form("first-survey")).replace("Насколько понятно", "Понятно ли")
    shown = await sends(desk, "Анкета.toml", changed.encode())
    assert shown[:2] == ["Анкета прочитана: 10 вопросов", "Вот что изменится:"]
    assert shown[2].startswith("• другие слова: 1. Понятно ли")
    before = desk.look.rows("SELECT form FROM survey WHERE id = 1")
    assert "Насколько понятно" in before[0][0]
    assert await desk.presses(desk.marina, "Заменить") == Answer("Анкета заменена.")
    assert "Понятно ли" in desk.look.rows("SELECT form FROM survey WHERE id = 1")[0][0]
    assert form.buttons == ["Скачать Excel", "Скачать TOML", "Как видит участник", "К опросу"]


async def test_defects_are_named_by_their_place_and_nothing_is_taken(desk: Desk) -> None:
    await opens(desk, "Новый опрос")
    shown = await sends(desk, "Анкета.toml", b'title = "x"\n[[questions]]\nid = "a"\nkind = "one"\ntext = "?"\n')
    assert shown[:2] == ["⚠️ В анкете ошибки: 1", "Ничего не изменено. Исправьте файл и пришлите его сюда снова."]
    assert shown[3].startswith("• Вопрос 1 (a), options: ")
    assert (await desk.says(desk.marina, "вот")).text.startswith("Жду анкету файлом")
    refused = await sends(desk, "фото.toml", b"\xff\xfe\x00")
    assert refused[0].startswith("Это не анкета: нужен файл .xlsx или .toml.")
    assert desk.look.count("survey") == 3
    await sends(desk, "Анкета.toml", b'title = "x"\n[[questions]]\nid = "a"\nkind = "yes-no"\ntext = "?"\n')
    assert lines(desk)[:2] == ["x", "черновик, ещё не запущен"]


# --- Its course


async def test_a_copy_is_launched_closed_and_opened_again(desk: Desk, seven: int) -> None:
    assert (await opens(desk, FIRST, "Копия"))[:2] == [f"{FIRST}", "черновик, ещё не запущен"]
    answer = await desk.presses(desk.marina, "Запустить")
    assert answer.text == "Не указано, до какого дня опрос. Откройте «Изменить» → «Конец» и напишите день."
    await desk.presses(desk.marina, "Изменить")
    await desk.presses(desk.marina, "Конец")
    await desk.says(desk.marina, "20 марта")
    await desk.presses(desk.marina, "К опросу")
    await desk.presses(desk.marina, "Запустить")
    assert lines(desk) == [
        *("Запустить опрос?", FIRST, "", "Спросит: все участники — 2 человека"),
        *("Срок: со дня запуска — 20 марта, вс", "Приглашение уйдёт сразу (ночью — утром)."),
        "Не анонимно: видно, кто что ответил.",
    ]
    assert await desk.presses(desk.marina, "Запустить") == Answer("Опрос запущен, приглашений: 2.")
    await desk.presses(desk.marina, "Закрыть сейчас")
    assert await desk.presses(desk.marina, "Да, закрыть") == Answer("Опрос закрыт.")
    assert lines(desk)[1] == "✅ закрыт 10 марта, чт"
    await desk.forges(desk.marina, "svclose:4:1")
    assert lines(desk)[1] == "✅ закрыт 10 марта, чт"
    await desk.presses(desk.marina, "Открыть снова")
    await desk.says(desk.marina, "22 марта")
    assert "Срок: 10 марта, чт — 22 марта, вт" in lines(desk)
    await desk.presses(desk.marina, "К опросу")
    await desk.presses(desk.marina, "Отменить")
    assert await desk.presses(desk.marina, "Да, отменить опрос") == Answer("Опрос отменён. Ответы сохранены.")
    assert desk.said(desk.marina).buttons == [
        *("Как идёт", "Кто не ответил", "Результаты", "Как видит участник", "Анкета", "Копия", "К опросам", "В меню"),
    ]


async def test_a_draft_is_deleted(desk: Desk) -> None:
    await opens(desk, FIRST, "Копия", "Удалить черновик")
    assert await desk.presses(desk.marina, "Да, удалить") == Answer("Черновик удалён.")
    assert FIRST in desk.said(desk.marina).buttons
    answer = await desk.forges(desk.marina, "survey:4")
    assert answer.text == "Этого опроса больше нет. Если ждали его — напишите координатору."


async def test_who_watches_a_municipality_sees_how_it_goes_and_changes_nothing(desk: Desk, seven: int) -> None:
    await begins(desk)
    home = places_of(desk, seven)
    await enrolled(desk.app.core, MIRA, Duty(Role.MUNICIPAL, municipality_id=home), now=desk.world.clock())
    mira = enters(desk.world, MIRA)
    mira.starts()
    await desk.settle()
    shown = await desk.opens(mira, "/menu", "Опросы")
    assert "Новый опрос" not in shown.buttons
    await desk.presses(mira, FIRST)
    assert shown.buttons == ["Как идёт", "Кто не ответил", "Как видит участник", "К опросам", "В меню"]
    assert "в Вашем муниципалитете" in shown.text
    for data in ("svedit:1", "svaud:1", "svform:1", "svclose:1:1", "svnew:0", "svpoll", "svswitch:1:anonymous:1"):
        assert await desk.forges(mira, data) == REFUSED
