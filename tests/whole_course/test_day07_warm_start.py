"""What a framework imports late is imported beforehand, once for the class."""

import os
import subprocess
import sys

import pytest

TRAIN = """
import importlib, os, sys
from autograder.examiner.zygotes import needed_modules
for module in needed_modules(["torch"]):
    importlib.import_module(module)
before = set(sys.modules)
import torch
w = torch.zeros(3, requires_grad=True)
for optimizer in (torch.optim.SGD([w], lr=0.1), torch.optim.Adam([w])):
    optimizer.zero_grad()
    (w - 1).square().sum().backward()
    optimizer.step()
print(len(set(sys.modules) - before), len(os.listdir("/proc/self/task")))
"""


@pytest.mark.whole_course
def test_a_first_optimizer_of_torch_imports_nothing_big_and_no_thread_waits_for_a_fork() -> None:
    pytest.importorskip("torch", reason="needs torch: .ci/frameworks runs it")
    done = subprocess.run(
        [sys.executable, "-c", TRAIN],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    imported, threads = map(int, done.stdout.split())
    assert imported < 20  # some 800 otherwise
    assert threads == 1
