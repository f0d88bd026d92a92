"""What is packed: gzip, Zstandard and zip, read as streams and with a bound on what comes out."""
