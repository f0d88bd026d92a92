"""Rules about extensions. Their values are any JSON, so only the keys are looked at."""

from collections.abc import Iterator

from xapi_ingest.statement.identity import is_iri
from xapi_ingest.statement.rules.places import Parts
from xapi_ingest.statement.rules.rule import Finding, rule


@rule("Data 4.1", remedy="Send an IRI that you control as the key.")
def extension_key_is_an_iri(parts: Parts) -> Iterator[Finding]:
    """The keys of extensions are IRIs."""
    for steps, extensions in parts.extensions:
        for key in extensions:
            if not is_iri(key):
                yield (*steps, key), "not an IRI with a scheme"
