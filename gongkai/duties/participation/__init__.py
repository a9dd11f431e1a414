"""公众参与. Surveys and calls for comments."""
