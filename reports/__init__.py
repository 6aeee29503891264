"""Door out: files and listings made from plain data given to them; they read no database."""
