"""The subcommands of ``tilth``, one module a concern. What they do is in ``pipelines.lib``."""
