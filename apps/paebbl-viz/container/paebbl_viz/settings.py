"""Every setting of the app, in one place: environment variable, meaning, default.

The table in README.md is checked against this module by a test.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from paebbl_viz.errors import BadSetting

BUNDLED_FILE = Path(__file__).resolve().parent.parent / "data" / "clean.csv"
# A key that came over plain HTTP is anybody's; this machine is the exception.
SAFE_ADDRESS = re.compile(r"https://|http://(localhost|127\.0\.0\.1|\[::1\])[:/]")
VIEWS_FOLDER = Path(__file__).resolve().parent / "views"


def setting(env: str, default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"env": env, "help": help_text})


@dataclass(frozen=True)
class Settings:
    """The settings; `Settings.from_env()` reads them, tests make their own."""

    title: str = setting("PAEBBL_TITLE", "Paebbl data", "The title in the header of every page.")
    data_file: Path | None = setting(
        "PAEBBL_DATA_FILE", None, "A CSV file with a header that is shown instead of the bundled one."
    )
    sources: str = setting(
        "PAEBBL_SOURCES",
        "",
        "The order of the sources, as in 'athena,s3'; by default all that are set up: sharepoint, athena, s3.",
    )
    refresh_seconds: int = setting("PAEBBL_REFRESH_SECONDS", 300, "How often the sources are asked for newer data.")
    s3_bucket: str = setting("PAEBBL_S3_BUCKET", "", "The bucket of the data.")
    s3_key: str = setting("PAEBBL_S3_KEY", "", "The key of the file in the bucket.")
    s3_prefix: str = setting("PAEBBL_S3_PREFIX", "", "Instead of a key: the newest CSV below this prefix is shown.")
    athena_table: str = setting("PAEBBL_ATHENA_TABLE", "", "The table in Athena, as 'database.table'.")
    athena_columns: str = setting("PAEBBL_ATHENA_COLUMNS", "", "Its columns that are wanted; by default all.")
    athena_time_column: str = setting("PAEBBL_ATHENA_TIME_COLUMN", "", "The column (a date or time) that orders it.")
    athena_days: int = setting("PAEBBL_ATHENA_DAYS", 0, "Only rows of the last days; by default all.")
    athena_rows: int = setting(
        "PAEBBL_ATHENA_ROWS", 1_000_000, "The most rows that are taken; of a larger table a random sample is."
    )
    athena_sql: str = setting(
        "PAEBBL_ATHENA_SQL", "", "Instead of a table: a SELECT of your own, for example one that aggregates."
    )
    athena_database: str = setting(
        "PAEBBL_ATHENA_DATABASE", "", "The database of the tables that a SELECT of your own names without one."
    )
    athena_workgroup: str = setting("PAEBBL_ATHENA_WORKGROUP", "", "The workgroup; by default 'primary'.")
    athena_output: str = setting(
        "PAEBBL_ATHENA_OUTPUT", "", "Where answers go, as 's3://bucket/folder/'; by default the workgroup's place."
    )
    athena_minutes: int = setting(
        "PAEBBL_ATHENA_MINUTES", 60, "How often Athena is asked at most: it bills each query."
    )
    copy_bucket: str = setting("PAEBBL_COPY_BUCKET", "", "The bucket that keeps the last good copy of each source.")
    copy_prefix: str = setting("PAEBBL_COPY_PREFIX", "last-good/", "Where in that bucket.")
    sharepoint_tenant: str = setting("PAEBBL_SHAREPOINT_TENANT", "", "The id of the Entra ID tenant.")
    sharepoint_client_id: str = setting("PAEBBL_SHAREPOINT_CLIENT_ID", "", "The id of the app registration.")
    sharepoint_site: str = setting(
        "PAEBBL_SHAREPOINT_SITE", "", "The site, as 'contoso.sharepoint.com:/sites/lab' or its id."
    )
    sharepoint_drive: str = setting(
        "PAEBBL_SHAREPOINT_DRIVE", "", "The id of the library; by default the site's first."
    )
    sharepoint_file: str = setting("PAEBBL_SHAREPOINT_FILE", "", "The path in the library, or 'id:' and the item's id.")
    sharepoint_certificate_secret: str = setting(
        "PAEBBL_SHAREPOINT_CERTIFICATE_SECRET", "", "The secret in Secrets Manager with certificate and key (PEM)."
    )
    sharepoint_client_secret: str = setting(
        "PAEBBL_SHAREPOINT_CLIENT_SECRET", "", "The name of the secret in Secrets Manager with the client secret."
    )
    upload_bucket: str = setting(
        "PAEBBL_UPLOAD_BUCKET", "", "The bucket into which people drop files; without it there is no upload page."
    )
    upload_prefix: str = setting("PAEBBL_UPLOAD_PREFIX", "uploads/", "Where in that bucket.")
    upload_mb: int = setting("PAEBBL_UPLOAD_MB", 200, "The largest file that can be uploaded, in megabytes.")
    publishers: str = setting(
        "PAEBBL_PUBLISHERS",
        "",
        "Who may upload: e-mail addresses, '@company.com' or 'group:NAME', separated by commas.",
    )
    alb_arn: str = setting("PAEBBL_ALB_ARN", "", "The ARN of the load balancer, whose signature uploads require.")
    oidc_client: str = setting("PAEBBL_OIDC_CLIENT", "", "The client id of the sign-in, which the signature must name.")
    oidc_issuer: str = setting(
        "PAEBBL_OIDC_ISSUER", "", "The address of the user pool, whose access token says the groups of a user."
    )
    oidc_keys_url: str = setting(
        "PAEBBL_OIDC_KEYS_URL", "", "Where the user pool's public keys are; by default below its address."
    )
    trusted_providers: str = setting(
        "PAEBBL_TRUSTED_PROVIDERS",
        "",
        "Identity providers of the user pool, by name, whose e-mail addresses count although none is marked verified.",
    )
    alb_keys_url: str = setting(
        "PAEBBL_ALB_KEYS_URL", "", "Where the load balancer's public keys are; by default that of its region."
    )
    graph_url: str = setting(
        "PAEBBL_GRAPH_URL", "https://graph.microsoft.com/v1.0", "Microsoft Graph (national clouds differ)."
    )
    entra_login: str = setting(
        "PAEBBL_ENTRA_LOGIN", "https://login.microsoftonline.com", "Entra ID's sign-in (national clouds differ)."
    )
    entra_audience: str = setting(
        "PAEBBL_ENTRA_AUDIENCE",
        "api://AzureADTokenExchange",
        "What Entra ID calls itself in the token that AWS gives the task (national clouds differ).",
    )
    views_dir: Path = setting("PAEBBL_VIEWS_DIR", VIEWS_FOLDER, "The folder whose files are the views.")
    state_dir: Path | None = setting(
        "PAEBBL_STATE_DIR", None, "Where versions of the data are kept; by default a folder in the temporary directory."
    )
    max_file_mb: int = setting("PAEBBL_MAX_FILE_MB", 2000, "The largest data file that is read, in megabytes.")
    max_columns: int = setting("PAEBBL_MAX_COLUMNS", 2000, "The largest number of columns that is read.")
    cache_mb: int = setting(
        "PAEBBL_CACHE_MB",
        16,
        "Memory of each worker for answers that were given before, in megabytes; twice as much is for figures.",
    )
    hot_reload: str = setting(
        "PAEBBL_HOT_RELOAD",
        "auto",
        "Whether a changed view is loaded again: 'on', 'off', or 'auto' (on where the views' folder can be written).",
    )
    log_level: str = setting("PAEBBL_LOG_LEVEL", "INFO", "The least severe log lines: DEBUG, INFO, WARNING or ERROR.")

    @staticmethod
    def from_env(environ: Mapping[str, str] | None = None) -> Settings:
        """Reads the environment; an empty variable counts as not set.  Raises BadSetting naming the variable."""
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for item in fields(Settings):
            text = environ.get(item.metadata["env"], "").strip()
            if text:
                values[item.name] = _parse(item.metadata["env"], text, str(item.type))
        settings = Settings(**values)
        settings.validate()
        return settings

    def validate(self) -> None:
        _one_of("PAEBBL_HOT_RELOAD", self.hot_reload, ("auto", "on", "off"))
        _one_of("PAEBBL_LOG_LEVEL", self.log_level, ("DEBUG", "INFO", "WARNING", "ERROR"))
        needs_groups = self.trusted_providers or "group:" in self.publishers.lower()
        if needs_groups and self.oidc_client and not self.oidc_issuer:
            raise BadSetting("'PAEBBL_OIDC_ISSUER' must be set with groups in 'PAEBBL_PUBLISHERS' and with providers")
        for env, value in (("PAEBBL_OIDC_ISSUER", self.oidc_issuer), ("PAEBBL_OIDC_KEYS_URL", self.oidc_keys_url)):
            if value and not SAFE_ADDRESS.match(value):
                raise BadSetting(f"'{env}' must be an address that starts with 'https://', got: {value}")

    @property
    def state(self) -> Path:
        """Two apps on one laptop that show different files must not share the folder; the workers of one app must."""
        if self.state_dir:
            return self.state_dir
        about = (
            self.data_file,
            self.s3_bucket,
            self.s3_key,
            self.s3_prefix,
            self.athena_table,
            self.athena_sql,
            self.sharepoint_site,
            self.sharepoint_file,
        )
        shown = hashlib.sha256(repr(about).encode()).hexdigest()[:8]
        return Path(tempfile.gettempdir()) / f"paebbl-viz-{os.getuid()}-{shown}"

    @property
    def reloads(self) -> bool:
        return self.hot_reload == "on" or (self.hot_reload == "auto" and os.access(self.views_dir, os.W_OK))


def _parse(env: str, text: str, kind: str) -> Any:
    if kind.startswith("Path"):
        return Path(text).expanduser()
    if kind.startswith("int"):
        if not text.isdecimal() or int(text) < 1:
            raise BadSetting(f"'{env}' must be a whole number above zero, got: {text}")
        return int(text)
    return text


def _one_of(env: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadSetting(f"'{env}' must be one of {', '.join(allowed)}, got: {value}")
