"""Values for this part of announcements: those of all of them."""

from tests.texts.features.broadcast import values

__all__ = ["values"]
