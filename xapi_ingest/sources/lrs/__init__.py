"""Statements from any conformant LRS over HTTP: configuration, access, requests, pages, windows.

Nothing here writes: what is pulled is handed out as pages, and ``xapi_ingest.landing.pull`` lands
them and moves the cursor. Source: xAPI 1.0.3 part three, 2.1.3 (GET Statements) and part two, 2.5
(StatementResult); IEEE 9274.1.1 (2.0) differs here in the version header alone.
"""
