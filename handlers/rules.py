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
from handlers.presses import AddSpecialDay, Cancel, DefaultRule, EditRule, ForgetSpecialDay, Go
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

_IN_ROW = 3
_PAGE = 15


async def show_rules(event: Message | CallbackQuery, member: Member, rules: NoticeRules, texts: Texts) -> None:
    """Every number as it is set."""
    await show(event, _sheet_screen(texts, await rules.look(by=member)))


def _sheet_screen(texts: Texts, sheet: RuleSheet) -> Screen:
    names = Rules.names()
    rows = [{"name": name, "now": sheet.rules.text_of(name), "default": sheet.default.text_of(name)} for name in names]
    numbers = [Button(str(place), press("rule", name)) for place, name in enumerate(names, 1)]
    keyboard = [tuple(numbers[start : start + 5]) for start in range(0, len(numbers), 5)]
    days = (Button(texts.plain("rules.button-days"), press("go", "days")),)
    labels = {name: texts.plain(f"rules.label-{name}") for name in names}
    return Screen(texts.html("rules.sheet", rows=rows, labels=labels), (*keyboard, days, back_to_menu(texts)))


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
    await show(call, Screen(text, (back_to_default, (Button(texts.plain("menu.button-cancel"), Cancel().pack()),))))


async def typed_rule(message: Message, member: Member, rules: NoticeRules, texts: Texts, state: FSMContext) -> None:
    """The new value."""
    data = await state.get_data()
    sheet = await rules.change_rule(data["rule"], message.text or "", by=member)
    await state.clear()
    await show(message, _sheet_screen(texts, sheet))


async def default_rule(
    call: CallbackQuery, callback_data: DefaultRule, member: Member, rules: NoticeRules, texts: Texts, state: FSMContext
) -> None:
    """«Как было»."""
    sheet = await rules.change_rule(callback_data.name, None, by=member)
    await state.clear()
    await show(call, _sheet_screen(texts, sheet))


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


async def ask_special_day(call: CallbackQuery, callback_data: AddSpecialDay, texts: Texts, state: FSMContext) -> None:
    """Which day."""
    await state.set_state(Awaiting.special_day)
    await state.set_data({"working": callback_data.working})
    cancel: Keyboard = ((Button(texts.plain("menu.button-cancel"), Cancel().pack()),),)
    await show(call, Screen(texts.html("rules.ask-day", working=callback_data.working), cancel))


async def typed_special_day(
    message: Message, member: Member, rules: NoticeRules, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The day, typed."""
    data = await state.get_data()
    year = clock().year
    sheet = await rules.add_special_day(message.text or "", working=bool(data["working"]), year=year, by=member)
    await state.clear()
    await show(message, _days_screen(texts, sheet))


async def forget_special_day(
    call: CallbackQuery, callback_data: ForgetSpecialDay, member: Member, rules: NoticeRules, texts: Texts
) -> None:
    """The official calendar holds again."""
    day = datetime.strptime(callback_data.day, "%Y%m%d").date()  # noqa: DTZ007  a date of the calendar has no zone
    await show(call, _days_screen(texts, await rules.forget_special_day(day, by=member)))


def setup() -> Router:
    """Private screens of the settings."""
    router = Router(name="rules")
    router.message.register(show_rules, Command("rules"))
    router.callback_query.register(show_rules, Go.filter(F.section == "rules"))
    router.callback_query.register(show_days, Go.filter(F.section == "days"))
    router.callback_query.register(ask_rule, EditRule.filter(F.name.in_(set(Rules.names()))))
    router.callback_query.register(default_rule, DefaultRule.filter(F.name.in_(set(Rules.names()))))
    router.callback_query.register(ask_special_day, AddSpecialDay.filter())
    router.callback_query.register(forget_special_day, ForgetSpecialDay.filter())
    return router
