"""Who has come in and who has not: schools without anybody, people without an account, a consent, a working chat."""
