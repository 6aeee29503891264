"""A module for each feature whose texts need values of their own, by the feature's name: ``values(name, mood)`` gives
every variant that the text ``feature.name`` is tried with, beside the common ones of ``tests/texts/values.py``."""
