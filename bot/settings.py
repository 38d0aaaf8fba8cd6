"""What an operator can set, from the environment; a secret may also come from the file named by `NAME_FILE`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

AppType = Literal["SingleTenant", "MultiTenant", "UserAssignedMSI"]
_IN_FILES = ("MICROSOFT_APP_PASSWORD", "DATABASE_URL")
_TEAMS_HOSTS = (
    "smba.trafficmanager.net",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
)
Names = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Every setting has a default that runs on one machine; lists are written with commas."""

    model_config = SettingsConfigDict(env_prefix="CLAUSEWISE_", populate_by_name=True, frozen=True)

    app_id: str = Field(default="", validation_alias="MICROSOFT_APP_ID")
    app_password: SecretStr = Field(
        default=SecretStr(""), validation_alias="MICROSOFT_APP_PASSWORD"
    )
    app_tenant: str = Field(default="", validation_alias="MICROSOFT_APP_TENANT_ID")
    app_type: AppType = Field(default="SingleTenant", validation_alias="MICROSOFT_APP_TYPE")
    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///clausewise.sqlite3"), validation_alias="DATABASE_URL"
    )

    protocol: Path | None = None
    host: str = "127.0.0.1"
    port: int = 3978
    metrics_port: int | None = None
    insecure_local: bool = False
    allowed_tenants: Names = ()
    service_hosts: Names = _TEAMS_HOSTS
    file_hosts: Names = (".sharepoint.com",)
    facilitators: Names = ()
    public_line: bool = False
    signature_policy: Literal["typed", "digital"] = "typed"
    trust_store: Path | None = None
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    token_issuer: str = "https://api.botframework.com"
    max_body: int = 256 * 1024
    max_upload: int = 20 * 1024 * 1024
    questions_per_minute: int = 20
    lease_seconds: float = 30.0
    send_timeout: float = 8.0
    busy_ms: int = 4000

    @field_validator(
        "allowed_tenants", "facilitators", "service_hosts", "file_hosts", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(filter(None, map(str.strip, value.split(","))))
            if isinstance(value, str)
            else value
        )

    @property
    def tenants(self) -> frozenset[str]:
        """Tenants whose meetings may use the bot: those allowed, else its own; empty means any (local only)."""
        return frozenset(filter(None, self.allowed_tenants or (self.app_tenant,)))

    @property
    def driver_url(self) -> str:
        """The database's address with its driver named."""
        url = self.database_url.get_secret_value()
        for plain, driver in _DRIVERS.items():
            if url.startswith(plain):
                return driver + url.removeprefix(plain)
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _SecretFiles(settings_cls)


_DRIVERS = {
    "postgresql://": "postgresql+asyncpg://",
    "postgres://": "postgresql+asyncpg://",
}


class _SecretFiles(PydanticBaseSettingsSource):
    def get_field_value(self, field: object, field_name: str) -> tuple[object, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, object]:
        return dict(_read_secret_files(os.environ))


def _read_secret_files(environment: Mapping[str, str]) -> Mapping[str, str]:
    named = {name: environment.get(f"{name}_FILE") for name in _IN_FILES}
    return {name: Path(path).read_text().strip() for name, path in named.items() if path}
