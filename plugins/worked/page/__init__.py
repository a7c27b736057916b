"""One page as it is written; nothing runs."""
