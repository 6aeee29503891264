"""«Уведомления»: the numbers of the notices and the region's special days."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.rules import NoticeRules, RuleSheet
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.notice_rules import Rules
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.paging import turning
from handlers.presses.menu import Go
from handlers.presses.rules import AddSpecialDay, DefaultRule, EditRule, ForgetSpecialDay, RulesPage
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts

_IN_ROW = 3
_PAGE = 15
_RULES = 10


async def show_rules(
    event: Message | CallbackQuery, member: Member, rules: NoticeRules, texts: Texts, state: FSMContext
) -> None:
    """Every number as it is set."""
    await state.clear()
    await show(event, _sheet_screen(texts, await rules.look(by=member), page=0))


async def turn_rules(
    call: CallbackQuery, callback_data: RulesPage, member: Member, rules: NoticeRules, texts: Texts
) -> None:
    """The other half of the numbers."""
    await show(call, _sheet_screen(texts, await rules.look(by=member), page=callback_data.page))


def _sheet_screen(texts: Texts, sheet: RuleSheet, *, page: int) -> Screen:
    every = Rules.names()
    page = min(max(page, 0), (len(every) - 1) // _RULES)
    names = every[page * _RULES : (page + 1) * _RULES]
    rows = [
        {
            "number": page * _RULES + place,
            "label": texts.plain(f"rules.label-{name}"),
            "now": sheet.rules.text_of(name),
            "default": sheet.default.text_of(name),
        }
        for place, name in enumerate(names, 1)
    ]
    numbers = [Button(str(row["number"]), press("rule", name)) for row, name in zip(rows, names, strict=True)]
    keyboard = [tuple(numbers[start : start + _IN_ROW]) for start in range(0, len(numbers), _IN_ROW)]
    turns = turning(texts, len(every), page, lambda other: press("rules", other), _RULES)
    days = Button(texts.plain("rules.button-days"), press("go", "days"))
    return Screen(texts.html("rules.sheet", rows=rows), (*keyboard, turns, (days, *back_to_menu(texts))))


def _page_of(name: str) -> int:
    return Rules.names().index(name) // _RULES


async def ask_rule(
    call: CallbackQuery, callback_data: EditRule, member: Member, rules: NoticeRules, texts: Texts, state: FSMContext
) -> None:
    """What the number should be."""
    sheet = await rules.look(by=member)
    name = callback_data.name
    await state.set_state(Awaiting.rule)
    await state.set_data({"rule": name})
    label = texts.plain(f"rules.label-{name}")
    text = texts.html("rules.ask", label=label, now=sheet.rules.text_of(name), default=sheet.default.text_of(name))
    back_to_default = (Button(texts.plain("rules.button-default"), press("unrule", name)),)
    await show(call, Screen(text, (back_to_default, never_mind(texts))))


async def typed_rule(
    message: Message, member: Member, rules: NoticeRules, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The new value."""
    data = await state.get_data()
    sheet = await rules.change_rule(data["rule"], message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, _sheet_screen(texts, sheet, page=_page_of(data["rule"])))


async def default_rule(
    call: CallbackQuery,
    callback_data: DefaultRule,
    member: Member,
    rules: NoticeRules,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Как было»."""
    sheet = await rules.change_rule(callback_data.name, None, by=member, now=clock())
    await state.clear()
    await show(call, _sheet_screen(texts, sheet, page=_page_of(callback_data.name)))


async def show_days(call: CallbackQuery, member: Member, rules: NoticeRules, texts: Texts, state: FSMContext) -> None:
    """The special days."""
    await state.clear()
    await show(call, _days_screen(texts, await rules.look(by=member)))


def _days_screen(texts: Texts, sheet: RuleSheet) -> Screen:
    days = sheet.special_days[-_PAGE:]
    forget = [
        Button(texts.plain("rules.button-forget", day=one.day), press("noday", f"{one.day:%Y%m%d}")) for one in days
    ]
    rows = [tuple(forget[start : start + _IN_ROW]) for start in range(0, len(forget), _IN_ROW)]
    add = (
        Button(texts.plain("rules.button-add-off"), press("day", 0)),
        Button(texts.plain("rules.button-add-working"), press("day", 1)),
    )
    back = (Button(texts.plain("rules.button-back"), press("go", "rules")),)
    return Screen(texts.html("rules.days", days=days), (add, *rows, back))


async def ask_special_day(
    call: CallbackQuery,
    callback_data: AddSpecialDay,
    member: Member,
    rules: NoticeRules,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Which day."""
    await rules.look(by=member)
    await state.set_state(Awaiting.special_day)
    await state.set_data({"working": callback_data.working})
    cancel: Keyboard = (never_mind(texts),)
    await show(call, Screen(texts.html("rules.ask-day", working=callback_data.working), cancel))


async def typed_special_day(
    message: Message, member: Member, rules: NoticeRules, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The day, typed."""
    data = await state.get_data()
    sheet = await rules.add_special_day(message.text or "", working=bool(data["working"]), by=member, now=clock())
    await state.clear()
    await show(message, _days_screen(texts, sheet))


async def forget_special_day(
    call: CallbackQuery,
    callback_data: ForgetSpecialDay,
    member: Member,
    rules: NoticeRules,
    clock: Clock,
    texts: Texts,
) -> None:
    """The official calendar holds again."""
    day = datetime.strptime(callback_data.day, "%Y%m%d").date()  # noqa: DTZ007  a date of the calendar has no zone
    await show(call, _days_screen(texts, await rules.forget_special_day(day, by=member, now=clock())))


def setup(router: Router) -> None:
    """Private screens of the settings."""
    router.message.register(show_rules, Command("rules"))
    router.callback_query.register(show_rules, Go.filter(F.section == "rules"))
    router.callback_query.register(show_days, Go.filter(F.section == "days"))
    router.callback_query.register(turn_rules, RulesPage.filter())
    router.callback_query.register(ask_rule, EditRule.filter(F.name.in_(set(Rules.names()))))
    router.callback_query.register(default_rule, DefaultRule.filter(F.name.in_(set(Rules.names()))))
    router.callback_query.register(ask_special_day, AddSpecialDay.filter())
    router.callback_query.register(forget_special_day, ForgetSpecialDay.filter())
    router.message.register(typed_rule, Awaiting.rule, is_answer)
    router.message.register(typed_special_day, Awaiting.special_day, is_answer)
