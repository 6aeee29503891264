"""«Время для школ» as whoever leads an interview makes it, as schools choose theirs and change with each other."""

from dataclasses import dataclass

import pytest

from domain.people import Account, Duty, Member, Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import registry as registry_rows
from tests import meetings
from tests.handlers.desk import Desk, enters
from tests.people import IGOR, MARINA, OLGA, Somebody, a_school, enrolled, msk

VERA = Somebody("Вера Громова", Account("telegram", 500_000_111))
SLOTS = "SELECT school_id FROM meeting_slot ORDER BY starts_at"
HOURS = (
    "В какие дни и часы?\nПо 20\xa0минут на школу, перерыв 5\xa0минут. Каждый день — с новой строки:\n\n"
    "22.03 9:00–13:00, 14:00–16:00\n23.03 10:00–12:30"
)


@dataclass
class Room:
    """Olga is of school 7, Igor of school 8, Vera teaches in school 7 too; Marina leads the meeting."""

    desk: Desk
    id: int
    schools: tuple[int, int]
    vera: Person

    async def member(self, who: Somebody) -> Member:
        """As they are now."""
        return await self.desk.app.core.people.member(who.account, now=self.desk.world.clock())

    async def plans(self, hours: str, pause: int = 0) -> None:
        """Twenty minutes each, in these hours."""
        now, by = self.desk.world.clock(), await self.member(MARINA)
        await self.desk.app.core.meeting_planning.plan(self.id, hours, 20, pause, by=by, now=now)

    async def calls(self) -> None:
        """Both teams are called; the invitations have come."""
        core, now, by = self.desk.app.core, self.desk.world.clock(), await self.member(MARINA)
        await core.meeting_calling.preview(self.id, by=by, now=now)
        await core.meeting_calling.call(self.id, by=by, now=now)
        await self.desk.tick()

    async def takes(self, who: Somebody, clock: str, school: int) -> None:
        """By another phone."""
        by, now = await self.member(who), self.desk.world.clock()
        at = msk(f"2022-03-22 {clock}")
        await self.desk.app.core.meeting_slots.take(self.id, at, self.schools[school], by=by, now=now)

    def taken(self) -> list[int | None]:
        """The schools in the order of times."""
        return [school for (school,) in self.desk.look.rows(SLOTS)]


@pytest.fixture
async def room(desk: Desk) -> Room:
    core, now = desk.app.core, desk.world.clock()
    seven, eight = [await a_school(core, name) for name in ("Школа № 7", "Школа № 8")]
    await enrolled(core, OLGA, Duty(Role.SCHOOL, seven, responsible=True), now=now)
    await enrolled(core, VERA, Duty(Role.SCHOOL, seven), now=now)
    await enrolled(core, IGOR, Duty(Role.SCHOOL, eight, responsible=True), now=now)
    vera = enters(desk.world, VERA)
    for one in (desk.marina, desk.olga, desk.igor, vera):
        one.starts()
    await desk.settle()
    marina = await core.people.member(MARINA.account, now=now)
    made = await meetings.drafted(core, marina, now, msk("2022-03-25 09:00"))
    people = [await core.people.member(who.account, now=now) for who in (OLGA, VERA, IGOR)]
    await meetings.choose(core, made, marina, now, [one.person_id or 0 for one in people])
    return Room(desk, made, (seven, eight), vera)


@pytest.fixture
async def called(room: Room) -> Room:
    await room.plans("22.03 9:00–10:00\n23.03 9:00–9:20")
    await room.calls()
    return room


