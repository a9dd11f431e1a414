"""Tests. One folder per part of the package."""
