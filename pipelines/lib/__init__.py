"""What ``pipelines.defs`` wires and the command line calls. No Dagster decorators here."""
