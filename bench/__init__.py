"""Speed and memory, side by side with bare aiogram: ``make bench``."""
