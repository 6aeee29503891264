"""Door out: the database. One module per feature; rows never leave the room."""
