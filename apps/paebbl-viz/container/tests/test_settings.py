"""Settings come from the environment and are refused in the words of who set them."""

from __future__ import annotations

from pathlib import Path

import pytest

from paebbl_viz.errors import BadSetting
from paebbl_viz.settings import Settings
from paebbl_viz.sources.configured import configured_sources

SHAREPOINT = {
    "PAEBBL_SHAREPOINT_TENANT": "t",
    "PAEBBL_SHAREPOINT_CLIENT_ID": "c",
    "PAEBBL_SHAREPOINT_SITE": "s",
    "PAEBBL_SHAREPOINT_FILE": "f",
}
S3 = {"PAEBBL_S3_BUCKET": "b", "PAEBBL_S3_KEY": "k"}


def kinds(environ: dict[str, str]) -> list[str]:
    return [source.kind for source in configured_sources(Settings.from_env(environ))]


def test_an_empty_environment_gives_the_defaults():
    assert Settings.from_env({}) == Settings() == Settings.from_env({"PAEBBL_TITLE": " "})
    assert Settings.from_env({"PAEBBL_DATA_FILE": "/x.csv", "PAEBBL_CACHE_MB": "5"}).data_file == Path("/x.csv")


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"PAEBBL_CACHE_MB": "much"}, "'PAEBBL_CACHE_MB' must be a whole number above zero, got: much"),
        ({"PAEBBL_HOT_RELOAD": "maybe"}, "'PAEBBL_HOT_RELOAD' must be one of auto, on, off, got: maybe"),
        ({"PAEBBL_S3_BUCKET": "b"}, "'PAEBBL_S3_KEY' or 'PAEBBL_S3_PREFIX' must be set"),
        ({**S3, "PAEBBL_S3_PREFIX": "p"}, "and not both"),
        ({"PAEBBL_SHAREPOINT_SITE": "s"}, "'PAEBBL_SHAREPOINT_TENANT' must be set"),
        ({"PAEBBL_SOURCES": "s3"}, "must name sources that are set up, got: s3"),
        ({"PAEBBL_SOURCES": "ftp"}, "got: ftp"),
        ({"PAEBBL_ATHENA_TABLE": "runs"}, "'PAEBBL_ATHENA_TABLE' must be 'database.table', got: runs"),
        ({"PAEBBL_ATHENA_TABLE": "a.b", "PAEBBL_ATHENA_DAYS": "3"}, "'PAEBBL_ATHENA_TIME_COLUMN' must be set"),
        ({"PAEBBL_ATHENA_TABLE": "a.b", "PAEBBL_ATHENA_SQL": "SELECT 1"}, "must not both be set"),
        ({"PAEBBL_ATHENA_SQL": "DROP TABLE x"}, "'PAEBBL_ATHENA_SQL' must be one SELECT"),
        ({"PAEBBL_ATHENA_SQL": "SELECT 1; DROP TABLE x"}, "without a semicolon"),
    ],
)
def test_an_unusable_setting_is_named(environ, says):
    with pytest.raises(BadSetting, match=says):
        kinds(environ)


def test_the_bundled_file_is_always_last_and_a_named_file_is_alone():
    assert kinds({}) == ["bundled"]
    assert kinds({**S3, **SHAREPOINT}) == ["sharepoint", "s3", "bundled"]
    assert kinds({**S3, **SHAREPOINT, "PAEBBL_SOURCES": "bundled, s3,sharepoint"}) == ["s3", "sharepoint", "bundled"]
    assert kinds({**S3, "PAEBBL_ATHENA_SQL": "WITH a AS (SELECT 1) SELECT * FROM a"}) == ["athena", "s3", "bundled"]
    assert kinds({**S3, "PAEBBL_DATA_FILE": "/x.csv"}) == ["file"]
