"""The sources in the order of the configuration; the bundled file is always the last."""

from __future__ import annotations

from paebbl_viz.errors import BadSetting
from paebbl_viz.settings import Settings
from paebbl_viz.sources.athena import AthenaExtract, OwnQuery, Question
from paebbl_viz.sources.athena_queries import AthenaQueries
from paebbl_viz.sources.athena_table import TABLE_NAME, Table
from paebbl_viz.sources.base import Source
from paebbl_viz.sources.entra import EntraTokens
from paebbl_viz.sources.last_good import LastGoodCopies
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.sources.s3 import S3File
from paebbl_viz.sources.sharepoint import SharePointFile


def configured_sources(settings: Settings) -> list[Source]:
    """Raises BadSetting when a source is named but not set up, or set up by half.

    A data file that is named explicitly is the only source: made-up data in its place would mislead.
    """
    if settings.data_file:
        return [LocalFile(settings.data_file)]
    possible = {"sharepoint": _sharepoint(settings), "athena": _athena(settings), "s3": _s3(settings)}
    names = [name.strip() for name in settings.sources.split(",") if name.strip()] or [
        name for name, source in possible.items() if source
    ]
    found: list[Source] = []
    for name in names:
        if name == "bundled":
            continue
        if name not in possible:
            raise BadSetting(f"'PAEBBL_SOURCES' must name sharepoint, athena, s3 or bundled, got: {name}")
        source = possible[name]
        if source is None:
            raise BadSetting(f"'PAEBBL_SOURCES' must name sources that are set up, got: {name}")
        found.append(source)
    return [*found, LocalFile()]


def last_good_copies(settings: Settings) -> LastGoodCopies | None:
    return LastGoodCopies(settings.copy_bucket, settings.copy_prefix) if settings.copy_bucket else None


def _s3(settings: Settings) -> S3File | None:
    if not settings.s3_bucket:
        return None
    if bool(settings.s3_key) == bool(settings.s3_prefix):
        raise BadSetting("'PAEBBL_S3_KEY' or 'PAEBBL_S3_PREFIX' must be set, and not both, with 'PAEBBL_S3_BUCKET'")
    return S3File(
        settings.s3_bucket,
        key_name=settings.s3_key,
        prefix=settings.s3_prefix,
        max_bytes=settings.max_file_mb * 1_000_000,
    )


def _sharepoint(settings: Settings) -> SharePointFile | None:
    needed = {
        "PAEBBL_SHAREPOINT_TENANT": settings.sharepoint_tenant,
        "PAEBBL_SHAREPOINT_CLIENT_ID": settings.sharepoint_client_id,
        "PAEBBL_SHAREPOINT_SITE": settings.sharepoint_site,
        "PAEBBL_SHAREPOINT_FILE": settings.sharepoint_file,
    }
    if not any(needed.values()):
        return None
    if lacking := [name for name, value in needed.items() if not value]:
        raise BadSetting(f"'{lacking[0]}' must be set when data come from SharePoint")
    tokens = EntraTokens(
        settings.sharepoint_tenant,
        settings.sharepoint_client_id,
        certificate_secret=settings.sharepoint_certificate_secret,
        client_secret=settings.sharepoint_client_secret,
        login=settings.entra_login,
        graph=settings.graph_url,
        audience=settings.entra_audience,
    )
    return SharePointFile(
        tokens,
        site=settings.sharepoint_site,
        file=settings.sharepoint_file,
        drive=settings.sharepoint_drive,
        max_bytes=settings.max_file_mb * 1_000_000,
        graph=settings.graph_url,
    )


def _athena(settings: Settings) -> AthenaExtract | None:
    table, sql = settings.athena_table, settings.athena_sql
    if not table and not sql:
        return None
    if table and sql:
        raise BadSetting("'PAEBBL_ATHENA_TABLE' and 'PAEBBL_ATHENA_SQL' must not both be set")
    question = _own_query(sql, settings.athena_database) if sql else _table(settings)
    # 'database.table' or 'catalog.database.table'; a query of one's own may name its tables in full.
    *catalog, database = table.split(".")[:-1] if table else [settings.athena_database]
    return AthenaExtract(
        AthenaQueries(
            workgroup=settings.athena_workgroup,
            output=settings.athena_output,
            database=database,
            catalog="".join(catalog),
        ),
        question,
        every_seconds=settings.athena_minutes * 60.0,
        max_bytes=settings.max_file_mb * 1_000_000,
    )


def _own_query(sql: str, database: str) -> Question:
    if sql.split(None, 1)[0].upper() not in ("SELECT", "WITH") or ";" in sql:
        raise BadSetting("'PAEBBL_ATHENA_SQL' must be one SELECT without a semicolon")
    return OwnQuery(sql, database=database)


def _table(settings: Settings) -> Question:
    if not TABLE_NAME.fullmatch(settings.athena_table):
        raise BadSetting(f"'PAEBBL_ATHENA_TABLE' must be 'database.table', got: {settings.athena_table}")
    if settings.athena_days and not settings.athena_time_column:
        raise BadSetting("'PAEBBL_ATHENA_TIME_COLUMN' must be set with 'PAEBBL_ATHENA_DAYS'")
    return Table(
        settings.athena_table,
        columns=tuple(name.strip() for name in settings.athena_columns.split(",") if name.strip()),
        time_column=settings.athena_time_column,
        days=settings.athena_days,
        most_rows=settings.athena_rows,
    )
