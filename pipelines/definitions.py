"""What Dagster loads: every asset, check, job and schedule, built fresh from the settings."""

import dagster as dg

from pipelines.defs import automation, checks, ingest, publish, warehouse
from pipelines.lib.manifest import prepared_manifest
from pipelines.lib.night import open_night
from pipelines.lib.progress import Progress, silent
from xapi_ingest.settings import Settings, load_settings


def build_definitions(settings: Settings, *, on_progress: Progress = silent) -> dg.Definitions:
    """All definitions over the folders of ``settings``."""
    manifest = prepared_manifest(settings)

    @dg.resource(description="The night in progress; holds its lock from first to last step.")
    def night(context: dg.InitResourceContext):  # type: ignore[no-untyped-def]  # noqa: ANN202  (Dagster reads the annotations)
        with open_night(settings, context.run_id or "by-hand", on_progress) as opened:
            yield opened

    return dg.Definitions.merge(
        ingest.definitions(),
        checks.definitions(),
        warehouse.definitions(manifest),
        publish.definitions(manifest),
        automation.definitions(settings),
        # One process: steps share the warehouse file, and a night has one lock.
        dg.Definitions(resources={"night": night}, executor=dg.in_process_executor),
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The definitions over the settings in force."""
    return build_definitions(load_settings())
