"""Reads any CSV with a header into typed columns.  `ingest` in `paebbl_viz.reader.ingest` is the entrance."""
