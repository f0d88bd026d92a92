"""dbt's manifest, parsed again whenever a file of the project or a variable has changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.lib.dbt import (
    PROJECT_DIR,
    SEEDS_DIR,
    dbt_environment,
    dbt_target,
    dbt_variables,
    run_dbt,
)
from xapi_ingest.errors import RunError
from xapi_ingest.settings import Settings

Manifest = Mapping[str, Any]


def project_files() -> Iterator[Path]:
    """Every file that decides what the warehouse looks like."""
    yield PROJECT_DIR / "dbt_project.yml"
    for folder in ("models", "macros", "tests"):
        yield from sorted(path for path in (PROJECT_DIR / folder).rglob("*") if path.is_file())
    yield from sorted(SEEDS_DIR.glob("*"))


def project_fingerprint(settings: Settings) -> str:
    """Names one state of models, seeds and thresholds; another state, another fingerprint."""
    digest = hashlib.sha256()
    for path in project_files():
        digest.update(path.relative_to(PROJECT_DIR.parent).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(json.dumps(dbt_variables(settings), sort_keys=True).encode())
    return digest.hexdigest()


def prepared_manifest(settings: Settings) -> Manifest:
    """The manifest of the project as it stands.

    Raises:
        RunError: The project cannot be parsed.
    """
    path = dbt_target(settings) / "manifest.json"
    mark = dbt_target(settings) / "manifest.fingerprint"
    state = f"{project_fingerprint(settings)} {dbt_environment(settings)}"
    if not path.exists() or not mark.exists() or mark.read_text() != state:
        result = run_dbt(settings, "--log-level", "none", "parse")
        if not result.success:
            raise RunError(
                f"The dbt project cannot be parsed: {result.exception}",
                remedy="Mend what it names in dbt_project/, then run again.",
            )
        mark.write_text(state)
    manifest: Manifest = json.loads(path.read_text())
    return manifest
