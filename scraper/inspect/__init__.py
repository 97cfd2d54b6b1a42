"""The picture of a page: every block kept or dropped and why, as an HTML report or on a terminal."""
