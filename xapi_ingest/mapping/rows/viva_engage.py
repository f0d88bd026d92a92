"""Viva Engage data exports: the messages of the network, and of external networks beside it.

The zip holds ``Messages.csv``, tables of users, groups and files, and with external networks a
folder of the same for each. Everything but messages is passed over.
"""

from collections.abc import Iterator
from typing import Final

from xapi_ingest.archives.zipped import Archive
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.csv_file import read_csv
from xapi_ingest.mapping.rows.row import Row

_MESSAGES: Final = "Messages.csv"


def read_viva_engage(model: MappingModel, archive: Archive, name: str) -> Iterator[Row]:
    """A row a message of every ``Messages.csv``.

    Raises:
        InputError: There is none, or one lacks columns of the mapping.
    """
    found = [each.name for each in archive.members if each.name.split("/")[-1] == _MESSAGES]
    if not found:
        raise InputError(
            f"{name} has no {_MESSAGES}, so it is no data export of Viva Engage.",
            remedy="Hand in the zip as Viva Engage made it; messages have to be among its models.",
        )
    position = 0
    for member in found:
        with archive.open(member) as stream:
            for row in read_csv(model, stream, f"{name}/{member}"):
                position += 1
                yield row._replace(position=position)
