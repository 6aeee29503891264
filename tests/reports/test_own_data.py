"""The file of one's own data, the act of an erasure and the extract: whole, readable, and safe whatever was typed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from domain.consent import VERSION, Answer
from domain.join_request import RequestState
from domain.meeting import Coming
from domain.own_data import Act, Category, Erasure, HeldDuty, KeptLeave, KeptMeeting, KeptRequest, PersonalData, Traces
from domain.own_reminders import Reminders
from domain.people import Account, Duty, Role
from reports.erasure import act_file, extract_file
from reports.own_data import own_data_file
from tests.people import MOSCOW
from texts import Texts

TEXTS = Texts()
AT = datetime(2022, 3, 9, 21, 30, tzinfo=UTC)
EVIL = "<script>alert('1')</script> & \"Ко\" </td></table><img src=x onerror=y>"
OLGA = PersonalData(
    7,
    "Ольга Лебедева",
    "директор",
    AT,
    came_at=AT,
    code_until=AT,
    duties=(
        HeldDuty(Duty(Role.SCHOOL, responsible=True), "Школа № 7", AT),
        HeldDuty(Duty(Role.COORDINATOR), "", AT, AT),
    ),
    accounts=(Account("telegram", 500_000_003),),
    consents=(Answer("2025-01", True, AT), Answer(VERSION, False, AT)),
    leaves=(
        KeptLeave(date(2022, 3, 1), date(2022, 3, 8), "Павел Зимин", ended=True),
        KeptLeave(date(2022, 4, 1), date(2022, 4, 2), "участник № 5", stands_in=True),
    ),
    requests=(KeptRequest(AT, RequestState.CAME_IN, "Школа № 7"),),
    reminders=Reminders(8, frozenset({0, 4}), date(2022, 3, 20)),
    traces=Traces(12, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18),
    calendar_since=AT,
    meetings=(
        KeptMeeting("Семинар", AT, Coming.NO, "Болею"),
        KeptMeeting("Совещание", AT, Coming.OTHER, other="Петрова Анна", came=True),
    ),
)
ERASURE = Erasure(15, 7, AT, {Category.NAME: 1, Category.ACCOUNT: 2, Category.MESSAGES: 12})


class Page(HTMLParser):
    """The words of a page in order, and whether its tags are in order."""

    VOID = frozenset({"meta"})

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(content.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {name for name, _ in attrs} & {"onerror", "src", "href"}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.words.append(data)


def values(page: Page) -> list[str]:
    """Without the heading's twin in the title of the window."""
    return page.words[1:]


def test_everything_that_is_kept_is_in_the_file() -> None:
    assert values(Page(own_data_file(OLGA, TEXTS, MOSCOW, AT))) == [
        *("Что хранится обо мне в проекте «500+»", "Ольга Лебедева. Составлено 10.03.2022 00:30."),
        *("Имя", "Ольга Лебедева", "Должность", "директор", "Номер в проекте", "участник № 7"),
        *("В списке участников с", "10.03.2022 00:30", "Первый вход", "10.03.2022 00:30"),
        *("Аккаунты в мессенджерах", "Telegram, номер 500000003", "Код для входа действует до", "10.03.2022 00:30"),
        *("Ссылка на мой календарь работает с", "10.03.2022 00:30"),
        *("Когда напоминать", "в 8:00, дни: пн, пт, пауза до 20 марта 2022, вс"),
        "За что отвечаю и отвечал(а)",
        "команда школы — Школа № 7, ответственный: с 10.03.2022 00:30",
        "региональный координатор: с 10.03.2022 00:30 до 10.03.2022 00:30",
        "Согласие на обработку данных",
        *("10.03.2022 00:30: согласие, версия текста 2025-01", f"10.03.2022 00:30: отказ, версия текста {VERSION}"),
        "Отпуска",
        "1 марта 2022, вт – 8 марта 2022, вт: за меня Павел Зимин (закончен раньше)",
        "1 апреля 2022, пт – 2 апреля 2022, сб: я за участник № 5",
        *("Заявки на вход", "10.03.2022 00:30: Школа № 7 — закрыта: вход по коду"),
        "Встречи, на которые меня приглашали",
        "10.03.2022 00:30: Семинар — ответ: не смогу (Болею)",
        "10.03.2022 00:30: Совещание — вместо меня: Петрова Анна; отмечен(а) на встрече",
        "Сколько записей меня касается",
        *("Сообщений мне доставлено", "12", "Моих действий в журнале", "3"),
        *("Действий других людей со мной в журнале", "4", "Моих исправлений и закрытий пунктов", "5"),
        *("Пунктов, напоминания о которых я смотрел(а) или отложил(а)", "6"),
        *("Моих отправок, отзывов и решений по подтверждениям", "7"),
        *("Файлов, ссылок и текстов, приложенных мной", "8"),
        *("Проведённых мероприятий, о которых сообщил(а) я", "9"),
        *("Документов школ, которые последним менял(а) я", "10"),
        *("Замечаний и ответов на них, написанных мной", "11"),
        *("Чисел и отметок «Не применимо», внесённых мной", "13"),
        *(
            "Опросов и форм с моими ответами под моим именем (анонимные не считаются: чьи они, не хранится)",
            "14",
        ),
        *("Моих шагов по визитам кураторов: дни, просьбы, отчёты, решения", "15"),
        *("Объявлений, составленных мной", "16"),
        *("Объявлений, с которыми я отметил(а) ознакомление", "17"),
        *("Времён собеседований, которые выбрал(а) или попросил(а) я", "18"),
        "Что с этим можно сделать",
        TEXTS.plain("own_data.file-what-for"),
        TEXTS.plain("own_data.file-what-to-do"),
    ]


