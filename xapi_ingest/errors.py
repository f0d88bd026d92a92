"""Every error that Tilth raises on purpose.

TilthError
├── SettingsError          a setting is missing or cannot be used
├── InputError             what was handed in cannot be read; names file, position and remedy
├── LandingError           the landing refuses a write or cannot be read
├── RunError               the night cannot start or did not finish
└── PublishedError         there is no published file, or not one that can be used

A ``TilthError`` is a sentence for the person at the keyboard: what, where, and what to do. The
command line prints it without a traceback; anything else that is raised is a defect of ours.
"""


class TilthError(Exception):
    """What went wrong, where, and how to mend it.

    Args:
        message: One sentence that names the thing and its place.
        remedy: One sentence that says what to do; may be empty.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class SettingsError(TilthError):
    """A setting is missing or has a value that cannot be used."""


class InputError(TilthError):
    """A file or stream cannot be read as what it claims to be."""


class LandingError(TilthError):
    """The landing refuses a write, or what stands there cannot be read."""


class RunError(TilthError):
    """The night cannot start or did not finish."""


class PublishedError(TilthError):
    """There is no published file, or none that this version can read."""
