"""Charts of millions of rows in milliseconds: only what fits on the screen is computed, sent and drawn."""