async def test_whoever_leads_chooses_minutes_and_break_and_types_the_hours(room: Room) -> None:
    desk = room.desk
    await desk.forges(desk.marina, f"mtplan:{room.id}")
    shown = desk.said(desk.marina)
    assert (shown.text, shown.buttons) == (
        (
            "Семинар по документам: у каждой школы своё время\n"
            "Школы сами выберут, когда прийти на собеседование. Сколько минут на одну школу?"
        ),
        [*(f"{minutes}\xa0минут" for minutes in (10, 15, 20, 30, 40, 60)), "К встрече"],
    )
    await desk.presses(desk.marina, "20\xa0минут")
    assert (shown.text, shown.buttons) == (
        "По 20\xa0минут на школу\nКакой перерыв между школами?",
        ["Без перерыва", "5\xa0минут", "10\xa0минут", "К встрече"],
    )
    await desk.presses(desk.marina, "5\xa0минут")
    assert (shown.text, shown.buttons) == (HOURS, ["Отмена"])
    assert (await desk.says(desk.marina, "22.03 9:00–10:00\n31.02 9–10")).text == (
        "Строка 2: не понимаю день «31.02». Напишите, например: 22.03 9:00–13:00."
    )
    shown = await desk.says(desk.marina, "22.03 9:00–9:20")
    assert (shown.text, shown.buttons) == (
        (
            "Семинар по документам: время для школ\nПо 20\xa0минут: 1\xa0место на 2\xa0школы\n"
            "⚠️ Не хватает: 1\xa0место. Добавьте часы.\n\n22 марта, вт\n09:00 свободно"
        ),
        ["09:00", "Ещё часы", "Убрать время для школ", "К встрече"],
    )
    await desk.presses(desk.marina, "Ещё часы")
    assert shown.text == HOURS
    shown = await desk.says(desk.marina, "23.03 6–7, 10:00–15:00")
    assert (shown.text, shown.buttons) == (
        (
            "Семинар по документам: время для школ\nПо 20\xa0минут: 15\xa0мест на 2\xa0школы\n"
            "⚠️ Есть время до 7:00 или после 21:00. Проверьте часы.\n\n22 марта, вт, страница 1 из 3\n09:00 свободно"
        ),
        ["09:00", "ср 23.03 ›", "Ещё часы", "Убрать время для школ", "К встрече"],
    )
    await desk.presses(desk.marina, "ср 23.03 ›")
    assert [len(row) for row in shown.keyboard] == [3, 3, 3, 3, 2, 1, 1, 1]
    await desk.presses(desk.marina, "06:25")
    assert (shown.text, shown.buttons) == (
        "23 марта, ср, 06:25–06:45\nСвободно.",
        ["Удалить это время", "К времени школ"],
    )
    assert (await desk.presses(desk.marina, "Удалить это время")).text == "Этого времени больше нет."
    assert shown.text.splitlines()[1] == "По 20\xa0минут: 14\xa0мест на 2\xa0школы"
    toast = await desk.presses(desk.marina, "Убрать время для школ")
    assert toast.text == "Теперь у встречи одно время для всех. Выберите его кнопкой «Когда»."
    assert shown.buttons[0] == "10\xa0минут"
    assert room.taken() == []


async def test_a_school_takes_a_time_with_one_press_and_the_others_of_its_team_hear_of_it(called: Room) -> None:
    desk, room = called.desk, called
    await desk.forges(desk.olga, f"mtslots:{room.id}")
    shown = desk.said(desk.olga)
    assert (shown.text, shown.buttons) == (
        (
            "Семинар по документам\nШкола № 7\n⏳ Время не выбрано\nГде: Иваново, Большая Воробьёвская, 80\n\n"
            "Свободно 22 марта, вт (страница 1 из 2). Нажмите время:"
        ),
        ["09:00", "09:20", "09:40", "ср 23.03 ›", "К встрече", "В меню"],
    )
    assert (await desk.presses(desk.olga, "09:20")).text == "Время Вашей школы: 22 марта, вт, 09:20–09:40."
    assert (shown.text, shown.buttons) == (
        (
            "Семинар по документам\nШкола № 7\n✅ Ваше время: 22 марта, вт, 09:20–09:40\n"
            "Где: Иваново, Большая Воробьёвская, 80\n\n"
            "Свободно 22 марта, вт (страница 1 из 2). Нажмите время, чтобы перейти на него:"
        ),
        ["09:00", "09:40", "ср 23.03 ›", "Освободить", "К встрече", "В меню"],
    )
    assert room.taken() == [None, room.schools[0], None, None]
    await desk.tick()
    told = desk.said(room.vera)
    assert (told.text, told.buttons) == (
        (
            "✅ Время собеседования выбрано: 22 марта, вт, 09:20–09:40\nСеминар по документам\nШкола № 7\n"
            "Где: Иваново, Большая Воробьёвская, 80"
        ),
        ["Время школы", "Подробнее", "В календарь"],
    )
    assert desk.said(desk.olga) is shown
    await desk.presses(room.vera, "Время школы")
    await desk.presses(room.vera, "ср 23.03 ›")
    assert told.text.splitlines()[-1] == (
        "Свободно 23 марта, ср (страница 2 из 2). Нажмите время, чтобы перейти на него:"
    )
    await desk.presses(room.vera, "09:00")
    assert room.taken() == [None, None, None, room.schools[0]]
    assert told.buttons == ["09:00", "09:20", "09:40", "Освободить", "К встрече", "В меню"]
    assert (await desk.presses(room.vera, "Освободить")).text == "Время освобождено. Выберите другое."
    assert room.taken() == [None] * 4


