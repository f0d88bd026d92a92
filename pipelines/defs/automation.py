"""Wiring of when: the job ``nightly`` and its schedule."""

import dagster as dg

from xapi_ingest.settings import Settings


def definitions(settings: Settings) -> dg.Definitions:
    """One job, at the time of the settings."""
    nightly = dg.define_asset_job(
        "nightly",
        selection=dg.AssetSelection.all() - dg.AssetSelection.groups("dashboards"),
        description="Inbox, checks on the landing, models, tests, published file.",
    )
    schedule = dg.ScheduleDefinition(
        name="nightly",
        job=nightly,
        cron_schedule=settings.nightly_cron,
        execution_timezone=settings.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return dg.Definitions(jobs=[nightly], schedules=[schedule])
