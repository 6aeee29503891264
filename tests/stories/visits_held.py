"""The visits themselves: mornings and evenings, reports in the evening or the next day, one missed, one returned, one
curator replaced with half a report written; what becomes of a report that is accepted."""

from datetime import timedelta

from rehearsal.page.acting import VOICE
from rehearsal.stock import PICTURE
from tests.stories.conftest import goes
from tests.stories.item_20 import A_MOMENT, looks, menu, names, told
from tests.stories.visits import (
    HOW,
    MUGREEVO,
    NO_37,
    NOT_BEGUN,
    PLAN,
    REFUSED,
    RESULT,
    RODNIKI,
    TALITSY,
    TELL,
    TEYKOVO,
    UNDER_WAY,
    Road,
    Told,
    approves,
    begins,
    ends,
    reports,
    reviews,
    says,
    words,
)

RISKS = (
    "Дефицит педагогических кадров",
    "Недостаточная предметная и методическая компетентность…",
    "Низкая учебная мотивация обучающихся",
)
COMMENT = "Напишите, что увидели на уроках."
SITE = "Обновить сайт — до 25 февраля, пт, завуч"
OF_37 = Told(
    (PLAN, UNDER_WAY, NOT_BEGUN),
    "Уроки идут по расписанию",
    "Сайт не обновлялся с осени\nНет плана работы с родителями",
    "Провести педсовет",
    "обновить сайт до 25.02, завуч",
)


async def the_day_of_the_first_visit(road: Road) -> None:
    """The school's card in the morning, the question in the evening."""
    await road.lives_to("2022-02-15 18:10")
    heard = {at: text for at, text in road.news(road.natalya) if at > "2022-02-15"}
    assert heard["2022-02-15 09:00"].splitlines()[:7] == [
        "📅 Сегодня, 15 февраля, вт",
        "📅 Сегодня визит: Средняя школа № 37, г. о. Иваново",
        "Адрес: г. Иваново, ул. Окуловой, д. 1",
        "Встречает: Ольга Лебедева, директор",
        "Это первый визит",
        f"Риски: {'; '.join(RISKS)}",
        "Документы: есть 0, черновик 0, нет 7",
    ]
    assert heard["2022-02-15 18:00"].startswith("📋 Как прошёл визит? № 1 · Средняя школа № 37\n")
    assert menu(road.natalya) == [TELL, "Перенести", "Не состоялся"]


async def a_report_with_photos_voice_and_place(road: Road) -> None:
    natalya = road.natalya
    await goes(natalya, TELL)
    await begins(natalya, OF_37.levels)
    natalya.world.clock.advance(A_MOMENT)
    await natalya.sends_voice(VOICE.read_bytes(), 40)
    assert told(natalya).startswith("✅ Получено 1 из 1\n")
    await words(natalya, OF_37)
    said = len(road.play.said(natalya.private()))
    natalya.world.clock.advance(timedelta(seconds=30))
    await natalya.sends_album([PICTURE + bytes([number]) for number in range(5)])
    assert told(natalya).startswith("✅ Получено 5 из 5\n")
    assert len(road.play.said(natalya.private())) == said + 1
    natalya.world.clock.advance(timedelta(seconds=30))
    await natalya.sends_location(57.0004, 40.9739)
    assert told(natalya).startswith("✅ Записано: Место — место на карте\n")
    road.read()
    await ends(natalya)
    await road.waits()
    assert set(road.hears("Отчёт о визите ждёт проверки")) == {road.marina.name}


