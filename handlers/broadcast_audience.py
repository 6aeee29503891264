"""«Кому»: everybody, roles and groups; the exact count on every screen."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.broadcast_keeping import BroadcastKeeping
from actions.broadcast_look import BroadcastCard
from domain.broadcast_circle import by_audience, with_group
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member, Role
from domain.survey import Audience
from domain.survey_change import ASKABLE, with_everybody, with_role
from handlers.broadcast_screen import back_from, facts
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.presses.broadcast import (
    BroadcastAudience,
    TellEverybody,
    TellGroup,
    TellGroups,
    TellRole,
)
from handlers.show import Screen, show
from handlers.survey_audience import ticked
from texts import Texts


def audience_screen(texts: Texts, card: BroadcastCard) -> Screen:
    """Whom it goes to, and where that is chosen."""
    one, circle = card.one.id, card.one.circle
    audience = Audience(roles=frozenset()) if circle.is_by_state else circle.audience
    everybody = texts.plain("survey_audience.button-everybody")
    roles = [
        ticked(
            texts,
            texts.plain(f"survey_audience.role-{role}"),
            press("bcrole", one, role, int(role not in audience.roles)),
            role in audience.roles,
        )
        for role in ASKABLE
        if card.may_group or role is not Role.ORGANISER
    ]

    def button(name: str, data: str, *, on: bool = False) -> Button:
        return ticked(texts, texts.plain(f"broadcast_audience.button-{name}"), data, on)

    last = [button("names", press("bcnames", one, 0, 0))]
    if card.may_group:
        last.insert(0, button("groups", press("bcgroups", one, 0), on=bool(circle.groups)))
    return asking_screen(
        texts,
        card,
        "screen",
        (
            (ticked(texts, everybody, press("bcall", one), audience.is_everybody),),
            tuple(roles[:2]),
            tuple(roles[2:]),
            (button("places", press("bcplaces", one, 0)), button("people", press("bcpeople", one, 0))),
            (button("undone", press("bcitems", one, 0), on=circle.item_id is not None),),
            (button("unanswered", press("bcsurveys", one, 0), on=circle.survey_id is not None),),
            tuple(last),
            back_from(texts, card.one),
        ),
    )


def asking_screen(texts: Texts, card: BroadcastCard, which: str, rows: Keyboard, **more: object) -> Screen:
    return Screen(texts.html(f"broadcast_audience.{which}", **facts(card), **more), rows)


def to_audience(texts: Texts, broadcast_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("broadcast_audience.button-back"), press("bcaud", broadcast_id)),)


async def show_audience(
    call: CallbackQuery,
    callback_data: BroadcastAudience,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Кому»."""
    card = await broadcast_keeping.draft(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, audience_screen(texts, card))


async def tell_everybody(
    call: CallbackQuery,
    callback_data: TellEverybody,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Все участники»."""
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, card: by_audience(circle, with_everybody(circle.audience, card.registry)),
        by=member,
        now=clock(),
    )
    await show(call, audience_screen(texts, card))


async def tell_role(
    call: CallbackQuery,
    callback_data: TellRole,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A role."""
    role, on = callback_data.role, callback_data.on
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, _: by_audience(circle, with_role(circle.audience, role, on=on)),
        by=member,
        now=clock(),
    )
    await show(call, audience_screen(texts, card))


# --- Groups


def groups_screen(texts: Texts, card: BroadcastCard, page: int) -> Screen:
    """The bound groups; a topic of a group is a group of its own here, as it is bound."""
    one, chosen = card.one.id, card.one.circle.groups
    rows = [
        (
            ticked(
                texts,
                label(each.title),
                press("bcgroup", one, each.id, int(each.id not in chosen), page),
                each.id in chosen,
            ),
        )
        for each in card.groups
    ]
    turned = paged(texts, rows, page, lambda other: press("bcgroups", one, other))
    _, number, pages = on_page(rows, page)
    return asking_screen(
        texts, card, "groups", (*turned, to_audience(texts, one)), total=len(rows), page=number, pages=pages
    )


async def show_groups(
    call: CallbackQuery,
    callback_data: TellGroups,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Группы»."""
    card = await broadcast_keeping.groups(callback_data.id, by=member, now=clock())
    await show(call, groups_screen(texts, card, callback_data.page))


async def tell_group(
    call: CallbackQuery,
    callback_data: TellGroup,
    member: Member,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
) -> None:
    """A group."""
    group, on = callback_data.group, callback_data.on
    card = await broadcast_keeping.ask(
        callback_data.id,
        lambda circle, card: with_group(circle, group, {each.id for each in card.groups}, on=on),
        by=member,
        now=clock(),
    )
    await show(call, groups_screen(texts, card, callback_data.page))


def setup(router: Router) -> None:
    """Private screens of whoever announces."""
    router.callback_query.register(show_audience, BroadcastAudience.filter())
    router.callback_query.register(tell_everybody, TellEverybody.filter())
    router.callback_query.register(tell_role, TellRole.filter())
    router.callback_query.register(show_groups, TellGroups.filter())
    router.callback_query.register(tell_group, TellGroup.filter())
