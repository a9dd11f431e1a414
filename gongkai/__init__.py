"""公开. Government-information-disclosure work of an agency, from the record to the annual report."""

__version__ = "0.1.0"
