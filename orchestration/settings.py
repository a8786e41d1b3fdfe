"""Where Duet reads and writes, which engine it uses and as of which day: read once from DUET_* variables."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT_DIR = ROOT / "dbt_project"
# Nobody but the owner writes what Duet writes, and nobody outside the owner's group reads it.
UMASK = 0o027
SOURCES_DIR = Path(__file__).resolve().parent / "sources"


class Settings(BaseSettings):
    """Everything that the environment decides; the business decides the rest in duet.yml."""

    model_config = SettingsConfigDict(env_prefix="DUET_", extra="ignore")

    data_dir: Path = ROOT / "data"
    config: Path = ROOT / "duet.yml"
    engine: Literal["duckdb", "spark"] = "duckdb"
    as_of: dt.date | None = None
    hash_key: str | None = None
    postgres_url: SecretStr | None = None
    space_per_run: int = Field(200, ge=0)  # megabytes that must be free for any run
    space_factor: float = Field(6, ge=0)  # and times the bytes of new files and of the version online

    @field_validator("data_dir", "config")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().resolve()

    @field_validator("postgres_url")
    @classmethod
    def _of_postgres(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None or not url.get_secret_value():
            return None
        if not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            # The value may hold a password: it is not repeated.
            raise ValueError("not an address of a PostgreSQL; write postgresql://user@host:5432/database")
        return url

    @property
    def landing(self) -> Path:
        """Where people drop their exports."""
        return self.data_dir / "landing"

    @property
    def archive(self) -> Path:
        """The original bytes, named by their sha256."""
        return self.data_dir / "archive"

    @property
    def lake(self) -> Path:
        """Typed Parquet by source and stream."""
        return self.data_dir / "lake"

    @property
    def quarantine(self) -> Path:
        """What was refused, file by file, with line and reason."""
        return self.data_dir / "quarantine"

    @property
    def warehouse(self) -> Path:
        """The working database; only the pipeline opens it."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """Certified versions, the pointer to the newest and the path that BI tools open."""
        return self.data_dir / "published"

    @property
    def packs(self) -> Path:
        """Editions of the KPI pack that schedules wrote, by edition and day."""
        return self.published / "packs"

    @property
    def state(self) -> Path:
        """What a machine remembers and can forget: caches, the hash key, Dagster's home."""
        return self.data_dir / ".duet"

    def as_of_date(self, reporting_timezone: str) -> dt.date:
        """The last day whose events count: DUET_AS_OF, else yesterday in the reporting timezone."""
        if self.as_of is not None:
            return self.as_of
        return dt.datetime.now(ZoneInfo(reporting_timezone)).date() - dt.timedelta(days=1)


class Automation(BaseSettings):
    """What runs by itself, and when: times of day in the reporting timezone. No number depends on it."""

    model_config = SettingsConfigDict(env_prefix="DUET_", extra="ignore")

    automation: bool = False  # sensors and schedules begin switched on
    settle_seconds: int = Field(30, ge=0)
    refresh_at: dt.time = dt.time(6)
    packs_at: dt.time = dt.time(7)
    certified_by: dt.time = dt.time(9)
    lock_wait_minutes: int = Field(60, ge=0)
    published_url: str | None = None


class Alerts(BaseSettings):
    """Whom an alert reaches; secrets come from a variable or from a file that only its owner reads."""

    model_config = SettingsConfigDict(env_prefix="DUET_ALERT_", extra="ignore")

    webhook: SecretStr | None = None
    webhook_file: Path | None = None
    email_to: Annotated[list[str], NoDecode] = []
    email_from: str | None = None
    smtp_host: str | None = None
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_password_file: Path | None = None

    @field_validator("email_to", mode="before")
    @classmethod
    def _separated_by_commas(cls, listed: str | list[str]) -> list[str]:
        if isinstance(listed, list):
            return listed
        return [address.strip() for address in listed.split(",") if address.strip()]

    @model_validator(mode="after")
    def _a_letter_has_a_sender(self) -> "Alerts":
        if self.email_to and not (self.email_from and self.smtp_host):
            raise ValueError("DUET_ALERT_EMAIL_TO needs DUET_ALERT_EMAIL_FROM and DUET_ALERT_SMTP_HOST beside it")
        return self


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()
