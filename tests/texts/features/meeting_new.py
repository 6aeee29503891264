"""Values for this part of meetings: those of all of them."""

from tests.texts.features.meeting import values

__all__ = ["values"]
