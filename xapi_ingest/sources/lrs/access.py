"""Who asks: credentials from the environment, and a client that signs requests with them.

Secrets live in the client alone. No message, log line or ``repr`` of this module holds one, and
errors that might are cut off from what caused them.
"""

import logging
from base64 import b64encode
from collections.abc import Mapping

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client

from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.lrs.trouble import PassingTrouble, trouble_from

# A token that lapses within this many seconds is renewed before it is used.
_LEEWAY_SECONDS = 10


class Access:
    """A client that signs requests for one LRS. Close it after use."""

    def __init__(self, source: LrsSource, environment: Mapping[str, str]) -> None:
        """Read the credentials.

        Raises:
            SettingsError: A variable that the source names is not set.
        """
        # The library logs the address of every request, and an agent filter is a person.
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        self._source = source
        self._oauth: OAuth2Client | None = None
        names = variables_of(source)
        user, password = (_secret(source, name, environment) for name in names)
        self._secrets = [password]
        if source.auth == "oauth2":
            self._oauth = OAuth2Client(
                client_id=user,
                client_secret=password,
                token_endpoint_auth_method=source.token_auth,
                token_endpoint=source.token_url,
                grant_type="client_credentials",
                scope=source.scope,
                leeway=_LEEWAY_SECONDS,
                timeout=source.timeout_seconds,
            )
            self.client: httpx2.Client = self._oauth
            return
        self.client = httpx2.Client(timeout=source.timeout_seconds)
        self._basic = httpx2.BasicAuth(user, password)
        self._secrets.append(b64encode(f"{user}:{password}".encode()).decode())

    @property
    def signature(self) -> httpx2.Auth:
        """What signs a request."""
        auth: httpx2.Auth = self._oauth.token_auth if self._oauth else self._basic
        return auth

    def holds_secret(self, text: str) -> bool:
        """Whether ``text`` gives away a password, secret or token."""
        token = (self._oauth and self._oauth.token) or {}
        secrets = [*self._secrets, token.get("access_token")]
        return any(secret in text for secret in secrets if secret)

    def prepare(self) -> None:
        """Have a token that is in force, if tokens are used.

        Raises:
            PassingTrouble: The token endpoint cannot serve now.
            SettingsError: It refuses the client.
            InputError: It answers with something else.
        """
        if self._oauth and (
            not self._oauth.token or self._oauth.token.is_expired(leeway=_LEEWAY_SECONDS)
        ):
            self.renew()

    def renew(self) -> bool:
        """Fetch a new token after the old one was refused; False where there are no tokens."""
        if not self._oauth:
            return False
        name, url = self._source.name, self._source.token_url
        try:
            token = self._oauth.fetch_token(url)
        except OAuthError as error:
            code = error.error if str(error.error).isidentifier() else "an error"
            raise SettingsError(
                f"Source '{name}': {url} refuses the client ({code}).",
                remedy=f"Check {credentials_named(self._source)} and the scope.",
            ) from None
        except httpx2.HTTPStatusError as error:
            raise self._refused_by_status(error.response) from None
        except httpx2.RequestError as error:
            raise trouble_from(error, source_name=name, what=str(url)) from None
        except ValueError:
            raise self._not_a_token_endpoint("something other than a token") from None
        token.pop("refresh_token", None)  # RFC 6749 4.4.3: not meant for this grant
        token.setdefault("token_type", "Bearer")
        if not token.get("access_token") or str(token["token_type"]).lower() != "bearer":
            raise self._not_a_token_endpoint("an answer without a bearer token")
        return True

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def _refused_by_status(self, response: httpx2.Response) -> Exception:
        status, url = response.status_code, self._source.token_url
        if status == httpx2.codes.TOO_MANY_REQUESTS or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            retry_after = response.headers.get("Retry-After")
            return PassingTrouble(f"{url} answers with HTTP {status}", retry_after=retry_after)
        return SettingsError(
            f"Source '{self._source.name}': {url} answers with HTTP {status}.",
            remedy=f"Check token_url and {credentials_named(self._source)}.",
        )

    def _not_a_token_endpoint(self, instead: str) -> InputError:
        return InputError(
            f"Source '{self._source.name}': {self._source.token_url} gives {instead}.",
            remedy="Check token_url.",
        )


def variables_of(source: LrsSource) -> tuple[str, str]:
    """The variables that hold user and password, or client id and secret."""
    names = (
        (source.user_env, source.password_env)
        if source.auth == "basic"
        else (source.client_id_env, source.secret_env)
    )
    return str(names[0]), str(names[1])


def credentials_named(source: LrsSource) -> str:
    """The variables that hold the credentials, for a message."""
    return " and ".join(variables_of(source))


def _secret(source: LrsSource, variable: str, environment: Mapping[str, str]) -> str:
    value = environment.get(variable, "").strip("\r\n")  # as files of secrets end
    if not value:
        raise SettingsError(
            f"Source '{source.name}': the variable {variable} is not set.",
            remedy="Set it for the user that runs Tilth; docs/howto/pull-from-an-lrs.md says how.",
        )
    return value
