"""Get Keras ready: choose what it computes with, keep it quiet, give it one thread and a seed.

Keras 3 reads `KERAS_BACKEND` when it is first imported, so `choose_backend()` stands in a cell
before `import keras`.
"""

import importlib.util
import os
import sys

# smallest and fastest for small models first
_BACKENDS = ("jax", "torch", "tensorflow")
# what keeps a framework quiet, on one thread, and equal from run to run
FRAMEWORK_SETTINGS = {
    "jax": {
        "JAX_PLATFORMS": "cpu",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    },
    "tensorflow": {
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # other orders of summation on other processors otherwise
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
    },
    "torch": {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
}


def installed_backends() -> tuple[str, ...]:
    """The backends of Keras that can be imported here, the preferred one first."""
    return tuple(name for name in _BACKENDS if importlib.util.find_spec(name) is not None)


def backend_settings() -> dict[str, str]:
    """The environment variables that `choose_backend` sets; those that are set already win.

    Raises
    ------
    ImportError
        If Keras or each of its backends is missing, or the one asked for is.
    """
    installed = installed_backends()
    chosen = os.environ.get("KERAS_BACKEND") or next(iter(installed), "")
    if importlib.util.find_spec("keras") is None or not chosen:
        raise ImportError("Keras is not installed: run `pip install -r requirements.txt`")
    if chosen not in installed:
        raise ImportError(
            f"KERAS_BACKEND asks for {chosen!r}, which is not installed; "
            f"there is {', '.join(installed) or 'none'}: unset the variable, or install it with "
            f"`pip install -r requirements-{chosen}.txt`"
        )
    wanted = {"KERAS_BACKEND": chosen, **FRAMEWORK_SETTINGS[chosen]}
    return {name: os.environ.get(name) or value for name, value in wanted.items()}


def choose_backend() -> str:
    """Choose what Keras computes with, before Keras is imported.

    `KERAS_BACKEND` decides if it is set; else the first of JAX, PyTorch and TensorFlow that is
    installed. Its log is silenced, and it gets one thread: small models gain nothing by more.

    Returns
    -------
    str
        The backend's name.

    Raises
    ------
    ImportError
        If there is nothing to choose, in words that say what to install.
    """
    if "keras" in sys.modules:
        # too late to choose, and nothing to complain of: a cell is often run twice
        name: str = sys.modules["keras"].backend.backend()
        return name
    settings = backend_settings()
    os.environ.update(settings)
    return settings["KERAS_BACKEND"]


def seed_keras(seed: int) -> None:
    """Make what Keras draws next (weights, shuffles, dropout) the same in every run.

    Keras has one global generator, unlike NumPy's `default_rng`. Training on one machine is then
    equal to the last bit; another processor or backend may differ in the last digits.
    """
    import keras

    keras.utils.set_random_seed(seed)
