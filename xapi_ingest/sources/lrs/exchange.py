"""One request after another: paced, signed, tried again while trouble may pass, read up to a limit.

What an answer means is decided here and nowhere else; what it holds is decided in ``page``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import httpx2
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    wait_exponential_jitter,
)

from xapi_ingest.errors import InputError
from xapi_ingest.sources.lrs.access import Access
from xapi_ingest.sources.lrs.clock import (
    Clock,
    Pacer,
    instant_from_http,
    instant_from_iso,
    seconds_from_retry_after,
)
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.lrs.page import CutOffError, Page, page_from_body
from xapi_ingest.sources.lrs.status import check_status
from xapi_ingest.sources.lrs.trouble import PassingTrouble, trouble_from

_TRIES: Final = 6
_LONGEST_WAIT_SECONDS: Final = 600.0
# Bytes may trickle without ever being silent for long; a page that takes longer is given up.
_LONGEST_PAGE_SECONDS: Final = 900.0
_BACK_OFF: Final = wait_exponential_jitter(initial=1, max=60, jitter=1)
_REMEDY: Final = "What has landed stays; the next pull goes on from there."


@dataclass(frozen=True, slots=True)
class Answer:
    """A page and what the LRS says about time with it.

    Attributes:
        consistent_through: All statements stored before it can be had; None: not said.
        answered_at: The LRS's own clock; None: not said.
    """

    page: Page
    consistent_through: datetime | None
    answered_at: datetime | None


class Exchange:
    """The requests of one pull to one LRS."""

    def __init__(self, source: LrsSource, access: Access, clock: Clock) -> None:
        self._source = source
        self._access = access
        self._clock = clock
        self._pacer = Pacer(source.requests_per_second, clock)

    def get(self, parameters: dict[str, str] | None = None, *, more: str = "") -> Answer:
        """The answer to ``parameters``, or to the link ``more``.

        Raises:
            SettingsError: The LRS refuses the credentials.
            LinkGoneError: The LRS does not know the link.
            InputError: The LRS cannot be reached or answers with what is no page.
        """
        url = httpx2.URL(more or self._source.statements_url)
        if not more:
            url = url.copy_merge_params(parameters or {})
        tries = Retrying(
            retry=retry_if_exception_type(PassingTrouble),
            stop=self._is_hopeless,
            wait=self._seconds_to_wait,
            sleep=self._clock.sleep,
            reraise=True,
        )
        try:
            return tries(self._try, url, is_link=bool(more))
        except PassingTrouble as trouble:
            pause = self._asked_seconds(trouble)
            how = (
                f"and asks to wait {timedelta(seconds=round(pause))}"
                if pause > _LONGEST_WAIT_SECONDS
                else f"{_TRIES} times in a row"
            )
            raise self._fault(f"{trouble.message}, {how}", _REMEDY) from None

    def _try(self, url: httpx2.URL, *, is_link: bool) -> Answer:
        self._access.prepare()
        try:
            return self._answer_to(url, is_link=is_link)
        except httpx2.RequestError as error:
            name, what = self._source.name, self._source.endpoint
            raise trouble_from(error, source_name=name, what=what) from None

    def _answer_to(self, url: httpx2.URL, *, is_link: bool, may_renew: bool = True) -> Answer:
        self._pacer.wait()
        headers = {
            "Accept": "application/json",
            "X-Experience-API-Version": self._source.version,
        }
        auth = self._access.signature
        with self._access.client.stream("GET", url, headers=headers, auth=auth) as response:
            is_unsigned = response.status_code == HTTPStatus.UNAUTHORIZED
            if not (is_unsigned and may_renew and self._access.renew()):
                check_status(response, self._source, self._access, is_link=is_link)
                return self._answer(response)
        # Refused before its time; a token that was just issued is not asked for again.
        return self._answer_to(url, is_link=is_link, may_renew=False)

    def _answer(self, response: httpx2.Response) -> Answer:
        body = self._body(response)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "text/html" or body.lstrip()[:1] == b"<":
            raise self._fault(
                f"{self._source.endpoint} answers with a web page (HTML) instead of statements",
                "Check that endpoint is the base address of the xAPI and not of a login page.",
            )
        try:
            page = page_from_body(body, url=response.url, source_name=self._source.name)
        except CutOffError:
            raise PassingTrouble(
                f"{self._source.endpoint}: the JSON of a page is cut off"
            ) from None
        through = response.headers.get("X-Experience-API-Consistent-Through")
        return Answer(
            page, instant_from_iso(through), instant_from_http(response.headers.get("Date"))
        )

    def _body(self, response: httpx2.Response) -> bytearray:
        limit, body = self._source.page_bytes, bytearray()
        give_up_at = self._clock.monotonic() + _LONGEST_PAGE_SECONDS
        for part in response.iter_bytes():
            body += part
            if len(body) > limit:
                raise self._fault(
                    f"a page is longer than {limit:,} bytes",
                    "Lower page_limit, or raise page_bytes, of this source.",
                )
            if self._clock.monotonic() > give_up_at:
                raise PassingTrouble(f"{self._source.endpoint}: a page does not come to its end")
        return body

    def _seconds_to_wait(self, state: RetryCallState) -> float:
        return max(_BACK_OFF(state), self._asked_seconds(_trouble_of(state)))

    def _is_hopeless(self, state: RetryCallState) -> bool:
        asked = self._asked_seconds(_trouble_of(state))
        return state.attempt_number >= _TRIES or asked > _LONGEST_WAIT_SECONDS

    def _asked_seconds(self, trouble: BaseException | None) -> float:
        asked = trouble.retry_after if isinstance(trouble, PassingTrouble) else None
        return seconds_from_retry_after(asked, self._clock) or 0.0

    def _fault(self, message: str, remedy: str) -> InputError:
        return InputError(f"Source '{self._source.name}': {message}.", remedy=remedy)


def _trouble_of(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
