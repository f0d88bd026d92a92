"""The ``tilth`` command."""


def main() -> None:
    """Run the command line."""
