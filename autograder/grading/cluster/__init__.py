"""Grade on more machines than one, with Dask distributed: the command's side and a machine's."""
