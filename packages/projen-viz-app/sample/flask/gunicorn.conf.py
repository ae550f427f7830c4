"""gunicorn's settings for a small task; the address to listen on comes from the command."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4

# Above the load balancer's idle timeout of 60 s, or it sends a request into a connection that is just being closed
# and answers 502.
keepalive = 75

# A rollout ends a task with SIGTERM; requests under way get this long. Below the 30 s after which ECS kills.
graceful_timeout = 25

# Workers show that they are alive in a file; the root file system is read-only.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# Health checks alone would write a line every few seconds. "-" turns it on.
accesslog = None
control_socket_disable = True
