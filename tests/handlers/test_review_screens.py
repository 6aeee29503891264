"""«Проверить» as reviewers see it: the card with its evidence, decisions, files, bulk, history, and what goes wrong."""

from datetime import date
from typing import Any

import pytest

from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.evidence import EvidenceKind
from domain.people import Account, Duty, Member, Role
from domain.roadmap import OwedBy
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import registry as registry_rows
from storage.files import FileFolder
from tests.actions.reviewed import sends, withdraws
from tests.handlers.desk import Desk, enters
from tests.people import IGOR, OLGA, Somebody, enrolled

EMPTY = "✅ Проверять нечего."
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
DARYA = Somebody("Дарья Департаментова", Account("telegram", 500_000_011))
STATES = "SELECT state FROM completion ORDER BY id"
DOCUMENTS, SURVEY, ORDER = 20, 16, 11
"""Items of the shipped roadmap: the Department reviews 20, the coordinators 16; 11 is owed by the coordinator."""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class Work:
    """Olga leads «Талицкая СОШ» and sends, Darya is of the Department."""

    def __init__(self, desk: Desk, olga: Member, darya: Person, schools: dict[str, int]) -> None:
        self.desk, self.core, self.olga, self.darya, self.schools = desk, desk.app.core, olga, darya, schools

    async def sends(
        self, item: int = DOCUMENTS, school: str = "Талицкая СОШ", text: str = "Готово", **more: Any
    ) -> int:
        debtor = Debtor(OwedBy.SCHOOL, self.schools[school])
        return await sends(self.core, item, debtor, self.olga.person_id or 0, self.desk.world.clock(), text, **more)

    async def adds(self, completion_id: int, kind: EvidenceKind, **more: Any) -> int:
        """A further piece, as if it had been there when it was sent."""
        async with self.core.database.transaction() as tx:
            by, now = self.olga.person_id or 0, self.desk.world.clock()
            added = await evidence_rows.add(tx, kind, by, now, completion_id=completion_id, **more)
        return added or 0

    async def adds_file(self, completion_id: int, name: str, *, photo: bool = False, text: str = "") -> str:
        """A file that the messenger knows; its id there."""
        files = self.desk.world.files
        media = files.photo(PICTURE) if photo else files.document(name.encode(), name, "application/pdf")
        remote = media.files[-1]
        about = {"messenger": "telegram", "remote_id": remote, "is_photo": photo, "name": name, "text": text}
        await self.adds(completion_id, EvidenceKind.FILE, **about)
        return remote

    def states(self) -> list[str]:
        return [state for (state,) in self.desk.look.rows(STATES)]


@pytest.fixture
async def work(desk: Desk) -> Work:
    core, now = desk.app.core, desk.world.clock()
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "department", "Департамент")
    schools = {name: int(school) for name, school in desk.look.rows("SELECT name, id FROM school")}
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, schools["Талицкая СОШ"], responsible=True), now=now)
    await enrolled(core, DARYA, Duty(Role.ORGANISER, organisation="department"), now=now)
    darya = enters(desk.world, DARYA)
    darya.starts()
    await desk.settle()
    return Work(desk, olga, darya, schools)


# --- The card


