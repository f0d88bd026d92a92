"""Every performance figure of Tilth, as a ratio to something known that is measured beside it."""
