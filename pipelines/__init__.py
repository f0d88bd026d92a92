"""The night: from the inbox to the published files, and the ``tilth`` command."""
