"""Item 20 until its deadline: day after day what everybody hears, and what they do."""

from tests.stories.conftest import goes
from tests.stories.item_20 import (
    LATE_1,
    TITLE,
    UNCLEAR,
    WAITS,
    Region,
    accepted,
    comes_in,
    confirms,
    day,
    goes_on_leave,
    looks,
    menu,
    names,
    running,
    sends,
    told,
)

COMMENT = "Нет антирисковой программы по риску «низкая учебная мотивация»."


async def the_first_notice(region: Region) -> None:
    """Two weeks before is a Sunday: moved back to Saturday, 5 March, which was a working day in 2022."""
    await region.lives_to("2022-03-05 09:30")
    in_by_now = (region.olga, region.sergey, region.anna, region.nikolay, region.lyudmila, region.yulia)
    project = region.play.cast.project
    assert region.heard() == {
        ("2022-03-05 09:00", day("5 марта, сб", *running("осталось 15 дней", 0))): [
            project.name,
            *names(region.andrey, *in_by_now, region.valentina),
        ]
    }
    assert menu(region.olga) == ["Подтвердить", "Подробнее", "Мои задачи", "Отложить"]
    assert region.play.said(project)[-1].buttons == ["Подтвердить", "Подробнее", "Мои задачи"]
    await goes(region.olga, "Подтвердить")
    await sends(region.olga, "Концепция развития.pdf")
    pressed = await region.sergey.presses("Подтвердить", chat=project)
    assert pressed.text == "Отправлено Вам в личные сообщения."
    await sends(region.sergey, "https://sosh2.example.ru/500")
    await region.waits(61)
    assert region.news(region.andrey)[-1][1] == WAITS.format("2 подтверждения")
    assert {who for told in region.heard(region.olga, region.sergey).values() for who in told} == {
        region.play.cast.project.name,
        *names(region.andrey, *in_by_now[2:], region.valentina),
    }


async def the_department_accepts(region: Region) -> None:
    """The last school's director comes in meanwhile."""
    await region.lives_to("2022-03-09 10:00")
    assert list(region.heard().values()) == [names(region.marina)]
    await comes_in(region.marina, region.nadezhda, region.school(region.nadezhda))
    region.nadezhda.sees("Вы вошли: команда школы.")
    region.read()
    assert (await looks(region.andrey, "Проверить")).splitlines() == [
        "Проверка 1 из 2",
        f"{TITLE} — до 20 марта, вс",
        "Средняя школа № 37, г. о. Иваново",
        "Отправлено 05.03.2022 09:30, Ольга Лебедева",
        "",
        "• Файл: Концепция развития.pdf",
    ]
    await goes(region.andrey, "Принять", "Принять")
    assert told(region.andrey) == "✅ Проверять нечего."
    await region.waits()
    assert {text: who for (_, text), who in region.heard(region.andrey).items()} == {
        accepted("Средняя школа № 37"): names(region.olga),
        accepted("МСОШ № 2"): names(region.sergey),
    }


async def one_is_returned(region: Region) -> None:
    await confirms(region.anna, "Программа развития.pdf")
    await region.waits()
    await region.lives_to("2022-03-10 15:00")
    assert region.heard() == {}
    await looks(region.andrey, "Проверить", "Вернуть")
    await region.andrey.says(COMMENT)
    await region.waits()
    assert region.heard(region.andrey) == {
        (
            "2022-03-10 15:00",
            f"⚠️ Вернули {TITLE} (Талицкая СОШ)\nСрок: до 20 марта, вс (осталось 10 дней)\n\nЧто исправить: {COMMENT}",
        ): names(region.anna)
    }
    assert menu(region.anna) == ["Исправить"]


