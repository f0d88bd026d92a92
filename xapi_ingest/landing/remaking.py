"""One rejected item to the statements that it makes by the rules, limits and mappings of now."""

from dataclasses import dataclass, field
from typing import Final

import orjson

from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.mapped import MAPPING_NAME
from xapi_ingest.landing.quarantine import Item
from xapi_ingest.mapping.kinds import PREFIX
from xapi_ingest.mapping.load import Mapping, find_mapping, load_mapping, shipped_names
from xapi_ingest.mapping.rows.kept import mapping_name_of, row_from_kept
from xapi_ingest.mapping.run import map_row
from xapi_ingest.settings import Settings

TOO_LONG: Final = "statement_fits_the_limit"


class StaysError(Exception):
    """The item stays in quarantine.

    Args:
        why: The rule that objects, or a sentence that says what is missing.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Remaker:
    """Makes items anew; knows the mapping in force of each source.

    Attributes:
        given: The mapping to use rather than the source's own.
    """

    settings: Settings
    given: Mapping | None = None
    _known: dict[tuple[str, str], Mapping] = field(default_factory=dict)

    def statements(self, item: Item) -> list[bytes]:
        """The statements that ``item`` makes now, not yet held to the rules; none if left out.

        Raises:
            StaysError: It makes none.
        """
        if item.received_size > self.settings.max_statement_bytes:
            raise StaysError(TOO_LONG)
        try:
            if item.row_json is not None:
                return self._mapped(item, item.row_json)
            return [item.content(self.settings.landing)]
        except LandingError as error:
            raise StaysError(error.message) from error

    def mapping_of(self, item: Item) -> Mapping | None:
        """The mapping that made statements of ``item``, which passed; None if it took none."""
        if item.row_json is None:
            return None
        return self._mapping(item.batch.source_name, mapping_name_of(item.row_json))

    def _mapped(self, item: Item, row_json: str) -> list[bytes]:
        mapping = self._mapping(item.batch.source_name, mapping_name_of(row_json))
        row = row_from_kept(mapping.model, row_json)
        if row is None:
            raise StaysError(f"the mapping '{mapping.name}' looks for columns that the row lacks")
        made = map_row(mapping, row, item.input_name)
        if made.problems:
            raise StaysError(made.problems[0].rule_id)
        if item.rule_ids[0].startswith(PREFIX):
            return list(made.statements)
        # One statement of the row was refused, the others have landed: only that one is wanted.
        rejected_id = _id_of(item.content(self.settings.landing))
        wanted = [raw for raw in made.statements if _id_of(raw) == rejected_id]
        if made.statements and not wanted:
            raise StaysError(f"the mapping '{mapping.name}' makes no statement of that id any more")
        return wanted

    def _mapping(self, source_name: str, name: str) -> Mapping:
        if (source_name, name) not in self._known:
            self._known[source_name, name] = self._found(source_name, name)
        return self._known[source_name, name]

    def _found(self, source_name: str, name: str) -> Mapping:
        """The mapping ``name``: as given, else that of the inbox, else the one that ships.

        Ids of statements depend on the mapping's name, so one of another name is another mapping.
        """
        own = self.settings.inbox / source_name / MAPPING_NAME
        try:
            if self.given is not None:
                mapping = self.given
            elif own.is_file():
                mapping = load_mapping(own)
            elif name in shipped_names():
                mapping = find_mapping(name)
            else:
                raise StaysError(f"the mapping '{name}' is not here: give it with --mapping")
        except InputError as error:
            raise StaysError(f"the mapping '{name}' cannot be used: {error}") from error
        if mapping.name != name:
            raise StaysError(f"the row was mapped by '{name}', and '{mapping.name}' is another")
        return mapping


def _id_of(raw: bytes) -> str:
    """Id of a statement that a mapping has made, which gives each one."""
    return str(orjson.loads(raw)["id"])
