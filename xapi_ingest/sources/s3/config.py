"""What is said about object storage in ``tilth.toml``: which bucket, which part of it, where.

Secrets are not said there: they come from the variables that the table names, else from where
every program of the machine takes them (``AWS_*`` variables, the role of the instance).
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from xapi_ingest.sources.address import checked_address, is_private


class BucketSource(BaseModel):
    """A bucket, or a part of one: the table ``[sources.<name>]`` with ``kind = "s3"``."""

    # A misplaced secret must not come back in the message that complains about it.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$", description="Source name of what it gives."
    )
    kind: Literal["s3"] = "s3"
    bucket: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$", description="The bucket's name."
    )
    prefix: str = Field("", description="Only objects whose keys begin so.")
    endpoint: str | None = Field(None, description="Address of the service; AWS if not given.")
    region: str | None = Field(None, description="Region of the bucket.")
    access_key_env: str | None = Field(None, description="Variable that holds the access key.")
    secret_key_env: str | None = Field(None, description="Variable that holds the secret key.")
    session_token_env: str | None = Field(
        None, description="Variable that holds the token of a temporary key."
    )
    mapping: str | None = Field(
        None, description="Mapping of the tables in it: the name of one that ships, or a file."
    )
    timeout_seconds: float = Field(60, gt=0, description="Longest silence of the service.")
    allow_plain_http: bool = Field(
        default=False, description="Fetch records over http:// from another machine."
    )

    @field_validator("endpoint")
    @classmethod
    def _is_an_address(cls, endpoint: str | None) -> str | None:
        return endpoint and checked_address(endpoint)

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if (self.access_key_env is None) != (self.secret_key_env is None):
            raise ValueError("access_key_env and secret_key_env belong together")
        if self.endpoint and not self.allow_plain_http and not is_private(self.endpoint):
            raise ValueError(
                f"{self.endpoint} would carry records in the clear; use https://, or set "
                "allow_plain_http = true"
            )
        return self

    def address_of(self, key: str) -> str:
        """How people and the ledger call an object."""
        return f"s3://{self.bucket}/{key}"
