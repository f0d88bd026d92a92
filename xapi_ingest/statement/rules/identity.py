"""Rules about ids, IRIs, languages and versions as texts."""

from collections.abc import Iterator

from xapi_ingest.statement.identity import departure_from_rfc_3987, is_iri, is_uuid
from xapi_ingest.statement.language import is_language_tag
from xapi_ingest.statement.rules.places import Parts, Steps, children, texts
from xapi_ingest.statement.rules.rule import Finding, rule


@rule(
    "Data 4.4",
    remedy="Send 32 hexadecimal digits as 8-4-4-4-12; leave a statement's id out rather than send "
    "another text.",
)
def uuid_has_standard_form(parts: Parts) -> Iterator[Finding]:
    """Ids of statements and registrations are UUIDs in standard string form."""
    for steps, text in _uuids(parts):
        if not is_uuid(text):
            yield steps, "not a UUID in standard form" if text else "there is no id"


@rule("Data 2.2", remedy="Send an absolute IRI, such as https://example.org/types/course.")
def iri_has_a_scheme(parts: Parts) -> Iterator[Finding]:
    """The type and moreInfo of an activity, usageType and fileUrl of an attachment are IRIs."""
    for steps, text in _descriptive_iris(parts):
        if not is_iri(text):
            yield steps, "not an IRI with a scheme"


@rule("Data 4.3", remedy="Build the IRI with a library, which escapes what must be escaped.")
def iri_has_the_form_of_rfc_3987(parts: Parts) -> Iterator[Finding]:
    """An IRI consists of the characters of RFC 3987, and a percent sign of two hex digits."""
    for steps, text in _iris(parts):
        departure = departure_from_rfc_3987(text) if is_iri(text) else None
        if departure:
            yield steps, departure


@rule("Data 4.2", remedy="Send a language tag such as en, de-AT or zh-Hans.")
def language_tag_has_the_form_of_rfc_5646(parts: Parts) -> Iterator[Finding]:
    """Keys of language maps and the language of a context are RFC 5646 language tags."""
    for steps, names in parts.language_maps:
        for tag in names:
            if not is_language_tag(tag):
                yield (*steps, tag), "not a language tag"
    for steps, tag in texts(parts.contexts, "language"):
        if not is_language_tag(tag):
            yield steps, "not a language tag"


@rule("Data 2.4.10", remedy="Leave the version out, or send 1.0.0 (for 2.0: 2.0.0).")
def version_is_of_this_specification(parts: Parts) -> Iterator[Finding]:
    """The version of a statement is 1.0 or begins with 1.0., for 2.0 also 2.0 or 2.0. and more."""
    for steps, text in texts([((), parts.statement)], "version"):
        known = ("1.0.", "2.0.") if parts.is_second else ("1.0.",)
        if not f"{text}.".startswith(known):
            yield steps, f"the version does not start with {' or '.join(known)}"


def _uuids(parts: Parts) -> Iterator[tuple[Steps, str]]:
    yield from texts([((), parts.statement)], "id")
    for steps, ref in parts.statement_refs:
        text = ref.get("id", "")
        if isinstance(text, str):
            yield (*steps, "id"), text
    yield from texts(parts.contexts, "registration")


def _descriptive_iris(parts: Parts) -> Iterator[tuple[Steps, str]]:
    yield from texts(parts.definitions, "type")
    yield from texts(parts.definitions, "moreInfo")
    yield from texts(parts.attachments, "usageType")
    yield from texts(parts.attachments, "fileUrl")


def _iris(parts: Parts) -> Iterator[tuple[Steps, str]]:
    yield from _descriptive_iris(parts)
    yield from texts(children(parts.clauses, "verb"), "id")
    yield from texts([*parts.activities, *parts.context_activities], "id")
    actors = [*parts.actors, *parts.related_actors, *parts.members]
    yield from texts(actors, "openid")
    yield from texts(children(actors, "account"), "homePage")
    for steps, extensions in parts.extensions:
        yield from (((*steps, key), key) for key in extensions)
