"""Trouble that passes by itself, so that another try is worth the wait."""

from typing import Final

import httpx2

from xapi_ingest.errors import InputError

_REASONS: Final[list[tuple[type[Exception], str]]] = [
    (httpx2.ConnectTimeout, "no connection in time"),
    (httpx2.TimeoutException, "it fell silent"),
    (httpx2.ConnectError, "no connection"),
    (httpx2.DecodingError, "its compression is damaged"),
]


class PassingTrouble(Exception):  # noqa: N818  (the outcome of one try, not of the pull)
    """One try failed in a way that another may not.

    Args:
        message: What happened, as a clause.
        retry_after: The header of that name, as sent.
    """

    def __init__(self, message: str, *, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


def trouble_from(error: httpx2.RequestError, *, source_name: str, what: str) -> Exception:
    """What ``error`` on the way to ``what`` means: mostly trouble that may pass."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return InputError(
            f"Source '{source_name}': the certificate of {what} is not trusted.",
            remedy="Have it issued by an authority that this machine trusts, or trust that one.",
        )
    reason = next((text for kind, text in _REASONS if isinstance(error, kind)), "it hung up")
    return PassingTrouble(f"{what}: {reason}")