async def test_it_is_found_from_the_message_the_menu_and_the_tasks(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.tick()
    assert desk.screen(work.darya) == "⏳ Ждут Вашей проверки: 1\u00a0подтверждение."
    card = (
        "Проверка 1 из 1\nп. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс\n"
        f"Талицкая СОШ, Южский район\nОтправлено 10.03.2022 12:00, {OLGA.name}\n\n• Готово"
    )
    await desk.presses(work.darya, "Проверить")
    assert desk.screen(work.darya) == card
    assert desk.said(work.darya).buttons == ["Принять", "Вернуть", "История", "Решённые", "В меню"]
    for command in ("/menu", "/tasks"):
        shown = await desk.opens(work.darya, command)
        assert "Ждут Вашей проверки: 1" in shown.text.splitlines()
        await desk.presses(work.darya, "Проверить")
        assert shown.text == card


async def test_where_nothing_waits_there_is_no_button_and_the_queue_says_so(desk: Desk, work: Work) -> None:
    await work.sends()
    for command in ("/menu", "/tasks"):
        assert "Проверить" not in (await desk.opens(desk.marina, command)).buttons
    await desk.forges(desk.marina, "go:review")
    assert (desk.screen(desk.marina), desk.said(desk.marina).buttons) == (EMPTY, ["Решённые", "В меню"])


async def test_the_evidence_stands_in_the_card_itself(desk: Desk, work: Work) -> None:
    sent = await work.sends(text="Концепция <b>готова</b>\nи размещена")
    await work.adds(sent, EvidenceKind.LINK, text="https://talitsa.example/doc?a=1&b=2")
    await work.adds(sent, EvidenceKind.ORDER, text="15-О", day=date(2022, 3, 1))
    await work.adds_file(sent, "Программа.pdf", text="Подписана")
    await work.adds_file(sent, "", photo=True)
    shown = await desk.opens(work.darya, "/menu", "Проверить")
    assert shown.text.splitlines()[4:] == [
        "",
        "• Концепция <b>готова</b> и размещена",
        "• https://talitsa.example/doc?a=1&b=2",
        "• Приказ № 15-О от 01.03.2022",
        "• Файл: Программа.pdf — Подписана",
        "• Фото",
    ]
    assert shown.buttons == ["Принять", "Вернуть", "Показать файлы: 2", "История", "Решённые", "В меню"]


async def test_a_late_one_and_one_sent_again_say_so(desk: Desk, work: Work) -> None:
    desk.world.clock.set(desk.world.clock().replace(day=22))
    sent = await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить", "Вернуть")
    await desk.says(work.darya, "Нет печати на титульном листе")
    await work.sends(text="Исправили")
    shown = await desk.opens(work.darya, "/menu", "Проверить")
    assert shown.text.splitlines()[3:6] == [
        f"Отправлено 22.03.2022 12:00, {OLGA.name}, 2-й раз",
        "⚠️ Позже срока на 2\u00a0дня",
        "Раньше вернули: Нет печати на титульном листе",
    ]
    await desk.presses(work.darya, "История")
    assert shown.text.splitlines()[3:] == [
        f"22.03.2022 12:00 отправлено, {OLGA.name}",
        f"22.03.2022 12:00 возвращено, {DARYA.name}: Нет печати на титульном листе",
        f"22.03.2022 12:00 отправлено, {OLGA.name}",
    ]
    await desk.presses(work.darya, "К подтверждению")
    assert shown.text.startswith("Проверка 1 из 1")
    assert await desk.forges(work.darya, f"accept:{sent}:2") == Answer("Принято: Талицкая СОШ.")
    assert work.states() == ["accepted"]


async def test_thirty_hostile_pieces_still_fit_into_one_message(desk: Desk, work: Work) -> None:
    sent = await work.sends(text="<b>&\"'" * 300)
    for number in range(29):
        await work.adds(sent, EvidenceKind.TEXT, text=f"{number} " + "<i>&\"'" * 300)
    shown = await desk.opens(work.darya, "/menu", "Проверить")
    assert len(shown.html) <= 3900
    assert "и ещё 20" in shown.text.splitlines()
    assert "Показать полностью" in shown.buttons
    await desk.presses(work.darya, "Показать полностью")
    said = [one for one in work.darya.messages(work.darya.private()) if one.sender.is_bot]
    whole = "".join("".join(one.text.split()) for one in said)
    for number in range(29):
        assert "".join(f"{number} ".split()) + "<i>&\"'" * 100 in whole
    assert all(len(one.html) <= 3900 for one in said)


# --- Files


async def test_files_come_below_as_albums_and_the_card_after_them(desk: Desk, work: Work) -> None:
    sent = await work.sends(text="")
    for number in range(11):
        await work.adds_file(sent, f"Приказ {number}.pdf", text="Первый" if number == 0 else "")
    for _ in range(2):
        await work.adds_file(sent, "", photo=True)
    await desk.opens(work.darya, "/menu", "Проверить")
    assert await desk.presses(work.darya, "Показать файлы: 13") == Answer("Всё присланное — ниже.")
    below = [one for one in work.darya.messages(work.darya.private()) if one.media]
    assert [one.media.kind for one in below if one.media] == ["photo"] * 2 + ["document"] * 11
    assert len({one.album for one in below[:2]}) == len({one.album for one in below[2:12]}) == 1
    assert (below[2].text, below[12].album) == ("Первый", None)
    assert desk.said(work.darya).text.startswith("п. 20")
    await desk.presses(work.darya, "Принять")
    assert work.states() == ["accepted"]


async def test_what_the_messenger_does_not_know_comes_from_the_folder_or_is_named(desk: Desk, work: Work) -> None:
    sent = await work.sends(text="")
    folder = FileFolder(desk.app.core.settings.files)
    content = await folder.keep("Протокол".encode(), "Протокол.txt")
    async with desk.app.core.database.transaction() as tx:
        kept = await evidence_rows.lay(tx, content, desk.world.clock())
    gone = {"messenger": "telegram", "remote_id": "AgACGone"}
    await work.adds(sent, EvidenceKind.FILE, name="Протокол.txt", file_id=kept.id, **gone)
    await work.adds(sent, EvidenceKind.FILE, name="Из MAX.txt", file_id=kept.id, messenger="max", remote_id="7")
    await work.adds(sent, EvidenceKind.FILE, is_photo=True, file_id=kept.id, messenger="max", remote_id="8")
    await work.adds(sent, EvidenceKind.FILE, name="Пропал.pdf", messenger="telegram", remote_id="AgACLost")
    await work.adds_file(sent, "Цел.pdf")
    await desk.opens(work.darya, "/menu", "Проверить", "Показать файлы: 5")
    below = work.darya.messages(work.darya.private())
    names = [one.media.content["file_name"] for one in below if one.media and isinstance(one.media.content, dict)]
    assert sorted(names) == ["Из MAX.txt", "Протокол.txt", "Цел.pdf", "фото.jpg"]
    assert below[-2].text == (
        "⚠️ Не удалось показать:\n• Пропал.pdf\n"
        "Если без них не решить — верните подтверждение и попросите прислать эти файлы ещё раз."
    )


# --- Deciding


async def test_accepted_the_author_is_told_and_the_next_one_is_shown(desk: Desk, work: Work) -> None:
    await work.sends()
    await work.sends(school="МСОШ № 2")
    shown = await desk.opens(work.darya, "/menu", "Проверить")
    assert shown.buttons == [
        *("Принять", "Вернуть", "Принять несколько: 2", "История", "Решённые", "Дальше ›", "В меню"),
    ]
    assert await desk.presses(work.darya, "Принять") == Answer("Принято: Талицкая СОШ.")
    assert shown.text.splitlines()[2] == "МСОШ № 2, г. о. Тейково"
    await desk.presses(work.darya, "Принять")
    assert shown.text == EMPTY
    await desk.tick()
    assert desk.screen(desk.olga) == (
        "✅ Приняли п. 20 Концептуальные документы и антирисковые программы (Талицкая СОШ)"
    )


async def test_returned_with_a_comment_the_author_learns_it_with_a_button_to_fix_it(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить", "Вернуть")
    asked = desk.said(work.darya)
    assert asked.text == (
        "п. 20 Концептуальные документы и антирисковые программы\nТалицкая СОШ, Южский район\n\n"
        "Что исправить? Напишите до 1000 знаков — автор сразу увидит это."
    )
    assert asked.buttons == ["Отмена"]
    shown = await desk.says(work.darya, "Нет <b>печати</b> & даты")
    assert shown.text == f"Возвращено: Талицкая СОШ, Южский район. Автор получит сообщение.\n\n{EMPTY}"
    await desk.tick()
    told = desk.said(desk.olga)
    assert told.text.splitlines()[-1] == "Что исправить: Нет <b>печати</b> & даты"
    assert told.buttons == ["Исправить"]
    assert (work.states(), desk.look.count("conversation")) == (["returned"], 0)


async def test_a_comment_too_short_or_too_long_is_asked_again_and_cancelling_leaves_it(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить", "Вернуть")
    for typed, answer in (
        ("!!", "Напишите, что исправить: без этого автор не поймёт, почему вернули."),
        ("<b>я</b> " * 500, "Слишком длинно: нужно до 1000 знаков. Напишите короче."),
    ):
        assert (await desk.says(work.darya, typed)).text == answer
        assert work.states() == ["sent"]
    await desk.presses(work.darya, "Отмена")
    await desk.says(work.darya, "уже не замечание")
    assert work.states() == ["sent"]


async def test_what_executors_confirmed_closes_its_item(desk: Desk, work: Work) -> None:
    marina = await desk.app.core.people.member(Account("telegram", desk.marina.id), now=desk.world.clock())
    debtor, by = Debtor(OwedBy.EXECUTORS), marina.person_id or 0
    await sends(desk.app.core, ORDER, debtor, by, desk.world.clock(), "15", kind=EvidenceKind.ORDER)
    shown = await desk.opens(desk.pavel, "/menu", "Проверить")
    assert shown.text.splitlines()[2] == "Исполнители"
    assert await desk.presses(desk.pavel, "Принять") == Answer("Принято: исполнители.")
    assert not (await desk.card(ORDER)).kept.is_open


async def test_several_are_looked_over_and_accepted_at_once(desk: Desk, work: Work) -> None:
    for school in work.schools:
        await work.sends(SURVEY, school, "")
    shown = await desk.opens(desk.marina, "/menu", "Проверить", "Принять несколько: 8")
    assert shown.text.splitlines()[:3] == [
        "п. 16 Первый опрос участников",
        "Ждут проверки и ещё не возвращались: 8",
        "• Средняя школа № 37 — без документов",
    ]
    assert shown.buttons == ["Принять все 8", "Проверить", "В меню"]
    await desk.opens(desk.pavel, "/menu", "Проверить", "Принять")
    answer = Answer("Принято: 7\u00a0подтверждений.")
    assert await desk.presses(desk.marina, "Принять все 8", message=shown) == answer
    assert shown.text == EMPTY
    assert work.states() == ["accepted"] * 8


async def test_many_alike_are_listed_page_by_page(desk: Desk, work: Work) -> None:
    async with desk.app.core.database.transaction() as tx:
        for number in range(20):
            name = f"Школа <b>№ {number}</b> " + "&" * 200
            work.schools[name] = await registry_rows.add_school(tx, name, 1)
    for school in work.schools:
        await work.sends(SURVEY, school, "")
    shown = await desk.opens(desk.marina, "/menu", "Проверить", "Принять несколько: 28")
    assert (len(shown.text.splitlines()), shown.buttons) == (
        14,
        ["Принять все 28", "Дальше ›", "Проверить", "В меню"],
    )
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Дальше ›")
    assert shown.text.splitlines()[1].endswith("28, страница 3 из 3")
    assert len(shown.text.splitlines()) == 6


async def test_what_was_accepted_is_looked_back_at_and_opened_again(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить", "Принять")
    await desk.presses(work.darya, "Решённые")
    shown = desk.said(work.darya)
    assert shown.buttons == ["✅ п. 20 Талицкая СОШ", "В меню"]
    await desk.presses(work.darya, "✅ п. 20 Талицкая СОШ")
    assert shown.buttons == ["История", "Проверить", "В меню"]
    assert f"✅ Принято 10.03.2022 12:00, {DARYA.name}" in shown.text.splitlines()

    await desk.forges(desk.marina, "decided:0")
    await desk.presses(desk.marina, "✅ п. 20 Талицкая СОШ")
    assert desk.said(desk.marina).buttons == ["Открыть снова", "История", "Проверить", "В меню"]
    await desk.presses(desk.marina, "Открыть снова")
    assert (await desk.says(desk.marina, "а")).text.startswith("Напишите, что исправить")
    shown = await desk.says(desk.marina, "Не тот файл")
    assert shown.text.splitlines()[3] == "Возвращено: Не тот файл"
    assert work.states() == ["returned"]
    await desk.tick()
    assert desk.screen(desk.olga).startswith("⚠️ Снова открыли п. 20 ")


async def test_the_author_reads_the_rounds_and_not_who_reviews(desk: Desk, work: Work) -> None:
    sent = await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить", "Вернуть")
    await desk.says(work.darya, "Нет печати")
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, f"rounds:{sent}")
    shown = desk.said(desk.olga)
    assert shown.text.splitlines()[3:] == [
        f"10.03.2022 12:00 отправлено, {OLGA.name}",
        "10.03.2022 12:00 возвращено: Нет печати",
    ]
    assert shown.buttons == ["Назад", "В меню"]


# --- What changes meanwhile


async def test_two_reviewers_at_once_one_decides_and_the_other_is_told(desk: Desk, work: Work) -> None:
    await work.sends(SURVEY)
    for one in (desk.marina, desk.pavel):
        await desk.opens(one, "/menu", "Проверить")
    presses = [one.presses("Принять", None, one.private()) for one in (desk.marina, desk.pavel)]
    await desk.settle()
    told, late = sorted((press.answers[0] for press in presses), key=lambda answer: answer.alert)
    assert told == Answer("Принято: Талицкая СОШ.")
    assert late.text.startswith("Уже решено: принято, ")
    assert late.alert
    assert desk.look.count("completion_step") == 2
    assert desk.look.rows("SELECT count(*) FROM outbox WHERE key LIKE 'review:%'") == [(1,)]


async def test_one_accepts_while_the_other_types_a_comment(desk: Desk, work: Work) -> None:
    await work.sends(SURVEY)
    await desk.opens(desk.pavel, "/menu", "Проверить", "Вернуть")
    await desk.opens(desk.marina, "/menu", "Проверить", "Принять")
    shown = await desk.says(desk.pavel, "Где протокол?")
    assert shown.text == "Уже решено: принято, Марина Королёва. Откройте «Проверить» ещё раз."
    assert (await desk.says(desk.pavel, "Где протокол?")).text.startswith("Я понимаю кнопки.")
    assert work.states() == ["accepted"]


async def test_withdrawn_or_sent_anew_meanwhile_it_is_looked_at_again(desk: Desk, work: Work) -> None:
    sent = await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить")
    await withdraws(desk.app.core, sent, work.olga.person_id or 0, desk.world.clock())
    assert (await desk.presses(work.darya, "Принять")).text.startswith("Автор отозвал подтверждение")
    await work.sends(text="Другое")
    assert (await desk.presses(work.darya, "Принять")).text.startswith("Подтверждение изменилось, пока Вы смотрели")
    assert (await desk.presses(work.darya, "Вернуть")).text.startswith("Подтверждение изменилось, пока Вы смотрели")
    assert (work.states(), desk.look.count("conversation")) == (["sent"], 0)


async def test_school_that_left_meanwhile_needs_no_decision(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить")
    marina = await desk.app.core.people.member(Account("telegram", desk.marina.id), now=desk.world.clock())
    await desk.app.core.registries.school_left(work.schools["Талицкая СОШ"], by=marina, now=desk.world.clock())
    answer = await desk.presses(work.darya, "Принять")
    assert answer.text.startswith("Решать уже не нужно: школа вышла из проекта")
    assert "Проверить" not in (await desk.opens(work.darya, "/menu")).buttons
    assert work.states() == ["sent"]


async def test_whoever_lost_the_role_meanwhile_decides_nothing_more(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить", "Вернуть")
    async with desk.app.core.database.transaction() as tx:
        darya = (await desk.app.core.people.member(DARYA.account, now=desk.world.clock())).person_id or 0
        duty = Duty(Role.ORGANISER, organisation="department")
        await registry_rows.end_duty(tx, darya, duty, desk.world.clock())
        await registry_rows.give_duty(tx, darya, Duty(Role.CURATOR, work.schools["МСОШ № 2"]), desk.world.clock())
    assert (await desk.says(work.darya, "Нет печати")).text == REFUSED.text
    await desk.opens(desk.marina, "/menu", "Проверить", "Принять")
    assert work.states() == ["accepted"]


# --- Forged


FORGED = (
    *("review:1", "accept:1:1", "giveback:1:1", "proof:1", "rounds:1", "alike:20:0"),
    *("acceptall:20:9000000000000000", "decided:0", "unaccept:1"),
)


@pytest.mark.parametrize("data", FORGED)
async def test_a_school_reviews_nothing_by_forged_data(desk: Desk, work: Work, data: str) -> None:
    await work.sends(school="МСОШ № 2")
    await desk.says(desk.olga, "/menu")
    assert await desk.forges(desk.olga, data) == REFUSED
    await desk.says(desk.igor, "/menu")
    toast = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
    assert await desk.forges(desk.igor, data) == toast
    assert (work.states(), desk.look.count("conversation")) == (["sent"], 0)


async def test_reviewer_of_another_municipality_sees_nothing_by_forged_data(desk: Desk, work: Work) -> None:
    await work.sends(school="МСОШ № 2")
    (home,) = desk.look.rows("SELECT municipality_id FROM school WHERE name = 'Талицкая СОШ'")
    far = Duty(Role.MUNICIPAL, municipality_id=int(home[0]))
    await enrolled(desk.app.core, IGOR, far, now=desk.world.clock())
    await desk.says(desk.igor, "/menu")
    for data in ("review:1", "accept:1:1", "giveback:1:1", "proof:1", "rounds:1"):
        assert await desk.forges(desk.igor, data) == REFUSED, data
    nothing = Answer("Всё из этого списка уже решено. Откройте «Проверить» ещё раз.", alert=True)
    assert await desk.forges(desk.igor, "acceptall:20:9000000000000000") == nothing
    await desk.forges(desk.igor, "alike:20:0")
    assert "МСОШ" not in desk.screen(desk.igor)
    assert work.states() == ["sent"]


async def test_ids_of_nothing_and_nonsense_are_answered(desk: Desk, work: Work) -> None:
    await work.sends()
    await desk.opens(work.darya, "/menu", "Проверить")
    gone = Answer("Такого подтверждения нет. Откройте «Проверить» ещё раз.", alert=True)
    for data in ("review:999", "accept:999:1", "giveback:999:1", "proof:999"):
        assert await desk.forges(work.darya, data) == gone, data
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    for data in ("review:0", "accept:1", "accept:1:x", "acceptall:20:0", f"proof:{2**64}", "alike:-1:0"):
        assert await desk.forges(work.darya, data) == dead, data
    assert (await desk.forges(work.darya, "accept:1:7")).text.startswith("Подтверждение изменилось")
    unknown = await desk.forges(work.darya, "alike:999:0")
    assert unknown.alert
    assert work.states() == ["sent"]


async def test_a_draft_is_shown_to_no_reviewer(desk: Desk, work: Work) -> None:
    async with desk.app.core.database.transaction() as tx:
        debtor = Debtor(OwedBy.SCHOOL, work.schools["Талицкая СОШ"])
        draft = await completion_rows.begin(tx, DOCUMENTS, debtor, desk.world.clock())
    await work.adds(draft.id, EvidenceKind.TEXT, text="Черновик-тайна")
    await desk.says(work.darya, "/menu")
    for data in (f"review:{draft.id}", f"proof:{draft.id}", f"accept:{draft.id}:0"):
        assert (await desk.forges(work.darya, data)).text.startswith("Автор отозвал"), data
    assert "тайна" not in desk.screen(work.darya)
    assert (draft.state, Step.SENT) == (CompletionState.DRAFT, Step.SENT)
