"""The Learning Record Store: xAPI over HTTP, kept in SQLite or PostgreSQL.

What belongs here: the resources of the xAPI communication part, the store behind them and who
may use them. What a statement may be is said in `xapi_ingest.statement` and nowhere else; the
warehouse pulls from this store over HTTP like from any other.
"""