async def test_who_was_too_late_gets_a_sentence_and_the_fresh_list(called: Room) -> None:
    desk, room = called.desk, called
    await desk.forges(desk.olga, f"mtslots:{room.id}")
    await room.takes(IGOR, "09:20", 1)
    toast = await desk.presses(desk.olga, "09:20")
    assert toast == Answer("Это время только что заняли или убрали. Выберите другое.")
    assert desk.said(desk.olga).buttons[:2] == ["09:00", "09:40"]
    assert room.taken() == [None, room.schools[1], None, None]


async def test_a_forged_press_for_a_school_of_others_is_refused(called: Room) -> None:
    desk, room = called.desk, called
    minute = int(msk("2022-03-22 09:00").timestamp()) // 60
    for data in (
        f"mstake:{room.id}:{room.schools[1]}:{minute}",
        f"msof:{room.id}:{room.schools[1]}:0",
        f"msfree:{room.id}:{room.schools[1]}",
        f"msswap:{room.id}:{room.schools[1]}:0",
        f"mstake:999:{room.schools[0]}:{minute}",
    ):
        answer = await desk.forges(desk.olga, data)
        assert answer == Answer(
            "Время выбирают команды приглашённых школ, Вашей среди них нет. "
            "Если это ошибка, напишите тому, кто ведёт встречу.",
            alert=True,
        )
    assert room.taken() == [None] * 4


async def test_whoever_is_of_two_teams_is_asked_for_which(called: Room) -> None:
    desk, room = called.desk, called
    async with desk.app.core.database.transaction() as tx:
        igor = (await room.member(IGOR)).person_id or 0
        await registry_rows.give_duty(tx, igor, Duty(Role.SCHOOL, room.schools[0]), desk.world.clock())
    await desk.forges(desk.igor, f"mtslots:{room.id}")
    shown = desk.said(desk.igor)
    assert (shown.text, shown.buttons) == (
        "Семинар по документам\nДля какой школы выбираете время?",
        ["Школа № 7", "Школа № 8", "К встрече"],
    )
    await desk.presses(desk.igor, "Школа № 8")
    await desk.presses(desk.igor, "09:00")
    assert room.taken() == [room.schools[1], None, None, None]


