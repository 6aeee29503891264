"""A report of a visit filled in on the phone: how little it takes, what is kept, what is refused."""

import json
from datetime import date
from typing import Any

import pytest

from rehearsal.page.acting import VOICE
from rehearsal.pressing import Answer
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk
from tests.handlers.visiting import NATALYA, SVETLANA, TELL, Steps, Trip, a_trip, picture
from tests.people import MARINA

TODAY = date(2022, 3, 10)
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)


@pytest.fixture
async def trip(desk: Desk) -> Trip:
    return await a_trip(desk)


def seen(trip: Trip) -> list[str]:
    return trip.desk.said(trip.natalya).text.replace("\u00a0", " ").splitlines()


def answers(desk: Desk, visit: int) -> dict[str, Any]:
    """As they are kept."""
    rows = desk.look.rows("SELECT answers FROM form_run WHERE mark = ?", f"visit:{visit}")
    return dict(json.loads(rows[0][0])) if rows else {}


async def test_twelve_answers_and_five_photos_take_twenty_steps_with_two_calls_each(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await desk.moves("2022-03-10 18:10")
    steps = Steps(desk, trip.natalya)
    for button in (TELL, "Директор", "Готово", "Есть план", "Работа идёт", "Работа не начата", "Да"):
        await steps.presses(button)
    await steps.says("Уроки идут по расписанию")
    await steps.says("Нет плана работы с родителями\nСайт не обновлён")
    await steps.says("Провести педсовет")
    await steps.says("обновить сайт до 15.04, завуч")
    await steps.presses("Верно")
    await steps.sends_album(5)
    await steps.presses("Готово")
    await steps.presses("7 апреля")
    await steps.presses("Отправить")
    assert seen(trip)[0] == "✅ Отчёт отправлен: визит № 1 · Школа № 7"
    given = {name: value for name, value in answers(desk, visit).items() if not name.startswith("d-")}
    assert len([value for value in given.values() if value is not None]) == 12
    assert len(given["files"]) == 5
    assert len(steps.answers) <= 20
    assert max(steps.answers) <= 2


async def test_second_visit_has_the_answers_of_the_first_beside(desk: Desk, trip: Trip) -> None:
    first = await trip.approved(TODAY)
    await trip.reported(first)
    second = await trip.approved(date(2022, 4, 11))
    await desk.moves("2022-04-11 12:00")
    await trip.begins(second)
    await desk.presses(trip.natalya, "Учителя")
    await desk.presses(trip.natalya, "Готово")
    assert seen(trip)[-2:] == ["3 из 12. Низкая учебная мотивация: что изменилось?", "В прошлый раз: есть план."]
    assert desk.said(trip.natalya).buttons[:4] == [
        "↑ есть результат",
        "↑ работа идёт",
        "= есть план",
        "↓ работа не начата",
    ]
    for level in ("↑ работа идёт", "= работа идёт", "↑ есть план"):
        await desk.presses(trip.natalya, level)
    await desk.presses(trip.natalya, "Да")
    await trip.sends()
    await desk.presses(trip.natalya, "Посмотреть отчёт")
    assert seen(trip)[5:9] == [
        "С кем встретились? — Учителя (было: Директор)",
        "Низкая учебная мотивация — ↑ работа идёт (было: есть план)",
        "Дефицит кадров — = работа идёт (было: работа идёт)",
        "Низкое качество адаптации мигрантов — ↑ есть план (было: работа не начата)",
    ]
    await desk.presses(trip.natalya, "Прошлый отчёт")
    assert seen(trip)[0] == "📋 Визит № 1, 10 марта 2022, чт"
    assert "Прошлый отчёт" not in desk.said(trip.natalya).buttons


async def test_voice_is_kept_as_an_attachment_while_something_else_is_asked(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    trip.natalya.sends_voice(VOICE.read_bytes(), 20 * 60)
    await desk.settle()
    assert seen(trip)[0] == "✅ Получено 1 из 1"
    assert seen(trip)[-2:] == ["2 из 12. С кем встретились?", "Отметьте всё, что подходит, потом нажмите «Готово»."]
    await trip.fills()
    await trip.sends()
    await desk.presses(trip.natalya, "Посмотреть отчёт")
    await desk.presses(trip.natalya, "Фото и файлы: 1")
    sent = desk.said(trip.natalya)
    assert sent.media is not None
    assert (sent.media.kind, sent.text) == ("document", "Визит № 1, Школа № 7")


async def test_thirty_first_photo_is_refused_with_a_sentence(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    for start in (0, 10, 20):
        trip.natalya.sends_album([picture(number) for number in range(start, start + 10)])
        await desk.settle()
    trip.natalya.sends_photo(picture(30))
    await desk.settle()
    assert len(answers(desk, visit)["files"]) == 30
    assert seen(trip)[:2] == [
        "⚠️ Получено 30 из 31",
        "Фото: Приложено уже 30, больше нельзя. Нажмите «Готово».",
    ]


async def test_place_abroad_is_refused_and_one_at_home_is_kept(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    trip.natalya.sends_location(48.8566, 2.3522)
    await desk.settle()
    assert seen(trip) == ["Это место не в России. Пришлите место школы или ничего не присылайте."]
    assert "place" not in answers(desk, visit)
    trip.natalya.sends_location(57.0004, 40.9739)
    await desk.settle()
    assert seen(trip)[0] == "✅ Записано: Место — место на карте"
    await trip.fills()
    await trip.sends()
    await desk.presses(trip.natalya, "Посмотреть отчёт")
    assert "Место — 57,0004° с. ш., 40,9739° в. д." in seen(trip)
    (shown,) = [one for row in desk.said(trip.natalya).keyboard for one in row if one["text"] == "На карте"]
    assert shown["url"] == "https://yandex.ru/maps/?pt=40.9739,57.0004&z=16"


async def test_day_that_is_not_yet_is_refused(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(date(2022, 3, 14))
    await trip.begins(visit)
    assert seen(trip)[-2] == "1 из 12. Когда был визит?"
    await desk.says(trip.natalya, "14.03.2022")
    assert seen(trip) == ["Этот день ещё не наступил: 14 марта 2022, пн. Напишите прошедший день или «сегодня»."]


async def test_second_report_of_a_day_is_refused(desk: Desk, trip: Trip) -> None:
    await trip.reported(await trip.approved(TODAY))
    other = await trip.approved(date(2022, 3, 14))
    await trip.begins(other)
    answer = await desk.presses(trip.natalya, "10 марта")
    assert answer == Answer("Об этом дне уже есть отчёт: визит № 1, 10 марта, чт. Проверьте день.", alert=True)
    assert answers(desk, other) == {}


async def test_pressed_five_times_it_is_sent_once(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    await trip.fills()
    while "Отправить" not in desk.said(trip.natalya).buttons:
        await desk.presses(trip.natalya, "Пропустить")
    summary = desk.said(trip.natalya)
    told = [await desk.forges(trip.natalya, f"fw:visit:{visit}:0:send", message=summary) for _ in range(5)]
    before = Answer("Отчёт уже отправлен, второй раз отправлять не нужно.")
    assert told == [Answer("Отчёт отправлен."), *[before] * 4]
    assert desk.look.rows("SELECT visit_id, state, times FROM visit_report") == [(visit, "sent", 1)]
    assert desk.look.rows("SELECT count(*) FROM visit_step WHERE step = 'reported'") == [(1,)]
    assert len(desk.look.outbox("key LIKE 'visit-report:%'")) == 2


async def test_new_curator_goes_on_with_the_draft_and_the_former_is_refused(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    await desk.presses(trip.natalya, "Директор")
    await desk.presses(trip.natalya, "Готово")
    question = desk.said(trip.natalya)
    svetlana = await trip.joins(SVETLANA)
    core, now = desk.app.core, desk.world.clock()
    natalya, heir, marina = [await trip.member(one) for one in (NATALYA, SVETLANA, MARINA)]
    await core.replacements.replace(natalya.person_id or 0, heir.person_id or 0, by=marina, now=now)
    left = await desk.forges(trip.natalya, f"fa:visit:{visit}:0:r{trip.risks[0]}:2", message=question)
    assert left.alert
    assert "r1" not in answers(desk, visit)
    await trip.begins(visit, svetlana)
    assert desk.said(svetlana).text.splitlines()[-1].startswith("3 из 12. Низкая учебная мотивация")
    for level in ("Есть план", "Работа идёт", "Работа не начата", "Да"):
        await desk.presses(svetlana, level)
    await trip.sends(svetlana)
    rows = desk.look.rows("SELECT r.state, p.name FROM visit_report r JOIN person p ON p.id = r.sent_by")
    assert rows == [("sent", SVETLANA.name)]


async def test_deputy_of_a_curator_on_leave_reports(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    svetlana = await trip.joins(SVETLANA)
    assert await desk.forges(svetlana, f"fw:visit:{visit}:0:go-on") == REFUSED
    core, now = desk.app.core, desk.world.clock()
    natalya, deputy, marina = [await trip.member(one) for one in (NATALYA, SVETLANA, MARINA)]
    days = TODAY, date(2022, 3, 20)
    await core.leaves.arrange(natalya.person_id, *days, deputy.person_id or 0, by=marina, now=now)
    await trip.reported(visit, svetlana)
    assert desk.said(svetlana).text.startswith("✅ Отчёт отправлен")


async def test_school_that_left_needs_no_report(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    await desk.presses(trip.natalya, "Директор")
    question = desk.said(trip.natalya)
    marina = await trip.member(MARINA)
    await desk.app.core.registries.school_left(trip.schools[0], by=marina, now=desk.world.clock())
    told = await desk.forges(trip.natalya, f"fs:visit:{visit}:0:done:met", message=question)
    why = "Школа больше не участвует в проекте, отчёт не нужен. То, что Вы написали, сохранено."
    assert told == Answer(why, alert=True)
    assert answers(desk, visit)["met"] == ["head"]


async def test_draft_outlives_a_restart(desk: Desk, trip: Trip, reopen: Reopen) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    await desk.presses(trip.natalya, "Директор")
    await desk.presses(trip.natalya, "Готово")
    again = await reopen()
    await again.presses(trip.natalya, "Есть план")
    assert again.said(trip.natalya).text.splitlines()[-1].startswith("4 из 12. Дефицит кадров")
    await again.moves("2022-03-13 12:00")
    trip.natalya.sends_photo(picture())
    await again.settle()
    assert again.said(trip.natalya).text.splitlines()[0] == "✅ Получено 1 из 1"
    assert {*answers(again, visit)} == {"day", "met", f"r{trip.risks[0]}", "files"}


async def test_edit_after_sending_keeps_what_it_was(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.reported(visit)
    await desk.presses(trip.natalya, "Посмотреть отчёт")
    await desk.presses(trip.natalya, "Изменить отчёт")
    assert "✅ Отчёт отправлен на проверку." in seen(trip)[1]
    await desk.presses(trip.natalya, "Изменить ответ")
    await desk.presses(trip.natalya, "4. Дефицит кадров")
    await desk.presses(trip.natalya, "Есть результат")
    await desk.forges(trip.natalya, f"vrep:{visit}")
    assert "Дефицит кадров — есть результат" in seen(trip)
    await desk.presses(trip.natalya, "Что меняли")
    assert seen(trip) == [
        "Что меняли в отчёте",
        "Визит № 1, Школа № 7",
        "",
        "10.03.2022 12:00, Наталья Ершова",
        "Дефицит кадров: как идёт работа?",
        "Было: работа идёт",
    ]


async def test_accepted_report_is_changed_no_more(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.reported(visit)
    core, now = desk.app.core, desk.world.clock()
    await core.visit_reviews.accept(visit, 1, by=await trip.member(MARINA), now=now)
    told = await desk.forges(trip.natalya, f"fs:visit:{visit}:0:change:met")
    assert told == Answer("Отчёт уже принят, изменить его нельзя. Напишите координатору.", alert=True)
    await desk.forges(trip.natalya, f"vrep:{visit}")
    assert "Изменить отчёт" not in desk.said(trip.natalya).buttons


async def test_returned_report_cannot_be_deleted(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.reported(visit)
    core, now = desk.app.core, desk.world.clock()
    await core.visit_reviews.give_back(visit, 1, "Кого видели?", by=await trip.member(MARINA), now=now)
    await trip.begins(visit)
    assert desk.said(trip.natalya).buttons == ["Отправить", "Изменить ответ", "‹ Назад", "Продолжу позже"]
    told = await desk.forges(trip.natalya, f"fw:visit:{visit}:0:drop-sure")
    why = "Эти ответы уже отправляли, удалить их нельзя. Исправьте их и отправьте снова."
    assert told == Answer(why, alert=True)
    await desk.presses(trip.natalya, "Отправить")
    assert desk.look.rows("SELECT state, times FROM visit_report") == [("sent", 2)]


async def test_report_before_the_day_is_approved_is_refused(desk: Desk, trip: Trip) -> None:
    natalya, now = await trip.member(NATALYA), desk.world.clock()
    one = await desk.app.core.visit_plans.propose(trip.schools[0], TODAY, by=natalya, now=now)
    told = await desk.forges(trip.natalya, f"fw:visit:{one.id}:0:go-on")
    why = "День этого визита ещё не утверждён. Сначала отправьте график координатору."
    assert told == Answer(why, alert=True)


async def test_day_of_nothing_agreed_is_asked_again(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    await trip.fills()
    await desk.forges(trip.natalya, f"fs:visit:{visit}:0:change:actions")
    await desk.says(trip.natalya, "обновить сайт")
    why = "Не понял, к какому дню: «обновить сайт». Напишите так: обновить сайт до 15 апреля, завуч"
    assert seen(trip) == [why]
