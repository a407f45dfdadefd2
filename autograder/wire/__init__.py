"""The wire between the trusted examiner and the untrusted worker: plain data only."""
