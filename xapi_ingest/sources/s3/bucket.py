"""A bucket over the S3 protocol: what lies in it, and an object into a file.

An object is asked for by key *and* ETag, so that nobody can change it between its beginning and its
end unnoticed; a connection that dies is taken up again where it ended.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from xapi_ingest.errors import InputError, SettingsError, TilthError
from xapi_ingest.sources.s3.config import BucketSource
from xapi_ingest.sources.stream import BLOCK_BYTES, PassingError

_ATTEMPTS: Final = 4
_REFUSED: Final = frozenset(
    {
        "403", "AccessDenied", "AllAccessDisabled", "ExpiredToken", "Forbidden",
        "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidToken", "SignatureDoesNotMatch",
    }
)  # fmt: skip
_ELSEWHERE: Final = frozenset({"301", "AuthorizationHeaderMalformed", "PermanentRedirect"})


class StoredObject(NamedTuple):
    """An object as the bucket lists it.

    Attributes:
        key: Its name.
        etag: What changes when its content does.
        size: Bytes.
        modified: When it was stored, with time zone.
    """

    key: str
    etag: str
    size: int
    modified: datetime


class Bucket:
    """The bucket of ``source``.

    Args:
        source: Which one.
        environment: Holds the secrets that ``source`` names.
        sleep: Waits between two attempts.

    Raises:
        SettingsError: A variable that ``source`` names is not set.
    """

    def __init__(
        self,
        source: BucketSource,
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> None:
        self._source = source
        self._sleep = sleep
        named = {
            "aws_access_key_id": source.access_key_env,
            "aws_secret_access_key": source.secret_key_env,
            "aws_session_token": source.session_token_env,
        }
        secrets = {
            parameter: _secret(source, variable, environment)
            for parameter, variable in named.items()
            if variable
        }
        try:
            self._client: Any = boto3.Session(**secrets).client(
                "s3",
                endpoint_url=source.endpoint,
                region_name=source.region,
                config=Config(
                    connect_timeout=source.timeout_seconds,
                    read_timeout=source.timeout_seconds,
                    retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
                    # Services other than AWS know names in the path, and not every new checksum.
                    s3={"addressing_style": "path" if source.endpoint else "auto"},
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                ),
            )
        except BotoCoreError as error:
            raise SettingsError(
                f"Source '{source.name}': {error}.", remedy="docs/howto/object-storage.md"
            ) from error

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def objects(self) -> Iterator[StoredObject]:
        """What lies under the prefix.

        Raises:
            SettingsError: The credentials are missing or refused, or the region is another.
            InputError: There is no such bucket, or the service cannot be reached.
        """
        pages = self._client.get_paginator("list_objects_v2")
        try:
            for page in pages.paginate(Bucket=self._source.bucket, Prefix=self._source.prefix):
                for one in page.get("Contents", ()):
                    yield StoredObject(one["Key"], one["ETag"], one["Size"], one["LastModified"])
        except (ClientError, BotoCoreError) as error:
            raise self._trouble(error) from error

    def fetch(self, one: StoredObject, path: Path) -> None:
        """Write the object into the new file ``path``.

        Raises:
            PassingError: It has changed or gone since it was listed, or the connection died too
                often.
            InputError: It may not be read.
            SettingsError: The credentials are refused.
        """
        attempts = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential_jitter(multiplier=0.5, max=20),
            retry=retry_if_exception_type(BotoCoreError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            path.touch()
            attempts(self._fetch_rest, one, path)
        except ClientError as error:
            raise self._objection(error) from error
        except BotoCoreError as error:
            raise PassingError(
                f"could not be fetched to its end ({type(error).__name__}).",
                remedy="The next pull begins it anew.",
            ) from error
        if path.stat().st_size != one.size:
            raise PassingError("came with another size than listed.", remedy="Pull again.")

    def _fetch_rest(self, one: StoredObject, path: Path) -> None:
        """Append what ``path`` has not got yet."""
        begun = path.stat().st_size
        if begun == one.size:
            return
        rest = {"Range": f"bytes={begun}-"} if begun else {}
        answer = self._client.get_object(
            Bucket=self._source.bucket, Key=one.key, IfMatch=one.etag, **rest
        )
        with path.open("ab") as file, closing(answer["Body"]) as body:
            for block in body.iter_chunks(BLOCK_BYTES):
                file.write(block)

    def _objection(self, error: ClientError) -> TilthError:
        code = str(error.response["Error"].get("Code", ""))
        if code in {"412", "PreconditionFailed"}:
            message = "changed after it was listed; nothing of it has landed."
            return PassingError(message, remedy="The next pull reads it as it is then.")
        if code in {"404", "NoSuchKey"}:
            return PassingError("was removed after it was listed.", remedy="Pull again.")
        if code in {"AccessDenied", "403"}:
            remedy = "Grant s3:GetObject on it."
            return InputError("may not be read with these credentials.", remedy=remedy)
        if code == "InvalidObjectState":
            return InputError("lies in an archive tier.", remedy="Restore it, then pull again.")
        return self._trouble(error)

    def _trouble(self, error: Exception) -> TilthError:
        """What is wrong with the whole source, without a word that the service chose."""
        who = f"Source '{self._source.name}'"
        if isinstance(error, NoCredentialsError):
            return SettingsError(
                f"{who}: there are no credentials for the object storage.",
                remedy="Name their variables as access_key_env and secret_key_env, or set AWS_* "
                "variables or the role of the instance.",
            )
        if not isinstance(error, ClientError):
            return InputError(
                f"{who}: the object storage cannot be reached ({type(error).__name__}).",
                remedy="Check endpoint, network and proxy, then pull again.",
            )
        code = str(error.response["Error"].get("Code", ""))
        if code in _REFUSED:
            return SettingsError(
                f"{who}: the object storage refuses the credentials ({code}).",
                remedy="Check the variables that hold them; they need s3:ListBucket and "
                "s3:GetObject.",
            )
        if code == "NoSuchBucket":
            return InputError(
                f"{who}: there is no bucket '{self._source.bucket}'.", remedy="Check its name."
            )
        if code in _ELSEWHERE:
            return SettingsError(
                f"{who}: the bucket lies in another region.", remedy="Set region to its own."
            )
        return InputError(
            f"{who}: the object storage answers {code or 'with an error'}.",
            remedy="Pull again later; its own log says more.",
        )


def _secret(source: BucketSource, variable: str, environment: Mapping[str, str]) -> str:
    if not environment.get(variable):
        raise SettingsError(
            f"Source '{source.name}': the environment variable {variable} is not set.",
            remedy="Set it for the user that runs Tilth.",
        )
    return environment[variable]
