"""The rehearsal in a browser: one page, its actions and the news it hears."""