async def test_schools_change_their_times_by_their_buttons(called: Room) -> None:
    desk, room = called.desk, called
    await room.takes(OLGA, "09:00", 0)
    await room.takes(IGOR, "09:20", 1)
    await desk.tick()
    await desk.forges(desk.igor, f"mtslots:{room.id}")
    shown = desk.said(desk.igor)
    await desk.presses(desk.igor, "С кем поменяться")
    assert (shown.text, shown.buttons) == (
        (
            "С кем поменяться временем?\nШкола № 8: 22 марта, вт, 09:20–09:40\n\n"
            "Школа получит просьбу и ответит кнопкой. До её согласия всё остаётся как есть."
        ),
        ["вт 22.03 09:00 Школа № 7", "Ко времени"],
    )
    assert (await desk.presses(desk.igor, "вт 22.03 09:00 Школа № 7")).text == "Просьба отправлена. Ответ придёт сюда."
    assert shown.text.splitlines()[3] == "⏳ Вы просите поменяться: Школа № 7, вт 22.03 09:00"
    assert shown.buttons == ["09:40", "ср 23.03 ›", "Отозвать просьбу", "Освободить", "К встрече", "В меню"]
    await desk.presses(desk.igor, "Отозвать просьбу")
    await desk.tick()
    assert "просит" not in desk.screen(desk.olga)
    await desk.presses(desk.igor, "С кем поменяться")
    await desk.presses(desk.igor, "вт 22.03 09:00 Школа № 7")
    await desk.tick()
    asked = desk.said(desk.olga)
    assert (asked.text, asked.buttons) == (
        (
            "Школа № 8 просит поменяться временем собеседования\n"
            "Её 22 марта, вт, 09:20–09:40, Ваше 22 марта, вт, 09:00–09:20.\nСеминар по документам\nШкола № 7\n"
            "Где: Иваново, Большая Воробьёвская, 80\n\nЕсли согласитесь, школы поменяются сразу."
        ),
        ["Поменяться", "Не меняться"],
    )
    await desk.forges(room.vera, f"mtslots:{room.id}")
    assert desk.said(room.vera).text.splitlines()[3] == (
        "⚠️ Школа № 8 просит поменяться: её вт 22.03 09:20 на Ваше вт 22.03 09:00"
    )
    assert desk.said(room.vera).buttons[2:4] == ["Поменяться", "Не меняться"]
    assert (await desk.presses(desk.olga, "Поменяться", message=asked)).text == "Школы поменялись временем."
    assert room.taken() == [room.schools[1], room.schools[0], None, None]
    assert asked.text.splitlines()[2] == "✅ Ваше время: 22 марта, вт, 09:20–09:40"
    late = await desk.presses(room.vera, "Не меняться")
    assert late == Answer("Этой просьбы больше нет: время одной из школ изменилось или просьбу отозвали.", alert=True)
    await desk.tick()
    assert desk.said(desk.igor).text.splitlines()[0] == (
        "✅ Обмен состоялся. Теперь Ваше время: 22 марта, вт, 09:00–09:20"
    )


async def test_a_school_keeps_its_time_by_a_button(called: Room) -> None:
    desk, room = called.desk, called
    await room.takes(OLGA, "09:00", 0)
    await room.takes(IGOR, "09:20", 1)
    minute = int(msk("2022-03-22 09:00").timestamp()) // 60
    await desk.forges(desk.igor, f"msask:{room.id}:{room.schools[1]}:{minute}")
    await desk.forges(desk.igor, f"msswap:{room.id}:{room.schools[1]}:0")
    shown = desk.said(desk.igor)
    assert shown.text.splitlines()[-1] == (
        "⏳ Вы уже попросили: Школа № 7, вт 22.03 09:00. Ждём её ответа; чтобы попросить другую школу, "
        "отзовите просьбу."
    )
    assert shown.buttons == ["Отозвать просьбу", "Ко времени"]
    await desk.tick()
    assert (await desk.presses(desk.olga, "Не меняться")).text == "Время осталось прежним, школе ответили."
    await desk.tick()
    assert desk.said(desk.igor).text.splitlines()[:2] == [
        "Школа № 7 не может поменяться временем",
        "Ваше время прежнее: 22 марта, вт, 09:20–09:40",
    ]
    assert room.taken() == [*room.schools, None, None]


