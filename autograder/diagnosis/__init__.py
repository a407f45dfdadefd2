"""Name the mistake behind a failed test."""
