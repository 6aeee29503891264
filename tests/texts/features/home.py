"""Values for the home screen: those of «Мои задачи»."""

from tests.texts.features.task import values

__all__ = ["values"]
