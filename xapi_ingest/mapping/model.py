"""The form of a mapping file. Every field that there is, with its meaning; nothing else may stand.

``docs/howto/mapping.md`` explains the same to people.
"""

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Scalar = str | int | float | bool | None


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"'{name}' is no time zone; write one like Europe/Berlin") from None
    return name


def _without_zone_name(form: str) -> str:
    if "%Z" in form:
        raise ValueError("%Z reads the name of a zone and forgets it; write %z, or set time_zone")
    return form


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _column(value: Any) -> Any:
    return {"from": value} if isinstance(value, str | list) else value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Column(_Part):
    """A name for what stands in a row: a header, a JSON path, an XML attribute or element."""

    headers: Annotated[list[Text], BeforeValidator(_listed)] = Field(alias="from", min_length=1)
    optional: bool = Field(default=False, description="The column may be missing from the file.")
    every: bool = Field(
        default=False, description="A list of all columns of that name, empty ones left out."
    )


class Gather(_Part):
    """Rows with the same values become one, which has theirs under ``gathered``."""

    by: list[Name] = Field(min_length=1, description="Columns in which such rows agree.")
    name: Name = Field(description="The column that tells them apart.")


class Input(_Part):
    """How the file is read."""

    format: Literal[
        "csv", "excel", "json", "ndjson", "parquet", "xml", "bookmarks", "calendar", "caliper",
        "confluence", "gitlab", "mediawiki", "slack", "viva-engage",
    ]  # fmt: skip
    encoding: Text = Field("auto", description="auto: by byte order mark, else UTF-8.")
    delimiter: Literal["auto", ",", ";", "\t", "|"] = "auto"
    preamble: Literal["none", "pairs", "table"] = Field(
        "none",
        description="What may stand above the header: names and values side by side, or below.",
    )
    ends_at_blank: bool = Field(default=False, description="The table ends at the first blank row.")
    sheet: Text | None = Field(None, description="Excel: the sheet's name; else the first.")
    records: Text | None = Field(
        None, description="JSON: dotted path to the array. XML: name of the element of a row."
    )
    nested: Text | None = Field(
        None, description="JSON: name of a list in a record whose items are rows too."
    )

    gather: Gather | None = Field(None, description="Rows that are one thing together.")
    until: Text | None = Field(
        None, description="Calendar: the last moment that counts, ISO 8601; else now."
    )


class SkipRule(_Part):
    """Rows that are left out on purpose."""

    when: Text
    because: Text


class StatementRule(_Part):
    """One kind of statement that a row can yield."""

    name: Slug
    when: Text | None = None
    each: Text | None = Field(None, description="A list; one statement for each ``item`` of it.")
    key: list[Text] = Field(min_length=1, description="The natural key: what makes the id.")
    statement: dict[str, Any]


class MappingModel(_Part):
    """A whole mapping file."""

    mapping: Slug
    title: Text
    source: Slug
    checked_against: Text
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    date_formats: list[Annotated[Text, AfterValidator(_without_zone_name)]] = Field(
        default_factory=list, description="strptime; else ISO 8601."
    )
    decimal: Literal[".", ","] = "."
    parameters: dict[Name, Scalar] = Field(default_factory=dict)
    input: Input
    columns: dict[Name, Annotated[Column, BeforeValidator(_column)]] = Field(min_length=1)
    tables: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    skip: list[SkipRule] = Field(default_factory=list)
    otherwise: Text | None = Field(
        None, description="Why rows that make no statement are in order; else they are problems."
    )
    let: dict[Name, Any] = Field(default_factory=dict)
    statements: list[StatementRule] = Field(min_length=1)
