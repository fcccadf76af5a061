"""remind."""
