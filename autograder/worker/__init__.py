"""The worker: the untrusted process that runs one student's code. Holds no hidden test."""
