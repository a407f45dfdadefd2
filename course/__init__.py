"""What students import: datasets, checks, gradient checking, plots. Holds no answer."""
