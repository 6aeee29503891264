"""What the product asks of a clock."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the current instant, UTC-aware. Injected everywhere; the real one is ``bot.clock.now``."""
