"""Any table to statements by a declarative mapping. What belongs here knows rows, not landing."""
