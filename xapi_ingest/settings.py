"""Every setting of Tilth, once: name, meaning, default.

Values come, in this order, from arguments, ``TILTH_*`` variables and ``tilth.toml`` in the
working folder. Nothing else in the project reads the environment. ``docs/settings.md`` is
generated from here.
"""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from xapi_ingest.errors import SettingsError


class Thresholds(BaseModel):
    """The parameters of the metrics. Each is printed beside the results that used it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dwell_seconds: int = Field(60, gt=0, description="Shortest consuming event that counts (D2).")
    session_gap_minutes: int = Field(
        30, gt=0, description="θ: a longer silence ends a session (6.4)."
    )
    session_gap_low_minutes: int = Field(10, gt=0, description="Lower θ of the sensitivity band.")
    session_gap_high_minutes: int = Field(60, gt=0, description="Upper θ of the sensitivity band.")
    gap_cap_minutes: int = Field(10, gt=0, description="c: most that one gap can add (6.4).")
    duration_limit_hours: int = Field(
        8, gt=0, description="Longest plausible reported duration (DQ07)."
    )
    minimum_cell: int = Field(10, ge=5, description="Smallest group about which a number is shown.")
    reply_working_days: int = Field(
        3, gt=0, description="Time that a post has to be answered (LS03)."
    )
    unused_days: int = Field(90, gt=0, description="Window of the unused-stock metric (KS09).")
    unused_viewers: int = Field(5, gt=0, description="Fewer viewers than this is unused (KS09).")
    active_days: int = Field(28, gt=0, description="Window of the monthly active learners (HB04).")
    earliest_date: date = Field(
        date(2000, 1, 1),
        description="What says that it happened before counts as implausible, not as learning.",
    )
    late_hours: int = Field(
        24, gt=0, description="A statement stored longer after it happened is counted as late."
    )


class Settings(BaseSettings):
    """Where things are and how the night behaves."""

    model_config = SettingsConfigDict(
        env_prefix="TILTH_",
        env_nested_delimiter="__",
        toml_file="tilth.toml",
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(Path("data"), description="The folder that holds all data at run time.")
    default_source: str = Field("files", description="Source name of files that come without one.")
    max_statement_bytes: int = Field(
        16 * 1024 * 1024, gt=1024, description="A longer statement is put aside, not decoded."
    )
    batch_rows: int = Field(
        20_000, gt=0, description="Statements held in memory before they are written."
    )
    max_unpacked_bytes: int = Field(
        20 * 1024**3, gt=0, description="A packed file out of which more bytes come is refused."
    )
    max_unpacked_ratio: int = Field(
        200,
        gt=0,
        description="So is one that unpacks to more than so many times its size (from 64 MiB on).",
    )
    max_archive_members: int = Field(
        100_000, gt=0, description="A zip with more members is refused."
    )
    max_archive_depth: int = Field(3, gt=0, description="How deep archives may lie in one another.")
    inbox_keep: bool = Field(
        default=False,
        description="Leave files in the inbox where they are, rather than move those that were "
        "taken to inbox/.processed and inbox/.failed.",
    )
    inbox_settle_seconds: float = Field(
        10,
        ge=0,
        description="A file of the inbox that was written within so many seconds is watched for as "
        "long, and left for the next night if it is still being written.",
    )
    keep_builds: int = Field(3, ge=1, description="Published builds that are kept.")
    nightly_cron: str = Field("0 2 * * *", description="When the schedule starts the night.")
    time_zone: str = Field(
        "UTC", description="Time zone of the schedule, and of people without one."
    )
    dashboards_port: int = Field(8501, description="Port of the dashboards on 127.0.0.1.")
    dev_port: int = Field(3000, description="Port of Dagster's web UI on 127.0.0.1.")
    stale_hours: int = Field(36, gt=0, description="Older published data is called out of date.")
    rejected_window_days: int = Field(
        28,
        gt=0,
        description="Days before a source's newest delivery that its share of rejected "
        "items is compared with.",
    )
    rejected_least_items: int = Field(
        50, gt=0, description="Fewer items than this, then or now, are too few to compare."
    )
    rejected_least_rise: float = Field(
        0.01, gt=0, lt=1, description="A smaller rise of the share of rejected items is no jump."
    )
    sources: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="What to pull from, a table [sources.<name>] each, without any secret.",
    )
    thresholds: Thresholds = Field(default_factory=Thresholds)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then ``tilth.toml``."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @cached_property
    def root(self) -> Path:
        """The data folder as an absolute path."""
        return self.home.expanduser().resolve()

    @property
    def inbox(self) -> Path:
        """Where exports are dropped; a folder inside it names the source."""
        return self.root / "inbox"

    @property
    def landing(self) -> Path:
        """Append-only Parquet, the truth."""
        return self.root / "landing"

    @property
    def state(self) -> Path:
        """Locks and ledgers of the ingest and the night."""
        return self.root / "state"

    @property
    def warehouse(self) -> Path:
        """The derived database; only the night opens it."""
        return self.root / "warehouse" / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """Read-only builds and the pointer ``current``."""
        return self.root / "published"

    @property
    def dagster_home(self) -> Path:
        """Run history of the orchestrator."""
        return self.root / "dagster"


def load_settings(**overrides: Any) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: A value cannot be used; names the setting and what it accepts.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = "TILTH_" + "__".join(str(part).upper() for part in first["loc"])
        raise SettingsError(
            f"{name}: {first['msg']} (got {first.get('input')!r}).",
            remedy="docs/settings.md lists every setting.",
        ) from error
    except (OSError, ValueError) as error:
        raise SettingsError(f"tilth.toml cannot be read: {error}.") from error