async def a_week_before_it_is_mended(region: Region) -> None:
    """Whoever confirmed hears nothing any more; whose turn it is again does."""
    await region.lives_to("2022-03-11 10:00")
    assert region.heard() == {
        ("2022-03-11 09:00", day("11 марта, пт", *running("осталось 9 дней", 2))): [
            region.play.cast.project.name,
            *names(region.andrey, region.anna, region.nikolay, region.lyudmila, region.yulia, region.valentina),
            *names(region.nadezhda),
        ]
    }
    await goes(region.anna, "Исправить")
    assert f"\nВернули: {COMMENT}\n" in told(region.anna)
    await sends(region.anna, "Антирисковая программа.pdf")
    await goes_on_leave(region.lyudmila, "14 марта", "27 марта", region.alexey)
    await region.waits()
    assert [who for (_, text), who in region.heard().items() if "Вы замещаете: Людмила Журавлёва" in text] == [
        names(region.alexey)
    ]


async def on_monday_those_above_hear_of_the_week(region: Region) -> None:
    await region.lives_to("2022-03-14 10:00")
    heard = {who[0]: (at, text) for (at, text), who in region.heard().items()}
    assert set(heard) == {*names(region.marina, region.lidia, region.alexey)}
    assert heard[region.marina.name] == (
        "2022-03-14 08:30",
        day(
            "14 марта, пн",
            *("", "Неделя", f"⏳ {TITLE} — до 20 марта, вс", "", "Под угрозой"),
            f"⚠️ {TITLE} — выполнено: 2 из 8 школ, не хватает 6 школ, осталось 4 рабочих дня; "
            "при нынешнем темпе всё будет сделано 1 апреля, пт — после срока",
            *UNCLEAR,
        ),
    )
    assert heard[region.lidia.name] == (
        "2022-03-14 09:00",
        day("14 марта, пн", "", "Ваши школы", f"⏳ {TITLE} — до 20 марта, вс; ещё нет: 1 из 2 школ"),
    )
    assert menu(region.lidia) == ["Показатели", "Мои задачи"]
    await goes(region.lidia, "Показатели", "В числах", "п. 20")
    assert told(region.lidia).splitlines() == [
        TITLE,
        "⏳ выполнено: 0 из 2 школ, не хватает 2 школ, осталось 4 рабочих дня",
        *("", "Ещё нет: 1", f"• {LATE_1} — Николай Щукин, директор"),
        *("", "На проверке: 1", "• Талицкая СОШ"),
    ]
    await looks(region.andrey, "Проверить", "История")
    assert told(region.andrey).splitlines()[3:] == [
        "09.03.2022 10:01 отправлено, Анна Соболева",
        f"10.03.2022 15:00 возвращено, Андрей Климов: {COMMENT}",
        "11.03.2022 10:00 отправлено, Анна Соболева",
    ]
    await goes(region.andrey, "К подтверждению", "Принять")
    await region.waits()
    assert region.news(region.anna)[-1][1] == accepted("Талицкая СОШ")


async def the_deputy_confirms_in_place_of_the_director(region: Region) -> None:
    """Three days before."""
    await region.lives_to("2022-03-17 10:00")
    assert region.heard() == {
        ("2022-03-17 09:00", day("17 марта, чт", *running("осталось 3 дня", 3))): [
            region.play.cast.project.name,
            *names(region.andrey, region.nikolay, region.alexey, region.yulia, region.valentina, region.nadezhda),
        ]
    }
    await goes(region.nikolay, "Подробнее")
    await goes(region.alexey, "Подтвердить")
    await sends(region.alexey, "Приказ № 12 от 01.03.2022")
    await region.waits()
    assert region.news(region.andrey)[-1] == ("2022-03-17 10:00", WAITS.format("1 подтверждение"))


async def the_last_working_day(region: Region) -> None:
    """The day before and the last day are a weekend: one word on Friday, with the true date."""
    await region.lives_to("2022-03-18 10:00")
    assert region.heard() == {
        ("2022-03-18 09:00", day("18 марта, пт", *running("осталось 2 дня", 3))): [
            region.play.cast.project.name,
            *names(region.andrey, region.nikolay, region.yulia, region.valentina, region.nadezhda),
        ]
    }
    await confirms(region.valentina, "https://voskresenskaya.example.ru/500")
    await confirms(region.nadezhda, "Концепция развития.pdf", "Антирисковая программа.pdf")
    await region.waits(61)
    assert region.news(region.andrey)[-1][1] == WAITS.format("3 подтверждения")
    await region.lives_to("2022-03-20 20:00")
    assert region.heard() == {}
