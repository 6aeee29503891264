"""An office for the tests of what the bot does by itself."""

import pytest

from actions.outbox import Outbox
from bot.core import Core
from tests.actions.office import Office
from tests.people import RecordingChannel, SettableClock


@pytest.fixture
def office(core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock) -> Office:
    return Office(core, outbox, channel, clock)
