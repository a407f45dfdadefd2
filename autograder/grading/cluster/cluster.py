"""The command's side of a cluster: the connection, and whether its workers are fit to grade."""

import logging
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from autograder.errors import GraderError
from autograder.examiner.child import ChildEnded
from autograder.grading.cluster.machine import REMEDY, look
from autograder.grading.cluster.sameness import TIER, WHY, difference, facts
from autograder.sandbox.tiers import Tier

if TYPE_CHECKING:
    from distributed import Client, Future

# seconds: for the scheduler to answer, and without any worker
_PATIENCE = 10
_ALONE = 30.0
# seconds between two looks at whether something else happened
_LOOK = 0.1
_INSTALL = (
    "install it on every machine: `.venv/bin/pip install -r requirements-cluster.txt` in a checkout"
)


class Cluster:
    """Workers that grade these lessons as this machine would.

    Parameters
    ----------
    modules : sequence of str
        What the lessons' setup cells import.

    Attributes
    ----------
    facts : mapping
        What all workers have in common.
    why : str
        Why they offer no better sandbox.

    Raises
    ------
    GraderError
        If there is no worker, or one is not like this machine.
    """

    def __init__(self, client: "Client", modules: Sequence[str]) -> None:
        assert client.scheduler is not None  # it is connected
        self.client = client
        self.modules = tuple(modules)
        self.address = str(client.scheduler.address)
        self._alone_since: float | None = None
        here = dict(facts(self.modules))
        found = self._look_at_workers()
        for worker, there in found.items():
            differs = difference(here, there)
            if differs:
                raise GraderError(f"on {worker} {differs}", remedy=REMEDY)
        first, *others = found
        self.facts = {**here, TIER: found[first][TIER]}
        self.why = found[first][WHY]
        for worker in others:
            if found[worker][TIER] != self.facts[TIER]:
                raise GraderError(
                    f"{worker} offers sandbox tier {found[worker][TIER]}, "
                    f"{first} tier {self.facts[TIER]}: a grade would depend on where it was given",
                    remedy="grade on machines that offer the same, or stop those that do not",
                )

    @property
    def tier(self) -> Tier:
        """The sandbox tier of every worker."""
        return Tier(int(self.facts[TIER]))

    def __str__(self) -> str:
        """How large it is, in words."""
        threads = self._nthreads()
        many = sum(threads.values())
        return (
            f"{len(threads)} worker{'s' * (len(threads) != 1)} at {self.address}, "
            f"{many} submission{'s' * (many != 1)} at a time"
        )

    def threads(self) -> int:
        """How many batches are graded at a time; at least one, though workers may be gone for now.

        Raises
        ------
        GraderError
            If the scheduler is gone, or for half a minute every worker.
        """
        threads = sum(self._nthreads().values())
        now = time.monotonic()
        if threads:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
        elif now - self._alone_since > _ALONE:
            raise GraderError(
                f"every worker of {self.address} is gone",
                remedy=f"start one with `dask worker {self.address}`, and run the command again: "
                "it goes on where it stopped",
            )
        return max(1, threads)

    def lost(self) -> GraderError:
        """What to say when the scheduler does not know us any more."""
        return GraderError(
            f"the scheduler at {self.address} is gone",
            remedy="start it and its workers, and run the command again: it goes on where it "
            "stopped",
        )

    def _nthreads(self) -> dict[str, int]:
        if self.client.status != "running":
            raise self.lost()
        try:
            return dict(self.client.nthreads())
        except OSError:
            raise self.lost() from None

    def _look_at_workers(self) -> dict[str, dict[str, str]]:
        workers = sorted(self._nthreads())
        if not workers:
            raise GraderError(
                f"the scheduler at {self.address} has no workers",
                remedy=f"start `dask worker {self.address} --nthreads <cores>` on each machine",
            )
        asked: dict[str, Future[Any]] = {
            worker: self.client.submit(
                look,
                self.modules,
                workers=[worker],
                allow_other_workers=False,
                pure=False,
                # before what another command has it do
                priority=100,
            )
            for worker in workers
        }
        found = {}
        for worker, future in asked.items():
            while not self.ended(future):
                if worker not in self._nthreads():
                    break
            else:
                found[worker] = dict(self.result(worker, future))
        if not found:
            raise GraderError(
                f"the workers at {self.address} end while they are asked what they are",
                remedy="read what they printed",
            )
        return found

    def ended(self, future: "Future[Any]") -> bool:
        """Wait for a moment. Returns whether a task has ended, however it did."""
        try:
            future.exception(timeout=_LOOK)
        except TimeoutError:
            return False
        except CancelledError:
            return True
        return True

    def result(self, worker: str, future: "Future[Any]") -> Any:
        """What a worker found.

        Raises
        ------
        GraderError
            If it cannot run this code at all.
        """
        if future.cancelled():
            raise self.lost()
        error = future.exception()
        if isinstance(error, ChildEnded):
            raise GraderError(
                f"on {worker} the process that grades does not start",
                remedy="read what that worker printed",
            )
        if isinstance(error, ImportError | AttributeError):
            raise GraderError(
                f"{worker} cannot run this version of the grader: {error}", remedy=REMEDY
            )
        if error is not None:
            raise error
        return future.result()


@contextmanager
def connected(
    address: str, modules: Sequence[str], *, trust_students: bool = False
) -> Iterator[Cluster]:
    """Hold a connection to a Dask scheduler; what is under way at the end is given up.

    Raises
    ------
    GraderError
        If Dask is not installed, no scheduler answers, the workers are not fit, or they offer no
        isolation and students are not trusted.
    """
    try:
        from distributed import Client
    except ImportError:
        raise GraderError("--scheduler needs Dask distributed", remedy=_INSTALL) from None
    # Dask tells on the screen what the command tells in its own words
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    # a notebook full of pictures is as large as it is
    warnings.filterwarnings("ignore", message="Sending large graph")
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        raise GraderError(
            f"no scheduler answers at {address} ({said})",
            remedy="start one with `dask scheduler`, and give the address that it prints",
        ) from None
    with client:
        cluster = Cluster(client, modules)
        if cluster.tier is Tier.NONE and not trust_students:
            raise GraderError(
                f"the workers at {address} cannot isolate students' code ({cluster.why})",
                remedy="start them on Linux 5.13 or newer, or pass --trust-students if you would "
                "run this code there with your own hands",
            )
        yield cluster
