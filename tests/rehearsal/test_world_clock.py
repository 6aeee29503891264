"""The movable clock."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.clock import MovableClock

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def test_a_frozen_clock_moves_by_hand_only() -> None:
    clock = MovableClock(START)
    moves: list[datetime] = []
    clock.on_move.append(moves.append)
    assert clock() == clock() == START
    assert clock.advance(timedelta(days=1)) == clock() == START + timedelta(days=1)
    clock.set(START + timedelta(days=2))
    assert moves == [START + timedelta(days=1), START + timedelta(days=2)]


def test_it_never_goes_back() -> None:
    clock = MovableClock(START)
    with pytest.raises(ValueError, match="does not go back"):
        clock.set(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(timedelta(seconds=-1))


def test_it_starts_at_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="UTC-aware"):
        MovableClock(START.replace(tzinfo=None))


def test_a_running_clock_goes_on_with_real_time() -> None:
    clock = MovableClock(START, running=True)
    time.sleep(0.02)
    assert START + timedelta(seconds=0.015) < clock() < START + timedelta(seconds=5)
    clock.advance(timedelta(days=1))
    clock.freeze()
    assert not clock.running
    stopped = clock()
    clock.run()
    time.sleep(0.01)
    assert clock() > stopped > START + timedelta(days=1)
