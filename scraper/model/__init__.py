"""Values only: what travels between the stages. Nothing here reads a clock, a file or the network."""
