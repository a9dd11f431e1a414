"""专题. Composed by editors in the library's page editor, reviewed and signed by three people, released like all else."""
