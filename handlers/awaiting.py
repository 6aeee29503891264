"""What the person is expected to type next."""

from aiogram.fsm.state import State, StatesGroup


class Awaiting(StatesGroup):
    """The data beside each state holds the ids it is about."""

    field = State()
    reason = State()
    note = State()
    rule = State()
    special_day = State()
    join_school = State()
    join_name = State()
    join_position = State()
    join_ready = State()
    join_refusal = State()