async def it_is_accepted_and_reaches_the_school(road: Road) -> None:
    """Its files come back, its remarks stand in the school and in «Текст для МЭДК»."""
    await road.lives_to("2022-02-16 10:00")
    marina, olga = road.marina, road.head(NO_37)
    seen = await reviews(road, NO_37)
    assert "\nМесто — 57,0004° с. ш., 40,9739° в. д.\n" in seen
    assert f"\nДоговорённости\n1. {SITE}" in seen
    await goes(marina, "Фото и файлы: 6")
    media = [one.media.kind for one in road.play.said(marina.private())[-6:] if one.media]
    assert media == ["photo"] * 5 + ["document"]
    road.read()
    await goes(marina, "Принять", "Текст для МЭДК")
    text = marina.sees("Текст для МЭДК").text
    for line in ("Сайт не обновлялся с осени", "Нет плана работы с родителями", "Провести педсовет"):
        assert line in text
    await goes(marina, "Внесено в МЭДК")
    marina.sees("✅ Всё внесено.")
    await road.waits()
    assert set(road.hears("Отчёт принят")) == {*names(road.natalya)}
    assert road.hears("Замечания: 2") == {
        olga.name: (
            "📋 Визит № 1, 15 февраля, вт: Средняя школа № 37\n⚠️ Замечания: 2\n1. Сайт не обновлялся с осени\n"
            f"2. Нет плана работы с родителями\nПредложения: 1\n1. Провести педсовет\n⏳ Договорённости: 1\n1. {SITE}"
        )
    }
    await goes(olga, "Посмотреть", "Ответить на замечания")
    assert told(olga).splitlines()[:3] == [NO_37, "Замечания и предложения: 3", "⏳ Ждут ответа школы: 3"]


async def one_reports_at_once_one_the_next_morning(road: Road) -> None:
    await road.lives_to("2022-02-16 18:05")
    assert set(road.hears(HOW)) == {*names(road.natalya, road.svetlana)}
    await reports(road.natalya, Told((PLAN, PLAN), remarks="Журнал консультаций не ведётся"))
    await road.lives_to("2022-02-17 10:00")
    await reports(road.svetlana, Told((UNDER_WAY, RESULT), "Опыт стоит показать", proposals="Выступить на семинаре"))
    await road.waits()


async def one_report_is_returned_and_sent_again(road: Road) -> None:
    marina, natalya = road.marina, road.natalya
    await reviews(road, TEYKOVO, "Вернуть")
    road.read()
    await says(marina, COMMENT)
    await road.waits()
    assert road.hears("Отчёт возвращён: визит № 1 · МСОШ № 2\n") == {
        natalya.name: f"⚠️ Отчёт возвращён: визит № 1 · МСОШ № 2\n{COMMENT}\n\nДополните отчёт и отправьте снова."
    }
    assert not road.hears("Журнал консультаций")
    await goes(natalya, "Дополнить отчёт", "Изменить ответ", "Что увидели?")
    await says(natalya, "Два урока: цели названы, итоги не подведены")
    await goes(natalya, "Отправить")
    await road.waits()
    assert "ждёт проверки снова: № 1 · МСОШ № 2" in road.hears("ждёт проверки")[marina.name]


async def one_visit_is_missed(road: Road) -> None:
    """In the evening the curator says so and chooses another day; the school hears when it is approved."""
    await road.lives_to("2022-02-17 18:05")
    assert set(road.hears(HOW)) == {*names(road.pavel, road.svetlana)}
    svetlana = road.svetlana
    await goes(svetlana, "Не состоялся")
    answer = await svetlana.presses("Болезнь", chat=svetlana.private())
    assert answer.text == "Записано, что визит не состоялся."
    await goes(svetlana, "вт 22.02")
    assert told(svetlana).startswith("⏳ Перенос отправлен координатору: 22 февраля, вт\n")
    await approves(road, svetlana, "1 визит")
    assert road.hears("перенесён") == {
        road.head(RODNIKI).name: (
            "📅 Визит куратора перенесён: Центральная городская СОШ\n"
            "17 февраля, чт → 22 февраля, вт. Основание: болезнь\nПриедет Светлана Орлова."
        )
    }


