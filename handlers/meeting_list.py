"""«По списку»: whoever leads a meeting marks who came, school by school."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.meeting_door import DoorView, MeetingDoor, of_school
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting import NamedGuest
from domain.people import Member
from handlers.meeting_door import back_to_door
from handlers.paging import Row, on_page, paged
from handlers.picking import label
from handlers.presses.meeting_door import AttendanceList, AttendanceOfSchool, MarkPerson, MarkSchool
from handlers.show import Screen, show
from texts import Texts

_NAME = 26
"""Characters of a school on its button: another button stands beside it."""
_PEOPLE = 5


def list_screen(texts: Texts, view: DoorView, page: int) -> Screen:
    """The schools of the invited in the order of names, then whoever is of none; each can be marked whole."""
    one, schools = view.card.one.id, _schools(view)
    if not schools:
        return Screen(texts.html("meeting_door.list-empty"), (back_to_door(texts, one),))
    _, number, pages = on_page(schools, page)
    rows = [_school_row(texts, view, school, number - 1) for school in schools]
    total = sum(each.guest.person_id is not None for each in view.card.guests)
    text = texts.html(
        "meeting_door.list",
        card=view.card,
        one=view.card.one,
        page=number,
        pages=pages,
        total=total,
        may_mark=view.may_mark,
    )
    turned = paged(texts, rows, number - 1, lambda other: press("mtdlist", one, other))
    return Screen(text, (*turned, back_to_door(texts, one)))


def _schools(view: DoorView) -> list[int]:
    """Ids, 0 for those who are of none."""
    theirs = {school for each in view.card.guests for school in each.school_ids}
    known = [one.id for one in view.card.registry.schools if one.id in theirs]
    return [*known, *([0] if of_school(view.card.guests, 0) else [])]


def _school_row(texts: Texts, view: DoorView, school: int, page: int) -> Row:
    one, people = view.card.one.id, of_school(view.card.guests, school)
    came = sum(each.guest.came_at is not None for each in people)
    name = label(_name(texts, view, school), _NAME)
    caption = texts.plain("meeting_door.button-school", came=came, of=len(people), name=name)
    shown = Button(caption, press("mtdsch", one, school, 0))
    if not view.may_mark:
        return (shown,)
    all_came = came == len(people)
    whole = texts.plain("meeting_door.button-none" if all_came else "meeting_door.button-all")
    return shown, Button(whole, press("mtdall", one, school, int(not all_came), page))


def _name(texts: Texts, view: DoorView, school: int) -> str:
    known = view.card.registry.school(school)
    return known.name if known else texts.plain("meeting_door.no-school")


def school_screen(texts: Texts, view: DoorView, school: int, page: int) -> Screen:
    """The people of a school, each a button that sets or takes the mark."""
    one, people = view.card.one.id, of_school(view.card.guests, school)
    shown, number, pages = on_page(people, page, _PEOPLE)
    rows = _people(texts, view, people, school, number - 1) if view.may_mark else [()] * len(people)
    turned = paged(texts, rows, number - 1, lambda other: press("mtdsch", one, school, other), _PEOPLE)
    name = _name(texts, view, school)
    text = texts.html("meeting_door.school", name=name, shown=shown, page=number, pages=pages, may_mark=view.may_mark)
    back = (Button(texts.plain("meeting_door.button-schools"), press("mtdlist", one, 0)),)
    return Screen(text, (*(row for row in turned if row), back))


def _people(texts: Texts, view: DoorView, people: Sequence[NamedGuest], school: int, page: int) -> list[Row]:
    rows: list[Row] = []
    for each in people:
        came = each.guest.came_at is not None
        caption = texts.plain("meeting_door.button-person", came=came, name=label(each.name))
        data = press("mtdman", view.card.one.id, school, each.guest.person_id or 0, int(not came), page)
        rows.append((Button(caption, data),))
    return rows


async def show_list(
    call: CallbackQuery,
    callback_data: AttendanceList,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """«По списку»."""
    view = await meeting_door.look(callback_data.id, by=member, now=clock())
    await show(call, list_screen(texts, view, callback_data.page))


async def show_school(
    call: CallbackQuery,
    callback_data: AttendanceOfSchool,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """One school."""
    view = await meeting_door.look(callback_data.id, by=member, now=clock())
    await show(call, school_screen(texts, view, callback_data.school, callback_data.page))


async def mark_person(
    call: CallbackQuery,
    callback_data: MarkPerson,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """✓ or –."""
    one, came = callback_data, callback_data.came
    view = await meeting_door.mark(one.id, [one.person], came=came, by=member, now=clock())
    toast = texts.plain("meeting_door.marked-toast", came=came, count=1)
    await show(call, school_screen(texts, view, one.school, one.page), toast=toast)


async def mark_school(
    call: CallbackQuery,
    callback_data: MarkSchool,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Все ✓», «Снять ✓»."""
    one, came = callback_data, callback_data.came
    view = await meeting_door.mark_school(one.id, one.school, came=came, by=member, now=clock())
    count = len(of_school(view.card.guests, one.school))
    toast = texts.plain("meeting_door.marked-toast", came=came, count=count)
    await show(call, list_screen(texts, view, one.page), toast=toast)


def setup(router: Router) -> None:
    """Private screens of whoever leads."""
    router.callback_query.register(show_list, AttendanceList.filter())
    router.callback_query.register(show_school, AttendanceOfSchool.filter())
    router.callback_query.register(mark_person, MarkPerson.filter())
    router.callback_query.register(mark_school, MarkSchool.filter())
