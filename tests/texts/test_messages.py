"""Every shipped template, rendered with ordinary values and with the worst ones."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from actions.digest import LongLate
from actions.notices import Later
from bot.settings import Settings
from domain.agenda import Line, Status
from domain.board import Stand
from domain.broadcast_delivery import Why
from domain.deadline import DeadlineReason
from domain.document import DocumentKind, DocumentState
from domain.indicator import Indicator, IndicatorState
from domain.indicator_count import Count, Measure
from domain.item_field import CORRECTABLE, ItemField
from domain.notice import Notice, Occasion
from domain.notice_rules import Rules
from domain.remark import RemarkKind
from domain.remark import Turn as RemarkTurn
from domain.roadmap import FlagState, ThresholdKind
from domain.school_result import LineState
from tests.domain.build import YEAR, an_item, kept_item
from tests.texts.values import Mood, calm, hostile
from texts import Texts
from texts.check import ROOMS, ROOT
from texts.renderer import LIMIT

TEXTS = Texts()
IDS = sorted(TEXTS.ids())
ALLOWED = {"b", "i", "u", "s", "code", "a"}
TERMINAL = ("check.", "cli.", "database.", "rehearsal.", "roadmap_file.", "settings.")
PAGE = "page."
VARIABLES = re.compile("{{ (?:имя|школа|…) }}")
"""What people write into announcements: it is explained to them so."""
ON_BUTTONS = re.compile(
    r"[a-z]+\.(button|later|command)-.+|correction\.(field-.+|executor)|roadmap\.(status-.+|month-name)"
)
BUTTONS = {text_id for text_id in IDS if ON_BUTTONS.fullmatch(text_id)}


def refusals() -> set[str]:
    """Any refusal may answer a press of a button, and then it is a toast."""
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in Path(ROOT / room).rglob("*.py")]
    return {found for source in sources for found in re.findall(r'Refusal\(\s*"([a-z_]+\.[a-z_-]+)"', source)}


TOASTS = {
    *refusals(),
    *("menu.dead-button", "menu.cancelled", "menu.not-saved", "menu.failed"),
    *("notice.card-sent", "notice.card-not-sent", "notice.brief"),
    *(text_id for text_id in IDS if text_id.endswith("-toast")),
}
PLAIN = BUTTONS | TOASTS
"""What is never HTML: the worst values are tried without it as well."""


@cache
def mood(name: str) -> Mood:
    return calm() if name == "calm" else hostile()


@dataclass(frozen=True, slots=True)
class Said:
    """All that a template says: as a message, as plain text, and as plain text with ordinary values."""

    html: set[str]
    plain: set[str]
    calm: set[str]


@cache
def said(text_id: str) -> Said:
    """Each value is made once and rendered once for all that is asked of the text here."""
    found = Said(set(), set(), set())
    for name in ("calm", "hostile"):
        for values in mood(name).of(text_id):
            found.html.add(TEXTS.html(text_id, **values))
            if name == "calm":
                found.calm.add(TEXTS.plain(text_id, **values))
            elif text_id in PLAIN:
                found.plain.add(TEXTS.plain(text_id, **values))
    return replace(found, plain=found.plain | found.calm)


class Tags(HTMLParser):
    """What is wrong with the tags of a message."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or (attrs and tag != "a"):
            self.faults.append(f"<{tag}> with {attrs}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data


def faults(html: str) -> list[str]:
    """What a reader of a message would stumble over."""
    tags = Tags()
    tags.feed(html)
    tags.close()
    found = [*tags.faults, *(f"<{tag}> is not closed" for tag in tags.open)]
    said = VARIABLES.sub("", tags.text)
    found += [f"{mark!r} in the text" for mark in ("{{", "}}", "{%", "%}", "&lt;", "&amp;") if mark in said]
    return found + untidy(html)


def untidy(text: str) -> list[str]:
    signs = {"two spaces": "  ", "blank lines": "\n\n\n", "space at the end of a line": " \n", "space first": "\n "}
    return [name for name, sign in signs.items() if sign in text]


@pytest.mark.parametrize("text_id", IDS)
def test_every_message_is_short_enough_and_well_formed(text_id: str) -> None:
    assert said(text_id).html
    for html in said(text_id).html:
        if not text_id.startswith(TERMINAL):
            assert len(html) <= LIMIT
            assert faults(html) == []
        else:
            assert untidy(html) == []


@pytest.mark.parametrize("text_id", [one for one in IDS if one.startswith(TERMINAL)])
def test_a_line_in_the_terminal_is_tidy(text_id: str) -> None:
    for line in said(text_id).calm:
        assert untidy(line) == []
        assert re.findall(r"[{}]|&\w+;", line) == []


@pytest.mark.parametrize("text_id", sorted(BUTTONS))
def test_a_button_is_one_line_of_60_characters_at_most(text_id: str) -> None:
    for label in said(text_id).plain:
        assert 1 <= len(label) <= 60
        assert label.splitlines() == [label]


@pytest.mark.parametrize("text_id", sorted(TOASTS))
def test_a_toast_is_200_characters_at_most(text_id: str) -> None:
    for toast in said(text_id).plain:
        assert 1 <= len(toast) <= 200


def test_there_are_refusals_to_look_at() -> None:
    assert {"access.refused", "roadmap.too-early", "people.old-code", "group.gone"} <= refusals()


@pytest.mark.parametrize("text_id", [one for one in IDS if not one.startswith((*TERMINAL, PAGE))])
def test_the_voice_is_calm(text_id: str) -> None:
    for line in said(text_id).calm:
        assert re.findall(r"!|\b(?:вы|вас|вам|вами|ваш[а-я]*)\b", line) == []
        assert re.findall(r"\b(?:еще|идет|ждет|начнется|придет)\b", line) == []


def test_every_value_of_a_closed_list_has_its_text() -> None:
    needed = [
        *(f"notice.occasion-{one}" for one in Occasion),
        *(f"cli.occasion-{one}" for one in Occasion),
        *(f"notice.later-{one}" for one in Later),
        *(f"roadmap.status-{one}" for one in Status),
        *(f"item.goal-{one}" for one in ThresholdKind),
        *(f"indicator.number-{one}" for one in Measure),
        *(f"indicator.stand-{one}" for one in Stand),
        *(f"indicator.line-{one}" for one in LineState),
        *(f"item.flag-{one}" for one in FlagState),
        *(f"cli.flag-{one}" for one in FlagState),
        *(f"correction.ask-{one}" for one in CORRECTABLE),
        *(f"item.field-{one}" for one in (*ItemField, "state")),
        *(f"document.kind-{one}" for one in DocumentKind),
        *(f"document.{what}-{one}" for what in ("state", "total") for one in DocumentState),
        *(f"document.marked-{one}-toast" for one in ("draft", "placed", "remarks")),
        *(f"remark.kind-{one}" for one in RemarkKind),
        *(f"remark.turn-{kind}-{one}" for kind in RemarkKind for one in RemarkTurn),
        *(f"broadcast_report.why-{one}" for one in Why),
        *(f"rules.label-{one}" for one in Rules.names()),
        *(one.value for one in DeadlineReason),
        *(f"settings.{one.replace('_', '-')}" for one in Settings.model_fields),
    ]
    assert [one for one in needed if not TEXTS.has(one)] == []


# --- What people see, whole ------------------------------------------------------------------------------------------


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


def line(item_deadline: str, occasion: Occasion, *, number: int, title: str, **item: Any) -> Line:
    kept = kept_item(an_item(item_deadline, number=number, short_title=title, **item))
    return Line(kept, Notice(date(2022, 3, 7), occasion, 0), YEAR)


def notice(today: date, *lines: Line, **values: Any) -> str:
    shape: dict[str, Any] = {
        "more": 0,
        "several": False,
        "weekly": None,
        "numbers": {},
        "late": {},
        "escalated": [],
        "schools": None,
        "surveys": [],
        "visits": [],
        "agreed": [],
        "meetings": [],
        "tally": None,
    }
    shape |= values
    return plainly(TEXTS.html("notice.message", today=today, lines=lines, **shape))


def test_the_example_of_the_voice() -> None:
    survey = line("10.03-24.03.2022", Occasion.STARTS_SOON, number=16, title="Первый опрос участников")
    documents = line(
        "до 20.03.2022", Occasion.AHEAD, number=20, title="Концептуальные документы и антирисковые программы"
    )
    schools = Count(5, 8, 8, measure=Measure.SCHOOLS)
    numbers = dict.fromkeys((116, 120), Indicator(schools, IndicatorState.RUNNING))
    assert notice(date(2022, 3, 7), survey, documents, numbers=numbers) == (
        "📅 <b>Сегодня, 7 марта, пн</b>\n"
        "⏳ п. 16 Первый опрос участников — начнётся 10 марта, чт\n"
        "⏳ п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс (осталось 13 дней)\n"
        "   выполнено: 5 из 8 школ"
    )


@pytest.mark.parametrize(
    ("deadline", "occasion", "today", "told"),
    [
        ("17.03.2022", Occasion.AHEAD, date(2022, 3, 16), "17 марта, чт (остался 1 день)"),
        ("17.03.2022", Occasion.TODAY, date(2022, 3, 17), "сегодня"),
        ("13.03.2022", Occasion.TODAY, date(2022, 3, 11), "13 марта, вс (осталось 2 дня)"),
        ("10.03-24.03.2022", Occasion.STARTED, date(2022, 3, 10), "началось: 10–24 марта"),
        ("10.03-24.03.2022", Occasion.ENDS_SOON, date(2022, 3, 21), "до 24 марта, чт (осталось 3 дня)"),
        ("до 20.03.2022", Occasion.LAST_DAY, date(2022, 3, 18), "до 20 марта, вс (осталось 2 дня)"),
        ("до 24.03.2022", Occasion.LAST_DAY, date(2022, 3, 24), "до 24 марта, чт (сегодня последний день)"),
        ("после 29.04", Occasion.POSSIBLE, date(2022, 5, 4), "после 29 апреля: назначьте дату"),
        ("01.03. – 20.10.2022", Occasion.REPEATED, date(2022, 3, 25), "1 марта – 20 октября"),
        ("до 24.03.2022", Occasion.OVERDUE, date(2022, 4, 1), "срок был 24 марта, чт (просрочено на 8 дней)"),
    ],
)
def test_the_true_date_is_said_even_where_the_notice_was_moved(
    deadline: str, occasion: Occasion, today: date, told: str
) -> None:
    mark = "⚠️" if occasion is Occasion.OVERDUE else "⏳"
    found = notice(today, line(deadline, occasion, number=16, title="Опрос"))
    assert found.split("\n")[1:] == [f"{mark} п. 16 Опрос — {told}"]


def test_a_monthly_reminder_says_what_is_asked_for_and_until_when() -> None:
    threshold = calm().items[22].item.threshold
    found = line("20.01 – 20.10.2022", Occasion.REPEATED, number=23, title="Сопровождение", threshold=threshold)
    assert notice(date(2022, 3, 25), found).split("\n")[1:] == [
        "⏳ п. 23 Сопровождение — не реже 1 раза в месяц, 20 января – 20 октября"
    ]


def test_what_does_not_fit_is_counted_and_several_roadmaps_are_told_apart() -> None:
    lines = [line("17.03.2022", Occasion.TODAY, number=place, title="Опрос") for place in range(1, 13)]
    found = notice(date(2022, 3, 17), *lines, more=22, several=True).split("\n")
    assert (len(found), found[1], found[-1]) == (14, "⏳ п. 1 (2022) Опрос — сегодня", "и ещё 22: нажмите «Мои задачи»")


def test_the_digest_leaves_room_and_counts_the_rest() -> None:
    lines = [line("17.03.2022", Occasion.TODAY, number=place, title="Опрос") for place in range(1, 13)]
    weekly = {"overdue": [], "threatened": [], "done": [], "week": [], "waiting": [], "unclear": 0}
    found = notice(date(2022, 3, 17), *lines, weekly=weekly).split("\n")
    assert found[10:] == ["и ещё 3: нажмите «Мои задачи»", "", "<b>Неделя</b>", "Новых сроков нет."]


def test_the_digest() -> None:
    late = kept_item(an_item("до 07.02.2022", number=11, short_title="Назначение кураторов"))
    weekly = {
        "overdue": [
            LongLate(late, 21, ("Кира Лебедева", "Дарья Сомова"), escalated=True),
            LongLate(late, 2, ("Кира Лебедева",), escalated=False),
        ],
        "threatened": [kept_item(an_item("10.03-24.03.2022", number=16, short_title="Опрос"))],
        "done": [kept_item(an_item(number=number)) for number in (10, 12)],
        "week": (kept_item(an_item("до 20.03.2022", number=20, short_title="Документы")),),
        "waiting": (kept_item(an_item("после 01.03.2022", number=21, short_title="Совещание")),),
        "unclear": 8,
    }
    late_ones = Indicator(Count(2, 5, 5, measure=Measure.CURATORS), IndicatorState.FAILED)
    survey = Indicator(
        Count(200, 240, 216, measure=Measure.PARTICIPANTS),
        IndicatorState.THREATENED,
        date(2022, 3, 10),
        date(2022, 3, 24),
        8,
        date(2022, 3, 26),
        90,
    )
    assert notice(date(2022, 3, 14), weekly=weekly, numbers={111: late_ones, 116: survey}) == (
        "📅 <b>Сегодня, 14 марта, пн</b>\n"
        "\n"
        "<b>Неделя</b>\n"
        "⏳ п. 20 Документы — до 20 марта, вс\n"
        "\n"
        "<b>Под угрозой</b>\n"
        "⚠️ п. 16 Опрос — ответили: 83 % из 90 %, не хватает 16 ответов, осталось 8 рабочих дней; "
        "при нынешнем темпе 90 % будет 26 марта, сб — после срока\n"
        "\n"
        "<b>Просрочено</b>\n"
        "⚠️ п. 11 Назначение кураторов — 21 рабочий день; выполнено: 2 из 5 кураторов, пора вмешаться; "
        "не сделали: Кира Лебедева, Дарья Сомова\n"
        "⚠️ п. 11 Назначение кураторов — 2 рабочих дня; выполнено: 2 из 5 кураторов\n"
        "\n"
        "<b>Назначьте дату</b>\n"
        "📅 п. 21 Совещание — после 1 марта\n"
        "\n"
        "✅ Можно закрыть: п. 10, 12\n"
        "\n"
        "Требуют уточнения: 8 пунктов"
    )


def test_the_card_of_an_item() -> None:
    survey = calm().items[15]
    values = next(values for values in mood("calm").of("item.card") if values["item"] == survey.item)
    assert plainly(TEXTS.html("item.card", **values)) == (
        "⏳ <b>п. 16</b> Организация первого опроса участников проекта\n"
        "\n"
        "<b>Срок:</b> 10–24 марта (осталось 7 дней)\n"
        "<b>В приказе:</b> 10.03-24.03.2022\n"
        "<b>Исполнители:</b> Региональный координатор\n"
        "<b>Показатель:</b> Не менее 90 % участников проекта приняли участие в опросе\n"
        "<b>Цель:</b> не менее 90 % (участники)\n"
        "<b>Сейчас:</b> ⏳ ответили: 83 % из 90 %, не хватает 16 ответов, осталось 5 рабочих дней; "
        "при нынешнем темпе 90 % будет 18 марта, пт\n"
        "<b>Где освещается:</b> Сайт Департамента, Электронная почта регионального координатора, 500+\n"
        "<b>Состояние:</b> Идёт"
    )


def test_a_chosen_day_is_what_an_overdue_item_shows() -> None:
    chosen = kept_item(an_item("после 29.04", number=21, short_title="Совещание", held_on=date(2022, 5, 18)))
    values = next(values for values in mood("calm").of("agenda.now"))
    shape = {"agenda": replace(values["agenda"], overdue=(chosen,)), "today": date(2022, 5, 20), "shown": 10}
    assert TEXTS.html("agenda.now", **shape) == (
        "📅 <b>Сегодня, 20 мая, пт</b>\n\n<b>Просрочено</b>\n⚠️ п. 21 Совещание — 18 мая, ср"
    )


def test_the_history_names_executors_and_no_ids() -> None:
    told = [TEXTS.html("item.change", **values) for values in mood("calm").of("item.change")]
    assert told[3].startswith("Исполнители: Региональный координатор, ")