async def test_whoever_leads_sees_who_comes_when_gives_moves_and_frees_times(called: Room) -> None:
    desk, room = called.desk, called
    await room.takes(OLGA, "09:20", 0)
    await desk.forges(desk.marina, f"mtplan:{room.id}")
    shown = desk.said(desk.marina)
    assert (shown.text, shown.buttons) == (
        (
            "Семинар по документам: время для школ\nПо 20\xa0минут: 4\xa0места на 2\xa0школы\n"
            "Выбрали: 1, без времени: 1\n\n22 марта, вт, страница 1 из 2\n"
            "09:00 свободно\n09:20 Школа № 7\n09:40 свободно"
        ),
        [
            "09:00",
            "✓ 09:20",
            "09:40",
            "ср 23.03 ›",
            "Ещё часы",
            "Без времени: 1",
            "Напомнить тем, кто не выбрал",
            "К встрече",
        ],
    )
    await desk.presses(desk.marina, "09:00")
    assert shown.buttons == ["Отдать школе", "Удалить это время", "К времени школ"]
    await desk.presses(desk.marina, "Отдать школе")
    assert (shown.text, shown.buttons) == (
        "Какой школе отдать?\n22 марта, вт, 09:00–09:20\nШкола сразу узнает об этом.",
        ["Школа № 8", "К времени школ"],
    )
    assert (await desk.presses(desk.marina, "Школа № 8")).text == "Время назначено, школа узнает."
    assert room.taken() == [room.schools[1], room.schools[0], None, None]
    assert shown.buttons == ["✓ 09:00", "✓ 09:20", "09:40", "ср 23.03 ›", "Ещё часы", "К встрече"]
    await desk.presses(desk.marina, "✓ 09:20")
    assert (shown.text, shown.buttons) == (
        "22 марта, вт, 09:20–09:40\nШкола № 7",
        ["Перенести", "Освободить", "Отменить это время", "К времени школ"],
    )
    await desk.presses(desk.marina, "Перенести")
    assert (shown.text, shown.buttons) == (
        (
            "Школа № 7\nСейчас: 22 марта, вт, 09:20–09:40\n"
            "Свободно 22 марта, вт. Нажмите время или напишите другое: 23.03 14:20.\nШкола сразу узнает об этом."
        ),
        ["09:40", "ср 23.03 ›", "К времени школ"],
    )
    assert (await desk.says(desk.marina, "22.03 9:10")).text == (
        "Рядом уже есть время другой школы или свободное, они пересекутся. Напишите другое."
    )
    shown = await desk.says(desk.marina, "23.03 14:20")
    assert shown.text.splitlines()[0] == "Время назначено, школа узнает."
    assert shown.text.splitlines()[-2:] == ["09:00 свободно", "14:20 Школа № 7"]
    await desk.presses(desk.marina, "✓ 14:20")
    await desk.presses(desk.marina, "Перенести")
    await desk.presses(desk.marina, "09:40")
    assert room.taken() == [room.schools[1], room.schools[0], None, None]
    await desk.presses(desk.marina, "✓ 09:40")
    assert (await desk.presses(desk.marina, "Освободить")).text == "Время освобождено, школа узнает."
    await desk.presses(desk.marina, "✓ 09:00")
    await desk.presses(desk.marina, "Отменить это время")
    assert (shown.text, shown.buttons) == (
        "Отменить это время?\n22 марта, вт, 09:00–09:20\nШкола № 8 узнает об этом и выберет другое.",
        ["Да, отменить", "К времени школ"],
    )
    await desk.presses(desk.marina, "Да, отменить")
    assert room.taken() == [None, None, None]
    await desk.tick()
    assert desk.said(desk.igor).text.splitlines()[0] == "❌ Этого времени больше нет: 22 марта, вт, 09:00–09:20"


async def test_schools_without_a_time_are_listed_given_one_and_reminded(called: Room) -> None:
    desk, room = called.desk, called
    await desk.forges(desk.marina, f"mtplan:{room.id}")
    shown = desk.said(desk.marina)
    assert (await desk.presses(desk.marina, "Напомнить тем, кто не выбрал")).text == "Напоминание получат: 3"
    assert (await desk.presses(desk.marina, "Напомнить тем, кто не выбрал")).text == (
        "Сегодня им уже напоминали. Завтра можно ещё раз."
    )
    await desk.tick()
    told = desk.said(desk.igor)
    assert (told.text, told.buttons[0]) == (
        (
            "⏳ Выберите время собеседования\nСеминар по документам\nШкола № 8\n"
            "Где: Иваново, Большая Воробьёвская, 80\nБлижайшее свободное: 22 марта, вт, 09:00–09:20. Всего свободно: 4."
        ),
        "Выбрать время",
    )
    await desk.presses(desk.marina, "Без времени: 2")
    assert (shown.text, shown.buttons) == (
        "Без времени: 2\xa0школы\nШкола № 7\nШкола № 8\n\nНажмите школу, чтобы назначить ей время.",
        ["Школа № 7", "Школа № 8", "К времени школ"],
    )
    await desk.presses(desk.marina, "Школа № 7")
    assert shown.text == ("Школа № 7\nСвободно 22 марта, вт. Нажмите время.\nШкола сразу узнает об этом.")
    await desk.presses(desk.marina, "09:40")
    assert room.taken() == [None, None, room.schools[0], None]


