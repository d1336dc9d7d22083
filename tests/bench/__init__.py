"""Benchmarks: each figure beside a floor measured in the same run. `make bench`.

The machine is noisy and shared, so it is the ratio that counts: thing and floor are run in turn,
and the medians are compared. Nothing here decides a test.
"""
