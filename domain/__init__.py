"""Pure rules and types of the field: no framework, database, clock, file or network."""
