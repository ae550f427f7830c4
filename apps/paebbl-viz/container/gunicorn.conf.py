"""gunicorn's settings for a task of 256 CPU units and 512 MB; the address to listen on comes from the command."""

import contextlib
import ctypes
import gc
import importlib
import os

# Two processes, so that one that is busy or restarts does not stop the other; threads, because requests wait for disk
# and network more than they compute.  Both can be set from outside, for a larger task.  The class is gunicorn's
# threaded worker, which also answers from the cache without a thread.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "paebbl_viz.fast.worker.LaneWorker"
threads = int(os.environ.get("GUNICORN_THREADS", "4"))

# Every worker listens for itself: with one shared socket, kept-alive connections gather at one worker.  Not on a
# laptop, where the code can be written: there a second server on the same port should fail and not share requests.
reuse_port = not os.access(__file__, os.W_OK)

# Above the load balancer's idle timeout of 60 s, or it sends a request into a connection that is just being closed
# and answers 502.
keepalive = 75

# A rollout ends a task with SIGTERM; requests under way get this long.  Below the 30 s after which ECS kills.
graceful_timeout = 25
timeout = 60

# Workers show that they are alive in a file; a memory file system never blocks and is there when the root is read-only.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108

# The app is not made before the fork: polars starts threads on first use, and threads do not survive a fork.  But its
# libraries are read before it (`on_starting`), which starts none: all workers then share that memory.  The data are
# shared all the same, because every worker maps the same files.
preload_app = False
LIBRARIES = ("flask", "httpx", "numpy", "orjson", "plotly.express", "polars")

# The app writes one JSON line for each request; a second log in another form would only cost money.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True

# numpy's linear algebra, which nothing here uses, would keep a thread and its memory for each core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# polars has an allocator of its own, jemalloc, which would keep what a frame needed for milliseconds.
os.environ.setdefault("_RJEM_MALLOC_CONF", "background_thread:true,dirty_decay_ms:0,muzzy_decay_ms:0")

# Settings of glibc's malloc, see mallopt(3).
M_ARENA_MAX = -8
M_MMAP_THRESHOLD = -3
M_TRIM_THRESHOLD = -1


def on_starting(_server):
    """Once, before the first fork."""
    for name in LIBRARIES:
        importlib.import_module(name)
    # What will never be freed is left out of the collector's rounds, which would write to it and so copy it.
    gc.collect()
    gc.freeze()


def post_fork(_server, _worker):
    """glibc gives every thread a heap of its own and returns none of them: two are enough, and half of the memory.

    Arrays of a figure, a few hundred kilobytes each, are returned as soon as they are free, whatever lies behind them.
    """
    with contextlib.suppress(OSError, AttributeError):  # another C library has no such setting, and no need of it
        libc = ctypes.CDLL(None)
        libc.mallopt(M_ARENA_MAX, 2)
        libc.mallopt(M_MMAP_THRESHOLD, 256 * 1024)
        libc.mallopt(M_TRIM_THRESHOLD, 1024 * 1024)


def post_worker_init(_worker):
    """What the app made when it started stays, too: the collector need not look at it during a request."""
    gc.collect()
    gc.freeze()