async def test_the_time_of_a_school_that_left_is_shown_as_free(called: Room) -> None:
    desk, room = called.desk, called
    await room.takes(OLGA, "09:00", 0)
    marina = await room.member(MARINA)
    await desk.app.core.registries.school_left(room.schools[0], by=marina, now=desk.world.clock())
    await desk.forges(desk.marina, f"mtplan:{room.id}")
    shown = desk.said(desk.marina)
    assert shown.text.splitlines()[5] == "09:00 свободно (Школа № 7 больше не участвует)"
    await desk.presses(desk.marina, "09:00")
    assert shown.text == (
        "22 марта, вт, 09:00–09:20\nСвободно: Школа № 7 больше не участвует, время можно отдать другой школе."
    )
    await desk.presses(desk.marina, "Отдать школе")
    await desk.presses(desk.marina, "Школа № 8")
    assert room.taken() == [room.schools[1], None, None, None]


async def test_stale_buttons_of_the_plan_show_how_it_is(called: Room) -> None:
    desk, room = called.desk, called
    gone = int(msk("2022-03-22 12:00").timestamp()) // 60
    marina = desk.marina
    await desk.forges(marina, f"mpat:{room.id}:{gone}")
    assert desk.said(marina).text.splitlines()[0] == "Семинар по документам: время для школ"
    assert (await desk.forges(marina, f"mpdrop:{room.id}:{gone}:0")).text == "Этого времени больше нет."
    for data in (f"mpwho:{room.id}:{gone}:0", f"mpgive:{room.id}:{gone}:{room.schools[0]}", f"mpvac:{room.id}:{gone}"):
        assert await desk.forges(marina, data) == Answer(
            "Этого времени больше нет. Откройте список ещё раз.", alert=True
        )
    await desk.forges(marina, f"mplen:{room.id}:20")
    assert desk.said(marina).buttons[0] == "09:00"
    assert (await desk.forges(marina, f"mpmove:{room.id}:999:0")).text == (
        "Этой школы нет среди приглашённых. Откройте список ещё раз."
    )
    await desk.app.core.meeting_moves.cancel(room.id, "Карантин", by=await room.member(MARINA), now=desk.world.clock())
    await desk.forges(marina, f"mtplan:{room.id}")
    assert desk.said(marina).buttons == ["ср 23.03 ›", "К встрече"]
    over = "Встреча уже прошла или отменена, изменить её нельзя. Можно назначить новую."
    assert (await desk.forges(marina, f"mpmore:{room.id}")).text == over


async def test_more_hours_of_an_ordinary_meeting_ask_for_the_length_first(room: Room) -> None:
    desk = room.desk
    await desk.forges(desk.marina, f"mpmore:{room.id}")
    assert desk.said(desk.marina).buttons[0] == "10\xa0минут"
    await desk.forges(desk.marina, f"mpgap:{room.id}:7:0")
    assert (await desk.says(desk.marina, "22.03 9–10")).text == (
        "Сначала выберите, сколько минут на школу и какой перерыв."
    )


async def test_a_hundred_schools_keep_within_the_keyboard(room: Room) -> None:
    """Eight rows of three, whatever is asked at once."""
    desk = room.desk
    await room.plans("22.03 9:00–21:00\n23.03 9:00–21:00")
    await room.calls()
    for _ in range(2):
        await desk.forges(desk.marina, f"mpday:{room.id}:1")
        assert len(desk.said(desk.marina).keyboard) <= 8
    await room.takes(OLGA, "09:00", 0)
    await room.takes(IGOR, "09:20", 1)
    nine = int(msk("2022-03-22 09:00").timestamp()) // 60
    await desk.forges(desk.olga, f"msask:{room.id}:{room.schools[0]}:{nine + 20}")
    await desk.forges(desk.igor, f"msof:{room.id}:{room.schools[1]}:1")
    shown = desk.said(desk.igor)
    assert [len(row) for row in shown.keyboard] == [3, 3, 3, 3, 2, 2, 2, 2]
