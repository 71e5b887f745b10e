"""gongkai (公开): the system with which a government body discloses its information."""

__version__ = "0.1.0"
