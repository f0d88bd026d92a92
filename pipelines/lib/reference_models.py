"""The staging models of the reference tables, made from their contracts.

A table with rules of its own in staging (``BY_HAND``) has its model written by hand; all others
take the rows in force as they are. ``make docs`` writes the files, a test holds them current.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from xapi_ingest.landing.contracts.contract import Contract, Kind, Load
from xapi_ingest.landing.contracts.registry import CONTRACTS

PROJECT: Final = Path(__file__).parents[2] / "dbt_project"
FOLDER: Final = "models/staging/reference"
BY_HAND: Final = frozenset({"employees", "org_units", "content_catalogue"})

_GROUPS: Final = {
    "ids": frozenset[Kind](),
    "text": frozenset({Kind.TEXT}),
    "numbers": frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY}),
    "booleans": frozenset({Kind.TRUTH}),
    "dates": frozenset({Kind.DATE}),
    "timestamps": frozenset({Kind.INSTANT}),
}
_DELIVERED_BY: Final = "Source that delivered the row."
_MADE: Final = "made by `make docs` from xapi_ingest/landing/contracts"


def model_files() -> dict[str, str]:
    """File name under ``dbt_project`` → what it has to hold."""
    made = [each for each in CONTRACTS.values() if each.table not in BY_HAND]
    return {
        **{f"{FOLDER}/stg_landing__{each.table}.sql": _model(each) for each in made},
        f"{FOLDER}/_reference.yml": _properties(made),
        "macros/reference_tables.sql": _macros(),
    }


_MODEL: Final = """\
with

in_force as (

    {{{{ batches_in_force('{table}', is_log={is_log}) }}}}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by{key}
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{{{ source('landing', '{table}') }}}} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
{columns}

from source
where listing = 1
"""


def _model(contract: Contract) -> str:
    is_log = contract.load is Load.LOG
    key = [f"landed.{name}" for name in contract.key]
    if is_log:
        key.insert(0, "in_force.source_name")
    indent = "\n                "
    return _MODEL.format(
        table=contract.table,
        is_log=str(is_log).lower(),
        key=f" {key[0]}" if len(key) == 1 else f"{indent}{f',{indent}'.join(key)}",
        columns="\n".join(_selected(contract)),
    )


def _selected(contract: Contract) -> Iterator[str]:
    """The columns in ruled groups, names of things first."""
    groups: dict[str, list[str]] = {group: [] for group in _GROUPS}
    groups["ids"].append("delivered_by")
    for column in contract.columns:
        is_id = column.kind is Kind.TEXT and column.name.endswith(("_id", "_iri"))
        group = next(name for name, kinds in _GROUPS.items() if column.kind in kinds)
        groups["ids" if is_id else group].append(column.name)
    filled = {group: names for group, names in groups.items() if names}
    last = list(filled.values())[-1][-1]
    for number, (group, names) in enumerate(filled.items()):
        if number:
            yield ""
        yield f"    ---------- {group}"
        yield from (f"    {name}{'' if name == last else ','}" for name in names)


def _properties(contracts: list[Contract]) -> str:
    sources = yaml.safe_load((PROJECT / "models/staging/_sources.yml").read_text(encoding="utf-8"))
    landing = next(each for each in sources["sources"] if each["name"] == "landing")
    tables = [
        {"name": each.table, "description": f"{each.rows} As delivered."} for each in contracts
    ]
    document = {
        "version": 2,
        "sources": [{"name": "landing", "config": landing["config"], "tables": tables}],
        "models": [_described(each) for each in contracts],
    }
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=1000)
    return f"# {_MADE}\n{text}"


def _described(contract: Contract) -> dict[str, object]:
    is_log = contract.load is Load.LOG
    key = [*(["delivered_by"] if is_log else []), *contract.key]
    arguments: dict[str, object] = {"columns": key}
    if not all(contract.by_name[name].is_required for name in contract.key):
        arguments["may_be_empty"] = True
    columns = {"delivered_by": _DELIVERED_BY}
    columns |= {each.name: each.meaning for each in contract.columns}
    return {
        "name": f"stg_landing__{contract.table}",
        "description": contract.rows,
        "data_tests": [{"unique_together": {"arguments": arguments}}],
        "columns": [{"name": name, "description": said} for name, said in columns.items()],
    }


def _macros() -> str:
    links = [
        (each.table, column.name, *column.refers_to.split("."))
        for each in CONTRACTS.values()
        for column in each.columns
        if column.refers_to and each.table not in BY_HAND
    ]
    names = "".join(f"    '{name}',\n" for name in CONTRACTS)
    rows = "".join(f"    {link!r},\n" for link in links)
    return (
        f"{{# Names of the reference tables; {_MADE}. #}}\n"
        f"{{% macro reference_tables() %}}{{{{ return([\n{names}]) }}}}{{% endmacro %}}\n\n"
        "{# Table, column, and the table and column that it names; likewise. #}\n"
        f"{{% macro reference_links() %}}{{{{ return([\n{rows}]) }}}}{{% endmacro %}}\n"
    )


def write_model_files() -> None:
    """Write them, and remove those of tables that are gone."""
    files = model_files()
    folder = PROJECT / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("stg_landing__*.sql"):
        if f"{FOLDER}/{path.name}" not in files:
            path.unlink()
    for name, text in files.items():
        (PROJECT / name).write_text(text, encoding="utf-8")
