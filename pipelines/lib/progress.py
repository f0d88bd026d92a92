"""How work tells how far it is. What is shown, and where, is the caller's choice.

The command line draws a bar; Dagster's runs and tests stay silent.
"""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""


def silent(what: str, done: int, total: int | None) -> None:
    """Show nothing."""
