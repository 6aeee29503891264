"""Item 20 after its deadline: who is late, who hears of that and when, and how it ends."""

from domain.completion import CompletionState
from tests.stories.conftest import goes
from tests.stories.item_20 import (
    LATE_1,
    LATE_2,
    TITLE,
    UNCLEAR,
    WEEK_IS_FREE,
    Region,
    accepted,
    closes,
    confirms,
    day,
    looks,
    names,
    overdue,
    told,
)


async def the_day_after(region: Region) -> None:
    """Totals to the group; names to the region; who waits for the review is not late. Whoever never answered four
    reminders is left to those above."""
    await region.lives_to("2022-03-21 10:00")
    late = day("21 марта, пн", *overdue("1 день", 3))
    with_names = day("21 марта, пн", *overdue("1 день", 3, f"{LATE_1}, {LATE_2}"), *WEEK_IS_FREE, *UNCLEAR)
    assert region.heard() == {
        ("2022-03-21 09:00", late): [region.play.cast.project.name, *names(region.andrey, region.nikolay)],
        ("2022-03-21 08:30", with_names): names(region.marina),
    }


async def what_the_region_sees_of_it(region: Region) -> None:
    """«Показатели» in three screens, and «Кто сделал»."""
    states = await looks(region.marina, "Регион", "Показатели")
    assert states.splitlines()[:3] == [
        "Показатели, 21 марта, пн",
        "⚠️ Не выполнено (2): п. 20, 23",
        "⏳ Идёт (4): п. 15, 19, 24, 31",
    ]
    number = (
        "выполнено: 3 из 8 школ, не хватает 5 школ, срок был 20 марта, вс; "
        "при нынешнем темпе всё будет сделано 12 апреля, вт"
    )
    await goes(region.marina, "В числах", "Дальше ›")
    assert told(region.marina).splitlines()[1] == f"⚠️ {TITLE} — {number}"
    await goes(region.marina, "Кто опаздывает")
    assert told(region.marina).splitlines() == ["Кто опаздывает: 2", f"⚠️ {LATE_1} — п. 20", f"⚠️ {LATE_2} — п. 20"]
    await goes(region.marina, "В числах", "Дальше ›", "п. 20")
    assert told(region.marina).splitlines() == [
        TITLE,
        f"⚠️ {number}",
        *("", "Ещё нет: 2", f"• {LATE_1} — Николай Щукин, директор", f"• {LATE_2} — Юлия Мухина, директор"),
        *("", "На проверке: 3"),
        *("• Воскресенская основная школа", "• ООШ № 6", "• Центральная городская СОШ"),
        *("", "Сделано: 3", "• МСОШ № 2", "• Средняя школа № 37", "• Талицкая СОШ"),
    ]


async def all_that_waits_is_accepted_at_once(region: Region) -> None:
    home = await looks(region.andrey)
    assert home.splitlines()[2:] == ["⚠️ Просрочено: 1", "Ждут Вашей проверки: 3"]
    await goes(region.andrey, "Проверить", "Принять несколько: 3")
    assert told(region.andrey).splitlines() == [
        TITLE,
        "Ждут проверки и ещё не возвращались: 3",
        "• ООШ № 6 — ссылок и записей: 1",
        "• Воскресенская основная школа — ссылок и записей: 1",
        "• Центральная городская СОШ — файлов: 2",
    ]
    region.read()
    await goes(region.andrey, "Принять все 3")
    await region.waits()
    assert {text: who for (_, text), who in region.heard(region.andrey).items()} == {
        accepted("ООШ № 6"): names(region.alexey),
        accepted("Воскресенская основная школа"): names(region.valentina),
        accepted("Центральная городская СОШ"): names(region.nadezhda),
    }


