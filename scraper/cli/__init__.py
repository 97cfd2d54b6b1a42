"""The command line: one file a command. Only this package reads arguments and the environment."""
