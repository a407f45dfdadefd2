"""Begin a notebook: a small exercise that is whole and proven, to be changed step by step."""
