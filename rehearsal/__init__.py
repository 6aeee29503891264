"""The same product against a local stand-in of the messenger's server: a world one can move."""
