"""基准. Every figure is measured beside its target and a peer; `python -m bench --list` names them all."""
