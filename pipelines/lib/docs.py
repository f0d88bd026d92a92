"""The pages of ``docs/`` that are made from the code, and dbt's lineage site.

``python -m pipelines.lib.docs`` writes them; a test holds that the committed ones are current.
"""

import csv
import io
import shutil
import sys
from collections.abc import Iterator
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipelines.lib.dbt import SEEDS_DIR, dbt_target, run_dbt
from pipelines.lib.examples import examples
from pipelines.lib.manifest import Manifest, prepared_manifest
from pipelines.lib.metrics_page import metrics_page
from pipelines.lib.publish import OPS_TABLES
from pipelines.lib.published_tables import is_published
from pipelines.lib.reference_models import write_model_files
from xapi_ingest.errors import RunError
from xapi_ingest.landing.contracts.page import example_file
from xapi_ingest.landing.contracts.page import page as contracts_page
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.explanation import EXAMPLES
from xapi_ingest.landing.reasons import REASONS, Reason
from xapi_ingest.settings import Settings, Thresholds, load_settings
from xapi_ingest.statement.rules.catalogue import rules_page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MADE = "<!-- Made by `make docs`; edit the code it names. -->"


def settings_page() -> str:
    """Every setting: variable, default, meaning."""
    lines = [
        "# Settings",
        MADE,
        "",
        "Set them in `tilth.toml` in the working folder or as environment variables; a variable",
        "beats the file. In `tilth.toml` a setting goes without `TILTH_` and in lower case;",
        "thresholds stand under `[thresholds]`. Source: `xapi_ingest/settings.py`.",
        "",
        "## Places and behaviour",
        "",
        *_table(Settings, "TILTH_"),
        "",
        "## Thresholds of the metrics",
        "",
        "The value in force is printed beside the results that used it. A change rebuilds the",
        "warehouse in the next night.",
        "",
        *_table(Thresholds, "TILTH_THRESHOLDS__"),
    ]
    return "\n".join(lines) + "\n"


def _table(model: type[BaseModel], prefix: str) -> Iterator[str]:
    yield "| variable | default | meaning |"
    yield "|---|---|---|"
    for name, field in model.model_fields.items():
        if name != "thresholds":
            yield f"| `{prefix}{name.upper()}` | `{_default(field)}` | {field.description} |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    return "none" if value == {} else str(value)


def cli_page() -> str:
    """Every command with its options, from the command line itself."""
    import typer  # noqa: PLC0415
    from typer.cli import get_docs_for_click  # noqa: PLC0415

    from pipelines.cli import app  # noqa: PLC0415

    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="tilth")
    text = get_docs_for_click(obj=command, ctx=context, name="tilth", title="The `tilth` command")
    first, _, rest = text.partition("\n")
    body = "\n".join(line.rstrip() for line in rest.splitlines()).strip()
    return f"{first}\n{MADE}\n\n{body}\n"


def dictionary_page(manifest: Manifest) -> str:
    """Every published table and column."""
    lines = [
        "# Data dictionary",
        MADE,
        "",
        "What `tilth.duckdb`, the published file, holds: read it with `tilth sql`, DuckDB or any",
        "client of it. Nothing in it tells about one person. Described once, in `dbt_project/`.",
    ]
    for node in _published_nodes(manifest):
        lines += ["", f"## {node['schema']}.{node['name']}", "", _line(node["description"]), ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [_column(column) for column in node["columns"].values()]
    lines += ["", "## Added when the file is published", ""]
    for table, columns in OPS_TABLES.items():
        lines.append(f"- `ops.{table}`: {columns}")
    return "\n".join(lines) + "\n"


def _published_nodes(manifest: Manifest) -> list[dict[str, Any]]:
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    shown = [node for node in models if is_published(node["schema"], node["name"])]
    return sorted(shown, key=lambda node: (node["schema"], node["name"]))


def _column(column: dict[str, Any]) -> str:
    kind = column.get("data_type") or ""
    return f"| `{column['name']}` | {kind} | {_line(column['description'])} |"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def statement_rules_page() -> str:
    """Every rule, each with a statement that breaks it: the golden files of the rules' tests."""
    examples = ROOT / "tests" / "xapi_ingest" / "statement" / "invalid"
    return rules_page(path.name for path in examples.glob("*.json"))


def rules_seed() -> str:
    """``data/seeds/ref_rules.csv``: the words of every rule that can put something aside."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Reason._fields)
    writer.writerows(REASONS.values())
    return text.getvalue()


def pages(settings: Settings) -> dict[str, str]:
    """File name → what it has to say now."""
    return {
        "reference/contracts.md": contracts_page(MADE),
        **{
            f"reference/examples/{name}.csv": example_file(each) for name, each in CONTRACTS.items()
        },
        "settings.md": settings_page(),
        "cli.md": cli_page(),
        "metrics.md": metrics_page(MADE),
        "statement-rules.md": statement_rules_page(),
        "data_dictionary.md": dictionary_page(prepared_manifest(settings)),
    }


def write_site(settings: Settings) -> None:
    """Dbt's own site: every model with its SQL, columns and lineage.

    Raises:
        RunError: dbt could not make it.
    """
    result = run_dbt(settings, "--log-level", "none", "docs", "generate", "--static")
    if not result.success:
        raise RunError(f"dbt could not make its site: {result.exception}")
    site = DOCS / "site"
    site.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(dbt_target(settings) / "static_index.html", site / "index.html")


def main() -> int:
    """Write all of it."""
    settings = load_settings()
    (SEEDS_DIR / "ref_rules.csv").write_text(rules_seed(), encoding="utf-8")
    write_model_files()
    with as_file(EXAMPLES) as path:
        path.write_bytes(examples())
    for name, text in pages(settings).items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8")
    write_site(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
