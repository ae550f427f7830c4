"""Who is asking: verifies the identity headers of an AWS Application Load Balancer."""

from .errors import IdentityError
from .reader import Reader
from .settings import Settings
from .verifier import IdentityVerifier

__all__ = ["IdentityError", "IdentityVerifier", "Reader", "Settings"]
