"""Dagster wiring only: assets, checks, job, schedule. What they do lives in ``pipelines.lib``."""