async def the_third_working_day(region: Region) -> None:
    """The municipality of one of the late ones hears; the other has no coordinator in the rehearsal."""
    await region.lives_to("2022-03-23 10:00")
    assert region.heard() == {
        (
            "2022-03-23 09:00",
            day("23 марта, ср", "", "Ваши школы", f"⚠️ {LATE_1} опаздывает: п. 20 (3 рабочих дня)"),
        ): names(region.lidia)
    }
    await goes(region.lidia, "Показатели", "Кто опаздывает")
    assert told(region.lidia).splitlines() == ["Кто опаздывает: 1", f"⚠️ {LATE_1} — п. 20"]


async def one_of_the_late_confirms(region: Region) -> None:
    await region.lives_to("2022-03-24 10:00")
    assert region.heard() == {}
    await confirms(region.nikolay, "Приказ № 9 от 20.03.2022")
    assert "\nОтправлено 24.03.2022 10:00, позже срока. " in told(region.nikolay)
    await region.waits()
    assert "\n⚠️ Позже срока на 4 дня\n" in await looks(region.andrey, "Проверить")
    await goes(region.andrey, "Принять")
    await region.waits()
    assert region.news(region.nikolay)[-1][1] == accepted(LATE_1)


async def the_seventh_working_day(region: Region) -> None:
    """A week after the region hears it on Monday as overdue, on Tuesday that it is time to step in, with the name."""
    await region.lives_to("2022-03-27 20:00")
    assert [text for _, text in region.heard() if "п. 20 " in text] == []
    await region.lives_to("2022-03-28 10:00")
    line = overdue("8 дней", 7, LATE_2)
    assert region.heard() == {
        ("2022-03-28 08:30", day("28 марта, пн", *line, *WEEK_IS_FREE, *UNCLEAR)): names(region.marina),
        ("2022-03-28 09:00", day("28 марта, пн", *overdue("8 дней", 7))): names(region.andrey),
    }
    await region.lives_to("2022-03-29 10:00")
    called = f"⚠️ {TITLE} — 7 рабочих дней после срока; не сделали: {LATE_2}"
    assert region.heard() == {
        ("2022-03-29 09:00", day("29 марта, вт", "", "Пора вмешаться", called)): names(region.marina)
    }


async def the_last_one_confirms(region: Region) -> None:
    """A week later it is said once more; then the last school is ready, and its own line says so."""
    await region.lives_to("2022-04-04 10:00")
    line = overdue("15 дней", 7, LATE_2)
    assert region.heard() == {
        ("2022-04-04 08:30", day("4 апреля, пн", *line, *WEEK_IS_FREE, *UNCLEAR)): names(region.marina),
        ("2022-04-04 09:00", day("4 апреля, пн", *overdue("15 дней", 7))): names(region.andrey),
    }
    await region.lives_to("2022-04-05 10:00")
    assert region.heard() == {}
    result = await looks(region.yulia, "Моя школа", "Наш результат")
    assert f"⚠️ {TITLE} — срок был 20 марта, вс; по региону 87 %" in result
    await confirms(region.yulia, "Всё размещено на сайте школы.")
    await region.waits()
    await looks(region.andrey, "Проверить", "Принять")
    await region.waits()
    result = await looks(region.yulia, "Моя школа", "Наш результат")
    assert f"✅ {TITLE} — сделано; по региону 100 %" in result


async def it_can_be_closed(region: Region) -> None:
    await region.lives_to("2022-04-11 10:00")
    week = day("11 апреля, пн", *WEEK_IS_FREE, "", "✅ Можно закрыть: п. 20", *UNCLEAR)
    assert region.heard() == {("2022-04-11 08:30", week): names(region.marina)}
    await goes(region.marina, "Показатели", "В числах", "Дальше ›")
    assert told(region.marina).splitlines()[1] == f"✅ {TITLE} — выполнено: 8 из 8 школ"
    await closes(region.marina, [20])
    assert "\nСостояние: Закрыто\n" in f"{told(region.marina)}\n"
    states = "SELECT c.state FROM completion c JOIN item i ON i.id = c.item_id WHERE i.number = 20"
    assert region.play.look.rows(states) == [(CompletionState.ACCEPTED,)] * 8
