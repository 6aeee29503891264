"""The consent to the processing of personal data (152-ФЗ, article 9): which version is asked for."""

VERSION = "2026-11"
"""Of the text ``consent.text``. Another text needs another version here: everybody is then asked anew."""
