"""The landing: append-only Parquet, the only truth. All else is rebuilt from it."""
