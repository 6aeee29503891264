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
    own_name = State()
    leave_since = State()
    leave_until = State()
    pause_until = State()
    audit_who = State()
    find_person = State()
    person_name = State()
    person_position = State()
    new_person = State()
    new_alike = State()
    new_position = State()
    new_duty = State()
    school_home = State()
    school_name = State()
    school_alike = State()
    school_new_name = State()
    heir = State()
    heir_named = State()
    heir_position = State()
    heir_ready = State()
    registry_file = State()
