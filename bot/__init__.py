"""The application: settings, assembling, running. The only room that knows every other."""
