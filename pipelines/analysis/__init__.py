"""Effects, verdicts and returns as pure functions over frames. No I/O, no framework."""
