"""Workers on many machines through Ray core tasks (optional extra `ray`).

The same function for each chunk as on one machine. Ray runs what any client of its cluster sends:
keep the cluster on a private network. A lost worker's chunk is tried again by Ray itself; one that
fails for good is halved here, down to the one item at fault.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gongkai.backends.bulk.work import Gathering, carry_out, halves
from gongkai.ports import BulkChunk, BulkDone, BulkJob

TRIES = 2
# Workers at the priority of the run itself (Ray would start them at the lowest), and no record of
# each task kept for a dashboard that is not there.
_OWN_CLUSTER = {"RAY_worker_niceness": "0", "RAY_task_events_report_interval_ms": "0"}


class RayEngine:
    """`address` of a running cluster (`auto`, `ray://host:10001`); empty starts one here.

    The machines of the cluster MUST have the same version of the product installed and MUST see
    the files that the items name.
    """

    name = "ray"

    def __init__(
        self, *, address: str = "", processes: int = 0, memory_mb: int = 2048, waiting: int = 0
    ) -> None:
        self._address, self._count, self._memory = address, processes, memory_mb
        self._waiting = waiting

    def run(self, job: BulkJob, chunks: Iterable[BulkChunk]) -> Iterator[BulkDone]:
        """See the port. Closing the iterator cancels what is under way."""
        import ray as untyped

        ray: Any = untyped
        mine = not ray.is_initialized()
        if mine:
            self._connect(ray)
        try:
            most = self._waiting or 2 * int(ray.cluster_resources().get("CPU", 1))
            yield from _Run(ray, job).over(iter(chunks), most)
        finally:
            if mine:
                ray.shutdown()

    def _connect(self, ray: Any) -> None:
        # A government machine tells nobody outside what it runs.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        path = os.pathsep.join(p for p in sys.path if p)
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        if self._address:
            variables = {"env_vars": {"PYTHONPATH": path}}
            ray.init(address=self._address, runtime_env=variables, **quiet)
            return
        with _surroundings({**_OWN_CLUSTER, "PYTHONPATH": path}):
            count = self._count or os.cpu_count() or 1
            ray.init(num_cpus=count, include_dashboard=False, **quiet)


@contextmanager
def _surroundings(variables: Mapping[str, str]) -> Iterator[None]:
    """For what is started meanwhile; a variable that is set for Ray already stays as it is."""
    given = {k: v for k, v in variables.items() if not (k.startswith("RAY_") and k in os.environ)}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Run:
    """One job on its way."""

    def __init__(self, ray: Any, job: BulkJob) -> None:
        self._ray, self._job = ray, job
        self._gathering = Gathering()
        self._under_way: dict[Any, BulkChunk] = {}
        self._do = ray.remote(num_cpus=1, max_retries=TRIES)(carry_out)
        self._options = ray.put(dict(job.options))

    def over(self, chunks: Iterator[BulkChunk], most: int) -> Iterator[BulkDone]:
        """At most so many chunks at once, so that memory stays flat."""
        more = True
        try:
            while more or self._under_way:
                while more and len(self._under_way) < most:
                    chunk = next(chunks, None)
                    if chunk is None:
                        more = False
                    else:
                        self._gathering.begin(chunk)
                        self._hand_out(chunk)
                if self._under_way:
                    yield from self._collect()
        finally:
            for under_way in self._under_way:
                self._ray.cancel(under_way, force=True)

    def _hand_out(self, chunk: BulkChunk) -> None:
        order = self._do.remote(self._job.function, list(chunk.items), self._options)
        self._under_way[order] = chunk

    def _collect(self) -> Iterator[BulkDone]:
        ready, _ = self._ray.wait(list(self._under_way), num_returns=1, timeout=5.0)
        for order in ready:
            chunk = self._under_way.pop(order)
            try:
                done = self._gathering.results(chunk, self._ray.get(order))
            except self._ray.exceptions.RayError as error:
                done = self._fault(chunk, error)
            if done is not None:
                yield done

    def _fault(self, chunk: BulkChunk, error: Exception) -> BulkDone | None:
        if len(chunk.items) == 1:
            kind = type(getattr(error, "cause", None) or error).__name__
            return self._gathering.failure(chunk, f"读取它时出错（{kind}）")
        for half in halves(chunk):
            self._hand_out(half)
        return None
