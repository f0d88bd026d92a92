"""S3-compatible object storage as a source of files: what is said of it, and reading it."""
