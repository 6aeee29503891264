"""What was pressed: typed callback data, a module for each feature. The prefixes are those that ``press`` of
``domain.button`` is called with."""
