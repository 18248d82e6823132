"""What a caller may catch.

Every message says what was found, where, what was expected and what to do. Anything else that is raised is a bug.
"""


class DetectorError(Exception):
    """The base of every error this package raises on purpose."""


class InputError(DetectorError, ValueError):
    """A text, file, column or option is not what was expected."""


class ConfigError(DetectorError, ValueError):
    """A configuration value or key is outside what its field allows."""


class AssetError(DetectorError, RuntimeError):
    """A weight or table that ships with the package is missing or not the file its digest names."""


class ModelError(DetectorError, ValueError):
    """A folder that was named as a language model is not one, or not one that can be read without running its code."""