def test_who_has_nothing_yet_reads_that() -> None:
    found = values(Page(own_data_file(PersonalData(7, "", "", AT), TEXTS, MOSCOW, AT)))
    assert found[:6] == [
        *("Что хранится обо мне в проекте «500+»", "участник № 7. Составлено 10.03.2022 00:30."),
        *("Имя", "нет", "Должность", "нет"),
    ]
    assert (found.count("Ничего."), found.count("нет")) == (5, 6)
    assert "в общее время, все рабочие дни" in found


def test_nothing_that_was_typed_becomes_a_part_of_the_page() -> None:
    evil = replace(
        OLGA,
        name=EVIL,
        position=EVIL,
        duties=(HeldDuty(Duty(Role.SCHOOL), EVIL, AT),),
        leaves=(KeptLeave(date(2022, 3, 1), date(2022, 3, 8), EVIL),),
        requests=(KeptRequest(AT, RequestState.WAITING, EVIL),),
        meetings=(KeptMeeting(EVIL, AT, Coming.NO, EVIL),),
    )
    page = Page(own_data_file(evil, TEXTS, MOSCOW, AT))
    assert page.tags == Page(own_data_file(OLGA, TEXTS, MOSCOW, AT)).tags
    assert sum(EVIL in one for one in page.words) == 7
    assert Page(act_file(Act(ERASURE, EVIL), TEXTS, MOSCOW)).words.count(EVIL) == 1


def test_the_act_holds_what_the_order_asks_for() -> None:
    found = values(Page(act_file(Act(ERASURE, "Департамент образования"), TEXTS, MOSCOW)))
    assert found == [
        "Акт об уничтожении персональных данных № 15",
        *("Оператор", "Департамент образования"),
        "Лицо, обрабатывающее данные по поручению оператора",
        "Заполните, если обработка поручена другому лицу: ____________________",
        *("Субъект персональных данных", "участник № 7", "Категории уничтоженных персональных данных"),
        *("фамилия, имя, отчество", "номер аккаунта в мессенджере", "тексты сообщений"),
        *("Информационная система персональных данных", "Помощник проекта «500+» «Дорожная карта»"),
        *("Причина уничтожения", "Требование субъекта персональных данных, заявленное им в системе"),
        *("Дата и время уничтожения", "10.03.2022 00:30", "Кто уничтожил"),
        "Информационная система автоматически, по команде субъекта персональных данных",
        *("Способ уничтожения", TEXTS.plain("own_data.act-way")),
        *(TEXTS.plain("own_data.act-left"), TEXTS.plain("own_data.act-free-texts")),
        "Ответственный за обработку данных: __________________ / __________________ /",
        "Хранить 3 года, до 10 марта 2025, пн.",
    ]


def test_the_act_of_whoever_asked_the_coordinator_leaves_room_for_the_day_of_it() -> None:
    asked = Act(replace(ERASURE, by_coordinator=True), "")
    found = values(Page(act_file(asked, TEXTS, MOSCOW)))
    own = values(Page(act_file(Act(ERASURE, ""), TEXTS, MOSCOW)))
    reason = "Требование субъекта персональных данных от «____» ______________ 20____ г."
    by = "Региональный координатор средствами информационной системы, по требованию субъекта персональных данных"
    assert [one for one in found if one not in own] == [reason, by]
    assert len(found) == len(own)
    assert reason in values(Page(extract_file(asked, TEXTS, MOSCOW)))


def test_the_extract_counts_the_rows() -> None:
    found = values(Page(extract_file(Act(ERASURE, ""), TEXTS, MOSCOW)))
    assert [one.replace("\u00a0", " ") for one in found] == [
        "Выгрузка из журнала регистрации событий, запись № 15",
        *("Оператор", "____________________", "Субъект персональных данных", "участник № 7"),
        "Категории уничтоженных персональных данных",
        *("фамилия, имя, отчество: 1 запись", "номер аккаунта в мессенджере: 2 записи", "тексты сообщений: 12 записей"),
        *("Информационная система персональных данных", "Помощник проекта «500+» «Дорожная карта»"),
        *("Причина уничтожения", "Требование субъекта персональных данных, заявленное им в системе"),
        *("Дата и время уничтожения", "10.03.2022 00:30", "Хранить 3 года, до 10 марта 2025, пн."),
    ]


@pytest.mark.parametrize("day", [28, 29])
def test_three_years_are_never_too_short(day: int) -> None:
    leap = replace(ERASURE, at=datetime(2024, 2, day, 9, tzinfo=UTC))
    said = values(Page(extract_file(Act(leap, ""), TEXTS, MOSCOW)))[-1]
    assert said in ("Хранить 3 года, до 28 февраля 2027, вс.", "Хранить 3 года, до 1 марта 2027, пн.")
