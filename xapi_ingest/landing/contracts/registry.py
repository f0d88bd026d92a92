"""All contracts by table, in the order of the written contract."""

from typing import Final

import pyarrow as pa

from xapi_ingest.landing.contracts import (
    content,
    costs,
    delivery,
    paths,
    people,
    programmes,
    signals,
    skills,
    voices,
    work,
)
from xapi_ingest.landing.contracts.contract import Contract

_FAMILIES: Final = (
    people,
    skills,
    content,
    paths,
    delivery,
    work,
    costs,
    programmes,
    voices,
    signals,
)

CONTRACTS: Final[dict[str, Contract]] = {
    contract.table: contract for family in _FAMILIES for contract in family.CONTRACTS
}

REFERENCE_TABLES: Final[dict[str, pa.Schema]] = {
    name: contract.schema for name, contract in CONTRACTS.items()
}