async def one_curator_is_replaced_with_half_a_report_written(road: Road) -> None:
    """Pavel's buttons lead nowhere from then on, and nothing more is said to him."""
    marina, pavel = road.marina, road.pavel
    evening = pavel.finds(TELL)
    old = evening.button(TELL)
    assert old is not None
    await goes(pavel, TELL)
    await begins(pavel, [NOT_BEGUN])
    asked = menu(pavel)
    await road.lives_to("2022-02-18 10:00")
    road.inna = road.joined("Инна", "Ветрова")
    await marina.says("/people")
    await goes(marina, "Найти человека")
    await says(marina, pavel.name)
    await goes(marina, "Заменить", "Все обязанности")
    await says(marina, road.inna.name)
    await goes(marina, "Это новый человек", "Та же должность")
    assert "Павел Зимин больше не участвует в проекте и с этого момента ничего не получает." in told(marina)
    await goes(marina, "Заменить", "Код для входа")
    code = marina.sees("Действует один раз").text.splitlines()[1]
    known = len(road.play.said(pavel.private()))
    await road.inna.starts(code)
    await goes(road.inna, "Согласен")
    assert "\n⚠️ Визитов без отчёта: 1\n" in told(road.inna)
    for data in (old, evening.button(asked[0])):
        assert data is not None
        assert (await pavel.presses_data(evening, data["callback_data"])).text == REFUSED
    assert len(road.play.said(pavel.private())) == known


async def the_heir_goes_on_with_the_draft(road: Road) -> None:
    inna = road.inna
    await road.lives_to("2022-02-18 18:05")
    assert road.hears(HOW) == {
        inna.name: (
            f"📋 Как прошёл визит? № 1 · {MUGREEVO}\nВизит был назначен на 17 февраля, чт.\n"
            "Отчёт начат, всё написанное сохранено."
        )
    }
    await goes(inna, "Продолжить отчёт")
    assert "\n4 из 11. Низкая учебная мотивация обучающихся: как идёт работа?" in told(inna)
    await goes(inna, PLAN)
    await words(inna, Told((), "Пустые кабинеты после обеда", "Нет плана по кадрам"))
    await ends(inna)


async def the_others_are_visited(road: Road) -> None:
    """Monday, Tuesday, and Thursday after the holiday."""
    await road.lives_to("2022-02-21 18:05")
    await reports(road.inna, Told((PLAN, PLAN), proposals="Наставник из соседней школы"))
    await road.lives_to("2022-02-22 18:05")
    await reports(road.natalya, Told((UNDER_WAY, UNDER_WAY)))
    await reports(road.svetlana, Told((NOT_BEGUN, PLAN), remarks="Нет концепции\nНет программы"))


async def what_was_agreed_on_is_done_in_time(road: Road) -> None:
    """The school was reminded three days before and is the day before; then it is done."""
    olga = road.head(NO_37)
    await road.lives_to("2022-02-24 12:00")
    reminded = [at for at, text in road.play.mornings(olga.private()) if "Договорились с куратором: Обнови" in text]
    assert reminded == ["2022-02-22 09:00", "2022-02-24 09:00"]
    await goes(olga, "Договорённости", "1")
    road.read()
    answer = await olga.presses("Сделано", chat=olga.private())
    assert answer.text == "Отмечено, куратору сообщено."
    await road.waits()
    assert road.hears("Договорённость выполнена") == {
        road.natalya.name: f"✅ Договорённость выполнена: {NO_37}\n{SITE}"
    }
    await road.lives_to("2022-02-24 18:05")
    await reports(road.inna, Told((RESULT, UNDER_WAY), agreed="открыть кружок до 15 марта, директор"))


async def the_other_reports_are_accepted(road: Road) -> None:
    """One after another, by the button that leads to the next."""
    await road.lives_to("2022-02-25 10:00")
    marina = road.marina
    assert "Отчётов о визитах на проверку: 7" in await looks(marina)
    await reviews(road, TEYKOVO)
    assert "\nДва урока: цели названы, итоги не подведены\n" in told(marina)
    for waiting in range(6, -1, -1):
        marina.world.clock.advance(A_MOMENT)
        await goes(marina, "Принять")
        if waiting:
            await goes(marina, "Следующий ›")
    assert told(marina).splitlines()[-1] == "Все отчёты проверены."
    await road.waits()
    assert road.hears("✅ Замечаний нет.") == {
        road.head(TALITSY).name: "📋 Визит № 1, 22 февраля, вт: Талицкая СОШ\n✅ Замечаний нет."
    }
