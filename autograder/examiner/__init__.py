"""The examiner: the trusted process that runs the tests and asks the worker for answers."""
